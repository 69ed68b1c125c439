using EntraAuditTools.Core.Queries.Entitlement.Assignments;
using EntraAuditTools.Core.Queries.Entitlement.Requests;
using EntraAuditTools.Core.Tests.Entitlement;

namespace EntraAuditTools.Core.Tests.Reporting;

/// <summary>What a report counts of assignments without making objects of them is what the question answers.</summary>
public sealed class CountedEntitlementTests(SampleEntitlement sample) : IClassFixture<SampleEntitlement>
{
    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(30)]
    public void Assignments_are_the_questions(int? daysBefore)
    {
        var at = daysBefore == null ? (DateTimeOffset?)null : SampleEntitlement.End.AddDays(-daysBefore.Value);
        var from = at ?? SampleEntitlement.End;
        var to = from.AddDays(60);
        sample.Ask(reader =>
        {
            var all = AccessPackageAssignmentQuery.Run(reader, new() { AsOf = at }).ToList();
            var survey = AccessPackageAssignmentQuery.Survey(reader, new() { AsOf = at }, AuditedAssignments.TrailOf(reader), (from, to), 5);

            // Of the sample's time something is there; what is left of it today depends on the day.
            if (at != null) Assert.True(all.Count > 10);
            Assert.Equal(all.Count, survey.Total);
            Assert.Equal(Counts(all), survey.ByPackage.OrderBy(pair => pair.Key, StringComparer.Ordinal));
            var ending = all.Where(assignment => assignment.End >= from && assignment.End <= to).OrderBy(assignment => assignment.End).ToList();
            if (at != null) Assert.NotEmpty(ending);
            Assert.Equal(ending.Count, survey.Ending);
            Assert.Equal(Counts(ending), survey.EndingByPackage.OrderBy(pair => pair.Key, StringComparer.Ordinal));
            Assert.Equal(ending.Take(5).Select(Text), survey.First.Select(Text));
            return Array.Empty<int>();
        });
    }

    /// <summary>The audit log's assignments are the same, read for themselves or taken from the requests that a question read.</summary>
    [Fact]
    public void The_trail_of_the_requests_is_the_trail()
    {
        sample.Ask(reader =>
        {
            var (own, kept) = (AuditedAssignments.TrailOf(reader)!, AuditedAssignments.TrailOf(reader)!);
            Assert.NotEmpty(AccessPackageRequestQuery.Outlines(reader, new(), kept));
            var assignments = own.Find(null).ToList();
            Assert.NotEmpty(assignments);
            Assert.Equal(assignments, kept.Find(null));
            Assert.Same(kept.Find(null), kept.Find(null));
            return Array.Empty<int>();
        });
    }

    /// <summary>Requests of a part of the time say nothing of the rest: then the trail is read for itself.</summary>
    [Fact]
    public void Requests_of_a_time_are_not_the_whole_trail()
    {
        sample.Ask(reader =>
        {
            var (own, kept) = (AuditedAssignments.TrailOf(reader)!, AuditedAssignments.TrailOf(reader)!);
            Assert.NotEmpty(AccessPackageRequestQuery.Outlines(reader, new() { After = SampleEntitlement.End.AddDays(-10) }, kept));
            Assert.Equal(own.Find(null), kept.Find(null));
            return Array.Empty<int>();
        });
    }

    private static IEnumerable<KeyValuePair<string, int>> Counts(IEnumerable<AccessPackageAssignment> assignments) => assignments
        .Where(assignment => assignment.AccessPackage?.Id != null).GroupBy(assignment => assignment.AccessPackage!.Id!)
        .Select(group => KeyValuePair.Create(group.Key, group.Count())).OrderBy(pair => pair.Key, StringComparer.Ordinal);

    private static string Text(AccessPackageAssignment assignment) =>
        $"{assignment.AssignmentId} {assignment.User} {assignment.AccessPackage} {assignment.Policy} {assignment.Start:o} {assignment.End:o}";
}
