namespace EntraAuditTools;

/// <summary>The parts of a provisioning log entry that are read from its original record on first use.</summary>
public sealed class ProvisioningLogDetails
{
    /// <inheritdoc cref="ProvisioningLogEntry.IsOnDemand"/>
    public bool IsOnDemand { get; init; }

    /// <inheritdoc cref="ProvisioningLogEntry.Reason"/>
    public string? Reason { get; init; }

    /// <inheritdoc cref="ProvisioningLogEntry.RecommendedAction"/>
    public string? RecommendedAction { get; init; }

    /// <inheritdoc cref="ProvisioningLogEntry.ErrorDetails"/>
    public string? ErrorDetails { get; init; }

    /// <inheritdoc cref="ProvisioningIdentity.Details"/>
    public RecordList<AuditDetail> SourceDetails { get; init; } = new([]);

    /// <inheritdoc cref="ProvisioningIdentity.Details"/>
    public RecordList<AuditDetail> TargetDetails { get; init; } = new([]);

    /// <inheritdoc cref="ProvisioningLogEntry.Steps"/>
    public RecordList<ProvisioningStep> Steps { get; init; } = new([]);

    /// <inheritdoc cref="ProvisioningLogEntry.ModifiedProperties"/>
    public RecordList<ModifiedProperty> ModifiedProperties { get; init; } = new([]);
}
