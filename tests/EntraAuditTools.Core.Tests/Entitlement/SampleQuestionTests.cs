using EntraAuditTools.Core.Queries.Entitlement.Assignments;
using EntraAuditTools.Core.Queries.Entitlement.Conflicts;
using EntraAuditTools.Core.Queries.Entitlement.Organizations;
using EntraAuditTools.Core.Queries.Entitlement.Packages;
using EntraAuditTools.Core.Queries.Entitlement.Resources;
using EntraAuditTools.SampleTenant;
using static EntraAuditTools.Core.Tests.Entitlement.SampleEntitlement;

namespace EntraAuditTools.Core.Tests.Entitlement;

/// <summary>The questions of entitlement management, answered from the sample tenant's exports and compared with its labels.</summary>
public sealed class SampleQuestionTests(SampleEntitlement sample) : IClassFixture<SampleEntitlement>
{
    public static TheoryData<int> ExportDays => [45, 25, 0];

    public static TheoryData<int> OtherDays => [60, 52, 40, 33, 30, 18, 10, 3];

    [Theory]
    [MemberData(nameof(ExportDays))]
    public void Assignments_as_of_the_day_of_an_export_are_as_the_labels_say(int days)
    {
        var at = End.AddDays(-days);
        var expected = Expected(at).Assignments.Where(assignment => assignment.Current).ToDictionary(assignment => assignment.AssignmentId);
        var found = sample.Ask(mirror => AccessPackageAssignmentQuery.Run(mirror, new() { AsOf = at }))
            .ToDictionary(assignment => assignment.AssignmentId!);
        Assert.Equal(expected.Keys.Order(), found.Keys.Order());
        Assert.NotEmpty(found);
        foreach (var (id, entitlement) in expected)
        {
            var assignment = found[id];
            Assert.Equal(
                (entitlement.Subject.ObjectId, entitlement.Subject.DisplayName, entitlement.Package.Id, entitlement.Package.DisplayName,
                    entitlement.Policy.Id, entitlement.Package.Catalog.Id),
                (assignment.UserId, assignment.User?.DisplayName, assignment.AccessPackageId, assignment.AccessPackage?.DisplayName,
                    assignment.Policy?.Id, assignment.Catalog?.Id));
            Assert.Equal((Pascal(entitlement.State), Exported(entitlement.Start), Exported(entitlement.End), true, entitlement.RequestId),
                (assignment.State, assignment.Start?.UtcTicks, assignment.End?.UtcTicks, assignment.EndKnown, assignment.RequestId));
            Assert.Null(assignment.EndedAt);
            Assert.Equal("Observed", assignment.Source);
            Assert.Null(assignment.Disagreement);
            Assert.False(assignment.ObservedAtAssumed);
            Assert.Contains("\"id\"", assignment.GetOriginal(), StringComparison.Ordinal);
            Assert.NotEmpty(assignment.Evidence);
        }
    }

    [Theory]
    [MemberData(nameof(ExportDays))]
    public void Ended_assignments_say_when(int days)
    {
        var at = End.AddDays(-days);
        var expected = Expected(at).Assignments.Where(assignment => assignment.Ended != null)
            .Select(assignment => (assignment.AssignmentId, Exported(assignment.Ended))).Order();
        var found = sample.Ask(mirror => AccessPackageAssignmentQuery.Run(mirror, new() { AsOf = at, State = ["Expired"] }));
        // Those of a package that was deleted ended with it or before: exports no longer have them.
        Assert.Equal(expected, found.Where(assignment => assignment.AccessPackageId != Sample.Entitlement.Cases.Berth.Id
            || Sample.Entitlement.Cases.Berth.ExistsAt(at.UtcTicks))
                .Select(assignment => (assignment.AssignmentId!, assignment.EndedAt?.UtcTicks)).Order());
    }

