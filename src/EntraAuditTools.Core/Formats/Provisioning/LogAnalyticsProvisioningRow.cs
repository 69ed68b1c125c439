using System.Text.Json;
using EntraAuditTools.Core.Formats.Json;

namespace EntraAuditTools.Core.Formats.Provisioning;

/// <summary>A row of the Log Analytics table AADProvisioningLogs (FORMATS §3), whose object columns are JSON text.</summary>
internal static class LogAnalyticsProvisioningRow
{
    private static readonly (string Graph, string Column)[] Objects =
    [
        ("initiatedBy", "InitiatedBy"), ("servicePrincipal", "ServicePrincipal"), ("sourceSystem", "SourceSystem"),
            ("targetSystem", "TargetSystem"),
        ("sourceIdentity", "SourceIdentity"), ("targetIdentity", "TargetIdentity"), ("provisioningSteps", "ProvisioningSteps"),
        ("modifiedProperties", "ModifiedProperties"), ("provisioningStatusInfo", "ProvisioningStatusInfo"), ("statusInfo", "StatusInfo"),
    ];

    private static readonly HashSet<string> Named = ["initiatedBy", "servicePrincipal", "sourceSystem", "targetSystem", "sourceIdentity",
        "targetIdentity"];

    /// <summary>Values of the standard column SourceSystem (learn: "Standard columns in Azure Monitor Logs"; tables' references).</summary>
    private static readonly HashSet<string> StandardSources =
        new(StringComparer.OrdinalIgnoreCase) { "Azure AD", "Azure", "OpsManager", "Linux", "RestAPI", "Microsoft Entra ID", "AzureAD" };

    /// <summary>Writes the row as a Graph provisioningObjectSummary, together with the result's columns.</summary>
    public static void Write(JsonElement row, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteText("id", row.Text("Id"));
        writer.WriteText("activityDateTime",
            row.Text("ActivityDateTime", "ActivityDateTime [UTC]") ?? row.Text("TimeGenerated", "TimeGenerated [UTC]"));
        // TenantId is the workspace's: not the tenant's. A query's projection under Graph's names has no workspace.
        writer.WriteText("tenantId", row.Text("AADTenantId")
            ?? (row.Find("TimeGenerated", "TimeGenerated [UTC]").ValueKind == JsonValueKind.Undefined ? row.Text("tenantId") : null));
        writer.WriteText("jobId", row.Text("JobId"));
        writer.WriteText("cycleId", row.Text("CycleId"));
        writer.WriteText("changeId", row.Text("ChangeId") ?? row.Text("CorrelationId"));
        writer.WriteText("provisioningAction", row.Text("ProvisioningAction") ?? row.Text("Action"));
        // 0 is written where nothing was measured.
        writer.WriteText("durationInMilliseconds",
            row.Text("DurationMs") is { } duration and not "0" ? duration : row.Text("durationInMilliseconds"));
        foreach (var (graph, column) in Objects) WriteObject(graph, row.Find(column), writer);
        writer.WriteText("resultType", row.Text("ResultType"));
        writer.WriteText("resultSignature", row.Text("ResultSignature"));
        writer.WriteText("resultDescription", row.Text("ResultDescription"));
        writer.WriteEndObject();
    }

    /// <summary>
    /// SourceSystem is a standard column of every table of Log Analytics too, and says there where Azure Monitor took the row from. A query
    /// may have picked the name out of an object: a plain text is one.
    /// </summary>
    private static void WriteObject(string graph, JsonElement value, Utf8JsonWriter writer)
    {
        var text = value.ValueKind == JsonValueKind.String ? JsonCells.AsText(value)?.Trim() : null;
        if (graph == "sourceSystem" && text != null && StandardSources.Contains(text)) return;
        if (string.IsNullOrEmpty(text) || !Named.Contains(graph) || text[0] is '{' or '[' or '@'
            || text.StartsWith("Microsoft.Graph.", StringComparison.Ordinal) || text.StartsWith("System.", StringComparison.Ordinal))
        {
            writer.WriteNested(graph, value);
            return;
        }

        writer.WriteStartObject(graph);
        writer.WriteString(Guid.TryParse(text, out _) ? "id" : "displayName", text);
        writer.WriteEndObject();
    }
}
