using EntraAuditTools.Core.Eligibility;

namespace EntraAuditTools.Core.Tests.Entitlement;

/// <summary>
/// One row of the table of who can request. What a row doesn't mention is as in <see cref="Create"/>: a member, a published and
/// externally visible catalog, no incompatibilities, no assignment, everything known.
/// </summary>
internal sealed record RequestCase
{
    public const string Group = "group-1";
    public const string OtherPackage = "package-2";

    /// <summary>The document (and its property or heading) that says so.</summary>
    public required string Source { get; init; }

    public required string Title { get; init; }

    public required Answer Expected { get; init; }

    public RequestSubject Subject { get; init; } = Member;

    public RequestPackage Package { get; init; } = new()
    {
        Id = "package-1", IsHidden = false, CatalogState = "published", CatalogIsExternallyVisible = true, Policies = [],
            IncompatiblePackages = [], IncompatibleGroups = [],
    };

    public IReadOnlyList<RequestPolicy>? Policies { get; init; }

    public RequestCircumstances Circumstances { get; init; } = new()
    {
        At = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero), AssignmentsAreKnown = true, IncompatiblePackagesAreKnown = true,
            IncompatibleGroupsAreKnown = true, Organizations = [],
    };

    public static RequestSubject Member =>
        new() { Id = "user-1", Kind = SubjectKind.User, UserType = "Member", UserPrincipalName = "ana@contoso.example",
            Domain = "contoso.example", Enabled = true };

    public static RequestSubject Guest => new()
    {
        Id = "user-2", Kind = SubjectKind.User, UserType = "Guest", UserPrincipalName = "bo_fabrikam.example#EXT#@contoso.example",
            Domain = "fabrikam.example", Enabled = true,
    };

    /// <summary>external-id/user-properties: a guest with an account of this directory.</summary>
    public static RequestSubject InternalGuest => Guest with { Id = "user-4", UserPrincipalName = "cleo@contoso.example" };

    public static RequestSubject SyncedMember => Guest with { UserType = "Member" };

    public static RequestSubject Untyped => new() { Id = "user-3", Kind = SubjectKind.User };

    public static RequestSubject ServicePrincipal => new() { Id = "sp-1", Kind = SubjectKind.ServicePrincipal };

    /// <summary>One of which a list with types, or servicePrincipalType, shows that it is no agent identity.</summary>
    public static RequestSubject Application => ServicePrincipal with { Id = "sp-2", IsNoAgentIdentity = true };

    public static RequestSubject AgentIdentity => new() { Id = "agent-1", Kind = SubjectKind.AgentIdentity };

    public static RequestSubject Nobody => new() { Id = "thing-1" };

    public static RequestOrganization Domain(string state = "configured", string id = "org-1") =>
        new(id, "Fabrikam", state, [new("domainIdentitySource", null, "fabrikam.example")]);

    public static RequestOrganization Tenant(string state = "configured", string id = "org-1") =>
        new(id, "Fabrikam", state, [new("azureActiveDirectoryTenant", "tenant-f", null)]);

    /// <summary>A policy that accepts requests.</summary>
    public static RequestPolicy Policy(string? scope, params RequestTarget[] targets) => new()
    {
        Id = $"policy-{scope}", Name = scope, Scope = scope, Targets = targets, AcceptsRequests = true, IsAutomatic = false, ApprovalRequired = true,
    };

    public static RequestTarget User(string id) => new("singleUser", id, null);

    public static RequestTarget Members(string id = Group) => new("groupMembers", id, null);

    public static RequestTarget OrganizationMembers(string id = "org-1") => new("connectedOrganizationMembers", id, null);

    public RequestCase With(Func<RequestPackage, RequestPackage> change) => this with { Package = change(Package) };

    public RequestCase In(Func<RequestCircumstances, RequestCircumstances> change) => this with { Circumstances = change(Circumstances) };

    public RequestCase Knowing(params RequestOrganization[] organizations) => In(c => c with { Organizations = organizations });

    public RequestCase Belonging(Finding membership) => In(c => c with { MemberOf = group => group == Group ? membership : Finding.No("is not a member") });

    public RequestCase Assigned(string state, string package = "package-1") =>
        In(c => c with { AssignmentsOf = text => text == package ? [new HeldAssignment(state, null)] : [] });

    public RequestDecision Decide() => RequestRules.Decide(Subject, Policies == null ? Package : Package with { Policies = Policies }, Circumstances);

    public Finding See() => VisibilityRules.Sees(Subject, Policies == null ? Package : Package with { Policies = Policies }, Circumstances);

    public override string ToString() => $"{Expected}: {Title} [{Source}]";
}
