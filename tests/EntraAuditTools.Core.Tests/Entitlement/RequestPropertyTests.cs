using EntraAuditTools.Core.Eligibility;
using FsCheck;
using FsCheck.Fluent;
using static EntraAuditTools.Core.Tests.Entitlement.RequestCase;

namespace EntraAuditTools.Core.Tests.Entitlement;

/// <summary>What holds for any tenant: forgetting facts can make an answer Unknown, never another one; and knowing all leaves none Unknown.</summary>
public sealed class RequestPropertyTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    // Facts that can be forgotten, one a bit. Not among them is what is assumed not to hold: blocked sign-in, pending requests, assignments
    // where there are none at all.
    private static readonly Func<RequestCase, RequestCase>[] Forgetting =
    [
        row => row with { Subject = row.Subject with { UserType = null } },
        row => row with { Subject = row.Subject with { UserPrincipalName = null } },
        row => row with { Subject = row.Subject with { Domain = null } },
        row => row with { Subject = row.Subject with { HomeTenantId = null } },
        row => row with { Subject = row.Subject with { Issuers = null } },
        row => row with { Subject = row.Subject with { ConnectedOrganizationId = null } },
        row => row with { Subject = row.Subject with { Kind = SubjectKind.Unknown } },
        row => row.With(p => p with { CatalogState = null }),
        row => row.With(p => p with { CatalogIsExternallyVisible = null }),
        row => row.With(p => p with { IncompatiblePackages = null }),
        row => row.With(p => p with { IncompatibleGroups = null }),
        row => (row with { Policies = null }).With(p => p with { Policies = null }),
        row => row.In(c => c with { Organizations = null }),
        row => row.In(c => c with { Organizations = [.. c.Organizations?.Select(o => o with { State = null }) ?? []] }),
        row => row.In(c => c with { Organizations = [.. c.Organizations?.Select(o => o with { Sources = null }) ?? []] }),
        row => row.In(c => c with { MemberOf = _ => Finding.Unknown("not known") }),
        row => row with { Policies = row.Policies?.Select(p => p with { Scope = null }).ToList() },
        row => row with { Policies = row.Policies?.Select(p => p with { Targets = null }).ToList() },
        row => row with { Policies = row.Policies?.Select(p => p with { AcceptsRequests = null }).ToList() },
    ];

    [Fact]
    public void Forgetting_facts_never_turns_an_answer_into_another() => Check(
        from world in World
        from mask in Gen.Choose(0, (1 << Forgetting.Length) - 1)
        from sparse in Gen.Choose(0, (1 << Forgetting.Length) - 1)
        select (World: world, Mask: mask & sparse),
        row =>
        {
            var forgotten = Forget(row.World, row.Mask).Decide().Answer;
            return forgotten == Answer.Unknown || forgotten == row.World.Decide().Answer;
        });

    [Fact]
    public void Forgetting_one_thing_more_never_makes_an_answer_surer() => Check(
        from world in World
        from mask in Gen.Choose(0, (1 << Forgetting.Length) - 1)
        from bit in Gen.Choose(0, Forgetting.Length - 1)
        select (World: world, Mask: mask, Bit: bit),
        row =>
        {
            var less = Forget(row.World, row.Mask).Decide().Answer;
            var more = Forget(row.World, row.Mask | (1 << row.Bit)).Decide().Answer;
            return more == Answer.Unknown || more == less;
        });

    [Fact]
    public void Who_knows_all_is_never_in_doubt() => Check(World, world => world.Decide().Answer != Answer.Unknown);

    [Fact]
    public void A_further_policy_never_takes_a_right_away() => Check(
        from world in World
        from policy in AnyPolicy
        select (World: world, Policy: policy),
        row => (row.World with { Policies = [.. row.World.Policies!, row.Policy] }).Decide().Answer >= row.World.Decide().Answer);

    [Fact]
    public void A_yes_names_a_policy_that_says_yes_and_nothing_that_says_no_stands_against_it() => Check(World, world =>
    {
        var decision = world.Decide();
        return decision.Answer != Answer.Yes
            || (decision.Policy != null
                && decision.Decisions.Any(judged => judged.Policy == decision.Policy && judged.Answer == Answer.Yes)
                && decision.Decisions.All(judged => judged.Policy != null));
    });

    [Fact]
    public void Who_has_it_cannot_request_it_whatever_else_holds() => Check(
        from world in World
        from mask in Gen.Choose(0, (1 << Forgetting.Length) - 1)
        select Forget(world, mask).Assigned("delivered"),
        world => world.Decide().Answer == Answer.No);

    private static RequestCase Forget(RequestCase world, int mask)
    {
        for (var i = 0; i < Forgetting.Length; i++)
        {
            if ((mask >> i & 1) != 0) world = Forgetting[i](world);
        }

        return world;
    }

    private static void Check<T>(Gen<T> worlds, Func<T, bool> holds) =>
        Prop.ForAll(Arb.From(worlds), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(20260601, 1234567));

    // Subjects of which everything is known, and known without contradiction.
    private static Gen<RequestSubject> AnySubject =>
        from kind in Gen.Elements("member", "guest", "synced", "sp", "agent")
        from tenant in Gen.Elements("tenant-a", "tenant-b")
        from blocked in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
        select kind switch
        {
            "sp" => ServicePrincipal,
            "agent" => AgentIdentity,
            "member" => Member with { Enabled = !blocked },
            _ => (kind == "guest" ? Guest : SyncedMember) with
            {
                Enabled = !blocked, HomeTenantId = tenant, Domain = Home(tenant),
                    UserPrincipalName = $"bo_{Home(tenant)}#EXT#@contoso.example", Issuers = ["ExternalAzureAD"],
                ConnectedOrganizationId = tenant == "tenant-a" ? "org-a" : null,
            },
        };

    private static Gen<RequestPolicy> AnyPolicy =>
        from scope in Gen.Elements("notSpecified", "specificDirectoryUsers", "specificConnectedOrganizationUsers",
            "specificDirectoryServicePrincipals", "allMemberUsers", "allDirectoryUsers",
            "allDirectoryServicePrincipals", "allConfiguredConnectedOrganizationUsers", "allExternalUsers")
        from accepts in Gen.Frequency((4, Gen.Constant(true)), (1, Gen.Constant(false)))
        from automatic in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
        from ends in Gen.Frequency((8, Gen.Constant((DateTimeOffset?)null)), (1, Gen.Constant((DateTimeOffset?)Now.AddDays(1))),
            (1, Gen.Constant((DateTimeOffset?)Now.AddDays(-1))))
        from targets in Gen.ListOf(
            Gen.Elements(User(Member.Id), User(Guest.Id), User("user-9"), Members(), OrganizationMembers("org-a"), OrganizationMembers("org-b"),
            new RequestTarget("singleServicePrincipal", ServicePrincipal.Id, null)))
        select Policy(scope, [.. targets]) with { AcceptsRequests = accepts, IsAutomatic = automatic, EndsOn = ends };

    private static Gen<RequestCase> World =>
        from subject in AnySubject
        from policies in Gen.ListOf(AnyPolicy)
        from published in Gen.Frequency((9, Gen.Constant("published")), (1, Gen.Constant("unpublished")))
        from visible in Gen.Elements(true, true, false)
        from own in Gen.Elements<string?>(null, null, null, "delivered", "expired")
        from other in Gen.Elements<string?>(null, "delivered", "expired")
        from incompatible in Gen.Elements(true, false)
        from member in Gen.Elements(true, false)
        from state in Gen.Elements("configured", "proposed")
        select new RequestCase
        {
            Source = string.Empty, Title = string.Empty, Expected = Answer.Unknown, Subject = subject, Policies = policies.ToList(),
        }
        .With(p => p with
        {
            CatalogState = published, CatalogIsExternallyVisible = visible,
            IncompatiblePackages = incompatible ? [new(OtherPackage, null)] : [], IncompatibleGroups = incompatible ? [new("group-2", null)] : [],
        })
        .In(c => c with
        {
            Organizations =
            [
                new("org-a", null, state, [new("azureActiveDirectoryTenant", "tenant-a", null)]),
                new("org-b", null, "configured", [new("domainIdentitySource", null, Home("tenant-b"))]),
            ],
            AssignmentsOf = package => (package == OtherPackage ? other : own) is { } held ? [new HeldAssignment(held, null)] : [],
            MemberOf = id => (id == Group) == member ? Finding.Yes("is a member") : Finding.No("is not a member"),
        });

    private static string Home(string tenant) => tenant + ".example";
}
