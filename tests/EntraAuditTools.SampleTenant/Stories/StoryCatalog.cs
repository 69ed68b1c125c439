namespace EntraAuditTools.SampleTenant;

/// <summary>All that can happen, and how often.</summary>
internal static class StoryCatalog
{
    /// <summary>Also told by the provisioning log.</summary>
    public static readonly ShortStory ProvisioningPass = new("provisioning pass", 9, 4, ProvisioningStories.Pass);

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
        new("application role is assigned", 5, 1, ApplicationStories.AssignRole),
        new("application role is assigned to a group", 1, 1, ApplicationStories.AssignRoleToGroup),
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

    private static readonly (RequestOutcome Outcome, int Weight)[] Requests =
    [
        (RequestOutcome.Approved, 20), (RequestOutcome.AutoApproved, 20), (RequestOutcome.Denied, 6), (RequestOutcome.TimedOut, 4),
        (RequestOutcome.Expired, 10), (RequestOutcome.Canceled, 3), (RequestOutcome.Failed, 3), (RequestOutcome.PartiallyDelivered, 2),
        (RequestOutcome.RemovedByUser, 3), (RequestOutcome.RemovedByAdministrator, 3), (RequestOutcome.DirectAssignment, 8),
        (RequestOutcome.Extended, 3), (RequestOutcome.Scheduled, 1), (RequestOutcome.Pending, 3),
    ];

    /// <summary>Also told by the provisioning log.</summary>
    public static readonly Story Escrow = new("escrow", 12, ProvisioningStories.Escrow);

    /// <summary>Synchronization jobs tell of it too.</summary>
    public static readonly Story Quarantine = new("quarantine", 1, ProvisioningStories.Quarantine);

    public static readonly Story[] Long =
    [
        .. Requests.Select(request => new Story("request: " + request.Outcome, request.Weight, EntitlementStories.Request(request.Outcome))),
        Escrow,
        Quarantine,
    ];

    /// <summary>The outcome of a long story that is a request; null for the others.</summary>
    public static RequestOutcome? Outcome(int kind) => kind < Requests.Length ? Requests[kind].Outcome : null;
}
