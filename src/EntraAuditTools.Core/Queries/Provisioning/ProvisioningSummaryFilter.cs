namespace EntraAuditTools.Core.Queries.Provisioning;

/// <summary>
/// Which jobs to sum up, and from which part of the log. Texts take PowerShell wildcards; properties left null do not filter.
/// </summary>
internal sealed class ProvisioningSummaryFilter
{
    /// <summary>Name of the application, or object id of its service principal.</summary>
    public IReadOnlyList<string>? Application { get; init; }

    public IReadOnlyList<string>? JobId { get; init; }

    public IReadOnlyList<string>? Tenant { get; init; }

    /// <summary>Only log entries at or after this time.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Only log entries before this time, and jobs as they were observed by then.</summary>
    public DateTimeOffset? Before { get; init; }
}
