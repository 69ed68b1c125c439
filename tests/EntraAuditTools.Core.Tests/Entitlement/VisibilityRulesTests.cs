using EntraAuditTools.Core.Eligibility;
using static EntraAuditTools.Core.Tests.Entitlement.RequestCase;

namespace EntraAuditTools.Core.Tests.Entitlement;

/// <summary>
/// Who finds a package in My Access. Source of every row: entra-docs, id-governance/entitlement-management-access-package-visibility, by the
/// numbers of its steps ("Explaining the current visibility flow") or its section "Upcoming changes to visibility".
/// </summary>
public sealed class VisibilityRulesTests
{
    private static readonly DateTimeOffset Before = new(2025, 10, 9, 23, 59, 59, TimeSpan.Zero), Since = new(2025, 10, 10, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Titles => [.. Rows().Select(row => row.Title)];

    [Theory]
    [MemberData(nameof(Titles))]
    public void The_table(string title)
    {
        var row = Rows().Single(pair => pair.Title == title);
        var found = row.Case.See();
        Assert.Equal(row.Expected, found.Answer);
        Assert.EndsWith(".", found.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void It_says_since_when()
    {
        var found = On(Policies: Policy("specificDirectoryUsers")).See();
        Assert.Contains("since 10 October 2025", found.Reason, StringComparison.Ordinal);
    }

    private static RequestCase On(DateTimeOffset? At = null, RequestSubject? Subject = null, params RequestPolicy[] Policies)
    {
        var row = new RequestCase { Source = "access-package-visibility", Title = string.Empty, Expected = Answer.Unknown,
            Subject = Subject ?? Member, Policies = Policies };
        return row.In(c => c with { At = At ?? Since });
    }

    /// <summary>The step; the answer; the case.</summary>
    internal static IEnumerable<(string Title, Answer Expected, RequestCase Case)> Rows()
    {
        var members = Policy("allMemberUsers");
        yield return ("all steps pass", Answer.Yes, On(Policies: members));
        yield return ("1: the catalog is not enabled", Answer.No, On(Policies: members).With(p => p with { CatalogState = "unpublished" }));
        yield return ("1: unknown whether the catalog is enabled", Answer.Unknown, On(Policies: members).With(p => p with { CatalogState = null }));
        yield return ("2: an external user, the catalog not enabled for external users", Answer.No,
            On(Subject: Guest, Policies: Policy("allDirectoryUsers")).With(p => p with { CatalogIsExternallyVisible = false }));
        yield return ("2: internal users skip this check", Answer.Yes, On(Policies: members).With(p => p with { CatalogIsExternallyVisible = false }));
        yield return ("2: unknown whether the catalog is enabled for external users, a guest", Answer.Unknown,
            On(Subject: Guest, Policies: Policy("allDirectoryUsers")).With(p => p with { CatalogIsExternallyVisible = null }));
        yield return ("2: unknown whether the catalog is enabled for external users, a member", Answer.Yes,
            On(Policies: members).With(p => p with { CatalogIsExternallyVisible = null }));
        yield return ("1 and 3: two doubts are both named", Answer.Unknown,
            On(Policies: members).With(p => p with { CatalogState = null, IsHidden = null }));
        yield return ("2: an internal guest", Answer.Unknown, On(Subject: InternalGuest, Policies: Policy("allDirectoryUsers"))
            .With(p => p with { CatalogIsExternallyVisible = false }));
        yield return ("3: hidden, regardless of policies", Answer.No, On(Policies: members).With(p => p with { IsHidden = true }));
        yield return ("3: unknown whether it is hidden", Answer.Unknown, On(Policies: members).With(p => p with { IsHidden = null }));
        yield return ("4.1: the policy is not enabled", Answer.No, On(Policies: members with { AcceptsRequests = false }));
        yield return ("4.1: unknown whether the policy is enabled", Answer.Unknown, On(Policies: members with { AcceptsRequests = null }));
        yield return ("4.2: the policy is not for the user", Answer.No, On(Subject: Guest, Policies: members));
        yield return ("4.2: one of several policies is", Answer.Yes, On(Subject: Guest, Policies: [members, Policy("allDirectoryUsers")]));
        yield return ("4.2: the policy may be for the user", Answer.Unknown, On(Subject: Untyped, Policies: members));
        yield return ("4.2: two policies may be: the first is named", Answer.Unknown,
            On(Subject: Untyped, Policies: [Policy("allMemberUsers"), Policy("allExternalUsers")]));
        yield return ("4.1 and 4.2: unknown whether the policy is enabled, and it may be for the user", Answer.Unknown,
            On(Subject: Untyped, Policies: members with { AcceptsRequests = null }));
        yield return ("4.3: administrator direct assignments only", Answer.No, On(Policies: Policy("notSpecified")));
        yield return ("4: an automatic policy takes no requests", Answer.No, On(Policies: members with { IsAutomatic = true }));
        yield return ("4: no policy", Answer.No, On());
        yield return ("4: no export contains the policies", Answer.Unknown, On() with { Policies = null, Package = On().Package with { Policies = null } });
        yield return ("changes: specific users, one who is not listed, before", Answer.No,
            On(Before, Policies: Policy("specificDirectoryUsers", User("user-9"))));
        yield return ("changes: specific users, one who is not listed, since", Answer.Yes,
            On(Since, Policies: Policy("specificDirectoryUsers", User("user-9"))));
        yield return ("changes: specific users, one who is listed, before", Answer.Yes, On(Before, Policies: Policy("specificDirectoryUsers", User("user-1"))));
        yield return ("changes: specific users, a guest who is not listed, since", Answer.No,
            On(Since, Guest, Policy("specificDirectoryUsers", User("user-9"))));
        yield return ("changes: specific users, a guest who is listed, since", Answer.Yes, On(Since, Guest, Policy("specificDirectoryUsers", User(Guest.Id))));
        yield return ("changes: specific users, one of unknown type, since", Answer.Unknown,
            On(Since, Untyped, Policy("specificDirectoryUsers", User("user-9"))));
        yield return ("changes: specific users, hidden, since", Answer.No,
            On(Since, Policies: Policy("specificDirectoryUsers", User("user-9"))).With(p => p with { IsHidden = true }));
        yield return ("changes: specific users, the policy not enabled, since", Answer.No,
            On(Since, Policies: Policy("specificDirectoryUsers", User("user-9")) with { AcceptsRequests = false }));
        yield return ("changes: specific connected organizations are as before", Answer.No,
            On(Since, Policies: Policy("specificConnectedOrganizationUsers", OrganizationMembers())));
        yield return ("a service principal does not use the portal", Answer.No,
            On(Subject: ServicePrincipal, Policies: Policy("allDirectoryServicePrincipals")));
    }
}