    // Between exports some things cannot be known: for how long something was being delivered, and what was deleted since.
    [Theory]
    [MemberData(nameof(OtherDays))]
    public void Assignments_as_of_another_day_differ_only_in_what_no_export_contains(int days)
    {
        var at = End.AddDays(-days);
        var entitlement = Expected(at).Assignments.ToDictionary(assignment => assignment.AssignmentId);
        var found = sample.Ask(mirror =>
            AccessPackageAssignmentQuery.Run(mirror, new() { AsOf = at, State = ["Delivered", "PartiallyDelivered"] }))
            .Select(assignment => assignment.AssignmentId!).ToHashSet();
        var expected = entitlement.Values.Where(assignment => assignment.Holds).Select(assignment => assignment.AssignmentId).ToHashSet();
        Assert.NotEmpty(expected);
        Assert.All(found.Except(expected), id =>
            Assert.True(!entitlement.TryGetValue(id, out var assignment) || assignment.State == "delivering", $"{id} is held too many"));
        var seen = sample.Ask(mirror => AccessPackageAssignmentQuery.Run(mirror, new() { AsOf = at, State = ["*"] }))
            .ToDictionary(assignment => assignment.AssignmentId!);
        Assert.All(expected.Except(found),
            id => Assert.True(!seen.TryGetValue(id, out var assignment) || assignment.State is "Unknown" or "Removed" or "Delivering",
                $"{id} is missing: {seen.GetValueOrDefault(id)}"));
        Assert.All(seen.Values, assignment => Assert.NotNull(assignment.User));
    }

    [Fact]
    public void Assigned_users_of_a_package_and_packages_of_a_user()
    {
        var entitlement = Expected(End);
        var package = entitlement.Held.GroupBy(assignment => assignment.Package).MaxBy(group => group.Count())!;
        foreach (var text in new[] { package.Key.Id, package.Key.DisplayName, package.Key.DisplayName.ToUpperInvariant()[..^1] + "*" })
        {
            var found = sample.Ask(mirror =>
                AccessPackageAssignmentQuery.Run(mirror,
                    new() { AsOf = End, State = ["*Delivered"], Selectors = [new() { AccessPackage = [text] }] }));
            Assert.Superset(package.Select(assignment => assignment.AssignmentId).ToHashSet(),
                found.Select(assignment => assignment.AssignmentId!).ToHashSet());
            Assert.Equal(found.OrderByDescending(assignment => assignment.Start).Select(assignment => assignment.Start),
                found.Select(assignment => assignment.Start));
        }

        var person = Sample.Entitlement.Objects.Employee;
        foreach (var text in new[] { person.Id, person.UserPrincipalName, person.DisplayName })
        {
            var found = sample.Ask(mirror => AccessPackageAssignmentQuery
                .Run(mirror, new() { AsOf = End, Selectors = [new() { User = [text] }] }));
            Assert.Equal(entitlement.Assignments.Where(assignment => assignment.Current && assignment.Subject.ObjectId == person.Id)
                .Select(assignment => assignment.AssignmentId)
                .Order(), found.Select(assignment => assignment.AssignmentId!).Order());
            Assert.All(found, assignment => Assert.Equal("Member", assignment.User!.Type));
        }
    }

    [Fact]
    public void Assignments_that_end_soon()
    {
        var span = TimeSpan.FromDays(30);
        var expected = Expected(End).Assignments.Where(assignment => assignment.Current && assignment.End is { } end && end > End.UtcTicks
            && end <= (End + span).UtcTicks).Select(assignment => assignment.AssignmentId).Order().ToList();
        Assert.NotEmpty(expected);
        Assert.Equal(expected, sample.Ask(mirror => AccessPackageAssignmentQuery.Run(mirror, new() { AsOf = End, ExpiringWithin = span }))
            .Select(assignment => assignment.AssignmentId!).Order());
    }

    [Fact]
    public void Assignments_held_at_any_time_in_a_period()
    {
        var (after, before) = (End.AddDays(-40), End.AddDays(-20));
        var found = sample.Ask(mirror => AccessPackageAssignmentQuery.Run(mirror, new() { AsOf = End, After = after, Before = before }));
        Assert.Contains(found, assignment => assignment.State == "Expired");
        var ids = found.Select(assignment => assignment.AssignmentId!).ToHashSet();
        // What was deleted with its package is in older exports alone, and when something was delivered no export says.
        var world = Sample.Entitlement.Assignments
            .Where(assignment => assignment.Package.Deleted == null && (assignment.Failed == null || assignment.Delivered != null)
            && (assignment.Ended == null || assignment.Ended > after.UtcTicks)).ToList();
        Assert.Empty(world.Where(assignment => assignment.Delivered < before.UtcTicks && assignment.EndReason != AssignmentEnd.UserDeleted)
            .Select(assignment => assignment.Id).Except(ids));
        var deleted = Sample.Entitlement.Assignments.Where(assignment => assignment.Package.Deleted != null)
            .Select(assignment => assignment.Id);
        Assert.Subset(world.Where(assignment => assignment.Start < before.UtcTicks).Select(assignment => assignment.Id).Concat(deleted)
            .ToHashSet(), ids);
    }

