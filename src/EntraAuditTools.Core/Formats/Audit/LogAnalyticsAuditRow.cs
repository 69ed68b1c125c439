using System.Text.Json;
using EntraAuditTools.Core.Formats.Json;

namespace EntraAuditTools.Core.Formats.Audit;

/// <summary>A row of the Log Analytics table AuditLogs (FORMATS §3), whose dynamic columns may be JSON text.</summary>
internal static class LogAnalyticsAuditRow
{
    /// <summary>Writes the row as a Graph directoryAudit.</summary>
    public static void Write(JsonElement row, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteText("id", row.Text("Id"));
        writer.WriteText("category", row.Text("Category"));
        writer.WriteText("correlationId", row.Text("CorrelationId"));
        writer.WriteText("result", row.Text("Result") ?? row.Text("ResultType"));
        writer.WriteText("resultSignature", row.Text("ResultSignature"));
        writer.WriteText("resultReason", row.Text("ResultReason") ?? row.Text("ResultDescription"));
        writer.WriteText("activityDisplayName", row.Text("ActivityDisplayName") ?? row.Text("OperationName"));
        writer.WriteText("activityDateTime",
            row.Text("ActivityDateTime", "ActivityDateTime [UTC]") ?? row.Text("TimeGenerated", "TimeGenerated [UTC]"));
        writer.WriteText("loggedByService", row.Text("LoggedByService"));
        writer.WriteText("operationType", row.Text("AADOperationType") ?? row.Text("OperationType"));
        writer.WriteText("userAgent", row.Text("UserAgent"));
        writer.WriteText("callerIpAddress", row.Text("CallerIpAddress", "CallerIPAddress", "IPAddress"));
        writer.WriteText("identity", row.Text("Identity"));
        writer.WriteText("resourceId", row.Text("ResourceId", "_ResourceId"));
        // TenantId is the workspace's: not the tenant's.
        writer.WriteText("tenantId", row.Text("AADTenantId"));
        var (initiator, targets, details) = (row.Find("InitiatedBy"), row.Find("TargetResources"), row.Find("AdditionalDetails"));
        writer.WriteNested("initiatedBy", initiator);
        writer.WriteNested("targetResources", targets);
        writer.WriteNested("additionalDetails", details);
        WriteCells(row, initiator.ValueKind == JsonValueKind.Undefined, targets.ValueKind == JsonValueKind.Undefined,
            details.ValueKind == JsonValueKind.Undefined, writer);
        writer.WriteEndObject();
    }

    /// <summary>
    /// Whether a column that the table has not is read: one of the portal's, in place of an object that a query left out.
    /// </summary>
    public static bool IsRead(string column) => PortalColumns.Canonical(column) is { } known && IsOfParts(known);

    /// <summary>A query may pick values out of the objects; -ColumnMap says which, by the portal's names.</summary>
    private static void WriteCells(JsonElement row, bool initiator, bool targets, bool details, Utf8JsonWriter writer)
    {
        if (!initiator && !targets && !details) return;
        Dictionary<string, string>? cells = null;
        foreach (var property in row.EnumerateObject())
        {
            if (PortalColumns.Canonical(property.Name) is { } column && IsOfParts(column) && JsonCells.AsText(property.Value) is { } text)
                (cells ??= []).TryAdd(column, text);
        }

        if (cells == null) return;
        bool Any(params string[] prefixes) =>
            cells.Keys.Any(column => Array.Exists(prefixes, prefix => column.StartsWith(prefix, StringComparison.Ordinal)));
        if (initiator && Any("Actor", "IPAddress")) PortalAuditRow.WriteInitiator(cells.GetValueOrDefault, writer);
        if (targets && Any("Target")) PortalAuditRow.WriteTargets(cells.GetValueOrDefault, writer);
        if (details && Any("AdditionalDetail")) PortalAuditRow.WriteDetails(cells.GetValueOrDefault, writer);
    }

    private static bool IsOfParts(string column) =>
        column == "IPAddress" || column.StartsWith("Actor", StringComparison.Ordinal)
        || (column.Length > 6 && column.StartsWith("Target", StringComparison.Ordinal) && char.IsAsciiDigit(column[6]))
        || (column.StartsWith("AdditionalDetail", StringComparison.Ordinal) && column != "AdditionalDetails");
}
