using System.Text;
using System.Text.Json;
using EntraAuditTools.Core.Formats.Json;

namespace EntraAuditTools.Core.Formats.Audit;

/// <summary>
/// Entra's rows of the unified audit log (FORMATS §4). They have ids and operation names of their own, so they are activities of their
/// own, joined with the directory's by correlation id (<c>InterSystemsId</c>).
/// </summary>
internal static class UnifiedAuditRecord
{
    // AuditLogRecordType: AzureActiveDirectory. 9 and 15 are sign-ins, the others other workloads.
    private const string DirectoryRecordType = "8";

    /// <summary>Whether an AuditData object is of the directory's own log.</summary>
    public static bool IsDirectory(JsonElement data) =>
        data.Text("RecordType") is { } type
            ? type is DirectoryRecordType or "AzureActiveDirectory"
            : Utf8.Is(data.Text("Workload") ?? string.Empty, "AzureActiveDirectory");

    /// <summary>The AuditData of a row of Search-UnifiedAuditLog or of Purview's CSV.</summary>
    /// <exception cref="RecordException">The row has none.</exception>
    public static ReadOnlyMemory<byte> DataOfRow(JsonElement row) =>
        row.Text("AuditData") is { } text ? Encoding.UTF8.GetBytes(text) : throw new RecordException("the row has no AuditData");

    /// <summary>The auditData of a Graph <c>auditLogRecord</c>.</summary>
    /// <exception cref="RecordException">The record has none.</exception>
    public static JsonElement DataOfGraphRecord(JsonElement record)
    {
        var data = record.Find("auditData");
        return data.ValueKind == JsonValueKind.Object ? data : throw new RecordException("the record has no auditData");
    }

    /// <summary>Writes an AuditData object as a Graph directoryAudit.</summary>
    public static void Write(JsonElement data, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteText("id", data.Text("Id"));
        writer.WriteText("correlationId", data.Text("InterSystemsId"));
        writer.WriteText("result", data.Text("ResultStatus"));
        // The unified log ends its operations' names with a dot ("Add user."); the directory's log does not.
        writer.WriteText("activityDisplayName", data.Text("Operation")?.TrimEnd('.', ' '));
        writer.WriteText("activityDateTime", data.Text("CreationTime"));
        writer.WriteText("loggedByService", data.Text("Workload"));
        writer.WriteText("tenantId", data.Text("OrganizationId"));
        WriteInitiator(data, writer);
        WriteTarget(data, writer);
        WriteDetails(data, writer);
        writer.WriteEndObject();
    }

    private static void WriteInitiator(JsonElement data, Utf8JsonWriter writer)
    {
        var actor = Party.Read(data.Find("Actor"));
        var user = data.Text("UserId");
        var isApp = actor.ServicePrincipal || user?.StartsWith("ServicePrincipal_", StringComparison.OrdinalIgnoreCase) == true;
        writer.WriteStartObject("initiatedBy");
        writer.WriteStartObject(isApp ? "app" : "user");
        writer.WriteText(isApp ? "servicePrincipalId" : "id", actor.Id);
        writer.WriteText("displayName", actor.Name);
        if (!isApp) writer.WriteText("userPrincipalName", user?.Contains('@', StringComparison.Ordinal) == true ? user : actor.UserPrincipalName);
        writer.WriteText("ipAddress", data.Text("ClientIP") ?? data.Text("ActorIpAddress"));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteTarget(JsonElement data, Utf8JsonWriter writer)
    {
        var target = Party.Read(data.Find("Target"));
        var objectId = data.Text("ObjectId");
        writer.WriteStartArray("targetResources");
        writer.WriteStartObject();
        writer.WriteText("type", target.Type);
        writer.WriteText("id", target.Id ?? (Guid.TryParse(objectId, out _) ? objectId : null));
        writer.WriteText("displayName", target.Name ?? (target.UserPrincipalName == null ? objectId : null));
        writer.WriteText("userPrincipalName", target.UserPrincipalName);
        writer.WriteStartArray("modifiedProperties");
        if (data.Find("ModifiedProperties") is { ValueKind: JsonValueKind.Array } properties)
        {
            foreach (var property in properties.EnumerateArray())
            {
                if (property.ValueKind != JsonValueKind.Object) continue;
                writer.WriteStartObject();
                writer.WriteText("displayName", property.Text("Name"));
                writer.WriteText("oldValue", property.Text("OldValue"));
                writer.WriteText("newValue", property.Text("NewValue"));
                writer.WriteEndObject();
            }
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static void WriteDetails(JsonElement data, Utf8JsonWriter writer)
    {
        writer.WriteStartArray("additionalDetails");
        if (data.Find("ExtendedProperties") is { ValueKind: JsonValueKind.Array } properties)
        {
            foreach (var property in properties.EnumerateArray())
            {
                if (property.ValueKind != JsonValueKind.Object) continue;
                writer.WriteStartObject();
                writer.WriteText("key", property.Text("Name"));
                writer.WriteText("value", property.Text("Value"));
                writer.WriteEndObject();
            }
        }

        writer.WriteEndArray();
    }

    /// <summary>Who an Actor or Target list is about: it names one object several times, in several ways.</summary>
    private readonly record struct Party(string? Id, string? Name, string? UserPrincipalName, string? Type, bool ServicePrincipal)
    {
        public static Party Read(JsonElement list)
        {
            string? id = null, name = null, upn = null, type = null;
            var servicePrincipal = false;
            if (list.ValueKind != JsonValueKind.Array) return default;
            foreach (var entry in list.EnumerateArray())
            {
                if (entry.ValueKind != JsonValueKind.Object || entry.Text("ID") is not { } text) continue;
                // Types 2 write the kind of object, its id, or both as "User_<id>"; 1 is a name, 3 a PUID, 4 a service principal name, 5 a UPN.
                var bar = text.IndexOf('_', StringComparison.Ordinal);
                if (Guid.TryParse(text, out _)) id ??= text;
                else if (bar > 0 && Guid.TryParse(text.AsSpan(bar + 1), out _))
                {
                    type ??= text[..bar];
                    id ??= text[(bar + 1)..];
                }
                else if (text.Contains('@', StringComparison.Ordinal)) upn ??= text;
                else if (entry.Text("Type") == "1") name ??= text;
                else if (text is "User" or "Group" or "ServicePrincipal" or "Application" or "Role" or "Device" or "Policy") type ??= text;

                servicePrincipal |= text == "ServicePrincipal" || text.StartsWith("ServicePrincipal_", StringComparison.Ordinal);
            }

            return new(id, name, upn, type, servicePrincipal);
        }
    }
}
