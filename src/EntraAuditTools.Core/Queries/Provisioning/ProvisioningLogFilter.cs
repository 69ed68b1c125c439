using EntraAuditTools.Core.Queries.Logs;

namespace EntraAuditTools.Core.Queries.Provisioning;

/// <summary>What to look for in the provisioning log; the filters are declared in <see cref="ProvisioningLog"/>.</summary>
internal sealed class ProvisioningLogFilter : LogFilter
{
    /// <summary>create, update, delete, disable, stagedDelete, other…</summary>
    public IReadOnlyList<string>? Action { get => Get(); init => Set(value); }

    /// <summary>Name of the application, or object id of its service principal.</summary>
    public IReadOnlyList<string>? Application { get => Get(); init => Set(value); }

    /// <summary>Display name, UPN or id of the object in the source or target system.</summary>
    public IReadOnlyList<string>? Identity { get => Get(); init => Set(value); }

    /// <summary>User, Group…</summary>
    public IReadOnlyList<string>? IdentityType { get => Get(); init => Set(value); }

    public IReadOnlyList<string>? SourceSystem { get => Get(); init => Set(value); }

    public IReadOnlyList<string>? TargetSystem { get => Get(); init => Set(value); }

    /// <summary>success, failure, skipped, warning…</summary>
    public IReadOnlyList<string>? Status { get => Get(); init => Set(value); }

    public IReadOnlyList<string>? JobId { get => Get(); init => Set(value); }

    public IReadOnlyList<string>? CycleId { get => Get(); init => Set(value); }

    public IReadOnlyList<string>? ChangeId { get => Get(); init => Set(value); }

    public IReadOnlyList<string>? ErrorCode { get => Get(); init => Set(value); }

    /// <summary>Graph's record id.</summary>
    public IReadOnlyList<string>? Id { get => Get(); init => Set(value); }
}