    [Fact]
    public void Filters_by_policy_catalog_assignment_and_request()
    {
        var entitlement = Expected(End).Assignments.Where(assignment => assignment.Current).ToList();
        var assignment = entitlement[entitlement.Count / 2];
        List<string> Found(AccessPackageAssignmentFilter filter) =>
            [.. sample.Ask(mirror => AccessPackageAssignmentQuery.Run(mirror, filter)).Select(found => found.AssignmentId!).Order()];
        Assert.Equal(entitlement.Where(t => t.Policy.Id == assignment.Policy.Id).Select(t => t.AssignmentId).Order(),
            Found(new() { AsOf = End, Policy = [assignment.Policy.Id] }));
        Assert.Equal(entitlement.Where(t => t.Package.Catalog.DisplayName == assignment.Package.Catalog.DisplayName)
            .Select(t => t.AssignmentId).Order(),
            Found(new() { AsOf = End, Catalog = [assignment.Package.Catalog.DisplayName] }));
        Assert.Equal([assignment.AssignmentId],
            Found(new() { AsOf = End, Selectors = [new() { AssignmentId = [assignment.AssignmentId.ToUpperInvariant()] }] }));
        Assert.Equal([assignment.AssignmentId], Found(new() { AsOf = End, Selectors = [new() { RequestId = [assignment.RequestId] }] }));
        Assert.Empty(Found(new() { AsOf = End, Selectors = [new() { User = ["nobody at all"] }] }));
        Assert.Equal(entitlement.Where(t => t.Subject.ObjectId == assignment.Subject.ObjectId && t.Package.Id == assignment.Package.Id)
            .Select(t => t.AssignmentId),
            Found(new() { AsOf = End, Selectors = [new() { User = [assignment.Subject.ObjectId!],
                AccessPackage = [assignment.Package.Id] }] }));
        var all = Found(new() { AsOf = End });
        Assert.Equal(all.Count, sample.Ask(mirror => AccessPackageAssignmentQuery.Run(mirror, new() { AsOf = End, Skip = 2 })).Count + 2);
        Assert.Equal(3, sample.Ask(mirror => AccessPackageAssignmentQuery.Run(mirror, new() { AsOf = End, First = 3 })).Count);
        Assert.Equal(all.Count, sample.Ask(mirror =>
            new[] { AccessPackageAssignmentQuery.Count(mirror, new() { AsOf = End, First = 3 }) })[0]);
    }

    [Theory]
    [InlineData(45, 25)]
    [InlineData(25, 0)]
    [InlineData(45, 0)]
    public void What_changed_between_two_dates(int reference, int difference)
    {
        var (from, to) = (End.AddDays(-reference), End.AddDays(-difference));
        var before = Expected(from).Assignments.Where(assignment => assignment.Current).ToDictionary(assignment => assignment.AssignmentId);
        var after = Expected(to).Assignments.Where(assignment => assignment.Current).ToDictionary(assignment => assignment.AssignmentId);
        var expected = after.Keys.Except(before.Keys).Select(id => ("Added", id))
            .Concat(before.Keys.Except(after.Keys).Select(id => ("Removed", id)))
            .Concat(after.Keys.Intersect(before.Keys)
                .Where(id => before[id].State != after[id].State || before[id].End != after[id].End
                    || before[id].Policy.Id != after[id].Policy.Id).Select(id => ("Changed", id)));
        var found = sample.Ask(mirror => AssignmentComparison.Run(mirror, new(), from, to));
        Assert.Equal(expected.Order(), found.Select(change => (change.Change, change.AssignmentId!)).Order());
        Assert.All(found.Where(change => change.Change == "Added"),
            change => Assert.True(change.Reference == null && change.Difference != null && change.Time == change.Difference.Start));
        Assert.All(found.Where(change => change.Change == "Removed"), change =>
            Assert.True(change.Reference != null && change.Difference == null));
        Assert.All(found.Where(change => change.Change == "Removed"
            && Expected(to).Assignments.FirstOrDefault(t => t.AssignmentId == change.AssignmentId)?.Ended != null), change =>
                Assert.NotNull(change.Time));
        Assert.All(found.Where(change => change.Change == "Changed"), change => Assert.NotEmpty(change.Changes));
        var times = found.Select(change => change.Time ?? DateTimeOffset.MinValue).ToList();
        Assert.Equal(times.OrderDescending(), times);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(25)]
    [InlineData(45)]
    public void Who_can_request_what_is_as_the_table_says(int days)
    {
        var people = Sample.Entitlement.Objects.People;
        Assert.Equal(SampleAnswers.People, people.Select(person => person.DisplayName));
        var found = people.Select(person => sample.Ask(mirror => AccessPackageQuery.Run(mirror,
            new() { AsOf = End.AddDays(-days), Selectors = [new() { User = [person.Id] }] }))
            .ToDictionary(package => package.DisplayName!, package => package.CanRequest!)).ToList();
        foreach (var (package, source, atEnd, before25, before45) in SampleAnswers.Rows)
        {
            var answers = string.Concat(found.Select(answer =>
                !answer.TryGetValue(package, out var can) ? '.' : can == "Unknown" ? '?' : can[0]));
            Assert.True(answers == (days == 0 ? atEnd : days == 25 ? before25 : before45), $"{package} ({source}): {answers}");
        }
    }

