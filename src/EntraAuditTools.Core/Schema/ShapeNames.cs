namespace EntraAuditTools.Core.Schema;

/// <summary>What shapes are called to people.</summary>
internal static class ShapeNames
{
    /// <summary>The name of a shape.</summary>
    public static string Of(RecordShape shape) => shape switch
    {
        RecordShape.GraphAudit or RecordShape.GraphProvisioning or RecordShape.GraphSynchronizationJob or RecordShape.GraphEntitlement => "Graph",
        RecordShape.DiagnosticAudit or RecordShape.DiagnosticProvisioning => "Diagnostic settings",
        RecordShape.LogAnalyticsAudit or RecordShape.LogAnalyticsProvisioning => "Log Analytics",
        RecordShape.PortalAuditRow or RecordShape.PortalProvisioningRow or RecordShape.PortalAssignmentRow
            or RecordShape.PortalConnectedOrganizationRow => "Portal CSV",
        RecordShape.PortalProvisioningStep => "Portal CSV (steps)",
        RecordShape.PortalProvisioningProperty => "Portal CSV (modified properties)",
        RecordShape.UnifiedAuditData or RecordShape.UnifiedAuditRow or RecordShape.UnifiedAuditGraph => "Unified audit log",
        RecordShape.ActivityRow or RecordShape.UnifiedActivityRow => "EntraAuditTools CSV",
        RecordShape.OwnActivity or RecordShape.OwnUnifiedActivity or RecordShape.OwnProvisioning => "EntraAuditTools JSON",
        RecordShape.ProvisionOnDemand => "On-demand provisioning",
        _ => "Unknown",
    };
}
