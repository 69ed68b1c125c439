using EntraAuditTools.Core.Eligibility;
using static EntraAuditTools.Core.Tests.Entitlement.RequestCase;

namespace EntraAuditTools.Core.Tests.Entitlement;

/// <summary>The table: scope × who × membership × state. Each row names the documented rule that it comes from.</summary>
internal static partial class RequestCases
{
    // Documents: of entra-docs, docs/id-governance/entitlement-management-…; of Graph, resource and property.
    private const string RequestPolicyDoc = "access-package-request-policy";
    private const string Who = "beta requestorSettings, table \"Who can request\"";
    private const string Scope = "accessPackageAssignmentPolicy.allowedTargetScope";
    private const string Organization = "organization, \"State property of connected organizations\"";
    private const string Sources = "organization, \"Select directories + domains\"";
    private const string Incompatible = "access-package-incompatible";
    private const string Process = "process, \"Who can request an access package\"";
    private const string States = "process, \"Request process\"";
    private const string UserIssuers = "external-id/user-properties, \"Issuer\"";
    private const string UserProperties = "external-id/user-properties, \"Internal guest\"";
    private const string Priority = "troubleshoot, \"Multiple policies\"";
    private const string NotExported = "what no export contains is Unknown";
    private const string NotChecked = "what the usual exports leave out is named as not checked";

    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    public static IReadOnlyList<RequestCase> All { get; } =
    [
        .. EveryScope(), .. SpecificTargets(), .. Organizations(), .. PolicySettings(), .. Catalogs(), .. Assignments(),
        .. Incompatibilities(), .. SeveralPolicies(), .. OnBehalfOfOthers(), .. Missing(),
    ];

    // Every scope against everybody.
    private static IEnumerable<RequestCase> EveryScope()
    {
        var people = new (string Name, RequestSubject Subject)[]
        {
            ("member", Member), ("guest", Guest), ("member from another tenant", SyncedMember), ("user of unknown type", Untyped),
            ("service principal", ServicePrincipal), ("agent identity", AgentIdentity), ("subject of unknown kind", Nobody),
            ("internal guest", InternalGuest), ("service principal that is no agent", Application),
        };
        var expected = new (string? Scope, string Source, string Answers)[]
        {
            // member, guest, member from elsewhere, unknown type, service principal, agent, unknown kind, internal guest, no agent
            ("notSpecified", Who,                                 "N N N N N N N N N"),
            ("specificDirectoryUsers", RequestPolicyDoc,          "N N N N N N N N N"),
            ("specificConnectedOrganizationUsers", RequestPolicyDoc, "N N N N N N N N N"),
            ("specificDirectoryServicePrincipals", Scope,         "N N N N N N ? N N"),
            ("allMemberUsers", Who,                               "Y N Y ? N N ? N N"),
            ("allDirectoryUsers", RequestPolicyDoc,               "Y Y Y Y N N ? Y N"),
            ("allDirectoryServicePrincipals", Scope,              "N N N N Y N ? N Y"),
            ("allConfiguredConnectedOrganizationUsers", Who,      "N N N N N N N N N"),
            ("allExternalUsers", RequestPolicyDoc,                "N Y Y ? N N ? ? N"),
            ("allDirectoryAgentIdentities", Scope,                "N N N N ? Y ? N N"),
            ("someFutureScope", Scope + ", unknownFutureValue",   "? ? ? ? ? ? ? ? ?"),
            (null, NotExported,                                        "? ? ? ? ? ? ? ? ?"),
        };
        foreach (var (scope, source, answers) in expected)
        {
            var each = answers.Split(' ');
            for (var i = 0; i < people.Length; i++)
            {
                yield return new RequestCase
                {
                    Source = source, Title = $"{scope ?? "no scope"} for a {people[i].Name}", Subject = people[i].Subject, Policies = [Policy(scope)],
                    Expected = each[i] switch { "Y" => Answer.Yes, "N" => Answer.No, _ => Answer.Unknown },
                };
            }
        }
    }

