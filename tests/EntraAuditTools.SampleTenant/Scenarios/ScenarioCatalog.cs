namespace EntraAuditTools.SampleTenant;

/// <summary>All that can happen, and how often.</summary>
internal static class ScenarioCatalog
{
    /// <summary>In the provisioning log too.</summary>
    public static readonly ShortScenario ProvisioningPass = new("provisioning pass", 9, 4, ProvisioningScenarios.Pass);

    /// <summary>Application roles that people are given and lose.</summary>
    public static readonly ShortScenario AppRole = new("application role is assigned", 5, 1, AppRoleScenarios.AssignToPerson);

    /// <summary>Application roles that groups and service principals are given and lose.</summary>
    public static readonly ShortScenario AppRoleOfGroup = new("application role is assigned to a group", 1, 1,
        AppRoleScenarios.AssignToOther);

    public static readonly ShortScenario[] Short =
    [
        new("user attributes change", 22, 1, UserScenarios.Update),
        new("user joins", 3, 3, UserScenarios.Add),
        new("user leaves", 2, 3, UserScenarios.Remove),
        new("licence changes", 5, 2, UserScenarios.ChangeLicense),
        new("guest is invited", 2, 3, UserScenarios.Invite),
        new("members are added to a group", 14, GroupScenarios.BurstLength, GroupScenarios.AddMembers),
        new("members are removed from a group", 5, GroupScenarios.BurstLength, GroupScenarios.RemoveMembers),
        new("group is created", 2, 2, GroupScenarios.Create),
        new("group changes", 3, 1, GroupScenarios.Update),
        new("group is deleted", 1, 1, GroupScenarios.Delete),
        new("self-service group membership", 2, 3, GroupScenarios.SelfService),
        new("role is activated", 4, 3, RoleScenarios.Activate),
        new("role is assigned directly", 1, 2, RoleScenarios.AssignDirectly),
        AppRole,
        AppRoleOfGroup,
        new("application secret is added", 1, 2, ApplicationScenarios.AddSecret),
        new("service principal credential is added", 1, 1, ApplicationScenarios.AddPrincipalCredential),
        new("consent", 1, 3, ApplicationScenarios.Consent),
        new("conditional access changes", 1, 2, ApplicationScenarios.ConditionalAccess),
        new("service principal changes", 3, 1, ApplicationScenarios.UpdatePrincipal),
        new("password is reset by its owner", 4, 5, AuthenticationScenarios.ResetOwnPassword),
        new("password reset fails", 2, 1, AuthenticationScenarios.FailToReset),
        new("password is reset by an administrator", 3, 2, AuthenticationScenarios.ResetByAdministrator),
        new("security information is registered", 5, 3, AuthenticationScenarios.RegisterSecurityInfo),
        new("device joins", 3, 4, DeviceScenarios.Register),
        new("device changes", 8, 1, DeviceScenarios.Update),
        new("directory operation fails", 3, 1, FailureScenarios.Directory),
        ProvisioningPass,
        new("access package is built", 1, 3, EntitlementScenarios.Build),
    ];

    private static readonly (RequestScenario Scenario, int Weight)[] FirstRequests =
    [
        (RequestScenario.OneStage, 14), (RequestScenario.AutoApproved, 14), (RequestScenario.DeniedAtStageOne, 4),
            (RequestScenario.TimedOut, 4),
        (RequestScenario.Expired, 7), (RequestScenario.Canceled, 3), (RequestScenario.FailedDelivery, 2),
            (RequestScenario.PartiallyFulfilled, 2),
        (RequestScenario.RemovedByUser, 3), (RequestScenario.RemovedByAdministrator, 3), (RequestScenario.DirectAssignment, 6),
        (RequestScenario.Extended, 3), (RequestScenario.Scheduled, 1), (RequestScenario.Pending, 3),
    ];

    private static readonly (RequestScenario Scenario, int Weight)[] MoreRequests =
    [
        (RequestScenario.TwoStages, 4), (RequestScenario.Escalated, 2), (RequestScenario.DeniedAtStageTwo, 2),
            (RequestScenario.SelfApproved, 1),
        (RequestScenario.UserDeleted, 1), (RequestScenario.Retried, 2), (RequestScenario.RemovedByReview, 2),
            (RequestScenario.RemovedByRule, 2),
        (RequestScenario.RequestedAgain, 2), (RequestScenario.TwoAtOnce, 2), (RequestScenario.ScheduledThenDelivered, 1),
            (RequestScenario.OnBehalf, 2),
        (RequestScenario.UnknownActivities, 1), (RequestScenario.PendingAtStageTwo, 1), (RequestScenario.AutoAssigned, 3),
            (RequestScenario.RecordsMissing, 3),
        (RequestScenario.SamePackageTwice, 2), (RequestScenario.Updated, 1), (RequestScenario.Refused, 2),
    ];

    /// <summary>In the provisioning log too.</summary>
    public static readonly Scenario Escrow = new("escrow", 12, ProvisioningScenarios.Escrow);

    /// <summary>Synchronization jobs show it too.</summary>
    public static readonly Scenario Quarantine = new("quarantine", 1, ProvisioningScenarios.Quarantine);

    public static readonly Scenario[] Long =
    [
        .. FirstRequests.Select(Request),
        Escrow,
        Quarantine,
        .. MoreRequests.Select(Request),
    ];

    /// <summary>
    /// The order in which each long scenario is made once, as long as there is room: first those that the provisioning log needs, then the
    /// short ones.
    /// </summary>
    public static readonly int[] LongInOrder =
        [.. Enumerable.Range(0, Long.Length)
            .OrderBy(kind => Long[kind] == Escrow || Long[kind] == Quarantine ? 0 : RequestScenarioOf(kind) is RequestScenario.Pending
                or RequestScenario.DeniedAtStageOne or RequestScenario.TimedOut or RequestScenario.FailedDelivery ? 1 : 2)];

    /// <summary>What a long scenario is about when it is about requests; null for the others.</summary>
    public static RequestScenario? RequestScenarioOf(int kind) => kind < FirstRequests.Length ? FirstRequests[kind].Scenario
        : kind < FirstRequests.Length + 2 ? null
        : MoreRequests[kind - FirstRequests.Length - 2].Scenario;

    private static Scenario Request((RequestScenario Scenario, int Weight) request) =>
        new("request: " + request.Scenario, request.Weight, EntitlementScenarios.Request(request.Scenario));
}
