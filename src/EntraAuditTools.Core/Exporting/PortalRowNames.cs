using System.Buffers;
using System.Text.Json;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Exporting;

/// <summary>
/// Rows of the portal's downloads of assignments, connected organizations and provisioning logs are kept under names of ours, by which a row
/// alone would be taken for a user, or an entry of Graph's: they are written under headers of such a download, as Import-Csv would give them.
/// </summary>
internal static class PortalRowNames
{
    /// <summary>The row under headers; null for any other record.</summary>
    public static ReadOnlyMemory<byte>? Of(ReadOnlyMemory<byte> json, RecordShape shape)
    {
        if (!ShapeInfo.Of(shape).IsPortalObject && shape != RecordShape.PortalProvisioningRow) return null;
        var output = new ArrayBufferWriter<byte>(json.Length + 64);
        using var document = RecordJson.ParseRecord(json);
        using (var writer = new Utf8JsonWriter(output, RecordJson.WriterOptions))
        {
            writer.WriteStartObject();
            foreach (var property in document.RootElement.EnumerateObject())
            {
                writer.WritePropertyName(Header(property.Name, shape));
                writer.WriteAsIs(property.Value);
            }

            writer.WriteEndObject();
        }

        return output.WrittenMemory;
    }

    private static string Header(string name, RecordShape shape) => (name, shape) switch
    {
        ("displayName", RecordShape.PortalAssignmentRow) => "Assigned to",
        ("userPrincipalName", RecordShape.PortalAssignmentRow) => "UPN",
        ("displayName", RecordShape.PortalConnectedOrganizationRow) => "Connected organization",
        ("changeId", RecordShape.PortalProvisioningRow) => "Change ID",
        ("provisioningAction", RecordShape.PortalProvisioningRow) => "Action",
        ("provisioningStatusInfo", RecordShape.PortalProvisioningRow) => "Status info",
        ("provisioningSteps", RecordShape.PortalProvisioningRow) => "Steps",
        _ => name,
    };
}
