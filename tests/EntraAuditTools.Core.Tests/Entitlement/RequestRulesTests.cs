using EntraAuditTools.Core.Eligibility;
using static EntraAuditTools.Core.Tests.Entitlement.RequestCase;

namespace EntraAuditTools.Core.Tests.Entitlement;

/// <summary>The rules against the table, and what answers say.</summary>
public sealed class RequestRulesTests
{
    public static TheoryData<string> Titles => [.. RequestCases.All.Select(row => row.ToString())];

    [Theory]
    [MemberData(nameof(Titles))]
    public void The_table(string title)
    {
        var row = RequestCases.All.Single(requestCase => requestCase.ToString() == title);
        var decision = row.Decide();
        Assert.Equal(row.Expected, decision.Answer);
        Assert.EndsWith(".", decision.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(decision.Decisions, judged => judged.Reason.Length == 0);
    }

    [Fact]
    public void The_policy_that_decides_is_the_most_particular_that_applies()
    {
        var decision = Row(Policy("allDirectoryUsers"), Policy("allMemberUsers"), Policy("specificDirectoryUsers", User(Member.Id))).Decide();
        Assert.Equal("specificDirectoryUsers", decision.Policy?.Name);
        Assert.Equal("Policy \"specificDirectoryUsers\" applies: is listed by name, with approval.", decision.Reason);
        Assert.Equal([Answer.Yes, Answer.Yes, Answer.Yes], decision.Decisions.Select(judged => judged.Answer));
    }

    [Fact]
    public void Of_several_alike_the_first_decides() =>
        Assert.Equal("a", Row(Policy("allMemberUsers") with { Name = "a" }, Policy("allMemberUsers") with { Name = "b" }).Decide().Policy?.Name);

    [Fact]
    public void A_lone_policy_that_does_not_apply_is_named_and_so_are_several()
    {
        var lone = Row(Policy("allExternalUsers")).Decide();
        Assert.Equal("allExternalUsers", lone.Policy?.Name);
        var several = Row(Policy("allExternalUsers"), Policy("notSpecified")).Decide();
        Assert.Null(several.Policy);
        Assert.Contains("allExternalUsers", several.Reason, StringComparison.Ordinal);
        Assert.Contains("administrators", several.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_assignment_is_the_first_reason_and_policies_are_still_judged()
    {
        var decision = Row(Policy("allMemberUsers")).With(p => p with { CatalogState = "unpublished" }).Assigned("Delivered").Decide();
        Assert.Equal("Already assigned (Delivered).", decision.Reason);
        Assert.Null(decision.Policy);
        Assert.Equal([Answer.No, Answer.No, Answer.Yes], decision.Decisions.Select(judged => judged.Answer));
    }

    [Fact]
    public void A_hidden_package_says_how_it_is_reached() =>
        Assert.EndsWith("It is hidden: only its link leads there.", Row(Policy("allMemberUsers")).With(p => p with { IsHidden = true })
            .Decide().Reason, StringComparison.Ordinal);

    [Fact]
    public void Unknown_says_what_to_export()
    {
        var decision = Row(Policy("allMemberUsers")).With(p => p with { CatalogState = null, IncompatibleGroups = null }).Decide();
        Assert.Equal("allMemberUsers", decision.Policy?.Name);
        Assert.Contains("export catalogs", decision.Reason, StringComparison.Ordinal);
        Assert.Contains("incompatibleGroups", decision.Reason, StringComparison.Ordinal);
        Assert.Contains("export users with userType", (Row(Policy("allMemberUsers")) with { Subject = Untyped }).Decide().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_internal_guest_is_called_so()
    {
        var reason = (Row(Policy("allExternalUsers")) with { Subject = InternalGuest }).Decide().Reason;
        Assert.Contains("internal guest (userType Guest, but no #EXT# in its user principal name)", reason, StringComparison.Ordinal);
        Assert.DoesNotContain("export users", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_yes_says_what_was_not_checked()
    {
        var row = Row(Policy("allMemberUsers")).With(p => p with { IncompatiblePackages = null, IncompatibleGroups = null });
        var decision = row.In(c => c with { IncompatiblePackagesAreKnown = false, IncompatibleGroupsAreKnown = false, AssignmentsAreKnown = false }).Decide();
        Assert.Equal(Answer.Yes, decision.Answer);
        Assert.Contains("Not checked: whether it is assigned already", decision.Reason, StringComparison.Ordinal);
        Assert.Contains("incompatible access packages", decision.Reason, StringComparison.Ordinal);
        Assert.Contains("incompatible groups", decision.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("Not checked", Row(Policy("allMemberUsers")).Decide().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_that_no_export_contains_is_named()
    {
        var row = Row(Policy("specificDirectoryUsers", Members("g-7")));
        Assert.Contains("g-7", new RequestCase { Source = row.Source, Title = row.Title, Expected = row.Expected,
            Policies = row.Policies }.Decide().Reason, StringComparison.Ordinal);
    }

    // Graph v1.0 accessPackageAssignmentPolicy.allowedTargetScope.
    [Theory]
    [InlineData("specificDirectoryServicePrincipals", true)]
    [InlineData("allDirectoryServicePrincipals", true)]
    [InlineData("allDirectoryAgentIdentities", true)]
    [InlineData("specificDirectoryUsers", false)]
    [InlineData("allMemberUsers", false)]
    [InlineData("notSpecified", false)]
    [InlineData(null, false)]
    public void Scopes_of_service_principals_are_known(string? scope, bool expected) =>
        Assert.Equal(expected, TargetScopeRules.IsForServicePrincipals(scope));

    [Fact]
    public void Nobody_is_in_the_scope_of_direct_assignments()
    {
        var found = TargetScopeRules.Includes(Policy("notSpecified"), Member, Row().Circumstances);
        Assert.Equal((Answer.No, "nobody can: only administrators assign through it"), (found.Answer, found.Reason));
    }

    private static RequestCase Row(params RequestPolicy[] policies) =>
        new() { Source = string.Empty, Title = string.Empty, Expected = Answer.Unknown, Policies = policies };
}
