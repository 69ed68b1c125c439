using EntraAuditTools.Core.Queries.Provisioning;
using EntraAuditTools.Core.Queries.Values;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.SampleTenant;
using Entry = EntraAuditTools.SampleTenant.ProvisioningEntry;

namespace EntraAuditTools.Core.Tests.Provisioning;

/// <summary>The questions of issue 4, answered from the sample tenant and compared with its labels.</summary>
public sealed class QuestionTests : IDisposable
{
    private static readonly Tenant Tenant = new(new SampleTenantOptions { AuditRecords = 3000, Seed = 5 });
    private static readonly Entry[] Log = [.. SampleTenant.ProvisioningLog.Enumerate(Tenant)];

    private readonly TestMirror mirror = new();

    public QuestionTests() => mirror.Import(
        mirror.Write("log.json", s => ProvisioningShapes.Write(ProvisioningShape.GraphPage, s, Tenant, Log)),
        mirror.Write("audit.json", s => AuditShapes.Write(AuditShape.GraphPage, s, Tenant, AuditEvents.Enumerate(Tenant))));

    public void Dispose() => mirror.Dispose();

    [Fact]
    public void Groups_created_in_ServiceNow() => Same(
        Log.Where(e => e.Job.Kind == ProvisioningTargetKind.ServiceNow && e.Action == "create" && e.Status == "success" && e.Source!.Type == "Group"),
        new() { Application = ["servicenow*"], Action = ["Create"], Status = ["Success"], IdentityType = ["group"] });

    [Fact]
    public void Users_that_could_not_be_created_in_Dropbox() => Same(
        Log.Where(e => e.Case == ProvisioningCase.DropboxUserFailed),
        new() { TargetSystem = ["Dropbox*"], Action = ["create"], Status = ["failure"] });

    [Fact]
    public void How_roles_were_imported_from_Amazon_Web_Services()
    {
        var events = mirror.Trail(new() { Application = ["Amazon*"], Activity = ["Import"] });
        Assert.NotEmpty(events);
        Assert.Equal(AuditEvents.Enumerate(Tenant)
            .Count(e => e.Activity == "Import" && e.Targets.Any(t => t.DisplayName?.StartsWith("Amazon", StringComparison.Ordinal) == true)), events.Count);
        Assert.All(events, e => Assert.Equal("AuditLog", e.Source));
    }

    [Fact]
    public void An_identity_is_found_by_its_name_UPN_source_id_and_target_id()
    {
        var wanted = Log.First(e => e.Case == ProvisioningCase.UserCreated);
        var person = Log.Where(e => e.Source?.Id == wanted.Source!.Id).Select(e => e.Id).ToHashSet();
        foreach (var text in new[] { wanted.Source!.Id!, wanted.MatchingId, wanted.MatchingId.ToUpperInvariant() })
        {
            Assert.Superset(person, mirror.Entries(new() { Identity = [text] }).Select(e => e.Id!).ToHashSet());
        }

        Assert.Contains(mirror.Entries(new() { Identity = [wanted.Target!.Id!] }), e => e.Id == wanted.Id);
        Assert.Contains(mirror.Entries(new() { Identity = [wanted.Source.DisplayName!] }), e => e.Id == wanted.Id);
    }

    [Fact]
    public void Every_filter_gives_what_the_labels_say()
    {
        var entry = Log[Log.Length / 2];
        Same(Log.Where(e => e.Job == entry.Job), new() { JobId = [entry.Job.JobId] });
        Same(Log.Where(e => e.CycleId == entry.CycleId), new() { CycleId = [entry.CycleId] });
        Same(Log.Where(e => e.ChangeId == entry.ChangeId), new() { ChangeId = [entry.ChangeId] });
        Same(Log.Where(e => e.ChangeId == entry.ChangeId), new() { ChangeId = [entry.ChangeId[..20] + "*"] });
        Same([entry], new() { Id = [entry.Id] });
        Same(Log.Where(e => e.Error?.Code?.EndsWith("Conflict", StringComparison.Ordinal) == true), new() { ErrorCode = ["*conflict"] });
        Same(Log.Where(e => e.Job.SourceSystem == "Workday"), new() { SourceSystem = ["workday"] });
        Same(Log.Where(e => e.Ticks >= entry.Ticks), new() { After = new DateTimeOffset(entry.Ticks, TimeSpan.Zero) });
        Same(Log.Where(e => e.Ticks < entry.Ticks), new() { Before = new DateTimeOffset(entry.Ticks, TimeSpan.Zero) });
        Same(Log.Where(e => e.Action == "restore"), new() { Action = ["restore"] });
        Assert.Equal(Log.OrderByDescending(e => e.Ticks).Skip(3).Take(5).Select(e => e.Id), mirror.Entries(new() { Skip = 3, First = 5 }).Select(e => e.Id));
    }

    [Fact]
    public void Values_complete_from_what_there_is_most_frequent_first()
    {
        var values = mirror.Ask(reader => FilterValueQuery.Run(reader, Core.Queries.Provisioning.ProvisioningLog.Definition.Field("Action"), string.Empty, 20, null));
        Assert.Equal(Log.GroupBy(e => e.Action).OrderByDescending(g => g.Count()).Select(g => g.Count()), values.Select(v => (int)v.Value));
        Assert.Equal(["Dropbox Business"], mirror.Ask(reader => FilterValueQuery.Run(reader, Core.Queries.Provisioning.ProvisioningLog.Definition.Field("Application"), "drop", 20, null)).Select(v => v.Key));
    }