    private static IEnumerable<RequestCase> SpecificTargets()
    {
        RequestCase Case(string title, Answer expected, params RequestTarget[] targets) => new()
        {
            Source = RequestPolicyDoc + ", \"Specific users and groups\"", Title = title, Expected = expected,
                Policies = [Policy("specificDirectoryUsers", targets)],
        };

        yield return Case("a listed user", Answer.Yes, User("USER-1"));
        yield return Case("a user who is not listed", Answer.No, User("user-9"));
        yield return Case("a listed guest of this directory", Answer.Yes, User(Guest.Id)) with { Subject = Guest };
        yield return Case("a member of a listed group", Answer.Yes, User("user-9"), Members()).Belonging(Finding.Yes("is a member of group 1"));
        yield return Case("no member of the listed group", Answer.No, Members()).Belonging(Finding.No("is not a member of group 1"));
        yield return Case("a listed group whose members are not all known", Answer.Unknown, Members())
            .Belonging(Finding.Unknown("the members of group 1 are not all told"));
        yield return Case("listed besides a group that no export contains", Answer.Yes, Members(), User("user-1"))
            .Belonging(Finding.Unknown("the members of group 1 are not all told"));
        yield return Case("a rule", Answer.Unknown,
            new RequestTarget("attributeRuleMembers", null, null)) with { Source = "access-package-auto-assignment-policy" };
        yield return Case("the requestor's manager", Answer.Unknown, new RequestTarget("requestorManager", null, null)) with { Source = "subjectSet" };
        yield return Case("target manager", Answer.Unknown, new RequestTarget("targetManager", null, null)) with { Source = "subjectSet" };
        yield return Case("a kind of target of the future", Answer.Unknown, new RequestTarget("somethingElse", "x", null)) with { Source = "subjectSet" };
        yield return Case("a target without id", Answer.Unknown, new RequestTarget("singleUser", null, null)) with { Source = NotExported };
        yield return Case("a group without id", Answer.Unknown, new RequestTarget("groupMembers", null, null)) with { Source = NotExported };
        yield return Case("a connected organization without id", Answer.Unknown,
            new RequestTarget("connectedOrganizationMembers", null, null)) with { Source = NotExported };
        yield return Case("a member of one of two listed groups", Answer.Yes, Members("group-9"), Members())
            .Belonging(Finding.Yes("is a member of group 1"));
        yield return Case("two groups that no export contains: the first is named", Answer.Unknown, Members("group-8"), Members("group-9"))
            .In(c => c with { MemberOf = group => Finding.Unknown($"no export tells the members of group {group}") });
        yield return Case("listed twice: the first counts", Answer.Yes, User("user-1"), Members())
            .Belonging(Finding.Yes("is a member of group 1"));
        yield return Case("somebody of unknown kind who is listed by name", Answer.Unknown, User(Nobody.Id)) with { Subject = Nobody };
        yield return new RequestCase
        {
            Source = NotExported, Title = "targets that no export contains", Expected = Answer.Unknown,
                Policies = [Policy("specificDirectoryUsers") with { Targets = null }],
        };
        yield return new RequestCase
        {
            Source = Scope, Title = "a listed service principal", Expected = Answer.Yes, Subject = ServicePrincipal,
            Policies = [Policy("specificDirectoryServicePrincipals", new RequestTarget("singleServicePrincipal", ServicePrincipal.Id, null))],
        };
        yield return new RequestCase
        {
            Source = Scope, Title = "another service principal", Expected = Answer.No, Subject = ServicePrincipal,
            Policies = [Policy("specificDirectoryServicePrincipals", new RequestTarget("singleServicePrincipal", "sp-9", null))],
        };
    }

