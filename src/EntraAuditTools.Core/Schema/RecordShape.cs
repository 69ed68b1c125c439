namespace EntraAuditTools.Core.Schema;

/// <summary>How a record was written. The numbers are stored in mirrors: never change one.</summary>
internal enum RecordShape : byte
{
    /// <summary>Recognised as nothing we know.</summary>
    Unknown = 0,

    /// <summary>Graph <c>directoryAudit</c>, also as the portal's JSON download and the Graph PowerShell SDK write it.</summary>
    GraphAudit = 1,

    /// <summary>Azure Monitor envelope of category AuditLogs with the record in <c>properties</c>.</summary>
    DiagnosticAudit = 2,

    /// <summary>Row of the Log Analytics table AuditLogs; objects may be JSON text in cells.</summary>
    LogAnalyticsAudit = 3,

    /// <summary>Row of the portal's Audit logs CSV, as an object from column to cell.</summary>
    PortalAuditRow = 4,

    /// <summary>Unified audit log: the AuditData object itself.</summary>
    UnifiedAuditData = 5,

    /// <summary>Unified audit log: a row that holds AuditData as text (Search-UnifiedAuditLog, Purview).</summary>
    UnifiedAuditRow = 6,

    /// <summary>Unified audit log: Graph <c>auditLogRecord</c> with auditData as object.</summary>
    UnifiedAuditGraph = 7,

    /// <summary>
    /// Graph <c>provisioningObjectSummary</c> of v1.0 or beta, also as the portal's JSON download and the Graph PowerShell SDK write it.
    /// </summary>
    GraphProvisioning = 8,

    /// <summary>Azure Monitor envelope of category ProvisioningLogs with the entry in <c>properties</c>.</summary>
    DiagnosticProvisioning = 9,

    /// <summary>Row of the Log Analytics table AADProvisioningLogs; objects may be JSON text in cells.</summary>
    LogAnalyticsProvisioning = 10,

    /// <summary>Row of the portal's ProvisioningLogs CSV, as an object from column to cell.</summary>
    PortalProvisioningRow = 11,

    /// <summary>Row of the portal's ProvisioningLogs_ProvisioningSteps CSV.</summary>
    PortalProvisioningStep = 12,

    /// <summary>Row of the portal's ProvisioningLogs_ModifiedProperties CSV.</summary>
    PortalProvisioningProperty = 13,

    /// <summary>Graph <c>synchronizationJob</c>, also as the Graph PowerShell SDK writes it.</summary>
    GraphSynchronizationJob = 14,

    /// <summary>An object of entitlement management or the directory as Graph v1.0, beta or the Graph PowerShell SDK writes it.</summary>
    GraphEntitlement = 15,

    /// <summary>Row of the portal's download of an access package's assignments.</summary>
    PortalAssignmentRow = 16,

    /// <summary>Row of the portal's download of connected organizations.</summary>
    PortalConnectedOrganizationRow = 17,

    /// <summary>Row of a CSV of activities that this tool wrote, of the directory's log.</summary>
    ActivityRow = 18,

    /// <summary>Row of a CSV of activities that this tool wrote, of the unified audit log.</summary>
    UnifiedActivityRow = 19,

    /// <summary>What Graph's <c>provisionOnDemand</c> answered.</summary>
    ProvisionOnDemand = 20,

    /// <summary>An activity of the directory's log as JSON that this tool wrote.</summary>
    OwnActivity = 21,

    /// <summary>An activity of the unified audit log as JSON that this tool wrote.</summary>
    OwnUnifiedActivity = 22,

    /// <summary>An entry of the provisioning log as JSON that this tool wrote.</summary>
    OwnProvisioning = 23,
}
