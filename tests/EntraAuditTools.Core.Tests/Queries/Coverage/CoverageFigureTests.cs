using System.Globalization;
using System.Text;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Coverage;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Mirror;
using EntraAuditTools.Core.Tests.Provisioning;
using EntraAuditTools.Core.Tests.Twins;

namespace EntraAuditTools.Core.Tests.Queries.Coverage;

/// <summary>The danger: figures of a day, or the words of a gap, are another tenant's, another log's or another time's.</summary>
public sealed class CoverageFigureTests : IDisposable
{
    private static readonly DateTimeOffset Now = At("2026-10-20T12:00:00Z");

    private readonly TestMirror mirror = new();

    public void Dispose() => mirror.Dispose();

    [Fact]
    public void A_day_has_its_first_and_last_record_and_an_empty_day_none()
    {
        Import("a.json", null, null, new Event("a", "2026-10-01T08:00:00Z", "Add user"), new Event("b", "2026-10-01T20:00:00Z", "Add user"),
            new Event("c", "2026-10-03T09:00:00Z", "Add user"), new Event("d", "2026-10-03T19:00:00Z", "Add user"));
        Assert.Equal(
            ["2026-10-01 2 08:00 20:00", "2026-10-02 0 - -", "2026-10-03 2 09:00 19:00"],
            Run().Select(day => $"{day.Day:O} {day.Records} {Hour(day.First)} {Hour(day.Last)}"));
    }

    [Fact]
    public void Records_that_say_no_tenant_count_as_the_only_tenants()
    {
        Import("a.json", "tenant-a", null, new Event("a", "2026-10-01T10:00:00Z", "Add user"));
        Import("b.json", null, null, new Event("b", "2026-10-01T08:00:00Z", "Add user"),
            new Event("c", "2026-10-01T20:00:00Z", "Add user"), new Event("d", "2026-10-02T10:00:00Z", "Add user"));
        Import("c.json", "tenant-a", null, new Event("e", "2026-10-02T08:00:00Z", "Add user"),
            new Event("f", "2026-10-02T20:00:00Z", "Add user"));
        Assert.Equal(["2026-10-01 tenant-a 3 08:00 20:00", "2026-10-02 tenant-a 3 08:00 20:00"],
            Run().Select(day => $"{day.Day:O} {day.TenantId} {day.Records} {Hour(day.First)} {Hour(day.Last)}"));
    }

    [Fact]
    public void With_two_tenants_those_that_say_none_are_a_log_of_their_own_and_all_are_in_order()
    {
        Import("b.json", "tenant-b", null, new Event("b", "2026-10-01T08:00:00Z", "Add user"));
        Import("a.json", "tenant-a", null, new Event("a", "2026-10-01T08:00:00Z", "Add user"),
            new Event("a2", "2026-10-02T08:00:00Z", "Add user"));
        Import("c.json", null, null, new Event("c", "2026-10-01T08:00:00Z", "Add user"));
        mirror.Import(mirror.Write("p.json", Encoding.UTF8.GetBytes(Entries.Graph("p1"))));
        var kinds = Run().Select(day => $"{day.Day:MM-dd} {day.Kind} {day.TenantId ?? "-"}").ToList();
        Assert.Equal(
            ["10-01 AuditActivity -", "10-01 AuditActivity tenant-a", "10-01 AuditActivity tenant-b", "10-02 AuditActivity tenant-a"],
            kinds.Where(kind => kind.Contains("Audit", StringComparison.Ordinal)));
        // By day, then by log, then by tenant.
        Assert.Equal(kinds.Order(StringComparer.Ordinal), kinds);
    }

