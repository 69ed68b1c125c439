using EntraAuditTools.Core.Eligibility;
using static EntraAuditTools.Core.Tests.Entitlement.RequestCase;

namespace EntraAuditTools.Core.Tests.Entitlement;

/// <summary>The table: scope × who × membership × state. Each row names the documented rule that it comes from.</summary>
internal static class RequestCases
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
    private const string UserProperties = "external-id/user-properties, \"Internal guest\"";
    private const string NotExported = "what no export tells is Unknown";
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
        yield return Case("a listed group whose members are not all told", Answer.Unknown, Members())
            .Belonging(Finding.Unknown("the members of group 1 are not all told"));
        yield return Case("listed besides a group that is not told", Answer.Yes, Members(), User("user-1"))
            .Belonging(Finding.Unknown("the members of group 1 are not all told"));
        yield return Case("a rule", Answer.Unknown,
            new RequestTarget("attributeRuleMembers", null, null)) with { Source = "access-package-auto-assignment-policy" };
        yield return Case("the requestor's manager", Answer.Unknown, new RequestTarget("requestorManager", null, null)) with { Source = "subjectSet" };
        yield return Case("target manager", Answer.Unknown, new RequestTarget("targetManager", null, null)) with { Source = "subjectSet" };
        yield return Case("a kind of target of the future", Answer.Unknown, new RequestTarget("somethingElse", "x", null)) with { Source = "subjectSet" };
        yield return Case("a target without id", Answer.Unknown, new RequestTarget("singleUser", null, null)) with { Source = NotExported };
        yield return new RequestCase
        {
            Source = NotExported, Title = "targets that no export tells", Expected = Answer.Unknown,
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

    private static IEnumerable<RequestCase> Organizations()
    {
        RequestCase Listed(string title, Answer expected, RequestSubject? subject = null) => new()
        {
            Source = RequestPolicyDoc + ", \"Specific connected organizations\"", Title = title, Expected = expected, Subject = subject ?? Guest,
            Policies = [Policy("specificConnectedOrganizationUsers", OrganizationMembers())],
        };

        RequestCase Configured(string title, Answer expected, RequestSubject? subject = null) => new()
        {
            Source = Organization, Title = title, Expected = expected, Subject = subject ?? Guest,
                Policies = [Policy("allConfiguredConnectedOrganizationUsers")],
        };

        yield return Listed("a guest whose mail domain is the organization's", Answer.Yes).Knowing(Domain());
        yield return Listed("a guest of a proposed organization that is listed", Answer.Yes).Knowing(Domain("proposed")) with { Source = Organization };
        yield return Listed("a guest of another domain", Answer.No, Guest with { Domain = "litware.example" }).Knowing(Domain());
        yield return Listed("a guest whose domain no export tells", Answer.Unknown, Guest with { Domain = null }).Knowing(Domain());
        yield return Listed("a guest whose home tenant is the organization's", Answer.Yes, Guest with { HomeTenantId = "TENANT-F" }).Knowing(Tenant());
        yield return Listed("a guest whose home tenant is another", Answer.No, Guest with { HomeTenantId = "tenant-x" }).Knowing(Tenant());
        yield return Listed("a mail domain neither proves nor disproves a tenant", Answer.Unknown).Knowing(Tenant()) with { Source = Sources };
        yield return Listed("a guest who signs in with a one-time passcode is of no tenant", Answer.No, Guest with { Issuers = ["mail"] })
            .Knowing(Tenant()) with { Source = Sources };
        yield return Listed("a guest from some Microsoft Entra tenant", Answer.Unknown, Guest with { Issuers = ["ExternalAzureAD"] })
            .Knowing(Tenant()) with { Source = Sources };
        yield return Listed("the service names the organization", Answer.Yes,
            Untyped with { ConnectedOrganizationId = "ORG-1" }) with { Source = "accessPackageSubject.connectedOrganization" };
        yield return Listed("the service names another organization", Answer.No, Guest with { ConnectedOrganizationId = "org-2" })
            .Knowing(Domain()) with { Source = "accessPackageSubject.connectedOrganization" };
        yield return Listed("an organization whose sources no export tells", Answer.Unknown) with { Source = NotExported };
        yield return Listed("a member with the organization's mail domain", Answer.No, Member with { Domain = "fabrikam.example" }).Knowing(Domain());
        yield return Listed("a user of unknown type with the organization's mail domain", Answer.Unknown,
            Untyped with { Domain = "fabrikam.example" }).Knowing(Domain());
        yield return Listed("a social identity", Answer.Unknown)
            .Knowing(new RequestOrganization("org-1", "Social", "configured", [new("socialIdentitySource", null, null)]));
        yield return Listed("a federated domain", Answer.Yes)
            .Knowing(new RequestOrganization("org-1", "Federated", "configured", [new("externalDomainFederation", null, "FABRIKAM.example")]));
        yield return Listed("a tenant of another cloud", Answer.Yes, Guest with { HomeTenantId = "tenant-g" })
            .Knowing(new RequestOrganization("org-1", "Gov", "configured", [new("crossCloudAzureActiveDirectoryTenant", "tenant-g", null)]));
        yield return Listed("one source of several", Answer.Yes)
            .Knowing(new RequestOrganization("org-1", "Both", "configured",
                [new("azureActiveDirectoryTenant", "tenant-f", null), new("domainIdentitySource", null, "fabrikam.example")]));

        yield return Listed("an internal guest with the organization's mail domain", Answer.Unknown, InternalGuest)
            .Knowing(Domain()) with { Source = UserProperties };
        yield return Listed("an internal guest of another domain", Answer.No, InternalGuest with { Domain = "litware.example" })
            .Knowing(Domain()) with { Source = UserProperties };
        yield return Configured("an internal guest with a configured organization's mail domain", Answer.Unknown, InternalGuest)
            .Knowing(Domain()) with { Source = UserProperties };
        yield return Configured("an internal guest whom the service itself counts to the organization", Answer.Yes,
            InternalGuest with { ConnectedOrganizationId = "org-1" }).Knowing(Domain())
            with { Source = "accessPackageSubject.connectedOrganization" };
        yield return Configured("a guest whose UPN no export tells", Answer.Unknown, Guest with { UserPrincipalName = null })
            .Knowing(Domain()) with { Source = NotExported };

        yield return Configured("a guest of a configured organization", Answer.Yes).Knowing(Domain());
        yield return Configured("a guest of a proposed organization", Answer.No).Knowing(Domain("proposed"));
        yield return Configured("a guest of a proposed and of a configured organization", Answer.Yes).Knowing(Domain("proposed", "org-2"), Domain());
        yield return Configured("a guest of an organization whose state no export tells", Answer.Unknown).Knowing(Domain() with { State = null });
        yield return Configured("a guest of a state of the future", Answer.Unknown).Knowing(Domain("unknownFutureValue"));
        yield return Configured("a guest of no organization", Answer.No, Guest with { Domain = "litware.example" }).Knowing(Domain());
        yield return Configured("a member", Answer.No, Member).Knowing(Domain());
        yield return Configured("nobody tells the organizations", Answer.Unknown).In(c => c with { Organizations = null });
        yield return Configured("the service names an organization that no export tells", Answer.Unknown,
            Guest with { ConnectedOrganizationId = "org-7" }).Knowing(Domain());
    }

    private static IEnumerable<RequestCase> PolicySettings()
    {
        RequestCase Case(string source, string title, Answer expected, Func<RequestPolicy, RequestPolicy> change) => new()
        {
            Source = source, Title = title, Expected = expected, Policies = [change(Policy("allMemberUsers"))],
        };

        const string accepts = "accessPackageAssignmentRequestorSettings.enableTargetsToSelfAddAccess; beta requestorSettings.acceptRequests";
        yield return Case(accepts, "a policy that accepts no requests", Answer.No, p => p with { AcceptsRequests = false });
        yield return Case(accepts, "nobody tells whether it accepts requests", Answer.Unknown, p => p with { AcceptsRequests = null });
        yield return Case(accepts, "nobody tells whether it accepts requests, but it would not apply", Answer.No,
            p => p with { AcceptsRequests = null }) with { Subject = Guest };
        yield return Case("accessPackageAssignmentPolicy.automaticRequestSettings", "an automatic policy", Answer.No, p => p with { IsAutomatic = true });
        yield return Case("accessPackageAssignmentPolicy.automaticRequestSettings", "automatic settings are absent where there are none",
            Answer.Yes, p => p with { IsAutomatic = null });
        yield return Case("lifecycle policy, \"On date\"", "a policy that has ended", Answer.No, p => p with { EndsOn = Now });
        yield return Case("lifecycle policy, \"On date\"", "a policy that ends later", Answer.Yes, p => p with { EndsOn = Now.AddSeconds(1) });
        yield return Case("troubleshoot, \"Requests\"", "an account that is blocked from signing in", Answer.No,
            p => p) with { Subject = Member with { Enabled = false } };
        yield return Case("troubleshoot, \"Requests\"", "nobody tells whether the account is blocked", Answer.Yes,
            p => p) with { Subject = Member with { Enabled = null } };
        yield return Case(Process, "no approval", Answer.Yes, p => p with { ApprovalRequired = false });
    }

    // Mona asks for the member. Levels: whom she manages at which level.
    private static IEnumerable<RequestCase> OnBehalfOfOthers()
    {
        const string settings = "accessPackageAssignmentRequestorSettings", manager = "targetManager.managerLevel";
        static RequestTarget Manager(int? level = 1) => new("targetManager", null, null, level);
        RequestCase Case(string source, string title, Answer expected, RequestPolicy policy, int? level = 1) => new RequestCase
        {
            Source = source, Title = "on behalf: " + title, Expected = expected, Policies = [policy],
        }.In(c => c with { OnBehalf = Asker(level) });
        static RequestPolicy Policy(bool? accepts, params RequestTarget[]? targets) =>
            RequestCase.Policy("allMemberUsers") with { AcceptsOnBehalf = accepts, OnBehalfRequestors = targets };

        yield return Case(settings, "the manager", Answer.Yes, Policy(true, Manager()));
        yield return Case(settings, "the manager, where people cannot ask themselves", Answer.Yes, Policy(true, Manager()) with { AcceptsRequests = false });
        yield return Case(settings, "a policy that takes no such requests", Answer.No, Policy(false, Manager()));
        yield return Case(settings, "nobody who may", Answer.No, Policy(true));
        yield return Case(settings, "somebody else than the manager", Answer.No, Policy(true, Manager()), level: 0);
        yield return Case(NotExported, "nobody tells whether it takes such requests", Answer.Unknown, Policy(null));
        yield return Case(NotExported, "nobody tells who may", Answer.Unknown, Policy(true, null));
        yield return Case(NotExported, "nobody tells the manager", Answer.Unknown, Policy(true, Manager()), level: null);
        yield return Case(manager, "the manager's manager at level 1", Answer.No, Policy(true, Manager()), level: 2);
        yield return Case(manager, "the manager's manager at level 2", Answer.Yes, Policy(true, Manager(2)), level: 2);
        yield return Case(manager, "the manager at level 2", Answer.Yes, Policy(true, Manager(2)));
        yield return Case(settings + ".onBehalfRequestors", "somebody listed by name", Answer.Yes, Policy(true, User("MONA")), level: 0);
        yield return Case(settings + ".onBehalfRequestors", "somebody who is not listed", Answer.No, Policy(true, User("user-9")), level: 0);
        yield return Case(settings + ".onBehalfRequestors", "a member of a listed group", Answer.Yes, Policy(true, Members("group-m")), level: 0);
        yield return Case("targetApplicationOwners", "owners of an application", Answer.Unknown,
            Policy(true, new RequestTarget("targetApplicationOwners", null, null)), level: 0);
        yield return Case(RequestPolicyDoc, "for somebody whom the policy is not for", Answer.No, Policy(true, Manager())) with { Subject = Guest };
        yield return Case(States, "for somebody who has it", Answer.No, Policy(true, Manager())).Assigned("Delivered");
        yield return Case("troubleshoot, \"Requests\"", "for somebody who cannot sign in yet", Answer.Yes,
            Policy(true, Manager())) with { Subject = Member with { Enabled = false } };
        yield return Case("troubleshoot, \"Requests\"", "by somebody who cannot sign in", Answer.No, Policy(true, Manager()))
            .In(c => c with { OnBehalf = Asker(1) with { Requestor = Member with { Id = "mona", Enabled = false } } });

        static OnBehalf Asker(int? level) => new()
        {
            Requestor = Member with { Id = "mona" }, Label = "Mona",
            Manages = levels => level == null ? Finding.Unknown("no export tells the manager") : level > 0 && level <= levels
            ? Finding.Yes("is the manager") : Finding.No("is not the manager"),
            MemberOf = group => group == "group-m" ? Finding.Yes("is a member") : Finding.No("is not a member"),
        };
    }

    private static IEnumerable<RequestCase> Catalogs()
    {
        RequestCase Case(string title, Answer expected, RequestSubject subject, Func<RequestPackage, RequestPackage> change) => new RequestCase
        {
            Source = Process, Title = title, Expected = expected, Subject = subject, Policies = [Policy("allDirectoryUsers")],
        }.With(change);

        yield return Case("an unpublished catalog", Answer.No, Member, p => p with { CatalogState = "unpublished" });
        yield return Case("a catalog published in beta's spelling", Answer.Yes, Member, p => p with { CatalogState = "Published" });
        yield return Case("nobody tells whether the catalog is published", Answer.Unknown, Member, p => p with { CatalogState = null });
        yield return Case("a state of the future", Answer.Unknown, Member, p => p with { CatalogState = "unknownFutureValue" });
        yield return Case("a catalog that is not for external users: a member", Answer.Yes, Member, p => p with { CatalogIsExternallyVisible = false });
        yield return Case("a catalog that is not for external users: a guest", Answer.No, Guest, p => p with { CatalogIsExternallyVisible = false });
        yield return Case("a catalog that is not for external users: a member from another tenant", Answer.No, SyncedMember,
            p => p with { CatalogIsExternallyVisible = false });
        yield return Case("a catalog that is not for external users: a user of unknown type", Answer.Unknown, Untyped,
            p => p with { CatalogIsExternallyVisible = false });
        yield return Case("nobody tells whether the catalog is for external users: a member", Answer.Yes, Member,
            p => p with { CatalogIsExternallyVisible = null });
        yield return Case("nobody tells whether the catalog is for external users: a guest", Answer.Unknown, Guest,
            p => p with { CatalogIsExternallyVisible = null });
        yield return Case("a catalog that is not for external users: an internal guest", Answer.Unknown, InternalGuest,
            p => p with { CatalogIsExternallyVisible = false }) with { Source = UserProperties };
        yield return Case("nobody tells either", Answer.Unknown, Untyped, p => p with { CatalogIsExternallyVisible = null });
        yield return Case("a hidden package can be requested by its link", Answer.Yes, Member, p => p with { IsHidden = true });
        yield return Case("nobody tells whether it is hidden", Answer.Yes, Member, p => p with { IsHidden = null });
    }

    private static IEnumerable<RequestCase> Assignments()
    {
        RequestCase Case(string title, Answer expected) => new() { Source = States, Title = title, Expected = expected, Policies = [Policy("allMemberUsers")] };

        foreach (var state in new[] { "delivered", "Delivered", "delivering", "partiallyDelivered", "Scheduled" })
            yield return Case($"has it: {state}", Answer.No).Assigned(state);
        foreach (var state in new[] { "expired", "deliveryFailed", "Removed" }) yield return Case($"had it: {state}", Answer.Yes).Assigned(state);
        yield return Case("has it in a state that no export tells", Answer.Unknown).Assigned("Unknown");
        yield return Case("had it, and has it again", Answer.No).In(c => c with { AssignmentsOf = _ => [new("expired", null), new("delivered", null)] });
        yield return Case("no export tells any assignment", Answer.Yes).In(c => c with { AssignmentsAreKnown = false }) with { Source = NotChecked };
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
        yield return Case("the incompatible package in a state that no export tells", Answer.Unknown).Assigned("Unknown", OtherPackage);
        yield return Case("another package", Answer.Yes).Assigned("delivered", "package-3");
        yield return Case("the incompatible group", Answer.No).Belonging(Finding.Yes("is a member"));
        yield return Case("the incompatible group, whose members are not all told", Answer.Unknown).Belonging(Finding.Unknown("its members are not all told"));
        yield return Case("nobody tells its incompatible packages", Answer.Unknown).With(p => p with { IncompatiblePackages = null }) with { Source = NotExported };
        yield return Case("nobody tells its incompatible groups", Answer.Unknown).With(p => p with { IncompatibleGroups = null }) with { Source = NotExported };
        yield return Case("nobody tells incompatible packages of any package", Answer.Yes).With(p => p with { IncompatiblePackages = null })
            .In(c => c with { IncompatiblePackagesAreKnown = false }) with { Source = NotChecked };
        yield return Case("nobody tells incompatible groups of any package", Answer.Yes).With(p => p with { IncompatibleGroups = null })
            .In(c => c with { IncompatibleGroupsAreKnown = false }) with { Source = NotChecked };
        yield return Case("one-way: the other package declares it, not this one", Answer.Yes)
            .With(p => p with { IncompatiblePackages = [] }).Assigned("delivered", OtherPackage);
        yield return (Case("an unknown group does not make a policy apply", Answer.No) with { Subject = Guest })
            .Belonging(Finding.Unknown("its members are not all told"));
    }

    private static IEnumerable<RequestCase> SeveralPolicies()
    {
        RequestCase Case(string title, Answer expected, params RequestPolicy[] policies) => new()
        {
            Source = RequestPolicyDoc + ", \"Choose between one or multiple policies\"", Title = title, Expected = expected, Policies = policies,
        };

        yield return Case("one policy that applies suffices", Answer.Yes, Policy("notSpecified"), Policy("allMemberUsers"));
        yield return Case("one that applies and one that may", Answer.Yes, Policy(null), Policy("allMemberUsers"));
        yield return Case("one that may apply, others not", Answer.Unknown, Policy("notSpecified"), Policy(null));
        yield return Case("none applies", Answer.No, Policy("notSpecified"), Policy("allExternalUsers"));
        yield return Case("no policy", Answer.No);
        yield return new RequestCase { Source = NotExported, Title = "nobody tells the policies", Expected = Answer.Unknown }.With(p => p with { Policies = null });
    }

    private static IEnumerable<RequestCase> Missing()
    {
        yield return new RequestCase { Source = NotExported, Title = "nothing told but the package", Expected = Answer.Unknown,
            Package = new() { Id = "package-1" }, Subject = Nobody, Circumstances = new() { At = Now } };
        yield return new RequestCase { Source = States, Title = "nothing told but that she has it", Expected = Answer.No,
            Package = new() { Id = "package-1" }, Subject = Nobody, Circumstances = new() { At = Now } }.Assigned("delivered");
    }
}
