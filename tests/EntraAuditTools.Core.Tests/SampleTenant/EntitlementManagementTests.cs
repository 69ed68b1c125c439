using EntraAuditTools.SampleTenant;

namespace EntraAuditTools.Core.Tests.Samples;

/// <summary>Entitlement management has every case that is promised, and its labels say what it is.</summary>
public sealed class EntitlementManagementTests
{
    private static readonly Tenant Sample = new(new SampleTenantOptions());
    private static readonly DateTimeOffset End = Sample.Options.To;

    [Fact]
    public void PoliciesCoverEveryScopeAndEveryExpiration()
    {
        var policies = Sample.Entitlement.Packages.SelectMany(package => package.Policies).ToList();

        Assert.Equal(
            ["allConfiguredConnectedOrganizationUsers", "allDirectoryAgentIdentities", "allDirectoryServicePrincipals", "allDirectoryUsers",
                "allExternalUsers", "allMemberUsers", "notSpecified", "specificConnectedOrganizationUsers",
                "specificDirectoryServicePrincipals", "specificDirectoryUsers"],
            policies.Select(policy => policy.AllowedTargetScope).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(["afterDateTime", "afterDuration", "noExpiration", "notSpecified"], policies.Select(policy => policy.Expiration.Type)
            .Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(policies, policy => policy.Expiration.End < End.UtcTicks);
        Assert.Contains(policies, policy => policy.BetaScope == "AllExistingConnectedOrganizationSubjects");
        Assert.Equal([0, 1, 2], policies.Select(policy => policy.Stages.Count).Distinct().Order());
        Assert.Contains(policies, policy => policy.Stages.Any(stage => stage.Escalation.Count > 0));
        Assert.Equal(
            [PolicyTargetKind.SingleUser, PolicyTargetKind.GroupMembers, PolicyTargetKind.ConnectedOrganizationMembers,
                PolicyTargetKind.SingleServicePrincipal, PolicyTargetKind.AttributeRuleMembers],
            policies.SelectMany(policy => policy.Targets).Select(target => target.Kind).Distinct().Order());
    }

    [Fact]
    public void PackagesGiveGroupsRolesAndSites()
    {
        var resources = Sample.Entitlement.Packages.SelectMany(package => package.Resources).ToList();
        Assert.Equal(["AadApplication", "AadGroup", "SharePointOnline"], resources.Select(resource => resource.OriginSystem).Distinct()
            .Order(StringComparer.Ordinal));
        // A resource has one id, whatever gives it.
        Assert.All(resources.GroupBy(resource => resource.OriginId), same =>
            Assert.Single(same.Select(resource => resource.ResourceId).Distinct()));
    }

    [Fact]
    public void AnEmployeeHasOneResourceFromTwoPackages()
    {
        var entitlement = Sample.Entitlement;
        var roles = ExpectedEntitlement.Of(Sample, End).Resources.Where(role => role.Subject.ObjectId == entitlement.Objects.Employee.Id)
            .ToList();

        Assert.Equal(["Drydock Pipelines", "Engineering library", "Harbour master", "Night shift desk", "Workbench users"],
            roles.Select(role => role.Resource.DisplayName).Order(StringComparer.Ordinal));
        Assert.Equal([entitlement.Cases.Workbench, entitlement.Cases.SourceReader],
            roles.Single(role => role.Resource.Group == entitlement.Objects.Library).Grants.Select(grant => grant.Package));
        Assert.DoesNotContain(ExpectedEntitlement.Of(Sample, End).Held, held => held.Subject.ObjectId == entitlement.Objects.Newcomer.Id);
        Assert.Equal(entitlement.Cases.SupplierPortal,
            ExpectedEntitlement.Of(Sample, End).Held.Single(held => held.Subject.ObjectId == entitlement.Objects.Guest1.Id).Package);
    }

    [Fact]
    public void ConflictsAreOfAPackageAndOfAGroup()
    {
        var (cast, cases) = (Sample.Entitlement.Objects, Sample.Entitlement.Cases);
        var conflicts = ExpectedEntitlement.Of(Sample, End).Conflicts;

        Assert.Equal(2, conflicts.Count);
        var packages = conflicts.Single(conflict => conflict.Group is null);
        Assert.Equal(cast.Conflicted.Id, packages.Held.Subject.ObjectId);
        Assert.Equal([cases.ReleaseApproval.Id, cases.ReleaseSigning.Id],
            new[] { packages.Held.Package.Id,
                packages.Other!.Package.Id }.Order(Comparer<string>.Create((left, right) => left == cases.ReleaseApproval.Id ? -1 : 1)));
        var group = conflicts.Single(conflict => conflict.Group is not null);
        Assert.Equal((cast.Intern.Id, cases.Payments.Id, cast.Interns), (group.Held.Subject.ObjectId, group.Held.Package.Id, group.Group));
    }

    [Fact]
    public void HistoryDiffersFromDateToDate()
    {
        var (cast, cases) = (Sample.Entitlement.Objects, Sample.Entitlement.Cases);
        var then = ExpectedEntitlement.Of(Sample, End.AddDays(-28));
        var now = ExpectedEntitlement.Of(Sample, End);
        ExpectedAssignment Of(ExpectedEntitlement expected, Person person, AccessPackageModel package) =>
            expected.Assignments.Last(assignment => assignment.Subject.ObjectId == person.Id && assignment.Package == package);

        Assert.Equal(("delivered", null), (Of(then, cast.Employee, cases.ReleaseApproval).State,
            Of(then, cast.Employee, cases.ReleaseApproval).EndReason));
        Assert.Equal(("expired", AssignmentEnd.RemovedByAdministrator),
            (Of(now, cast.Employee, cases.ReleaseApproval).State, Of(now, cast.Employee, cases.ReleaseApproval).EndReason));
        Assert.NotEqual(Of(then, cast.Nested, cases.SourceReader).End, Of(now, cast.Nested, cases.SourceReader).End);
        Assert.NotEqual(Of(then, cast.Nested, cases.SourceReader).Policy.Id, Of(now, cast.Nested, cases.SourceReader).Policy.Id);
        Assert.Equal("delivering", Of(now, cast.Untyped, cases.Vault).State);
        Assert.Contains(then.Assignments, assignment => assignment.Package == cases.Berth);
        Assert.DoesNotContain(now.Assignments, assignment => assignment.Package == cases.Berth);
        Assert.Equal(("proposed", "configured"),
            (then.Organizations.Single(one => one.Id == cast.Cresting.Id).State,
                now.Organizations.Single(one => one.Id == cast.Cresting.Id).State));
        Assert.Contains(then.Organizations, one => one.Id == cast.Wingspan.Id);
        Assert.DoesNotContain(now.Organizations, one => one.Id == cast.Wingspan.Id);
        Assert.True(cases.Closed.PoliciesAt(then.At).Single().AcceptsRequests);
        Assert.False(cases.Closed.PoliciesAt(now.At).Single().AcceptsRequests);
        Assert.Single(cases.HarbourSite.ResourcesAt(then.At));
        Assert.Equal(2, cases.HarbourSite.ResourcesAt(now.At).Count());
        // Within days of the end, and never.
        Assert.InRange(now.Held.Count(held => held.End - now.At < 14 * TimeSpan.TicksPerDay), 2, 10);
        Assert.Contains(now.Held, held => held.End is null);
    }

    [Theory]
    [InlineData(20261031, 400)]
    [InlineData(1, 50)]
    [InlineData(2, 5_000)]
    [InlineData(3, 20_000)]
    public void AssignmentsAgreeWithTheRequestsOfTheAuditLog(int seed, int records)
    {
        var tenant = new Tenant(new SampleTenantOptions { Seed = seed, AuditRecords = records });
        var all = EntitlementRequest.All(tenant).ToList();
        var byId = tenant.Entitlement.Assignments.ToDictionary(assignment => assignment.Id);

        Assert.Equal(all.Count(request => request.HasAssignment), byId.Values.Count(assignment => assignment.InAuditLog));
        Assert.All(all.Where(request => request.DeliveredAfter is not null), request =>
        {
            var assignment = byId[request.AssignmentId];
            long delivered = request.Start + request.DeliveredAfter!.Value;
            Assert.Equal((request.RequestId, request.Subject.Id, request.Package),
                (assignment.RequestId, assignment.Subject.ObjectId, assignment.Package));
            Assert.False(assignment.ExistsAt(delivered - 1) && assignment.At(delivered - 1).Holds);
            Assert.True(assignment.At(delivered).Holds);
            if (request.EndedAfter is { } ended && request.Outcome != RequestOutcome.Extended)
            {
                Assert.True(assignment.At(request.Start + ended - 1).Holds);
                Assert.False(assignment.At(request.Start + ended).Holds);
            }
        });
        Assert.Equal(all.Select(request => request.RequestId).Order(StringComparer.Ordinal),
            tenant.Entitlement.Requests.Where(request => request.InAuditLog && request.Type.EndsWith("Add", StringComparison.Ordinal))
            .Select(request => request.Id).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(20261031, 400)]
    [InlineData(7, 400)]
    [InlineData(8, 10_000)]
    public void EveryIdIsOnce(int seed, int records)
    {
        var entitlement = new Tenant(new SampleTenantOptions { Seed = seed, AuditRecords = records }).Entitlement;
        string[] ids =
        [
            .. entitlement.Catalogs.Select(one => one.Id), .. entitlement.Packages.Select(one => one.Id),
            .. entitlement.Packages.SelectMany(one => one.Policies).Select(one => one.Id), .. entitlement.Assignments.Select(one => one.Id),
            .. entitlement.Requests.Select(one => one.Id), .. entitlement.People.Select(one => one.Id),
                .. entitlement.Groups.Select(one => one.Id),
            .. entitlement.ConnectedOrganizations.Select(one => one.Id),
        ];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.Equal(entitlement.People.Count, entitlement.People.Select(person => person.UserPrincipalName)
            .Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(entitlement.Assignments, assignment => Assert.True(assignment.End is null || assignment.End > assignment.Start));
        Assert.All(entitlement.Assignments, assignment => Assert.True(assignment.Ended is null || assignment.Ended > assignment.Delivered));
        Assert.All(entitlement.Requests, request => Assert.Equal(request.Steps.OrderBy(step => step.At), request.Steps));
    }

    [Fact]
    public void RequestsHaveTheirStateOfTheTime()
    {
        var entitlement = Sample.Entitlement;
        var request = entitlement.Requests.Single(request =>
            request.Package == entitlement.Cases.ReleaseSigning && request.Subject.ObjectId == entitlement.Objects.Conflicted.Id);

        Assert.Null(request.At(request.Created - 1));
        Assert.Equal(["submitted", "pendingApproval", "delivering", "delivered"], request.Steps.Select(step => request.At(step.At)!.State));
        Assert.Equal(2, request.Approvals.Count);
        Assert.Contains(entitlement.Requests, one => one.Subject.ObjectId is null && one.OpenAt(End.UtcTicks));
    }
}