    [Fact]
    public void Kinds_are_asked_for_by_any_of_several_patterns()
    {
        Import("a.json", null, null, new Event("a", "2026-10-01T08:00:00Z", "Add user"));
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.Single(CoverageQuery.Run(reader, ["Prov*", "audit*"], null, null, null, Now));
        Assert.Single(CoverageQuery.Run(reader, [], null, null, null, Now));
        Assert.Empty(CoverageQuery.Run(reader, ["Prov*", "Sign*"], null, null, null, Now));
        // A log that is named is listed though nothing of it is held; one that a pattern finds is not.
        var days = CoverageQuery.Run(reader, ["ProvisioningLog", "x*"], null, Now.AddDays(-1), null, Now);
        Assert.Equal(["ProvisioningLog Gap 0", "ProvisioningLog Gap 0"], days.Select(day => $"{day.Kind} {day.State} {day.Records}"));
    }

    [Fact]
    public void An_event_that_both_logs_have_counts_once()
    {
        mirror.ImportText(Event.All(UnifiedEvent.InDirectory("d", "2026-10-02T08:00:00.5Z", "Update user")), "directory.json");
        mirror.ImportText(UnifiedEvent.All(new UnifiedEvent("u", "2026-10-02T08:00:00", "Update user")), "unified.jsonl");
        Assert.Equal(1, Run().Sum(day => day.Records));
    }

    /// <summary>What is covered of a day (hours), the hour of a record, the hour that it is now; the day's state then.</summary>
    [Theory]
    [InlineData("0-24", "8", 48, "Covered")]
    [InlineData("0-12", "8", 48, "Partial")]
    [InlineData("12-24", "", 48, "Partial")]
    [InlineData("", "8", 48, "Observed")]
    [InlineData("", "", 48, "Gap")]
    // Until two hours after its end a day may still grow.
    [InlineData("0-24", "8", 25, "Provisional")]
    [InlineData("0-24", "8", 26, "Covered")]
    [InlineData("0-12", "8", 25, "Partial")]
    [InlineData("", "8", 25, "Observed")]
    [InlineData("", "", 25, "Gap")]
    // A day that is not over: covered as far as two hours ago.
    [InlineData("0-10", "8", 12, "Provisional")]
    [InlineData("0-11", "8", 12, "Provisional")]
    [InlineData("0-9", "8", 12, "Partial")]
    [InlineData("", "8", 12, "Observed")]
    // So early that nothing of it is settled yet.
    [InlineData("0-1", "0.5", 1, "Provisional")]
    [InlineData("", "0.5", 1, "Observed")]
    [InlineData("", "", 1, "Gap")]
    public void A_day_is_what_is_known_of_it(string covered, string record, double now, string state)
    {
        var day = At("2026-10-05T00:00:00Z");
        DateTimeOffset Hour(string hour) => day.AddHours(double.Parse(hour, CultureInfo.InvariantCulture));
        // Another day makes the log known.
        Import("other.json", null, null, new Event("o", "2026-10-01T08:00:00Z", "Add user"));
        var hours = covered.Split('-');
        (DateTimeOffset, DateTimeOffset)? span = covered.Length == 0 ? null : (Hour(hours[0]), Hour(hours[1]));
        if (record.Length > 0) Import("a.json", null, span, new Event("a", Hour(record).ToString("O"), "Add user"));
        else if (span != null) Import("a.json", null, span, new Event("a", "2026-10-01T09:00:00Z", "Add user"));
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.Equal(state, Assert.Single(CoverageQuery
            .Run(reader, ["AuditActivity"], null, day, day.AddDays(1), day.AddHours(now))).State);
    }