    [Fact]
    public void The_summary_counts_what_the_labels_say()
    {
        var summaries = mirror.Summaries();
        Assert.Equal(Log.Select(e => e.Job.JobId).Distinct().Order(), summaries.Select(s => s.JobId).Order());
        foreach (var summary in summaries)
        {
            var own = Log.Where(e => e.Job.JobId == summary.JobId).ToList();
            Assert.Equal(own[0].Job.Application.DisplayName, summary.Application);
            Assert.Equal(own.Count, summary.Entries);
            Assert.Equal(own.Count(e => e.Status == "failure"), summary.Failures);
            Assert.Equal(own.Count(e => e.Case is ProvisioningCase.NotEntitled or ProvisioningCase.ScopingFilter), summary.OutOfScope);
            Assert.Equal(own.Count(e => e.Status == "skipped"), summary.OutOfScope + summary.OtherSkips);
            Assert.Equal(own.GroupBy(e => (e.Action, e.Status)).Select(g => $"{g.Key.Action} {g.Key.Status}: {g.Count()}").Order(),
                summary.Outcomes.Select(o => o.ToString()).Order());
            Assert.Equal(own.Where(e => e.Status == "failure").GroupBy(e => e.IdentityKey)
                .Count(g => own.Where(e => e.IdentityKey == g.Key).MaxBy(e => e.Ticks)!.Status == "failure"), summary.FailingIdentities.Count);
            Assert.True(summary.Derived);
            Assert.Null(summary.InScope);
            Assert.Null(summary.Synchronized);
            Assert.Null(summary.InitialCycleComplete);
            Assert.NotEqual(false, summary.InQuarantine);
            var durations = own.Select(e => e.DurationMilliseconds).OfType<int>().Order().ToList();
            Assert.Equal(durations.Max(), summary.WorstDuration!.Value.TotalMilliseconds);
            Assert.Equal((durations[(durations.Count - 1) / 2] + durations[durations.Count / 2]) / 2.0, summary.MedianDuration!.Value.TotalMilliseconds);
            foreach (var error in summary.TopErrors)
            {
                var same = own.Where(e => e.Error?.Code == error.ErrorCode && e.Status == "failure").ToList();
                Assert.Equal((same.Count, same.Min(e => e.Ticks), same.Max(e => e.Ticks)), (error.Count, error.FirstSeen.UtcTicks, error.LastSeen.UtcTicks));
                Assert.Equal(same.Select(e => e.IdentityKey).Distinct().Count(), error.Identities);
            }
        }
    }

    [Fact]
    public void The_trail_of_a_stuck_identity_goes_from_import_to_escrow_and_says_so()
    {
        var stuck = Log.Where(e => e.Case == ProvisioningCase.EscrowStuck && e.InAuditLog).OrderBy(e => e.Ticks).First();
        var trail = mirror.Trail(new() { Identity = [stuck.MatchingId], Application = [stuck.Job.Application.DisplayName] })
            .Where(e => e.Pass == stuck.ChangeId).ToList();
        var retries = Log.Count(e => e.ChangeId == stuck.ChangeId) - 1;
        Assert.Equal(["Import", "Import", "Synchronization rule action", "Export"],
            trail.Where(e => e.Source.StartsWith("AuditLog", StringComparison.Ordinal) && e.Activity != "Process escrow").Select(e => e.Activity));
        Assert.Equal(retries, trail.Count(e => e.Activity == "Process escrow"));
        Assert.Equal(trail.OrderBy(e => e.Time).Select(e => e.Time), trail.Select(e => e.Time));
        Assert.Contains($"{retries} ", trail[^1].Note, StringComparison.Ordinal);
        Assert.Contains("40 min", trail[^1].Note, StringComparison.Ordinal);
        Assert.Equal("Process escrow", trail[^1].Activity);
        Assert.All(trail.SkipLast(1), e => Assert.Null(e.Note));
    }

    [Fact]
    public void A_whole_trail_has_no_note_and_each_event_once_from_both_logs()
    {
        var created = Log.First(e => e.Case == ProvisioningCase.UserCreated && e.InAuditLog);
        var trail = mirror.Trail(new() { Identity = [created.Source!.Id!] }).Where(e => e.Pass == created.ChangeId).ToList();
        Assert.Equal(["Import", "Import", "Synchronization rule action", "Synchronization rule action", "Export"], trail.Select(e => e.Activity));
        Assert.All(trail, e => Assert.Null(e.Note));
        Assert.Contains("ProvisioningLog", trail[^1].Source, StringComparison.Ordinal);
        Assert.Contains(trail[^1].Attributes, a => a.Name == "userName");
        Assert.All(trail, e => Assert.Equal(created.MatchingId, e.Identity));
    }

    private void Same(IEnumerable<Entry> expected, ProvisioningLogFilter filter)
    {
        var ids = expected.Select(e => e.Id).Order().ToList();
        Assert.NotEmpty(ids);
        var found = mirror.Entries(filter);
        Assert.Equal(ids, found.Select(e => e.Id).Order());
        Assert.Equal(found.OrderByDescending(e => e.Time).Select(e => e.Time), found.Select(e => e.Time));
        Assert.Equal(ids.Count, mirror.Ask(reader => ProvisioningLogQuery.Count(reader, filter)));
    }
}
