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
        writer.WriteText("result", row.Text("Result"));
        writer.WriteText("resultReason", row.Text("ResultReason") ?? row.Text("ResultDescription"));
        writer.WriteText("activityDisplayName", row.Text("ActivityDisplayName") ?? row.Text("OperationName"));
        writer.WriteText("activityDateTime", row.Text("ActivityDateTime", "ActivityDateTime [UTC]") ?? row.Text("TimeGenerated", "TimeGenerated [UTC]"));
        writer.WriteText("loggedByService", row.Text("LoggedByService"));
        writer.WriteText("operationType", row.Text("AADOperationType") ?? row.Text("OperationType"));
        writer.WriteText("userAgent", row.Text("UserAgent"));
        // TenantId is the workspace's: not the tenant's.
        writer.WriteText("tenantId", row.Text("AADTenantId"));
        writer.WriteNested("initiatedBy", row.Find("InitiatedBy"));
        writer.WriteNested("targetResources", row.Find("TargetResources"));
        writer.WriteNested("additionalDetails", row.Find("AdditionalDetails"));
        writer.WriteEndObject();
    }
}
