using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Coverage;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Queries.Coverage;

/// <summary>"No rows" must never read as "nothing happened".</summary>
public sealed class CoverageTests
{
    private static readonly DateTimeOffset Now = At("2026-10-20T12:00:00Z");
    private static readonly DateTimeOffset LastDay = At("2026-10-05T12:00:00Z");

    [Fact]
    public void Days_are_covered_partly_covered_observed_or_missing()
    {
        using var mirror = new TestMirror();
        Import(mirror, "declared.json", ("2026-10-01T00:00:00Z", "2026-10-03T06:00:00Z"), null,
            new Event("a", "2026-10-01T08:00:00Z", "Add user"), new Event("b", "2026-10-01T20:00:00Z", "Add user"));
        Import(mirror, "observed.json", (null, null), null, new Event("c", "2026-10-05T08:00:00Z", "Add user"));

        using var reader = MirrorReader.Open(mirror.Path);
        var days = CoverageQuery.Run(reader, null, null, null, null, LastDay).ToList();
        Assert.Equal("2026-10-01 Covered, 2026-10-02 Covered, 2026-10-03 Partial, 2026-10-04 Gap, 2026-10-05 Observed", string.Join(", ", days));
        Assert.Equal([2L, 0, 0, 0, 1], days.Select(day => day.Records));
        Assert.Equal((At("2026-10-01T08:00:00Z"), At("2026-10-01T20:00:00Z")), (days[0].First!.Value, days[0].Last!.Value));
        Assert.Null(days[1].First);

        Assert.Equal("2026-10-02 Covered, 2026-10-03 Partial",
            string.Join(", ", CoverageQuery.Run(reader, ["audit*"], null, At("2026-10-02T00:00:00Z"), At("2026-10-04T00:00:00Z"), Now)));
        Assert.Empty(CoverageQuery.Run(reader, ["Provisioning*"], null, null, null, Now));
        Assert.Empty(CoverageQuery.Run(reader, null, ["elsewhere"], null, null, Now));
    }

    [Fact]
    public void Days_after_the_last_record_are_missing_up_to_now()
    {
        using var mirror = new TestMirror();
        Import(mirror, "declared.json", ("2026-10-01T00:00:00Z", "2026-10-02T00:00:00Z"), null, new Event("a", "2026-10-01T08:00:00Z", "Add user"));
        using var reader = MirrorReader.Open(mirror.Path);

        // Once covered, the log is expected to go on, whether or not somebody asks for the days.
        var all = CoverageQuery.Run(reader, null, null, null, null, Now).ToList();
        Assert.Equal(20, all.Count);
        Assert.Equal(("2026-10-01 Covered", "2026-10-20 Gap"), (all[0].ToString(), all[^1].ToString()));

        // The question of a monitor: the last week, of which nothing is held.
        var week = CoverageQuery.Run(reader, null, null, Now.AddDays(-7), null, Now).ToList();
        Assert.Equal(8, week.Count);
        Assert.All(week, day => Assert.Equal(("Gap", 0L, "AuditActivity"), (day.State, day.Records, day.Kind)));

        // Days before the first, and none that are still to come.
        Assert.Equal(["2026-09-29 Gap", "2026-09-30 Gap", "2026-10-01 Covered"],
            CoverageQuery.Run(reader, null, null, At("2026-09-29T00:00:00Z"), At("2026-10-02T00:00:00Z"), Now).Select(day => day.ToString()));
        Assert.Equal("2026-10-20 Gap", CoverageQuery.Run(reader, null, null, At("2026-10-19T00:00:00Z"), At("2027-10-02T00:00:00Z"), Now).Last().ToString());
        Assert.Equal("2026-10-01 Covered", Assert.Single(CoverageQuery.Run(reader, null, null, null, At("2026-10-02T00:00:00Z"), Now)).ToString());
    }