    [Fact]
    public void Without_a_beginning_a_gap_is_looked_for_from_the_first_that_is_known()
    {
        Import("a.json", null, (At("2026-10-03T00:00:00Z"), At("2026-10-05T00:00:00Z")),
            new Event("a", "2026-10-01T08:00:00Z", "Add user"));
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.StartsWith("The mirror is not known to be complete for 2026-10-01 08:00Z – 2026-10-03 00:00Z (observed only);",
            CoverageQuery.Warning(reader, null, At("2026-10-05T00:00:00Z"), Now), StringComparison.Ordinal);

        using var covered = new TestMirror();
        covered.Import(new ImportOptions { MirrorPath = covered.Path, CoversFrom = At("2026-10-03T00:00:00Z"),
            CoversTo = At("2026-10-05T00:00:00Z") },
            covered.Write("a.json", Encoding.UTF8.GetBytes(Event.All(new Event("a", "2026-10-04T08:00:00Z", "Add user")))));
        using var other = MirrorReader.Open(covered.Path);
        Assert.Null(CoverageQuery.Warning(other, null, At("2026-10-05T00:00:00Z"), Now));
        Assert.Contains("2026-10-05 00:00Z – 2026-10-06 00:00Z (no records)",
            CoverageQuery.Warning(other, null, At("2026-10-06T00:00:00Z"), Now),
            StringComparison.Ordinal);
        // Of a log of which nothing is known there is nothing to miss before now.
        Assert.Null(CoverageQuery.Gap(other, null, At("2026-10-05T00:00:00Z"), Now, KindNames.ProvisioningLog));
    }

    [Fact]
    public void Whose_gap_it_is_and_whether_there_are_records_is_said_by_tenant()
    {
        Import("a.json", "tenant-a", (At("2026-10-01T00:00:00Z"), At("2026-10-02T00:00:00Z")),
            new Event("a", "2026-10-01T08:00:00Z", "Add user"),
            new Event("a2", "2026-10-03T08:00:00Z", "Add user"));
        Import("b.json", "tenant-b", (At("2026-10-01T00:00:00Z"), At("2026-10-03T00:00:00Z")),
            new Event("b", "2026-10-02T08:00:00Z", "Add user"));
        Import("c.json", null, null, new Event("c", "2026-10-02T09:00:00Z", "Add user"));
        using var reader = MirrorReader.Open(mirror.Path);
        var gap = CoverageQuery.Gap(reader, At("2026-10-01T00:00:00Z"), At("2026-10-04T00:00:00Z"), Now)!;
        Assert.Equal(
        [
            "2026-10-01 00:00Z – 2026-10-04 00:00Z (observed only, tenant unknown)",
            "2026-10-02 00:00Z – 2026-10-04 00:00Z (observed only, tenant tenant-a)",
            "2026-10-03 00:00Z – 2026-10-04 00:00Z (no records, tenant tenant-b)",
        ], gap.Missing);
    }

    [Fact]
    public void Coverage_from_before_the_first_record_counts_and_days_are_listed_to_the_end_of_coverage_to_come()
    {
        Import("a.json", null, (At("2026-10-03T00:00:00Z"), At("2026-10-05T00:00:00Z")),
            new Event("a", "2026-10-04T08:00:00Z", "Add user"));
        Import("b.json", null, (At("2026-10-01T00:00:00Z"), At("2026-10-02T00:00:00Z")),
            new Event("a", "2026-10-04T08:00:00Z", "Add user"));
        using (var reader = MirrorReader.Open(mirror.Path))
        {
            Assert.Equal(["2026-10-02 00:00Z – 2026-10-03 00:00Z (no records)"],
                CoverageQuery.Gap(reader, null, At("2026-10-05T00:00:00Z"), Now)!.Missing);
        }

        Import("c.json", null, (At("2026-10-20T00:00:00Z"), At("2026-10-23T00:00:00Z")),
            new Event("a", "2026-10-04T08:00:00Z", "Add user"));
        Assert.Equal(At("2026-10-22T00:00:00Z").Date, Run()[^1].Day.ToDateTime(default));
    }

