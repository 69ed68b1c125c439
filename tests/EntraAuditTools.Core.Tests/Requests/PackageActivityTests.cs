using EntraAuditTools.Core.Queries.Entitlement.Activities;
using EntraAuditTools.SampleTenant;

namespace EntraAuditTools.Core.Tests.Requests;

/// <summary>Rows of the workbook "Access Package Activity", computed anew from the sample's events.</summary>
public sealed class PackageActivityTests
{
    [Fact]
    public void Success_gives_exactly_the_workbooks_rows()
    {
        using var sample = new SampleRequests(3000, 5, order: 3);
        foreach (var package in Named(sample))
        {
            var wanted = Workbook(sample, package.Id).Where(e => e.Result == "success").Select(e => e.Id);
            Assert.Equal(wanted, Ids(sample, new() { Selectors = [new() { AccessPackage = [package.Id!] }], Result = ["success"] }));
            Assert.Equal(wanted, Ids(sample,
                new() { Selectors = [new() { AccessPackage = [package.DisplayName!.ToUpperInvariant()] }], Result = ["success"] }));
        }
    }

    [Fact]
    public void Failures_are_there_and_say_so()
    {
        using var sample = new SampleRequests(3000, 5, order: 3);
        var all = AccessPackageActivityQuery.Run(sample.Reader, new()).ToList();
        Assert.Contains(all, a => a.Result == "failure");
        Assert.Equal(Named(sample).SelectMany(p => Workbook(sample, p.Id).Select(e => (e.Id, p.Id!))).Order(),
            all.Select(a => (a.GetActivity().Id!, a.AccessPackageId!)).Order());
        Assert.Equal(all.Select(a => a.Time).OrderDescending(), all.Select(a => a.Time));
    }

    [Fact]
    public void A_row_has_what_the_workbook_shows()
    {
        using var sample = new SampleRequests(3000, 5, order: 3);
        var row = AccessPackageActivityQuery.Run(sample.Reader, new() { Operation = ["User requests access package assignment"] })
            .First(a => a.DetailsJson != null);
        var audit = sample.Events[row.GetActivity().Id!];
        Assert.Equal((audit.Actor.Id, audit.Actor.UserPrincipalName, audit.Actor.DisplayName, audit.CorrelationId),
            (row.ObjectId, row.UserPrincipalName, row.DisplayName, row.CorrelationId));
        Assert.Equal(audit.Details.Select(d => (d.Key, d.Value)), row.Details.Select(d => (d.Key, d.Value)));
        using var json = System.Text.Json.JsonDocument.Parse(row.DetailsJson!);
        Assert.Equal(audit.Details[0].Value, json.RootElement[0].GetProperty("value").GetString());
    }

    [Fact]
    public void Packages_are_those_with_activity_the_most_active_first()
    {
        using var sample = new SampleRequests(3000, 5, order: 3);
        var (after, before) = (sample.End.AddDays(-30), sample.End.AddDays(-3));
        var wanted = Named(sample)
            .Select(p => (p.Id, p.DisplayName, Count: Workbook(sample, p.Id).Count(e => e.Ticks >= after.UtcTicks && e.Ticks < before.UtcTicks)))
            .Where(p => p.Count > 0).OrderByDescending(p => p.Count).ThenBy(p => p.Id, StringComparer.OrdinalIgnoreCase).Select(p => (p.Id, p.DisplayName));
        Assert.Equal(wanted, AccessPackageActivityQuery.Packages(sample.Reader, after, before).Select(p => (p.Id, p.DisplayName)));
    }

    [Fact]
    public void Pages_initiators_and_times_are_filtered()
    {
        using var sample = new SampleRequests(3000, 5, order: 3);
        var all = AccessPackageActivityQuery.Run(sample.Reader, new()).ToList();
        Assert.Equal(all.Skip(5).Take(7).Select(a => a.GetActivity().Id), Ids(sample, new() { Skip = 5, First = 7 }));
        var by = all.First(a => a.UserPrincipalName != null).UserPrincipalName!;
        Assert.Equal(all.Where(a => a.UserPrincipalName == by).Select(a => a.GetActivity().Id), Ids(sample, new() { Selectors = [new() { User = [by] }] }));
        var middle = all[all.Count / 2].Time;
        Assert.Equal(all.Where(a => a.Time >= middle).Select(a => a.GetActivity().Id), Ids(sample, new() { After = middle }));
        Assert.Equal(all.Where(a => a.Time < middle).Select(a => a.GetActivity().Id), Ids(sample, new() { Before = middle }));
        Assert.Empty(Ids(sample, new() { Selectors = [new() { AccessPackage = ["no such package"] }] }));
    }

    private static IEnumerable<string?> Ids(SampleRequests sample, AccessPackageActivityFilter filter) =>
        AccessPackageActivityQuery.Run(sample.Reader, filter).Select(a => a.GetActivity().Id);

    // The workbook's own words: Category == "EntitlementManagement", a target with type == "AccessPackage" and the id.
    private static IEnumerable<AuditEvent> Workbook(SampleRequests sample, string? package) => sample.Events.Values
        .Where(e => e.Category == "EntitlementManagement" && e.Targets.Any(t => t.Type == "AccessPackage" && t.Id == package)).OrderByDescending(e => e.Ticks);

    private static List<EventTarget> Named(SampleRequests sample) =>
        [.. sample.Events.Values.Where(e => e.Category == "EntitlementManagement").SelectMany(e => e.Targets)
            .Where(t => t.Type == "AccessPackage").DistinctBy(t => t.Id)];
}