    [Fact]
    public void The_policy_that_decides_is_named()
    {
        // troubleshoot, "Multiple policies": the one for specific organizations before the one for all configured ones.
        var person = Sample.Entitlement.Objects.ProposedGuest;
        var found = sample.Ask(mirror => AccessPackageQuery.Run(mirror, new() { AsOf = End, Selectors = [new() { User = [person.Id] }] }));
        Assert.Equal("Fabrikam and Proseware", found.Single(package => package.DisplayName == "Supplier portal").Policy?.DisplayName);
    }

    [Fact]
    public void The_report_of_a_user()
    {
        var world = Sample.Entitlement;
        var person = world.Objects.Employee;
        var entitlement = Expected(End);
        List<AccessPackage> Report(bool assigned, bool canRequest) =>
            sample.Ask(mirror => AccessPackageQuery.Run(mirror,
                new() { AsOf = End, Assigned = assigned, CanRequest = canRequest,
                    Selectors = [new() { User = [person.UserPrincipalName] }] }));
        var has = Report(assigned: true, canRequest: false);
        Assert.Equal(entitlement.Assignments.Where(assignment => assignment.Current && assignment.Subject.ObjectId == person.Id)
            .Select(assignment => assignment.Package.DisplayName)
            .Order(), has.Where(package => package.Assignment != null).Select(package => package.DisplayName!).Order());
        Assert.All(has, package => Assert.Equal("No", package.CanRequest));
        var can = Report(assigned: false, canRequest: true);
        Assert.All(can, package => Assert.NotEqual("No", package.CanRequest));
        Assert.Equal(Report(assigned: false, canRequest: false).Where(package => package.CanRequest != "No")
            .Select(package => package.DisplayName),
            can.Select(package => package.DisplayName));
        Assert.Equal(has.Concat(can).Select(package => package.DisplayName).Order(),
            Report(assigned: true, canRequest: true).Select(package => package.DisplayName).Order());
        Assert.All(can, package => Assert.Equal(person.Id, package.UserId));
        Assert.All(can, package => Assert.Contains(package.Decisions, decision =>
            decision.CanRequest == "Yes" || decision.CanRequest == "Unknown"));
    }

    [Fact]
    public void Packages_show_roles_policies_and_what_they_exclude()
    {
        var found = sample.Ask(mirror => AccessPackageQuery.Run(mirror, new() { AsOf = End }))
            .ToDictionary(accessPackage => accessPackage.AccessPackageId!);
        var world = Sample.Entitlement.Packages.Where(package => package.ExistsAt(End.UtcTicks)).ToList();
        Assert.Equal(world.Select(package => package.Id).Order(), found.Keys.Order());
        foreach (var package in world)
        {
            var accessPackage = found[package.Id];
            Assert.Null(accessPackage.CanRequest);
            Assert.Equal((package.DisplayName, package.Description, package.Catalog.DisplayName, package.Hidden),
                (accessPackage.DisplayName, accessPackage.Description, accessPackage.Catalog?.DisplayName, accessPackage.IsHidden));
            Assert.Equal(package.ResourcesAt(End.UtcTicks).Select(role => $"{role.RoleName} of {role.DisplayName} ({role.OriginSystem})")
                .Order(), accessPackage.ResourceRoles.Select(role => $"{role} ({role.Resource!.System})").Order());
            Assert.Equal(package.PoliciesAt(End.UtcTicks)
                .Select(policy => (policy.Id, policy.DisplayName, policy.AllowedTargetScope, (bool?)policy.AcceptsRequests,
                    policy.Targets.Count)).Order(),
                    accessPackage.Policies.Select(policy =>
                        (policy.Id!, policy.DisplayName!, policy.AllowedRequestors!, policy.AcceptsRequests,
                            policy.SpecificRequestors.Count)).Order());
            Assert.Equal(package.IncompatiblePackages.Order(), accessPackage.IncompatibleAccessPackages.Select(other => other.Id!).Order());
            Assert.Equal(package.IncompatibleGroups.Select(group => group.Id).Order(),
                accessPackage.IncompatibleGroups.Select(group => group.Id!).Order());
            Assert.True(accessPackage.ResourceRolesKnown);
        }

        var names = found.Values.Select(accessPackage => accessPackage.DisplayName!).ToList();
        Assert.Equal(names.Order(StringComparer.OrdinalIgnoreCase), names);
        var catalog = world[^1].Catalog.DisplayName;
        Assert.Equal(world.Where(package => package.Catalog.DisplayName == catalog).Select(package => package.DisplayName).Order(),
            sample.Ask(mirror => AccessPackageQuery.Run(mirror, new() { AsOf = End, Catalog = [catalog] }))
                .Select(accessPackage => accessPackage.DisplayName!).Order());
    }

