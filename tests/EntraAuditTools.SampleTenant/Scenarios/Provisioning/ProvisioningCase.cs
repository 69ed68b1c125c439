namespace EntraAuditTools.SampleTenant;

/// <summary>What truly happens to an object when it is provisioned: the label of every entry of the provisioning log.</summary>
public enum ProvisioningCase
{
    UserCreated,
    UserUpdated,
    UserDisabled,
    UserDeleted,
    UserStagedDelete,

    /// <summary>Skipped: the user is not assigned to the application.</summary>
    NotEntitled,

    /// <summary>Skipped: a scoping filter leaves the user out.</summary>
    ScopingFilter,

    /// <summary>Skipped: the target has all values already.</summary>
    RedundantExport,

    /// <summary>Skipped: what was imported could not be used.</summary>
    ImportSkipped,

    /// <summary>The write fails, with one of the general errors.</summary>
    WriteFailed,

    /// <summary>Several users of the target match.</summary>
    MatchFailed,

    /// <summary>Written, but for one value.</summary>
    Warning,

    /// <summary>An administrator provisions one user on demand.</summary>
    OnDemand,
    SalesforceUserCreated,

    /// <summary>A user of Salesforce could not be written since its credentials expired for a while.</summary>
    SalesforceCredentials,

    /// <summary>A group is created in ServiceNow.</summary>
    GroupCreated,
    GroupUpdated,
    GroupDeleted,

    /// <summary>A group could not be created in ServiceNow.</summary>
    GroupFailed,
    DropboxUserCreated,

    /// <summary>A user could not be created in Dropbox.</summary>
    DropboxUserFailed,
    CrossTenantCreated,
    CrossTenantUpdated,
    CrossTenantFailed,
    WorkerCreated,
    WorkerUpdated,
    WorkerDisabled,
    WorkerFailed,

    /// <summary>The action is one that nobody knows yet.</summary>
    UnknownAction,

    /// <summary>The status is one that nobody knows yet, and so is the type of a step.</summary>
    UnknownStatus,

    /// <summary>The entry has no property for its steps.</summary>
    StepsMissing,

    /// <summary>Steps and duration are null.</summary>
    StepsNull,

    /// <summary>Names on both sides, ids on neither.</summary>
    NoIds,

    /// <summary>Ids on both sides, names on neither.</summary>
    NoNames,

    /// <summary>There is no target identity at all.</summary>
    NoTarget,

    /// <summary>Two entries with one change id: an update, then a disable.</summary>
    SharedChange,

    /// <summary>Fails, is retried from escrow and works in the end.</summary>
    EscrowRecovered,

    /// <summary>Fails, is retried from escrow and has not worked by the end.</summary>
    EscrowStuck,

    /// <summary>The failures that bring a job into quarantine.</summary>
    QuarantineFailure,

    /// <summary>Roles imported from Amazon Web Services: in the audit log only, no entry.</summary>
    RolesImported,
}

internal static class ProvisioningCases
{
    /// <summary>The cases of a single entry, and how often they happen.</summary>
    public static readonly (ProvisioningCase Case, int Weight)[] Single =
    [
        (ProvisioningCase.UserCreated, 14), (ProvisioningCase.UserUpdated, 34), (ProvisioningCase.UserDisabled, 8),
            (ProvisioningCase.UserDeleted, 3),
        (ProvisioningCase.UserStagedDelete, 2), (ProvisioningCase.NotEntitled, 16), (ProvisioningCase.ScopingFilter, 4),
            (ProvisioningCase.RedundantExport, 8),
        (ProvisioningCase.ImportSkipped, 1), (ProvisioningCase.WriteFailed, 6), (ProvisioningCase.MatchFailed, 1),
            (ProvisioningCase.Warning, 2),
        (ProvisioningCase.OnDemand, 1), (ProvisioningCase.SalesforceUserCreated, 3), (ProvisioningCase.SalesforceCredentials, 1),
        (ProvisioningCase.GroupCreated, 4),
        (ProvisioningCase.GroupUpdated, 6), (ProvisioningCase.GroupDeleted, 1), (ProvisioningCase.GroupFailed, 2),
            (ProvisioningCase.DropboxUserCreated, 4),
        (ProvisioningCase.DropboxUserFailed, 3), (ProvisioningCase.CrossTenantCreated, 3), (ProvisioningCase.CrossTenantUpdated, 4),
        (ProvisioningCase.CrossTenantFailed, 2),
        (ProvisioningCase.WorkerCreated, 3), (ProvisioningCase.WorkerUpdated, 6), (ProvisioningCase.WorkerDisabled, 1),
            (ProvisioningCase.WorkerFailed, 2),
        (ProvisioningCase.UnknownAction, 1), (ProvisioningCase.UnknownStatus, 1), (ProvisioningCase.StepsMissing, 1),
            (ProvisioningCase.StepsNull, 1),
        (ProvisioningCase.NoIds, 1), (ProvisioningCase.NoNames, 1), (ProvisioningCase.NoTarget, 1),
    ];

    /// <summary>
    /// The cases whose four events in the audit log can be written: import, match, rule, export. Each of the first ones happens once
    /// before chance decides.
    /// </summary>
    public static readonly (ProvisioningCase Case, int Weight)[] InAuditLog =
    [
        (ProvisioningCase.UserCreated, 16), (ProvisioningCase.WorkerCreated, 4), (ProvisioningCase.GroupCreated, 5),
            (ProvisioningCase.DropboxUserFailed, 4),
        (ProvisioningCase.RolesImported, 3), (ProvisioningCase.NotEntitled, 14), (ProvisioningCase.UserDisabled, 8),
            (ProvisioningCase.CrossTenantCreated, 4),
        (ProvisioningCase.UserUpdated, 36), (ProvisioningCase.UserDeleted, 3), (ProvisioningCase.WorkerUpdated, 5),
            (ProvisioningCase.GroupFailed, 2),
        (ProvisioningCase.WriteFailed, 6), (ProvisioningCase.RedundantExport, 6), (ProvisioningCase.Warning, 2),
            (ProvisioningCase.CrossTenantFailed, 2),
    ];

    public static readonly ProvisioningCase[] SingleByWeight = ByWeight(Single);

    public static readonly ProvisioningCase[] InAuditLogByWeight = ByWeight(InAuditLog);

    private static ProvisioningCase[] ByWeight((ProvisioningCase Case, int Weight)[] cases) =>
        [.. cases.SelectMany(entry => Enumerable.Repeat(entry.Case, entry.Weight))];
}
