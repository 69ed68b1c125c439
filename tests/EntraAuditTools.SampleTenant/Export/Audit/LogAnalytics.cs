using System.Globalization;

namespace EntraAuditTools.SampleTenant;

/// <summary>Rows of the AuditLogs table of Log Analytics; columns of type dynamic leave it as JSON in text.</summary>
internal static class LogAnalytics
{
    private static readonly string[] Columns =
    [
        "TenantId", "SourceSystem", "TimeGenerated", "ResourceId", "OperationName", "OperationVersion", "Category", "ResultType",
        "ResultSignature", "ResultDescription", "DurationMs",
        "CorrelationId", "Resource", "ResourceGroup", "ResourceProvider", "Identity", "Level", "Location", "AdditionalDetails", "Id",
        "InitiatedBy", "LoggedByService", "Result",
        "ResultReason", "TargetResources", "AADTenantId", "ActivityDisplayName", "ActivityDateTime", "AADOperationType", "UserAgent",
            "Type",
    ];

    /// <summary>One row a line, as the data export and az monitor write it: columns without a value left out.</summary>
    public static void WriteJsonLines(Stream stream, Tenant tenant, IEnumerable<AuditEvent> events)
    {
        using var output = new JsonOutput(stream);
        using var text = new JsonText();
        foreach (var audit in events)
        {
            string?[] cells = Cells(audit, tenant, text, Iso8601.Text(audit.Ticks, "Z"));
            output.Json.WriteStartObject();
            for (int index = 0; index < Columns.Length; index++)
            {
                if (Columns[index] == "DurationMs")
                    output.Json.WriteNumber("DurationMs", 0);
                else if (!string.IsNullOrEmpty(cells[index]))
                    output.Json.WriteString(Columns[index], cells[index]);
            }

            output.Json.WriteEndObject();
            output.EndDocument("\n"u8);
        }
    }

    /// <summary>
    /// The download of a query's result. The portal's names its columns of type datetime with the zone and writes them the American
    /// way with milliseconds; tools write ISO 8601.
    /// </summary>
    public static void WriteCsv(Stream stream, Tenant tenant, IEnumerable<AuditEvent> events, bool portal)
    {
        using var csv = new CsvOutput(stream, byteOrderMark: portal, quoteAll: !portal);
        using var text = new JsonText();
        csv.Row([.. Columns.Select(column => portal && (column is "TimeGenerated" or "ActivityDateTime") ? column + " [UTC]" : column)]);
        foreach (var audit in events)
            csv.Row(Cells(audit, tenant, text, portal ? audit.Time.ToString("M/d/yyyy, h:mm:ss.fff tt", CultureInfo.InvariantCulture)
                : Iso8601.Text(audit.Ticks, "Z")));
    }

    private static string?[] Cells(AuditEvent audit, Tenant tenant, JsonText text, string time) =>
    [
        tenant.WorkspaceId, "Azure AD", time, $"/tenants/{tenant.Id}/providers/Microsoft.aadiam", audit.Activity, "1.0", audit.Category,
        null, "None", audit.ResultReason, "0",
        audit.CorrelationId, "Microsoft.aadiam", "Microsoft.aadiam", null, audit.Actor.DisplayName, "4", null,
        text.Text(json => WriteDetails(json, audit)), audit.Id, text.Text(json => DiagnosticAuditWriter.WriteActor(json, audit.Actor)),
        audit.Service, audit.Result,
        audit.ResultReason, text.Text(json => DiagnosticAuditWriter.WriteTargets(json, audit.Targets)), tenant.Id, audit.Activity, time,
        audit.OperationType, audit.UserAgent, "AuditLogs",
    ];

    private static void WriteDetails(System.Text.Json.Utf8JsonWriter json, AuditEvent audit)
    {
        json.WriteStartArray();
        foreach (var detail in audit.Details)
        {
            json.WriteStartObject();
            json.WriteString(Names.Key, detail.Key);
            json.WriteString(Names.Value, detail.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
