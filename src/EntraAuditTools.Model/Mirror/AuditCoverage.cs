namespace EntraAuditTools;

/// <summary>What the mirror holds of one log for one UTC day.</summary>
public sealed class AuditCoverage
{
    /// <summary>The UTC day.</summary>
    public DateOnly Day { get; init; }

    /// <summary>Kind of record: <c>AuditActivity</c> or <c>ProvisioningLog</c>.</summary>
    public string Kind { get; init; } = string.Empty;

    /// <summary>Tenant; null when no export names it.</summary>
    public string? TenantId { get; init; }

    /// <summary>
    /// Covered: declared or proven complete for the whole day. Partial: for a part of it. Observed: records are there, but nothing
    /// says that they are all. Gap: missing, no records and no coverage. Provisional: covered, but so recent
    /// that records may still arrive.
    /// </summary>
    public string State { get; init; } = string.Empty;

    /// <summary>Records of that day.</summary>
    public long Records { get; init; }

    /// <summary>The earliest record of the day, UTC; null when there is none.</summary>
    public DateTimeOffset? First { get; init; }

    /// <summary>The latest record of the day, UTC; null when there is none.</summary>
    public DateTimeOffset? Last { get; init; }

    /// <summary>"day state".</summary>
    public override string ToString() => $"{Day:yyyy-MM-dd} {State}";
}