    private static IEnumerable<RequestCase> PolicySettings()
    {
        RequestCase Case(string source, string title, Answer expected, Func<RequestPolicy, RequestPolicy> change) => new()
        {
            Source = source, Title = title, Expected = expected, Policies = [change(Policy("allMemberUsers"))],
        };

        const string accepts = "accessPackageAssignmentRequestorSettings.enableTargetsToSelfAddAccess; beta requestorSettings.acceptRequests";
        yield return Case(accepts, "a policy that accepts no requests", Answer.No, p => p with { AcceptsRequests = false });
        yield return Case(accepts, "unknown whether it accepts requests", Answer.Unknown, p => p with { AcceptsRequests = null });
        yield return Case(accepts, "unknown whether it accepts requests, but it would not apply", Answer.No,
            p => p with { AcceptsRequests = null }) with { Subject = Guest };
        yield return Case("accessPackageAssignmentPolicy.automaticRequestSettings", "an automatic policy", Answer.No, p => p with { IsAutomatic = true });
        yield return Case("accessPackageAssignmentPolicy.automaticRequestSettings", "automatic settings are absent where there are none",
            Answer.Yes, p => p with { IsAutomatic = null });
        yield return Case("lifecycle policy, \"On date\"", "a policy that has ended", Answer.No, p => p with { EndsOn = Now });
        yield return Case("lifecycle policy, \"On date\"", "a policy that ends later", Answer.Yes, p => p with { EndsOn = Now.AddSeconds(1) });
        yield return Case("troubleshoot, \"Requests\"", "an account that is blocked from signing in", Answer.No,
            p => p) with { Subject = Member with { Enabled = false } };
        yield return Case("troubleshoot, \"Requests\"", "unknown whether the account is blocked", Answer.Yes,
            p => p) with { Subject = Member with { Enabled = null } };
        yield return Case("troubleshoot, \"Requests\"", "an account that is no longer in the directory", Answer.No,
            p => p) with { Subject = Member with { IsGone = true } };
        yield return Case(Process, "no approval", Answer.Yes, p => p with { ApprovalRequired = false });
        yield return Case(NotExported, "unknown whether there is approval", Answer.Yes, p => p with { ApprovalRequired = null });
    }

    private static IEnumerable<RequestCase> Catalogs()
    {
        RequestCase Case(string title, Answer expected, RequestSubject subject, Func<RequestPackage, RequestPackage> change) => new RequestCase
        {
            Source = Process, Title = title, Expected = expected, Subject = subject, Policies = [Policy("allDirectoryUsers")],
        }.With(change);

        yield return Case("an unpublished catalog", Answer.No, Member, p => p with { CatalogState = "unpublished" });
        yield return Case("a catalog published in beta's spelling", Answer.Yes, Member, p => p with { CatalogState = "Published" });
        yield return Case("unknown whether the catalog is published", Answer.Unknown, Member, p => p with { CatalogState = null });
        yield return Case("a state of the future", Answer.Unknown, Member, p => p with { CatalogState = "unknownFutureValue" });
        yield return Case("a catalog that is not for external users: a member", Answer.Yes, Member, p => p with { CatalogIsExternallyVisible = false });
        yield return Case("a catalog that is not for external users: a guest", Answer.No, Guest, p => p with { CatalogIsExternallyVisible = false });
        yield return Case("a catalog that is not for external users: a member from another tenant", Answer.No, SyncedMember,
            p => p with { CatalogIsExternallyVisible = false });
        yield return Case("a catalog that is not for external users: a user of unknown type", Answer.Unknown, Untyped,
            p => p with { CatalogIsExternallyVisible = false });
        yield return Case("unknown whether the catalog is for external users: a member", Answer.Yes, Member,
            p => p with { CatalogIsExternallyVisible = null });
        yield return Case("unknown whether the catalog is for external users: a guest", Answer.Unknown, Guest,
            p => p with { CatalogIsExternallyVisible = null });
        yield return Case("a catalog that is not for external users: an internal guest", Answer.Unknown, InternalGuest,
            p => p with { CatalogIsExternallyVisible = false }) with { Source = UserProperties };
        yield return Case("neither is known", Answer.Unknown, Untyped, p => p with { CatalogIsExternallyVisible = null });
        yield return Case("a hidden package can be requested by its link", Answer.Yes, Member, p => p with { IsHidden = true });
        yield return Case("unknown whether it is hidden", Answer.Yes, Member, p => p with { IsHidden = null });
    }

