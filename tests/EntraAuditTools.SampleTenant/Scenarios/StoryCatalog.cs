namespace EntraAuditTools.SampleTenant;

/// <summary>All that can happen, and how often.</summary>
internal static class StoryCatalog
{
    /// <summary>Also told by the provisioning log.</summary>
    public static readonly ShortStory ProvisioningPass = new("provisioning pass", 9, 4, ProvisioningStories.Pass);

    /// <summary>Application roles that people are given and lose.</summary>
    public static readonly ShortStory AppRole = new("application role is assigned", 5, 1, AppRoleStories.AssignToPerson);

    /// <summary>Application roles that groups and service principals are given and lose.</summary>
    public static readonly ShortStory AppRoleOfGroup = new("application role is assigned to a group", 1, 1, AppRoleStories.AssignToOther);

    public static readonly ShortStory[] Short =
    [
        new("user attributes change", 22, 1, UserStories.Update),
        new("user joins", 3, 3, UserStories.Add),
        new("user leaves", 2, 3, UserStories.Remove),
        new("licence changes", 5, 2, UserStories.ChangeLicense),
        new("guest is invited", 2, 3, UserStories.Invite),
        new("members are added to a group", 14, GroupStories.BurstLength, GroupStories.AddMembers),
        new("members are removed from a group", 5, GroupStories.BurstLength, GroupStories.RemoveMembers),
        new("group is created", 2, 2, GroupStories.Create),
        new("group changes", 3, 1, GroupStories.Update),
        new("group is deleted", 1, 1, GroupStories.Delete),
        new("self-service group membership", 2, 3, GroupStories.SelfService),
        new("role is activated", 4, 3, RoleStories.Activate),
        new("role is assigned directly", 1, 2, RoleStories.AssignDirectly),
        AppRole,
        AppRoleOfGroup,
        new("application secret is added", 1, 2, ApplicationStories.AddSecret),
        new("service principal credential is added", 1, 1, ApplicationStories.AddPrincipalCredential),
        new("consent", 1, 3, ApplicationStories.Consent),
        new("conditional access changes", 1, 2, ApplicationStories.ConditionalAccess),
        new("service principal changes", 3, 1, ApplicationStories.UpdatePrincipal),
        new("password is reset by its owner", 4, 5, AuthenticationStories.ResetOwnPassword),
        new("password reset fails", 2, 1, AuthenticationStories.FailToReset),
        new("password is reset by an administrator", 3, 2, AuthenticationStories.ResetByAdministrator),
        new("security information is registered", 5, 3, AuthenticationStories.RegisterSecurityInfo),
        new("device joins", 3, 4, DeviceStories.Register),
        new("device changes", 8, 1, DeviceStories.Update),
        new("directory operation fails", 3, 1, FailureStories.Directory),
        ProvisioningPass,
        new("access package is built", 1, 3, EntitlementStories.Build),
    ];

    private static readonly (RequestStory Story, int Weight)[] FirstRequests =
    [
        (RequestStory.OneStage, 14), (RequestStory.AutoApproved, 14), (RequestStory.DeniedAtStageOne, 4), (RequestStory.TimedOut, 4),
        (RequestStory.Expired, 7), (RequestStory.Canceled, 3), (RequestStory.FailedDelivery, 2), (RequestStory.PartiallyFulfilled, 2),
        (RequestStory.RemovedByUser, 3), (RequestStory.RemovedByAdministrator, 3), (RequestStory.DirectAssignment, 6),
        (RequestStory.Extended, 3), (RequestStory.Scheduled, 1), (RequestStory.Pending, 3),
    ];

    private static readonly (RequestStory Story, int Weight)[] MoreRequests =
    [
        (RequestStory.TwoStages, 4), (RequestStory.Escalated, 2), (RequestStory.DeniedAtStageTwo, 2), (RequestStory.SelfApproved, 1),
        (RequestStory.UserDeleted, 1), (RequestStory.Retried, 2), (RequestStory.RemovedByReview, 2), (RequestStory.RemovedByRule, 2),
        (RequestStory.RequestedAgain, 2), (RequestStory.TwoAtOnce, 2), (RequestStory.ScheduledThenDelivered, 1), (RequestStory.OnBehalf, 2),
        (RequestStory.UnknownActivities, 1), (RequestStory.PendingAtStageTwo, 1), (RequestStory.AutoAssigned, 3), (RequestStory.RecordsMissing, 3),
        (RequestStory.SamePackageTwice, 2), (RequestStory.Updated, 1), (RequestStory.Refused, 2),
    ];

    /// <summary>Also told by the provisioning log.</summary>
    public static readonly Story Escrow = new("escrow", 12, ProvisioningStories.Escrow);

    /// <summary>Synchronization jobs tell of it too.</summary>
    public static readonly Story Quarantine = new("quarantine", 1, ProvisioningStories.Quarantine);

    public static readonly Story[] Long =
    [
        .. FirstRequests.Select(Request),
        Escrow,
        Quarantine,
        .. MoreRequests.Select(Request),
    ];

    /// <summary>
    /// The order in which each long story is told once, as long as there is room: first those that the provisioning log needs, then the
    /// short ones.
    /// </summary>
    public static readonly int[] LongInOrder =
        [.. Enumerable.Range(0, Long.Length)
            .OrderBy(kind => Long[kind] == Escrow || Long[kind] == Quarantine ? 0 : RequestStoryOf(kind) is RequestStory.Pending
                or RequestStory.DeniedAtStageOne or RequestStory.TimedOut or RequestStory.FailedDelivery ? 1 : 2)];

    /// <summary>What a long story is about when it is about requests; null for the others.</summary>
    public static RequestStory? RequestStoryOf(int kind) => kind < FirstRequests.Length ? FirstRequests[kind].Story
        : kind < FirstRequests.Length + 2 ? null
        : MoreRequests[kind - FirstRequests.Length - 2].Story;

    private static Story Request((RequestStory Story, int Weight) request) =>
        new("request: " + request.Story, request.Weight, EntitlementStories.Request(request.Story));
}
