namespace EntraAuditTools;

/// <summary>A change of an application role assignment: a row of the portal's workbook "Application role assignment activity".</summary>
public sealed class AppRoleAssignmentActivity
{
    private readonly Lazy<AuditActivity> activity;

    /// <summary>Creates an event whose audit record is read on first use.</summary>
    public AppRoleAssignmentActivity(Func<AuditActivity> activity) => this.activity = new Lazy<AuditActivity>(activity);

    /// <summary>When, in UTC (offset zero).</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary><see cref="Time"/> as ISO 8601 text in UTC with seven digits, for files.</summary>
    public string TimeUtc => IsoText.Of(Time);

    /// <summary>Name of the application; null when the log does not say.</summary>
    public string? Application { get; init; }

    /// <summary>Name of the role; null when the log does not say (the default role has none).</summary>
    public string? Role { get; init; }

    /// <summary>UPN or name of the user, group or service principal that has or had the role; null when the log does not say.</summary>
    public string? Principal { get; init; }

    /// <summary><c>User</c>, <c>Group</c> or <c>ServicePrincipal</c>; null when the log does not say.</summary>
    public string? PrincipalType { get; init; }

    /// <summary><c>Add</c> or <c>Remove</c>.</summary>
    public string Operation { get; init; } = string.Empty;

    /// <summary>Name of the activity.</summary>
    public string Activity { get; init; } = string.Empty;

    /// <summary>Who did it: user or application.</summary>
    public AuditInitiator InitiatedBy { get; init; } = new();

    /// <summary>success, failure…; null when the log does not say.</summary>
    public string? Result { get; init; }

    /// <summary>Whether an access package caused it; null when that is not known.</summary>
    public bool? ViaEntitlement { get; init; }

    /// <summary>How that was decided, as a sentence.</summary>
    public string Basis { get; init; } = string.Empty;

    /// <summary>The request that it came from; null when it did not come from a package, or the request is not found.</summary>
    public string? RequestId { get; init; }

    /// <summary>The package that it came from; null when it did not come from one, or that is not found.</summary>
    public EntitlementReference? AccessPackage { get; init; }

    /// <summary>Object id of the principal; null when the log does not say.</summary>
    public string? PrincipalId { get; init; }

    /// <summary>Object id of the application's service principal; null when the log does not say.</summary>
    public string? ApplicationId { get; init; }

    /// <summary>Correlation id; null when the log does not say.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Tenant; null when no export names it.</summary>
    public string? TenantId { get; init; }

    /// <summary>Where it comes from: each import that brought it, with file and SHA-256.</summary>
    public RecordList<AuditEvidence> Evidence => activity.Value.Evidence;

    /// <summary>The audit record whole.</summary>
    public AuditActivity GetActivity() => activity.Value;

    /// <summary>"time operation role of application: principal".</summary>
    public override string ToString() => $"{Time:yyyy-MM-dd HH:mm:ss}Z {Operation} {Role} of {Application}: {Principal}";
}
