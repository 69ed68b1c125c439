namespace EntraAuditTools;

/// <summary>How often an action ended in a status.</summary>
public sealed class ProvisioningOutcome
{
    /// <inheritdoc cref="ProvisioningLogEntry.Action"/>
    public string? Action { get; init; }

    /// <inheritdoc cref="ProvisioningLogEntry.Status"/>
    public string? Status { get; init; }

    /// <summary>Number of entries.</summary>
    public long Count { get; init; }

    /// <summary>"action status: count".</summary>
    public override string ToString() => $"{Action ?? "(none)"} {Status ?? "(none)"}: {Count}";
}
