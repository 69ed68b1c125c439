namespace EntraAuditTools.SampleTenant;

/// <summary>
/// One entry of the provisioning log, as provisioningObjectSummary of Microsoft Graph describes it; every shape is written from this.
/// </summary>
public sealed record ProvisioningEntry
{
    /// <summary>The record id; the change id is not unique.</summary>
    public required string Id { get; init; }

    /// <summary>UTC ticks.</summary>
    public required long Ticks { get; init; }

    /// <summary>What happened.</summary>
    public required ProvisioningCase Case { get; init; }

    /// <summary>0 for the first try; 1 and up for the retries from escrow, or for the further entries of a shared change.</summary>
    public int Attempt { get; init; }

    /// <summary>Whether the audit log has it too, with this change id as its correlation id.</summary>
    public bool InAuditLog { get; init; }

    public required ProvisioningJob Job { get; init; }

    public required string CycleId { get; init; }

    public required string ChangeId { get; init; }

    /// <summary>create, update, delete, disable, stagedDelete, other, or one that nobody knows.</summary>
    public required string Action { get; init; }

    /// <summary>success, failure, skipped, warning, or one that nobody knows.</summary>
    public required string Status { get; init; }

    public int? DurationMilliseconds { get; init; }

    public required ProvisioningInitiator InitiatedBy { get; init; }

    public ProvisionedIdentity? Source { get; init; }

    public ProvisionedIdentity? Target { get; init; }

    /// <summary>The value that joins the two: user principal name, employee number or a group's name. The audit log's target.</summary>
    public required string MatchingId { get; init; }

    public ProvisioningError? Error { get; init; }

    /// <summary>Null is written as null; see <see cref="LeavesStepsOut"/>.</summary>
    public IReadOnlyList<ProvisioningStep>? Steps { get; init; }

    /// <summary>The property is not written at all.</summary>
    public bool LeavesStepsOut { get; init; }

    public IReadOnlyList<EventProperty> Changes { get; init; } = [];

    /// <summary>The identity by the first id that it has: of the source, of the target, else its name.</summary>
    public string IdentityKey => Text(Source?.Id) ?? Text(Target?.Id) ?? Text(Source?.DisplayName) ?? Text(Target?.DisplayName) ?? "";

    private static string? Text(string? value) => string.IsNullOrEmpty(value) ? null : value;
}

/// <param name="Id">Empty for the service itself.</param>
/// <param name="DisplayName">Name.</param>
/// <param name="Type">user, application or system.</param>
public sealed record ProvisioningInitiator(string Id, string DisplayName, string Type);

/// <param name="Id">Null, or empty when it does not exist yet.</param>
/// <param name="DisplayName">May be null.</param>
/// <param name="Type">User, Group, ServicePrincipal, a SCIM schema…</param>
/// <param name="Details">An open object.</param>
public sealed record ProvisionedIdentity(string? Id, string? DisplayName, string Type, IReadOnlyList<EventDetail> Details);

/// <param name="Code">Often with the target's name in front.</param>
/// <param name="Reason">A sentence.</param>
/// <param name="Category">failure, nonServiceFailure or success.</param>
/// <param name="RecommendedAction">A sentence.</param>
/// <param name="AdditionalDetails">Null unless there is more to say.</param>
public sealed record ProvisioningError(string Code, string Reason, string Category, string RecommendedAction,
    string? AdditionalDetails = null);

/// <param name="Type">import, scoping, matching, processing, referenceResolution, export, or one that nobody knows.</param>
/// <param name="Name">For example EntryExportAdd.</param>
/// <param name="Description">A sentence.</param>
/// <param name="Status">As of the entry.</param>
/// <param name="Details">An open object; keys may hold blanks.</param>
public sealed record ProvisioningStep(string Type, string Name, string Description, string Status, IReadOnlyList<EventDetail> Details);
