namespace EntraAuditTools.SampleTenant;

/// <summary>How large a sample tenant is and what it is made from. Equal options give equal bytes.</summary>
public sealed record SampleTenantOptions
{
    /// <summary>Everything random follows from this.</summary>
    public int Seed { get; init; } = 20261031;

    /// <summary>Audit events, exactly.</summary>
    public long AuditRecords { get; init; } = 400;

    /// <summary>Entries of the provisioning log, exactly; null for three to ten audit events, at least 120.</summary>
    public long? ProvisioningRecords { get; init; }

    /// <summary>No event is earlier (UTC).</summary>
    public DateTimeOffset From { get; init; } = new(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Every event is earlier (UTC).</summary>
    public DateTimeOffset To { get; init; } = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Members and guests; null scales with the events (300,000 events: 5,000 people).</summary>
    public int? Users { get; init; }

    /// <summary>Groups; null scales with the people.</summary>
    public int? Groups { get; init; }

    /// <summary>Enterprise applications; null scales with the people.</summary>
    public int? Applications { get; init; }

    /// <summary>How many entries the provisioning log has.</summary>
    public long ProvisioningCount => ProvisioningRecords ?? Math.Max(120, AuditRecords * 3 / 10);

    internal int UserCount => Users ?? (int)Math.Clamp(Math.Max(AuditRecords, ProvisioningRecords ?? 0) / 60, 60, 20_000);

    internal int GroupCount => Groups ?? Math.Clamp(UserCount / 10, 12, 2_000);

    internal int ApplicationCount => Applications ?? Math.Clamp(UserCount / 25, 10, 500);
}
