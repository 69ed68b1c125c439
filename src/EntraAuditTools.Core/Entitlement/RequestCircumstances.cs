namespace EntraAuditTools.Core.Entitlement;

/// <summary>Where users of a connected organization come from (Graph <c>identitySource</c>).</summary>
/// <param name="Type">Its kind without "#microsoft.graph.": <c>azureActiveDirectoryTenant</c>, <c>domainIdentitySource</c>…</param>
/// <param name="TenantId">For the kinds that are tenants.</param>
/// <param name="Domain">For the kinds that are domains.</param>
internal sealed record OrganizationSource(string Type, string? TenantId, string? Domain);

/// <summary>A connected organization.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Display name; null when no export tells it.</param>
/// <param name="State"><c>configured</c> or <c>proposed</c>; null when no export tells it.</param>
/// <param name="Sources">Null when no export tells them.</param>
internal sealed record RequestOrganization(string Id, string? Name, string? State, IReadOnlyList<OrganizationSource>? Sources)
{
    /// <summary>How reasons call it.</summary>
    public string Label => $"\"{Name ?? Id}\"";
}

/// <summary>An assignment that the subject has at the time asked for.</summary>
/// <param name="State">v1.0's state or the product's, in any case.</param>
/// <param name="Start">When it begins, UTC; null when not told.</param>
internal sealed record HeldAssignment(string State, DateTimeOffset? Start);

/// <summary>A request of the subject that is not yet decided or delivered at the time asked for.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">Its state, for reasons.</param>
internal sealed record PendingRequest(string Id, string State);

/// <summary>What holds for a subject whatever the package: memberships, assignments, organizations.</summary>
internal sealed record RequestCircumstances
{
    /// <summary>The time to decide for, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>By group id: whether the subject is a member, directly or through other groups. The reason is used where it is not known.</summary>
    public Func<string, Finding> MemberOf { get; init; } = static group => Finding.Unknown($"no export tells the members of group {group}");

    /// <summary>By package id: the subject's assignments of it, also ended ones.</summary>
    public Func<string, IReadOnlyList<HeldAssignment>> AssignmentsOf { get; init; } = static _ => [];

    /// <summary>Whether exports tell assignments at all: without any, "has none" is not known.</summary>
    public bool AssignmentsAreTold { get; init; }

    /// <summary>Whether exports tell incompatible packages of any package.</summary>
    public bool IncompatiblePackagesAreTold { get; init; }

    /// <summary>Whether exports tell incompatible groups of any package.</summary>
    public bool IncompatibleGroupsAreTold { get; init; }

    /// <summary>By package id: the subject's open request for it; null when none is known.</summary>
    public Func<string, PendingRequest?> PendingFor { get; init; } = static _ => null;

    /// <summary>Connected organizations; null when no export tells them.</summary>
    public IReadOnlyList<RequestOrganization>? Organizations { get; init; }
}
