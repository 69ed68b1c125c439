using EntraAuditTools.Core.Queries.Logs;

namespace EntraAuditTools.Core.Queries.Activities;

/// <summary>What to look for in the audit log; the filters are declared in <see cref="ActivityLog"/>.</summary>
internal sealed class AuditActivityFilter : LogFilter
{
    public IReadOnlyList<string>? Service { get => Get(); init => Set(value); }

    public IReadOnlyList<string>? Category { get => Get(); init => Set(value); }

    public IReadOnlyList<string>? Activity { get => Get(); init => Set(value); }

    public IReadOnlyList<string>? Result { get => Get(); init => Set(value); }

    /// <summary>UPN, object id or display name of the initiator.</summary>
    public IReadOnlyList<string>? InitiatedBy { get => Get(); init => Set(value); }

    /// <summary>
    /// UPN, object id or display name of what it is about: any target, or what a modified property names (docs/targets.md).
    /// </summary>
    public IReadOnlyList<string>? Target { get => Get(); init => Set(value); }

    /// <summary>UPN, object id or display name of who did it or what it is about: by or on.</summary>
    public IReadOnlyList<string>? Involving { get => Get(); init => Set(value); }

    public IReadOnlyList<string>? CorrelationId { get => Get(); init => Set(value); }

    /// <summary>Graph's record id.</summary>
    public IReadOnlyList<string>? Id { get => Get(); init => Set(value); }

    public IReadOnlyList<string>? IPAddress { get => Get(); init => Set(value); }

    /// <summary>Name of a modified property.</summary>
    public IReadOnlyList<string>? Property { get => Get(); init => Set(value); }

    /// <summary>Words that must all occur somewhere in the record; a trailing * matches beginnings, "quotes" a phrase.</summary>
    public string? Search { get => Get()?[0]; init => Set(string.IsNullOrWhiteSpace(value) ? null : [value]); }

    /// <summary>
    /// Which log: a name of <see cref="ActivityOrigin"/>. Asked for one log, all of its own records answer; else an event that both logs
    /// have is one row, the directory's.
    /// </summary>
    public IReadOnlyList<string>? Origin { get => Get(); init => Set(value); }
}
