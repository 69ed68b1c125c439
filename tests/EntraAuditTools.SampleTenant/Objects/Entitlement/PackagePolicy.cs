namespace EntraAuditTools.SampleTenant;

/// <summary>The kinds of subject set (v1.0) and user set (beta) that policies name.</summary>
public enum PolicyTargetKind
{
    SingleUser,
    GroupMembers,
    ConnectedOrganizationMembers,
    SingleServicePrincipal,

    /// <summary>A membership rule of an automatic policy.</summary>
    AttributeRuleMembers,
    RequestorManager,
    InternalSponsors,
    ExternalSponsors,
}

/// <summary>Somebody, or a set of people, named by a policy: who may request, or who approves.</summary>
/// <param name="Kind">What is named.</param>
/// <param name="Id">The user, group, connected organization or service principal; the rule of a rule; empty for managers and
/// sponsors.</param>
/// <param name="Description">In words.</param>
public sealed record PolicyTarget(PolicyTargetKind Kind, string Id, string Description);

/// <summary>A stage of approval.</summary>
/// <param name="Approvers">Who decides.</param>
/// <param name="Fallback">Who decides when there is no such approver: in the beta the same list, marked as backup.</param>
/// <param name="Days">Days until it is denied by itself.</param>
public sealed record ApprovalStageModel(IReadOnlyList<PolicyTarget> Approvers, IReadOnlyList<PolicyTarget> Fallback, int Days)
{
    /// <summary>Who is asked when nobody answered in half the time; empty for no escalation.</summary>
    public IReadOnlyList<PolicyTarget> Escalation { get; init; } = [];
}

/// <summary>How long a policy gives access: an expirationPattern.</summary>
/// <param name="Type">notSpecified, noExpiration, afterDateTime or afterDuration.</param>
/// <param name="End">UTC ticks, with afterDateTime only.</param>
/// <param name="Days">With afterDuration only.</param>
public sealed record PolicyExpiration(string Type, long? End = null, int Days = 0)
{
    public static readonly PolicyExpiration Never = new("noExpiration");
    public static readonly PolicyExpiration NotSpecified = new("notSpecified");

    public static PolicyExpiration After(int days) => new("afterDuration", null, days);

    public static PolicyExpiration On(long ticks) => new("afterDateTime", ticks);

    /// <summary>When access that begins then ends, in UTC ticks; null for never.</summary>
    public long? EndOf(long start) => Type switch { "afterDateTime" => End, "afterDuration" => start + Days * TimeSpan.TicksPerDay, _ =>
        null };
}

/// <summary>Who may request a package, who approves and for how long it is given.</summary>
public sealed record PackagePolicy(string Id, string DisplayName, string AllowedTargetScope, bool ApprovalRequired, Person? Approver,
    int DurationInDays)
{
    private readonly IReadOnlyList<ApprovalStageModel>? stages;
    private readonly PolicyExpiration? expiration;

    /// <summary>Who, with the scopes that say "specific"; else empty.</summary>
    public IReadOnlyList<PolicyTarget> Targets { get; init; } = [];

    /// <summary>Whether people may request at all; false also where administrators assign or a rule does.</summary>
    public bool AcceptsRequests { get; init; } = true;

    /// <summary>A rule assigns; nobody requests.</summary>
    public bool Automatic { get; init; }

    /// <summary>The beta writes the name that it had for all configured connected organizations before.</summary>
    public bool OldBetaName { get; init; }

    /// <summary>When it was added, in UTC ticks; null for with the package.</summary>
    public long? Added { get; init; }

    /// <summary>When it was changed, in UTC ticks; null when it never was.</summary>
    public long? Changed { get; init; }

    /// <summary>How it was before it was changed; null when it never was.</summary>
    public PackagePolicy? Before { get; init; }

    public PolicyExpiration Expiration
    {
        get => expiration ?? PolicyExpiration.After(DurationInDays);
        init => expiration = value;
    }

    /// <summary>Stages of approval; by default the one approver, if there is one.</summary>
    public IReadOnlyList<ApprovalStageModel> Stages
    {
        get => stages ?? (Approver is null ? [] : [new([new(PolicyTargetKind.SingleUser, Approver.Id, Approver.DisplayName)], [], 14)]);
        init => stages = value;
    }

    /// <summary>What requestors are asked; null for nothing.</summary>
    public string? Question { get; init; }

    public string QuestionId => SampleRandom.Of("question/" + Id).NewId();

    /// <summary>How it stood at a time, in UTC ticks.</summary>
    public PackagePolicy At(long ticks) => Changed > ticks ? Before! : this;

    /// <summary>requestorSettings.scopeType of the beta.</summary>
    public string BetaScope => AllowedTargetScope switch
    {
        "notSpecified" => "NoSubjects",
        "specificDirectoryUsers" => "SpecificDirectorySubjects",
        "specificConnectedOrganizationUsers" => "SpecificConnectedOrganizationSubjects",
        "allMemberUsers" => "AllExistingDirectoryMemberUsers",
        "allDirectoryUsers" => "AllExistingDirectorySubjects",
        "allConfiguredConnectedOrganizationUsers" =>
            OldBetaName ? "AllExistingConnectedOrganizationSubjects" : "AllConfiguredConnectedOrganizationSubjects",
        "allExternalUsers" => "AllExternalSubjects",
        // No document names these in the beta.
        _ => char.ToUpperInvariant(AllowedTargetScope[0]) + AllowedTargetScope[1..],
    };
}
