using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Activities.FirstSeen;
using EntraAuditTools.Core.Queries.Coverage;
using EntraAuditTools.Core.Queries.Entitlement.Requests;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Reporting.Content;
using EntraAuditTools.Core.Tests.Entitlement;

namespace EntraAuditTools.Core.Tests.Reporting;

/// <summary>What a report counts in one walk through the log is what each question by itself answers.</summary>
public sealed class CountedActivitiesTests(SampleEntitlement sample) : IClassFixture<SampleEntitlement>
{
    private static DateTimeOffset At(int? daysBefore) => SampleEntitlement.End.AddDays(-daysBefore ?? 0);

    public static TheoryData<int?, int?, bool> Times => new()
    {
        { null, null, false }, { 40, null, false }, { null, 10, false }, { 40, 10, false }, { 9000, 8000, false }, { 40, null, true },
    };

    [Theory]
    [MemberData(nameof(Times))]
    public void Groups_are_the_questions(int? after, int? before, bool byTenant) =>
        Look(after, before, byTenant, (reader, options, counted) =>
        {
            foreach (var by in new[] { new[] { "Day" }, ["Actor"], ["Activity"], ["Activity", "Actor"] })
                Assert.Equal(AuditActivityMeasureQuery.Run(reader, Filter(options), by).Select(Text), counted.Measure(by).Select(Text));
            var failed = AuditActivityMeasureQuery.Run(reader, Filter(options), ["Activity", "Actor"]).Where(group => group.Failure > 0);
            Assert.Equal(failed.Select(Text), counted.Measure(["Activity", "Actor"], group => group.Failure > 0).Select(Text));
        });

    [Theory]
    [MemberData(nameof(Times))]
    public void What_is_new_is_what_the_question_says(int? after, int? before, bool byTenant) =>
        Look(after, before, byTenant, (reader, options, counted) =>
        {
            foreach (var since in new[] { options.After, At(20) })
            {
                foreach (var by in CountedActivities.New)
                {
                    var asked = FirstSeenQuery.Run(reader, Filter(options with { After = since }), [by])
                        .Where(group => group.Group.Values.First() != null).Select(Text).ToList();
                    var (count, newest) = counted.FirstSeen(by, since);
                    Assert.Equal(asked, newest.Select(Text));
                    Assert.Equal(asked.Count, count);
                }
            }
        });

    [Theory]
    [MemberData(nameof(Times))]
    public void Coverage_is_the_same_whoever_counted(int? after, int? before, bool byTenant) =>
        Look(after, before, byTenant, (reader, options, counted) =>
        {
            string[] Ask(DaysByTenant? days) => [.. CoverageQuery
                .Run(reader, null, options.Tenants, options.After, options.Before, options.Now, days)
                .Select(day => $"{day.Day:o} {day.Kind} {day.TenantId} {day.State} {day.Records} {day.First:o} {day.Last:o}")];
            Assert.Equal(before == null && !byTenant, counted.Days() != null);
            Assert.Equal(Ask(null), Ask(counted.Days()));
        });

    [Fact]
    public void Requests_in_outline_are_the_requests_without_their_events()
    {
        var (whole, outlines) = sample.Ask(reader => new[]
        {
            (AccessPackageRequestQuery.Run(reader, new()).ToList(), AccessPackageRequestQuery.Outlines(reader, new()).ToList()),
        })[0];
        static string Text(AccessPackageRequest request) =>
            $"{request.RequestId} {request.Status} {request.User} {request.AccessPackage} {request.RequestedAt:o} {request.TimeToDecision} "
                + $"{request.WaitingFor} "
                + string.Join(',', request.Approvals.Select(step => $"{step.Stage} {step.Approver} {step.Decision}"));
        Assert.NotEmpty(whole);
        Assert.Equal(whole.Select(Text), outlines.Select(Text));
        Assert.Contains(whole, request => request.Events.Count > 0);
        Assert.All(outlines, request => Assert.Empty(request.Events));
    }

    private void Look(int? after, int? before, bool byTenant, Action<MirrorReader, ReportOptions, CountedActivities> look) =>
        sample.Ask(reader =>
        {
            var options = new ReportOptions
            {
                Now = SampleEntitlement.End,
                After = after == null ? null : At(after),
                Before = before == null ? null : At(before),
                Tenants = byTenant ? [.. TenantScope.KnownTenants(reader)] : null,
            };
            using var counted = new CountedActivities(reader, options);
            look(reader, options, counted);
            return Array.Empty<int>();
        });

    private static AuditActivityFilter Filter(ReportOptions options) =>
        new() { After = options.After, Before = options.Before, Tenant = options.Tenants };

    private static string Text(AuditActivityMeasure group) =>
        $"{string.Join('|', group.Group.Values)} {group.Count} {group.Success} {group.Failure} {group.First:o} {group.Last:o}";

    private static string Text(AuditActivityFirstSeen group) =>
        $"{string.Join('|', group.Group.Values)} {group.Count} {group.Success} {group.Failure} {group.First:o} {group.Last:o} "
            + $"{group.FirstImportId} {group.RestsOn} {group.IsNew} {group.CoveredSince:o}";
}