    [Theory]
    [MemberData(nameof(ExportDays))]
    public void Resource_roles_of_everybody(int days)
    {
        var at = End.AddDays(-days);
        var entitlement = Expected(at);
        // Which of its roles a partly delivered assignment gives, only exports of resource assignments contain.
        var partial = entitlement.Held.Where(assignment => assignment.State == "partiallyDelivered")
            .Select(assignment => assignment.AssignmentId).ToHashSet();
        var expected = entitlement.Resources.SelectMany(role =>
            role.Grants.Select(grant =>
                (role.Subject.ObjectId, role.Resource.OriginId, role.Resource.RoleName, grant.AssignmentId, grant.Policy.Id)))
                .Where(grant => !partial.Contains(grant.AssignmentId));
        var found = sample.Ask(mirror => ResourceAssignmentQuery.Run(mirror, new() { AsOf = at }));
        Assert.Equal(expected.Order(),
            found.SelectMany(role =>
                role.Grants.Select(grant => (role.UserId, role.ResourceId!, role.Role!, grant.AssignmentId!, grant.Policy!.Id!)))
                .Where(grant => !partial.Contains(grant.Item4)).Order());
        Assert.Equal(found.Count, found.Select(role => (role.UserId, role.ResourceId, role.Role)).Distinct().Count());
        if (days == 0) Assert.Contains(found, role => role.Grants.Count > 1);
    }

    [Fact]
    public void Who_reaches_a_site_and_what_a_user_reaches()
    {
        var entitlement = Expected(End);
        var site = entitlement.Resources.First(role => role.Resource.Site != null).Resource;
        foreach (var text in new[] { site.OriginId, site.DisplayName, "*" + site.OriginId[^8..] })
        {
            var found = sample.Ask(mirror => ResourceAssignmentQuery.Run(mirror, new() { AsOf = End, Resource = [text] }));
            Assert.Equal(entitlement.Resources.Where(role => role.Resource.OriginId == site.OriginId).Select(role => role.Subject.ObjectId)
                .Order(), found.Select(role => role.UserId).Distinct().Order());
            Assert.All(found, role => Assert.Equal((site.OriginId, "SharePointOnline"), (role.Resource.Url, role.Resource.System)));
        }

        var person = Sample.Entitlement.Objects.Employee;
        var own = sample.Ask(mirror => ResourceAssignmentQuery
            .Run(mirror, new() { AsOf = End, Selectors = [new() { User = [person.DisplayName] }] }));
        Assert.Equal(entitlement.Resources.Where(role => role.Subject.ObjectId == person.Id).Select(role => role.Resource.DisplayName)
            .Order(),
            own.Select(role => role.Resource.DisplayName!).Order());
        var twice = own.Single(role => role.Grants.Count == 2);
        Assert.Equal(twice.Grants.Min(grant => grant.Start), twice.Start);
        Assert.Equal(2, twice.AssignmentId.Distinct().Count());
        Assert.All(own, role => Assert.NotEmpty(role.Evidence));
    }

