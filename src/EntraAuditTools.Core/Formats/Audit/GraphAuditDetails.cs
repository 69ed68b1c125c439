using EntraAuditTools.Core.Formats.Details;
using System.Text.Json;
using EntraAuditTools.Core.Formats.Audit.Changes;
using EntraAuditTools.Core.Formats.Common;
using EntraAuditTools.Core.Text;
using static EntraAuditTools.Core.Formats.Details.DetailJson;

namespace EntraAuditTools.Core.Formats.Audit;

/// <summary>
/// Reads what is shown of an audit record beyond its columns from a Graph <c>directoryAudit</c> (FORMATS 1.1), the shape that
/// <see cref="AuditNormalizer"/> gives every record. Names are matched in any casing; what is missing or of another type is left out.
/// </summary>
internal static class GraphAuditDetails
{
    /// <summary>Reads the details.</summary>
    /// <param name="graph">The record as a Graph <c>directoryAudit</c>.</param>
    /// <param name="showSecret">Show values that can hold key material.</param>
    /// <param name="nameOf">The name that is known of an object id; asked on first use of what shows names.</param>
    public static AuditActivityDetails Read(ReadOnlyMemory<byte> graph, bool showSecret, Func<string, string?> nameOf)
    {
        using var document = Parse(graph);
        var record = document.RootElement;
        RecordList<AuditTarget> targets = new([.. Items(record, "targetResources").Select(target => Target(target, showSecret))]);
        return new AuditActivityDetails
        {
            ResultReason = NullIfEmpty(DetailJson.Text(record, "resultReason"))
            ?? NullIfEmpty(DetailJson.Text(record, "resultDescription")),
            // Graph's v1.0 has it among the details alone.
            UserAgent = NullIfEmpty(DetailJson.Text(record, "userAgent"))
                ?? Items(record, "additionalDetails").Where(IsUserAgent).Select(detail => NullIfEmpty(DetailJson.Text(detail, "value")))
                .FirstOrDefault(agent => agent != null),
            Targets = targets,
            TargetNames = new(() => TargetNames.Of(targets, nameOf)),
            Changes = new(() => string.Join("; ", ChangeSummary.Of(targets, nameOf))),
            AdditionalDetails = new([.. Items(record, "additionalDetails").Select(detail => Detail(detail, showSecret))]),
        };
    }

    private static bool IsUserAgent(JsonElement detail) =>
        DetailJson.Text(detail, "key") is { } key && (Utf8.Is(key, "User-Agent") || Utf8.Is(key, "UserAgent"));

    private static AuditTarget Target(JsonElement target, bool showSecret) => new()
    {
        Type = NullIfEmpty(DetailJson.Text(target, "type")) ?? TargetType.Of(DetailJson.Text(target, "@odata.type")),
        Id = NullIfEmpty(DetailJson.Text(target, "id"))
        ?? (DeletedUser.TrySplit(DetailJson.Text(target, "userPrincipalName"), out var id, out _) ? id.ToString() : null),
        DisplayName = NullIfEmpty(DetailJson.Text(target, "displayName")),
        UserPrincipalName = DeletedUser.Restore(NullIfEmpty(DetailJson.Text(target, "userPrincipalName")),
            NullIfEmpty(DetailJson.Text(target, "id"))),
        ModifiedProperties = new([.. Items(target, "modifiedProperties").Select(property => Property(property, showSecret))]),
    };
}
