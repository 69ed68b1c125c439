using EntraAuditTools.Core.Eligibility;
using static EntraAuditTools.Core.Tests.Entitlement.RequestCase;

namespace EntraAuditTools.Core.Tests.Entitlement;

/// <content>Requests for others.</content>
internal static partial class RequestCases
{
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
        yield return Case(settings, "the manager, where people cannot ask themselves", Answer.Yes,
            Policy(true, Manager()) with { AcceptsRequests = false });
        yield return Case(settings, "a policy that takes no such requests", Answer.No, Policy(false, Manager()));
        yield return Case(settings, "nobody who may", Answer.No, Policy(true));
        yield return Case(settings, "somebody else than the manager", Answer.No, Policy(true, Manager()), level: 0);
        yield return Case(NotExported, "unknown whether it takes such requests", Answer.Unknown, Policy(null));
        yield return Case(NotExported, "unknown who may", Answer.Unknown, Policy(true, null));
        yield return Case(NotExported, "no export contains the manager", Answer.Unknown, Policy(true, Manager()), level: null);
        yield return Case(manager, "the manager's manager at level 1", Answer.No, Policy(true, Manager()), level: 2);
        yield return Case(manager, "the manager's manager at level 2", Answer.Yes, Policy(true, Manager(2)), level: 2);
        yield return Case(manager, "the manager at level 2", Answer.Yes, Policy(true, Manager(2)));
        yield return Case(settings + ".onBehalfRequestors", "somebody listed by name", Answer.Yes, Policy(true, User("MONA")), level: 0);
        yield return Case(settings + ".onBehalfRequestors", "somebody who is not listed", Answer.No,
            Policy(true, User("user-9")), level: 0);
        yield return Case(settings + ".onBehalfRequestors", "a member of a listed group", Answer.Yes,
            Policy(true, Members("group-m")), level: 0);
        yield return Case("beta requestorManager", "the manager in beta's spelling", Answer.Yes,
            Policy(true, new RequestTarget("requestorManager", null, null)));
        yield return Case(manager, "the manager, whose level no export contains", Answer.Yes, Policy(true, Manager(null)));
        yield return Case(NotExported, "a group without id", Answer.Unknown,
            Policy(true, new RequestTarget("groupMembers", null, null)), level: 0);
        yield return Case(settings + ".onBehalfRequestors", "who may otherwise, and maybe so", Answer.Yes,
            Policy(true, new RequestTarget("targetApplicationOwners", null, null), User("mona")), level: 0);
        yield return Case(settings + ".onBehalfRequestors", "two reasons: the first counts", Answer.Yes,
            Policy(true, User("mona"), Manager()));
        yield return Case("targetApplicationOwners", "owners of an application", Answer.Unknown,
            Policy(true, new RequestTarget("targetApplicationOwners", null, null)), level: 0);
        yield return Case(RequestPolicyDoc, "for somebody whom the policy is not for", Answer.No,
            Policy(true, Manager())) with { Subject = Guest };
        yield return Case(States, "for somebody who has it", Answer.No, Policy(true, Manager())).Assigned("Delivered");
        yield return Case("troubleshoot, \"Requests\"", "for somebody who cannot sign in yet", Answer.Yes,
            Policy(true, Manager())) with { Subject = Member with { Enabled = false } };
        yield return Case("troubleshoot, \"Requests\"", "by somebody who is no longer in the directory", Answer.No, Policy(true, Manager()))
            .In(c => c with { OnBehalf = Asker(1) with { Requestor = Member with { Id = "mona", IsGone = true } } });
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
}
