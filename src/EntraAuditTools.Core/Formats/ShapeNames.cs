namespace EntraAuditTools.Core.Formats;

/// <summary>What shapes are called to people.</summary>
internal static class ShapeNames
{
    /// <summary>The name of a shape.</summary>
    public static string Of(RecordShape shape) => shape switch
    {
        RecordShape.GraphAudit => "Graph",
        RecordShape.DiagnosticAudit => "Diagnostic settings",
        RecordShape.LogAnalyticsAudit => "Log Analytics",
        RecordShape.PortalAuditRow => "Portal CSV",
        RecordShape.UnifiedAuditData or RecordShape.UnifiedAuditRow or RecordShape.UnifiedAuditGraph => "Unified audit log",
        _ => "Unknown",
    };
}