    [Fact]
    public void Requests_that_their_requestor_approved()
    {
        var expected = RequestLabel.All(Sample)
            .Where(label => label.Approvals.Any(a => a.Decision == ApprovalLabelDecision.Approved
                && (a.Approver.Id == label.Subject.Id || a.Approver.Id == label.RequestedBy?.Id))).ToList();
        Assert.NotEmpty(expected);
        var found = sample.Ask(mirror => AccessPackageConflictQuery.Run(mirror, new() { Kind = ["SelfApproval"] }));
        Assert.Equal(expected.Select(label => $"{label.RequestId} {label.Subject.Id} {label.Package.Id}").Order(),
            found.Select(conflict => $"{conflict.RequestId} {conflict.UserId} {conflict.AccessPackageId}").Order());
    }

    [Theory]
    [MemberData(nameof(ExportDays))]
    public void Conflicts(int days)
    {
        var at = End.AddDays(-days);
        var expected = Expected(at).Conflicts.Select(conflict => conflict.Group is { } group ? $"{conflict.Held.AssignmentId} {group.Id}"
            : string.Join(' ', new[] { conflict.Held.AssignmentId, conflict.Other!.AssignmentId }.Order())).Order().ToList();
        var found = sample.Ask(mirror => AccessPackageConflictQuery.Run(mirror, new() { AsOf = at, Kind = ["Incompatible*"] }));
        Assert.Equal(expected, found.Select(conflict => conflict.OtherAssignment is { } other
            ? string.Join(' ', new[] { conflict.AssignmentId!, other.AssignmentId! }.Order())
                : $"{conflict.AssignmentId} {conflict.ConflictsWith!.Id}").Order());
        Assert.All(found.Where(conflict => conflict.OtherAssignment != null), conflict =>
        {
            Assert.Equal("IncompatibleAccessPackage", conflict.Kind);
            Assert.Equal(new[] { conflict.Assignment!.Start, conflict.OtherAssignment!.Start }.Max(), conflict.Since);
            Assert.Equal(conflict.OtherAssignment.AccessPackageId, conflict.ConflictsWith?.Id);
        });
        foreach (var conflict in found)
        {
            Assert.Contains(conflict.ToString(),
                sample.Ask(mirror => AccessPackageConflictQuery.Run(mirror,
                    new() { AsOf = at, Selectors = [new() { User = [conflict.UserId!] }] })).Select(other => other.ToString()));
            Assert.Contains(conflict.ToString(),
                sample.Ask(mirror => AccessPackageConflictQuery.Run(mirror,
                    new() { AsOf = at, Selectors = [new() { AccessPackage = [conflict.AccessPackageId!] }], Kind = [conflict.Kind] }))
                        .Select(other => other.ToString()));
        }
    }

    [Theory]
    [MemberData(nameof(ExportDays))]
    public void Connected_organizations(int days)
    {
        var at = End.AddDays(-days);
        var entitlement = Expected(at).Organizations.ToDictionary(item => item.Id);
        var found = sample.Ask(mirror => ConnectedOrganizationQuery.Run(mirror, new() { AsOf = at })).ToDictionary(item => item.Id!);
        Assert.Equal(entitlement.Keys.Order(), found.Keys.Order());
        foreach (var (id, organization) in entitlement)
        {
            var item = found[id];
            Assert.Equal((organization.DisplayName, organization.State, organization.Description, Exported(organization.Created),
                Exported(organization.Modified)), (item.DisplayName, item.State, item.Description, item.Created?.UtcTicks,
                    item.Modified?.UtcTicks));
            Assert.Equal(organization.Domains.Order(), item.Domains.Order());
            Assert.Equal(organization.Sources.Count, item.IdentitySources.Count);
            Assert.Equal(organization.InternalSponsors.Select(person => person.DisplayName).Order(),
                item.InternalSponsors.Select(person => person.DisplayName!).Order());
            Assert.Equal(organization.ExternalSponsors.Select(person => person.UserPrincipalName).Order(),
                item.ExternalSponsors.Select(person => person.UserPrincipalName!).Order());
        }

        var removed = Sample.Entitlement.ConnectedOrganizations
            .Where(connectedOrganization => !entitlement.ContainsKey(connectedOrganization.Id)
            && connectedOrganization.Created <= at.UtcTicks
            && Exports.Any(day => day < at && connectedOrganization.ExistsAt(day.UtcTicks)))
                .Select(connectedOrganization => connectedOrganization.Id);
        Assert.Equal(removed.Order(), sample.Ask(mirror => ConnectedOrganizationQuery.Run(mirror, new() { AsOf = at, State = ["removed"] }))
            .Select(item => item.Id!).Order());
    }

    private static string Pascal(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
