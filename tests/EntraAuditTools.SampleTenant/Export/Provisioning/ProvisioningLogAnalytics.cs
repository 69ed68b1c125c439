using System.Globalization;

namespace EntraAuditTools.SampleTenant;

/// <summary>
/// Rows of the AADProvisioningLogs table of Log Analytics: objects are JSON in text, written as diagnostic settings write them.
/// </summary>
internal static class ProvisioningLogAnalytics
{
    private static readonly string[] Columns =
    [
        "TenantId", "TimeGenerated", "AADTenantId", "Category", "ChangeId", "CorrelationId", "CycleId", "Id", "InitiatedBy", "JobId",
        "ModifiedProperties", "OperationName", "OperationVersion",
        "Action", "ProvisioningAction", "ProvisioningStatusInfo", "StatusInfo", "ProvisioningSteps", "ResultDescription", "ResultSignature",
        "ResultType", "ServicePrincipal", "SourceIdentity", "SourceSystem",
        "TargetIdentity", "TargetSystem", "DurationMs", "Type",
    ];

    public static void WriteJsonLines(Stream stream, Tenant tenant, IEnumerable<ProvisioningEntry> entries)
    {
        using var output = new JsonOutput(stream);
        using var text = new JsonText();
        foreach (var entry in entries)
        {
            output.Json.WriteStartObject();
            foreach (string column in Columns)
            {
                string? cell = Cell(column, tenant, entry, text, Iso8601.Text(entry.Ticks, "Z"));
                if (column == "DurationMs")
                    output.Json.WriteNumber(column, entry.DurationMilliseconds ?? 0);
                else if (cell is not null)
                    output.Json.WriteString(column, cell);
            }

            output.Json.WriteEndObject();
            output.EndDocument("\n"u8);
        }
    }

    /// <param name="stream">Where to.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="entries">The entries.</param>
    /// <param name="portal">The portal names the column of type datetime with the zone and writes it the American way.</param>
    public static void WriteCsv(Stream stream, Tenant tenant, IEnumerable<ProvisioningEntry> entries, bool portal)
    {
        using var csv = new CsvOutput(stream, byteOrderMark: portal, quoteAll: !portal);
        using var text = new JsonText();
        csv.Row([.. Columns.Select(column => portal && column == "TimeGenerated" ? "TimeGenerated [UTC]" : column)]);
        foreach (var entry in entries)
        {
            string time = portal ? new DateTime(entry.Ticks, DateTimeKind.Utc)
                .ToString("M/d/yyyy, h:mm:ss.fff tt", CultureInfo.InvariantCulture) : Iso8601.Text(entry.Ticks, "Z");
            csv.Row([.. Columns.Select(column => Cell(column, tenant, entry, text, time))]);
        }
    }

    private static string? Cell(string column, Tenant tenant, ProvisioningEntry entry, JsonText text, string time)
    {
        switch (column)
        {
            case "TenantId": return tenant.WorkspaceId;
            case "TimeGenerated": return time;
            case "AADTenantId": return tenant.Id;
            case "Category": return "ProvisioningLogs";
            case "ChangeId" or "CorrelationId": return entry.ChangeId;
            case "CycleId": return entry.CycleId;
            case "Id": return entry.Id;
            case "JobId": return entry.Job.JobId;
            case "OperationName": return "Provisioning activity";
            case "OperationVersion": return "1.0";
            case "Action": return ProvisioningJson.Capital(entry.Action);
            case "ProvisioningAction": return entry.Action;
            case "ResultDescription": return entry.Error?.Reason;
            case "ResultSignature": return entry.Error?.Code ?? "None";
            case "ResultType": return ProvisioningJson.Capital(entry.Status);
            case "DurationMs": return EventParts.Number(entry.DurationMilliseconds ?? 0);
            case "Type": return "AADProvisioningLogs";
        }

        string part = char.ToLowerInvariant(column[0]) + column[1..];
        return ProvisioningJson.Has(entry, part, ProvisioningDialect.Diagnostic) && !(part == "provisioningSteps" && entry.Steps is null)
            ? text.Text(json => ProvisioningJson.WritePart(json, tenant, entry, part, ProvisioningDialect.Diagnostic))
            : null;
    }
}
