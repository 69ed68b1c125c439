namespace EntraAuditTools;

/// <summary>The parts of an activity that are read from its original record on first use.</summary>
public sealed class AuditActivityDetails
{
    /// <inheritdoc cref="AuditActivity.ResultReason"/>
    public string? ResultReason { get; init; }

    /// <inheritdoc cref="AuditActivity.UserAgent"/>
    public string? UserAgent { get; init; }

    /// <inheritdoc cref="AuditActivity.Targets"/>
    public RecordList<AuditTarget> Targets { get; init; } = new([]);

    /// <summary>
    /// A name for each of <see cref="Targets"/>, as far as the record or the mirror knows one; else the id; empty where there is nothing.
    /// </summary>
    public Lazy<IReadOnlyList<string>> TargetNames { get; init; } = new(() => []);

    /// <inheritdoc cref="AuditActivity.AdditionalDetails"/>
    public RecordList<AuditDetail> AdditionalDetails { get; init; } = new([]);

    /// <inheritdoc cref="AuditActivity.Changes"/>
    public Lazy<string> Changes { get; init; } = new(() => string.Empty);
}
