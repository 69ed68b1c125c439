namespace EntraAuditTools.Core.Queries.Provisioning;

/// <summary>
/// What to look for in the provisioning log. Every text takes PowerShell wildcards (<c>* ? [ab]</c>, backtick escapes) and is compared
/// without regard to case; several texts mean any of them; properties left null do not filter.
/// </summary>
public sealed class ProvisioningLogFilter
{
    /// <summary>create, update, delete, disable, stagedDelete, other…</summary>
    public IReadOnlyList<string>? Action { get; init; }

    /// <summary>Name of the application, or object id of its service principal.</summary>
    public IReadOnlyList<string>? Application { get; init; }

    /// <summary>Display name, UPN or id of the object in the source or target system.</summary>
    public IReadOnlyList<string>? Identity { get; init; }

    /// <summary>User, Group…</summary>
    public IReadOnlyList<string>? IdentityType { get; init; }

    public IReadOnlyList<string>? SourceSystem { get; init; }

    public IReadOnlyList<string>? TargetSystem { get; init; }

    /// <summary>success, failure, skipped, warning…</summary>
    public IReadOnlyList<string>? Status { get; init; }

    public IReadOnlyList<string>? JobId { get; init; }

    /// <summary>Numbers of imports that brought the record, first or again, or steps or changes of it.</summary>
    public IReadOnlyList<long>? ImportId { get; init; }

    public IReadOnlyList<string>? CycleId { get; init; }

    public IReadOnlyList<string>? ChangeId { get; init; }

    public IReadOnlyList<string>? ErrorCode { get; init; }

    /// <summary>Graph's record id.</summary>
    public IReadOnlyList<string>? Id { get; init; }

    public IReadOnlyList<string>? Tenant { get; init; }

    /// <summary>At or after this time.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Before this time.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>How many of the newest to leave out.</summary>
    public long Skip { get; init; }

    /// <summary>How many to return at most; null for all.</summary>
    public long? First { get; init; }

    /// <summary>Show values that can hold key material instead of masking them.</summary>
    public bool ShowSecret { get; init; }
}
