namespace EntraAuditTools.Core.Queries.Entitlement.Entities;

/// <summary>What all questions about entitlement management have in common. Properties left null do not filter.</summary>
internal abstract class EntitlementFilter
{
    /// <summary>Users, packages and ids; any of them. Null for everything.</summary>
    public IReadOnlyList<EntitlementSelector>? Selectors { get; init; }

    /// <summary>The time to answer for; null for now (the newest that is known).</summary>
    public DateTimeOffset? AsOf { get; init; }

    public IReadOnlyList<string>? Tenant { get; init; }

    /// <summary>How many of the first to leave out.</summary>
    public long Skip { get; init; }

    /// <summary>How many to return at most; null for all.</summary>
    public long? First { get; init; }
}
