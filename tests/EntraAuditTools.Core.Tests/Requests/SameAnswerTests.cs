using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Requests;
using EntraAuditTools.SampleTenant;

namespace EntraAuditTools.Core.Tests.Requests;

/// <summary>However the question is asked and in whatever order the log came in, a request is the same.</summary>
public sealed class SameAnswerTests
{
    [Theory]
    [InlineData(1000, 2)]
    [InlineData(3000, 11)]
    public void The_order_of_import_and_the_number_of_files_do_not_matter(int records, int seed)
    {
        using var first = new SampleRequests(records, seed, order: 1, files: 1);
        var wanted = first.Find().Select(SampleRequests.Text).ToList();
        Assert.NotEmpty(wanted);
        foreach (var (order, files) in new[] { (2, 1), (3, 5), (4, 9) })
        {
            using var other = new SampleRequests(records, seed, order, files);
            Assert.Equal(wanted, other.Find().Select(SampleRequests.Text));
        }
    }

    [Theory]
    [InlineData(3000, 12)]
    [InlineData(6000, 13)]
    public void Asking_for_a_user_a_package_a_request_or_a_month_gives_what_asking_for_everything_gives(int records, int seed)
    {
        using var sample = new SampleRequests(records, seed, order: seed);
        var all = sample.Find();
        void Same(Func<AccessPackageRequest, bool> of, IEnumerable<AccessPackageRequest> found) =>
            Assert.Equal(all.Where(of).Select(SampleRequests.Text), found.Select(SampleRequests.Text));

        foreach (var person in sample.Labels.Select(l => l.Subject).Distinct())
        {
            Same(r => r.UserId == person.Id, sample.Find(new EntitlementSelector { User = [person.Id] }));
            Same(r => r.UserId == person.Id, sample.Find(new EntitlementSelector { User = [person.UserPrincipalName.ToUpperInvariant()] }));
        }

        foreach (var package in sample.Labels.Select(l => l.Package).Distinct())
        {
            Same(r => r.AccessPackageId == package.Id, sample.Find(new EntitlementSelector { AccessPackage = [package.Id] }));
            Same(r => r.AccessPackageId == package.Id, sample.Find(new EntitlementSelector { AccessPackage = [package.DisplayName] }));
        }

        foreach (var request in all.Where(r => r.RequestId != null))
            Same(r => r.RequestId == request.RequestId, sample.Find(new EntitlementSelector { RequestId = [request.RequestId!] }));
        foreach (var id in all.Select(r => r.AssignmentId).OfType<string>().Distinct().Take(50))
            Same(r => r.AssignmentId == id, sample.Find(new EntitlementSelector { AssignmentId = [id] }));
        for (var after = sample.End.AddDays(-70); after < sample.End; after = after.AddDays(10))
        {
            var (from, to) = (after, after.AddDays(10));
            Same(r => Heard(r) >= from && Heard(r) < to, sample.Find(new AccessPackageRequestFilter { After = from, Before = to, AsOf = sample.End }));
        }
    }

    /// <summary>Where a span has no end all that lies behind it is read, else only what belongs to its requests.</summary>
    [Theory]
    [InlineData(3000, 12, nameof(LogDetail.Whole))]
    [InlineData(6000, 16, nameof(LogDetail.Whole))]
    [InlineData(6000, 209, nameof(LogDetail.Whole))]
    [InlineData(3000, 17, nameof(LogDetail.NoRequestIds))]
    [InlineData(3000, 18, nameof(LogDetail.NoIds))]
    [InlineData(3000, 19, nameof(LogDetail.NoCorrelation))]
    public void A_span_has_the_requests_of_that_time_whatever_lies_behind_it(int records, int seed, string detail)
    {
        using var sample = new SampleRequests(records, seed, order: seed, detail: Enum.Parse<LogDetail>(detail));
        var all = sample.Find();
        void Same(DateTimeOffset? from, DateTimeOffset? to) =>
            Assert.Equal(all.Where(r => !(Heard(r) < from) && !(Heard(r) >= to)).Select(SampleRequests.Text),
                sample.Find(new AccessPackageRequestFilter { After = from, Before = to, AsOf = sample.End }).Select(SampleRequests.Text));
        for (var after = sample.End.AddDays(-62); after < sample.End; after = after.AddDays(5))
        {
            Same(after, after.AddDays(5));
            Same(after, after.AddHours(20));
            Same(after, null);
            Same(null, after);
        }
    }

    [Fact]
    public void Filters_of_status_and_type_and_pages_take_from_the_same()
    {
        using var sample = new SampleRequests(3000, 14, order: 1);
        var all = sample.Find();
        Assert.Equal(all.Where(r => r.Status is "Denied" or "TimedOut").Select(r => r.RequestId),
            sample.Find(new AccessPackageRequestFilter { Status = ["denied", "Timed*"], AsOf = sample.End }).Select(r => r.RequestId));
        Assert.Equal(all.Where(r => r.Type == "Removal").Select(r => r.RequestId),
            sample.Find(new AccessPackageRequestFilter { Type = ["removal"], AsOf = sample.End }).Select(r => r.RequestId));
        Assert.Equal(all.Skip(3).Take(4).Select(r => r.RequestId),
            sample.Find(new AccessPackageRequestFilter { Skip = 3, First = 4, AsOf = sample.End }).Select(r => r.RequestId));
        Assert.Equal(all.OrderByDescending(Heard).Select(r => r.RequestId), all.Select(r => r.RequestId));
    }

    [Fact]
    public void As_of_a_date_later_events_are_not_known()
    {
        using var sample = new SampleRequests(3000, 15, order: 1);
        foreach (var label in sample.Labels.Where(l => l is { RequestedAt: not null, Approvals.Count: > 0, Kind: RequestLabelKind.UserRequest }))
        {
            var date = label.Approvals[0].Time.AddTicks(-1);
            var then = Assert.Single(sample.Find(new AccessPackageRequestFilter { AsOf = date, Selectors = [new() { RequestId = [label.RequestId] }] }));
            Assert.All(then.Events, e => Assert.True(e.Time <= date));
            Assert.Contains(then.Status, (string[])["Submitted", "PendingApproval"]);
            Assert.DoesNotContain(then.Approvals, a => a.Time != null);
            if (then.Status == "PendingApproval") Assert.InRange(then.Waiting!.Value, TimeSpan.FromTicks(1), date - label.RequestedAt!.Value);
        }
    }

    [Fact]
    public void Evidence_names_the_imports_of_all_events()
    {
        using var sample = new SampleRequests(1000, 2, order: 1);
        var request = sample.Find().First(r => r.Events.Count > 6);
        Assert.Equal(request.Events.Select(e => e.RecordId).Distinct().Order(), request.Evidence.Select(e => e.RecordId).Distinct().Order());
        Assert.All(request.Evidence, e => Assert.Equal(64, e.Sha256!.Length));
    }

    private static DateTimeOffset Heard(AccessPackageRequest request) => request.RequestedAt ?? request.Events.First(e => e.Phase != "Directory").Time;
}