    [Fact]
    public void A_log_that_was_only_observed_ends_with_its_last_record_unless_days_are_asked_for()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(new Event("a", "2026-10-01T08:00:00Z", "Add user").ToString());
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.Equal("2026-10-01 Observed", Assert.Single(CoverageQuery.Run(reader, null, null, null, null, Now)).ToString());
        Assert.Equal(2, CoverageQuery.Run(reader, null, null, Now.AddDays(-1), null, Now).Count());

        // A log that is not held at all is listed only for whoever names it.
        Assert.Empty(CoverageQuery.Run(reader, ["Prov*"], null, Now.AddDays(-1), null, Now));
        Assert.Equal(["Gap", "Gap"], CoverageQuery.Run(reader, ["ProvisioningLog"], null, Now.AddDays(-1), null, Now).Select(day => day.State));
    }

    [Fact]
    public void An_uncovered_time_is_an_error_for_whoever_requires_coverage()
    {
        using var mirror = new TestMirror();
        Import(mirror, "declared.json", ("2026-10-01T00:00:00Z", "2026-10-03T00:00:00Z"), null, new Event("a", "2026-10-01T08:00:00Z", "Add user"));
        using var reader = MirrorReader.Open(mirror.Path);
        var error = CoverageQuery.Gap(reader, Now.AddDays(-7), null, Now)!.Error!;
        Assert.Equal("CoverageMissing", error.ErrorId);
        Assert.Contains("the whole audit log", error.Message, StringComparison.Ordinal);
        Assert.Contains("newest record of that log is of 2026-10-01 08:00Z", error.Message, StringComparison.Ordinal);
        Assert.Contains("holds no record", CoverageQuery.Gap(reader, Now.AddDays(-7), null, Now, KindNames.ProvisioningLog)!.Error!.Message,
            StringComparison.Ordinal);
        Assert.Null(CoverageQuery.Gap(reader, At("2026-10-01T00:00:00Z"), At("2026-10-03T00:00:00Z"), Now));
    }

    [Fact]
    public void Hours_that_may_still_grow_are_no_error_by_themselves()
    {
        using var mirror = new TestMirror();
        Import(mirror, "today.json", (Now.AddDays(-2).ToString("O"), Now.ToString("O")), null, new Event("a", Now.AddDays(-2).ToString("O"), "Add user"));
        using var reader = MirrorReader.Open(mirror.Path);
        var gap = CoverageQuery.Gap(reader, Now.AddHours(-5), null, Now)!;
        Assert.Null(gap.Error);
        Assert.Contains("provisional", gap.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_two_hours_are_provisional()
    {
        using var mirror = new TestMirror();
        var now = DateTimeOffset.UtcNow;
        Import(mirror, "today.json", (now.UtcDateTime.Date.AddDays(-2).ToString("O"), now.ToString("O")), null,
            new Event("a", now.AddDays(-2).ToString("O"), "Add user"));
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.Equal("Provisional", CoverageQuery.Run(reader, null, null, null, null, now).Last().State);
        Assert.Contains("provisional", CoverageQuery.Warning(reader, now.AddHours(-5), null, now), StringComparison.Ordinal);
        Assert.Null(CoverageQuery.Warning(reader, now.AddHours(-5), now.AddHours(-3), now));
    }

    [Fact]
    public void Warns_of_what_is_not_covered()
    {
        using var mirror = new TestMirror();
        Import(mirror, "declared.json", ("2026-10-01T00:00:00Z", "2026-10-03T00:00:00Z"), null, new Event("a", "2026-10-01T08:00:00Z", "Add user"));
        Import(mirror, "observed.json", (null, null), null, new Event("c", "2026-10-05T08:00:00Z", "Add user"));
        using var reader = MirrorReader.Open(mirror.Path);

        Assert.Null(CoverageQuery.Warning(reader, At("2026-10-01T00:00:00Z"), At("2026-10-03T00:00:00Z"), Now));
        Assert.Null(CoverageQuery.Warning(reader, null, null, Now));
        Assert.Null(CoverageQuery.Warning(reader, null, At("2026-10-02T00:00:00Z"), Now));
        Assert.Null(CoverageQuery.Warning(reader, At("2027-01-01T00:00:00Z"), null, Now));
        Assert.Equal("The mirror is not known to be complete for 2026-10-03 00:00Z – 2026-10-06 00:00Z (observed only); \"no rows\" does "
            + "not mean \"nothing happened\". See Get-AuditCoverage.",
            CoverageQuery.Warning(reader, At("2026-10-02T00:00:00Z"), At("2026-10-06T00:00:00Z"), Now));
        Assert.Contains("2026-09-30 00:00Z – 2026-10-01 00:00Z (no records); 2026-10-03",
            CoverageQuery.Warning(reader, At("2026-09-30T00:00:00Z"), null, Now), StringComparison.Ordinal);
        Assert.Contains("– 2026-10-20 12:00Z", CoverageQuery.Warning(reader, At("2026-10-02T00:00:00Z"), At("2026-12-06T00:00:00Z"), Now),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_mirror_without_any_coverage_says_so()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(new Event("a", "2026-10-01T08:00:00Z", "Add user").ToString());
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.Contains("2026-10-01 00:00Z – 2026-10-02 00:00Z (observed only)",
            CoverageQuery.Warning(reader, At("2026-10-01T00:00:00Z"), At("2026-10-02T00:00:00Z"), Now), StringComparison.Ordinal);
    }

    [Fact]
    public void One_tenants_coverage_is_not_anothers()
    {
        using var mirror = new TestMirror();
        Import(mirror, "a.json", ("2026-10-01T00:00:00Z", "2026-10-03T00:00:00Z"), "tenant-a", new Event("a", "2026-10-01T08:00:00Z", "Add user"));
        Import(mirror, "b.json", (null, null), "tenant-b", new Event("b", "2026-10-02T08:00:00Z", "Add user"));
        using var reader = MirrorReader.Open(mirror.Path);
        var warning = CoverageQuery.Warning(reader, At("2026-10-01T00:00:00Z"), At("2026-10-03T00:00:00Z"), Now);
        Assert.Contains("(observed only, tenant tenant-b)", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("tenant-a", warning, StringComparison.Ordinal);
        Assert.Equal(["Covered", "Covered"], CoverageQuery.Run(reader, null, ["tenant-a"], null, At("2026-10-03T00:00:00Z"), Now).Select(day => day.State));
        Assert.Equal(["Observed"], CoverageQuery.Run(reader, null, ["*b"], null, At("2026-10-03T00:00:00Z"), Now).Select(day => day.State));
    }

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void A_tenant_without_records_in_the_time_asked_for_is_not_said_to_lack_them()
    {
        using var mirror = new TestMirror();
        Import(mirror, "a.json", ("2026-10-01T00:00:00Z", "2026-10-02T00:00:00Z"), "tenant-a", new Event("a", "2026-10-01T08:00:00Z", "Add user"));
        Import(mirror, "b.json", (null, null), "tenant-b", new Event("b", "2026-09-01T08:00:00Z", "Add user"));
        Import(mirror, "c.json", (null, null), "tenant-c", new Event("c", "2026-10-02T07:00:00Z", "Add user"));
        using var reader = MirrorReader.Open(mirror.Path);

        var warning = CoverageQuery.Warning(reader, At("2026-10-01T00:00:00Z"), At("2026-10-03T00:00:00Z"), Now);

        Assert.Contains("tenant-a", warning, StringComparison.Ordinal);
        Assert.Contains("(observed only, tenant tenant-c)", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("tenant-b", warning, StringComparison.Ordinal);
    }

    private static void Import(TestMirror mirror, string name, (string? From, string? To) covers, string? tenant, params Event[] events)
    {
        var options = new ImportOptions { MirrorPath = mirror.Path, Tenant = tenant, CoversFrom = covers.From is null ? null
            : At(covers.From), CoversTo = covers.To is null ? null : At(covers.To) };
        mirror.Import(options, mirror.Write(name, System.Text.Encoding.UTF8.GetBytes(Event.All(events))));
        Assert.Empty(mirror.Errors);
    }
}