    private static IEnumerable<RequestCase> Assignments()
    {
        RequestCase Case(string title, Answer expected) => new() { Source = States, Title = title, Expected = expected, Policies = [Policy("allMemberUsers")] };

        foreach (var state in new[] { "delivered", "Delivered", "delivering", "partiallyDelivered", "Scheduled" })
            yield return Case($"has it: {state}", Answer.No).Assigned(state);
        foreach (var state in new[] { "expired", "deliveryFailed", "Removed" }) yield return Case($"had it: {state}", Answer.Yes).Assigned(state);
        yield return Case("has it from a day to come", Answer.No).In(c => c with { AssignmentsOf = _ => [new("scheduled", Now.AddTicks(1))] });
        yield return Case("has it from a day that has come", Answer.No).In(c => c with { AssignmentsOf = _ => [new("scheduled", Now)] });
        yield return Case("has it twice: the first is named", Answer.No)
            .In(c => c with { AssignmentsOf = _ => [new("delivering", null), new("delivered", null)] });
        yield return Case("has it in a state that no export contains", Answer.Unknown).Assigned("Unknown");
        yield return Case("had it, and has it again", Answer.No).In(c => c with { AssignmentsOf = _ => [new("expired", null), new("delivered", null)] });
        yield return Case("no export contains any assignment", Answer.Yes).In(c => c with { AssignmentsAreKnown = false }) with { Source = NotChecked };
        yield return Case("has requested it", Answer.No)
            .In(c => c with { PendingFor = _ => new PendingRequest("r", "PendingApproval") }) with { Source = "request-access, \"Cancel a request\"" };
    }

    private static IEnumerable<RequestCase> Incompatibilities()
    {
        RequestCase Case(string title, Answer expected) =>
            new RequestCase { Source = Incompatible, Title = title, Expected = expected, Policies = [Policy("allMemberUsers")] }
            .With(p => p with { IncompatiblePackages = [new(OtherPackage, "Eastern")], IncompatibleGroups = [new(Group, "Marketing")] })
            .Belonging(Finding.No("is not a member"));

        yield return Case("neither package nor group", Answer.Yes);
        yield return Case("the incompatible package", Answer.No).Assigned("delivered", OtherPackage);
        yield return Case("the incompatible package, being delivered", Answer.No).Assigned("delivering", OtherPackage);
        yield return Case("the incompatible package, expired", Answer.Yes).Assigned("expired", OtherPackage);
        yield return Case("the incompatible package in a state that no export contains", Answer.Unknown).Assigned("Unknown", OtherPackage);
        yield return Case("another package", Answer.Yes).Assigned("delivered", "package-3");
        yield return Case("the incompatible group", Answer.No).Belonging(Finding.Yes("is a member"));
        yield return Case("the incompatible group, whose members are not all known", Answer.Unknown).Belonging(Finding.Unknown("its members are not all told"));
        yield return Case("no export contains its incompatible packages", Answer.Unknown).With(p => p with { IncompatiblePackages = null }) with { Source = NotExported };
        yield return Case("no export contains its incompatible groups", Answer.Unknown).With(p => p with { IncompatibleGroups = null }) with { Source = NotExported };
        yield return Case("no export contains incompatible packages of any package", Answer.Yes).With(p => p with { IncompatiblePackages = null })
            .In(c => c with { IncompatiblePackagesAreKnown = false }) with { Source = NotChecked };
        yield return Case("no export contains incompatible groups of any package", Answer.Yes).With(p => p with { IncompatibleGroups = null })
            .In(c => c with { IncompatibleGroupsAreKnown = false }) with { Source = NotChecked };
        yield return Case("no export contains incompatible packages or groups of any package, or assignments", Answer.Yes)
            .With(p => p with { IncompatiblePackages = null, IncompatibleGroups = null })
            .In(c => c with { IncompatiblePackagesAreKnown = false, IncompatibleGroupsAreKnown = false, AssignmentsAreKnown = false })
            with { Source = NotChecked };
        yield return Case("unknown whether the catalog is published, and which groups are incompatible", Answer.Unknown)
            .With(p => p with { CatalogState = null, IncompatibleGroups = null }) with { Source = NotExported };
        yield return Case("one-way: the other package declares it, not this one", Answer.Yes)
            .With(p => p with { IncompatiblePackages = [] }).Assigned("delivered", OtherPackage);
        yield return (Case("an unknown group does not make a policy apply", Answer.No) with { Subject = Guest })
            .Belonging(Finding.Unknown("its members are not all told"));
    }

    private static IEnumerable<RequestCase> Missing()
    {
        yield return new RequestCase { Source = NotExported, Title = "nothing known but the package", Expected = Answer.Unknown,
            Package = new() { Id = "package-1" }, Subject = Nobody, Circumstances = new() { At = Now } };
        yield return new RequestCase { Source = States, Title = "nothing known but that she has it", Expected = Answer.No,
            Package = new() { Id = "package-1" }, Subject = Nobody, Circumstances = new() { At = Now } }.Assigned("delivered");
    }
}
