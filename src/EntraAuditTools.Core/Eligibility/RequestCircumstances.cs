namespace EntraAuditTools.Core.Eligibility;

/// <summary>What holds for a subject independently of the package: memberships, assignments, organizations.</summary>
internal sealed record RequestCircumstances
{
    /// <summary>Nothing is known except who asks.</summary>
    public static RequestCircumstances NothingKnown { get; } = new() { At = DateTimeOffset.MaxValue };

    /// <summary>The time to decide for, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who asks for the subject; null where it asks itself.</summary>
    public OnBehalf? OnBehalf { get; init; }

    /// <summary>
    /// By group id: whether the subject is a member, directly or through other groups. The reason is used where it is not known.
    /// </summary>
    public Func<string, Finding> MemberOf { get; init; } = static group => Finding.Unknown($"no export tells the members of group {group}");

    /// <summary>By package id: the subject's assignments of it, also ended ones.</summary>
    public Func<string, IReadOnlyList<HeldAssignment>> AssignmentsOf { get; init; } = static _ => [];

    /// <summary>Whether exports contain assignments at all: without any, "has none" is not known.</summary>
    public bool AssignmentsAreKnown { get; init; }

    /// <summary>Whether exports contain incompatible packages of any package.</summary>
    public bool IncompatiblePackagesAreKnown { get; init; }

    /// <summary>Whether exports contain incompatible groups of any package.</summary>
    public bool IncompatibleGroupsAreKnown { get; init; }

    /// <summary>By package id: the subject's open request for it; null when none is known.</summary>
    public Func<string, PendingRequest?> PendingFor { get; init; } = static _ => null;

    /// <summary>Connected organizations; null when no export contains them.</summary>
    public IReadOnlyList<RequestOrganization>? Organizations { get; init; }
}
