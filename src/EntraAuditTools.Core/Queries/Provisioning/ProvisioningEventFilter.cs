namespace EntraAuditTools.Core.Queries.Provisioning;

/// <summary>
/// Whose trail to follow. Texts take PowerShell wildcards and are compared without regard to case; properties left null do not filter.
/// </summary>
internal sealed class ProvisioningEventFilter
{
    /// <summary>Name, UPN, source or target id of the user or group, or whatever id it is matched by.</summary>
    public IReadOnlyList<string>? Identity { get; init; }

    /// <summary>Name of the application, or object id of its service principal.</summary>
    public IReadOnlyList<string>? Application { get; init; }

    /// <summary>Import, Synchronization rule action, Export, Process escrow…</summary>
    public IReadOnlyList<string>? Activity { get; init; }

    /// <summary>success, failure, skipped…</summary>
    public IReadOnlyList<string>? Status { get; init; }

    public IReadOnlyList<string>? Tenant { get; init; }

    /// <summary>At or after this time.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Before this time.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>How many of the first to leave out.</summary>
    public long Skip { get; init; }

    /// <summary>How many to return at most; null for all.</summary>
    public long? First { get; init; }

    /// <summary>Show values that can hold key material instead of masking them.</summary>
    public bool ShowSecret { get; init; }
}
