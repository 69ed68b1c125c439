using EntraAuditTools.Core.Queries.Logs;

namespace EntraAuditTools.Core.Queries.Activities;

/// <summary>
/// What to look for. Every text takes PowerShell wildcards (<c>* ? [ab]</c>, backtick escapes) and is compared without
/// regard to case; several texts mean any of them; properties left null do not filter.
/// </summary>
public sealed class AuditActivityFilter
{
    public IReadOnlyList<string>? Service { get; init; }

    public IReadOnlyList<string>? Category { get; init; }

    public IReadOnlyList<string>? Activity { get; init; }

    public IReadOnlyList<string>? Result { get; init; }

    /// <summary>UPN, object id or display name of the initiator.</summary>
    public IReadOnlyList<string>? InitiatedBy { get; init; }

    /// <summary>UPN, object id or display name of what it is about: any target, or what a modified property names (docs/targets.md).</summary>
    public IReadOnlyList<string>? Target { get; init; }

    /// <summary>UPN, object id or display name of who did it or what it is about: by or on.</summary>
    public IReadOnlyList<string>? Involving { get; init; }

    public IReadOnlyList<string>? CorrelationId { get; init; }

    /// <summary>Graph's record id.</summary>
    public IReadOnlyList<string>? Id { get; init; }

    public IReadOnlyList<string>? IPAddress { get; init; }

    /// <summary>Name of a modified property.</summary>
    public IReadOnlyList<string>? Property { get; init; }

    /// <summary>Words that must all occur somewhere in the record; a trailing * matches beginnings, "quotes" a phrase.</summary>
    public string? Search { get; init; }

    public IReadOnlyList<string>? Tenant { get; init; }

    /// <summary>Numbers of imports that brought the record, first or again.</summary>
    public IReadOnlyList<long>? ImportId { get; init; }

    /// <summary>
    /// Which log: a name of <see cref="ActivityOrigin"/>. Asked for one log, all of its own records answer; else an event that both logs tell
    /// is one row, the directory's.
    /// </summary>
    public IReadOnlyList<string>? Origin { get; init; }

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