    /// <summary>Stretches that no import writes, of a mirror from elsewhere: beyond the calendar, and ends before beginnings.</summary>
    [Theory]
    [InlineData("0, 1")]
    [InlineData("9223372036854775806, 9223372036854775807")]
    [InlineData("-9223372036854775808, 0")]
    [InlineData("639265248650000000, 639265248640000000")]
    public void Coverage_that_cannot_be_is_none(string span)
    {
        Import("a.json", null, null, new Event("a", "2026-10-01T08:00:00Z", "Add user"));
        OldMirror.Execute(mirror.Path, $"INSERT INTO coverage (kind, tenant, from_time, to_time, basis, import) "
            + $"VALUES ('AuditActivity', 0, {span}, 'Declared', 1)");
        Assert.Equal(["2026-10-01 Observed"], Run().Select(day => $"{day.Day:O} {day.State}"));
    }

    [Fact]
    public void Of_many_gaps_four_are_named_with_seconds_where_there_are_some()
    {
        for (var day = 1; day <= 6; day++)
        {
            Import($"{day}.json", null, (At($"2026-10-0{day}T00:00:00Z"), At($"2026-10-0{day}T12:00:05Z")),
                new Event($"{day}", $"2026-10-0{day}T08:00:00Z", "Add user"));
        }

        using var reader = MirrorReader.Open(mirror.Path);
        string Warning(int days) => CoverageQuery.Warning(reader, At("2026-10-01T00:00:00Z"), At($"2026-10-0{days + 1}T00:00:00Z"), Now)!;
        static string Part(int day) => $"2026-10-0{day} 12:00:05Z – 2026-10-0{day + 1} 00:00Z (no records)";
        const string Begin = "The mirror is not known to be complete for ",
            End = "; \"no rows\" does not mean \"nothing happened\". See Get-AuditCoverage.";
        Assert.Equal($"{Begin}{Part(1)}; {Part(2)}; {Part(3)}; {Part(4)}{End}", Warning(4));
        Assert.Equal($"{Begin}{Part(1)}; {Part(2)}; {Part(3)}; {Part(4)}; and 2 more{End}", Warning(6));
        Assert.Equal("Import the exports of that time (-CoversFrom and -CoversTo say what an export covers), "
            + "ask for a time that is covered (Get-AuditCoverage lists it), or leave -RequireCoverage out to see what there is.",
            CoverageQuery.Gap(reader, At("2026-10-01T00:00:00Z"), At("2026-10-03T00:00:00Z"), Now)!.Error!.RecommendedAction);
    }

    [Fact]
    public void A_log_that_a_mirror_is_too_old_for_has_no_records()
    {
        Import("a.json", null, null, new Event("a", "2026-10-01T08:00:00Z", "Add user"));
        OldMirror.Age(mirror, 1);
        using var reader = MirrorReader.Open(mirror.Path);
        var (after, before) = (At("2026-10-01T00:00:00Z"), At("2026-10-02T00:00:00Z"));
        var gap = CoverageQuery.Gap(reader, after, before, Now, KindNames.ProvisioningLog)!;
        Assert.Equal(["2026-10-01 00:00Z – 2026-10-02 00:00Z (no records)"], gap.Missing);
        Assert.Equal(["AuditActivity Observed", "ProvisioningLog Gap"],
            CoverageQuery.Run(reader, ["AuditActivity", "ProvisioningLog"], null, after, before, Now)
                .Select(day => $"{day.Kind} {day.State}"));
    }

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);

    private static string Hour(DateTimeOffset? time) => time?.ToString("HH:mm", CultureInfo.InvariantCulture) ?? "-";

    private List<AuditCoverage> Run()
    {
        using var reader = MirrorReader.Open(mirror.Path);
        return CoverageQuery.Run(reader, null, null, null, null, Now).ToList();
    }

    private void Import(string name, string? tenant, (DateTimeOffset From, DateTimeOffset To)? covers, params Event[] events)
    {
        var options = new ImportOptions { MirrorPath = mirror.Path, Tenant = tenant, CoversFrom = covers?.From, CoversTo = covers?.To };
        mirror.Import(options, mirror.Write(name, Encoding.UTF8.GetBytes(Event.All(events))));
        Assert.Empty(mirror.Errors);
    }
}
