using System.Globalization;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Activities.FirstSeen;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Queries;

/// <summary>When values were first seen, with which import, and what that proves.</summary>
public sealed class FirstSeenTests : IDisposable
{
    private const string Unproven = "not covered before";

    private readonly TestMirror mirror = new();

    public void Dispose() => mirror.Dispose();

    [Fact]
    public void A_value_is_new_only_where_the_time_before_is_covered()
    {
        Import("observed.json", null, null, Did("1", "2026-09-20T08:00:00Z", "ann"));
        Import("covered.json", "2026-10-01T00:00:00Z", "2026-10-20T00:00:00Z", Did("2", "2026-10-01T09:00:00Z", "bo"),
            Did("3", "2026-10-02T09:00:00Z", "cy"), Did("4", "2026-10-13T10:00:00Z", "di"), Did("5", "2026-10-14T10:00:00Z", "ann"));
        Import("later.json", null, null, Did("6", "2026-10-21T08:00:00Z", "ed"), Did("7", "2026-10-21T09:00:00Z", "di"));
        Assert.Equal(
            [
                $"ed 2026-10-21 3 False {Unproven}",
                "di 2026-10-13 2 True 12 covered days",
                "cy 2026-10-02 2 True 1 covered day",
                "bo 2026-10-01 2 False first covered day",
                $"ann 2026-09-20 1 False {Unproven}",
            ], Seen(new(), "Actor"));
        using var reader = MirrorReader.Open(mirror.Path);
        var di = FirstSeenQuery.Run(reader, new AuditActivityFilter { InitiatedBy = ["di@contoso.com"] }, ["Actor"]).Single();
        Assert.Equal((2, 2, 0, At("2026-10-01T00:00:00Z")), (di.Count, di.Success, di.Failure, di.CoveredSince));
        Assert.Equal((At("2026-10-13T10:00:00Z"), At("2026-10-21T09:00:00Z")), (di.First, di.Last));
    }

    [Fact]
    public void A_gap_ends_what_the_statement_rests_on()
    {
        Import("a.json", "2026-10-01T00:00:00Z", "2026-10-05T00:00:00Z", Did("1", "2026-10-01T09:00:00Z", "ann"));
        Import("b.json", "2026-10-06T00:00:00Z", "2026-10-20T00:00:00Z", Did("2", "2026-10-06T09:00:00Z", "bo"));
        Assert.StartsWith("bo 2026-10-06 2 False first covered day", Seen(new(), "Actor")[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Times_and_imports_are_those_of_the_first_activity()
    {
        Import("a.json", null, null, Did("1", "2026-10-01T09:00:00Z", "ann"));
        Import("b.json", null, null, Did("2", "2026-10-08T09:00:00Z", "ann"), Did("3", "2026-10-09T09:00:00Z", "bo"),
            Did("4", "2026-10-10T09:00:00Z", "bo"));
        // Again, and a fuller copy of it: it stays the first import's.
        Import("c.json", null, null, Did("3", "2026-10-09T09:00:00Z", "bo") with { Reason = "Because." });
        Assert.Equal(["bo"], Names(new() { After = At("2026-10-08T00:00:00Z") }));
        Assert.Equal(["ann"], Names(new() { Before = At("2026-10-09T00:00:00Z") }));
        Assert.Empty(Names(new() { After = At("2026-10-09T12:00:00Z") }));
        Assert.Equal(["bo"], Names(new() { ImportId = [2] }));
        Assert.Empty(Names(new() { ImportId = [3] }));
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.Equal(2, FirstSeenQuery.Run(reader, new(), ["Actor"]).First().FirstImportId);
        var started = reader.Query("SELECT started FROM import ORDER BY id", row => row.GetInt64(0)).ToList();
        Assert.Equal(["bo"], Names(new() { ImportedAfter = new(started[0], TimeSpan.Zero) }));
        Assert.Empty(Names(new() { ImportedAfter = new(started[1], TimeSpan.Zero) }));
    }

    [Fact]
    public void Each_tenant_rests_on_its_own_coverage()
    {
        ImportOf("tenant-a", "a.json", "2026-10-01T00:00:00Z", "2026-10-20T00:00:00Z", Did("1", "2026-10-10T09:00:00Z", "ann"));
        ImportOf("tenant-b", "b.json", "2026-10-09T12:00:00Z", "2026-10-20T00:00:00Z", Did("2", "2026-10-10T09:00:00Z", "bo"));
        Assert.All(Seen(new(), "Actor"), row => Assert.EndsWith(" first covered day", row, StringComparison.Ordinal));
        Assert.Equal(["True", "False"], Seen(new(), "Actor", "Tenant").Order(StringComparer.Ordinal).Select(row => row.Split(' ')[4]));
        Assert.Contains(" True ", Assert.Single(Seen(new() { Tenant = ["tenant-a"] }, "Actor")), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_grouping_answers_as_without_it()
    {
        var ann = Event.Person("a", "ann@contoso.com", ip: "203.0.113.7");
        Import("a.json", null, null,
            new Event("1", "2026-10-01T09:00:00Z", "Add user") { User = ann, Targets = [Event.Target("t", "Bo")] });
        using var reader = MirrorReader.Open(mirror.Path);
        foreach (var by in AuditActivityMeasureQuery.Dimensions)
        {
            var measure = AuditActivityMeasureQuery.Run(reader, new(), [by]).Single();
            var seen = FirstSeenQuery.Run(reader, new(), [by]).Single();
            Assert.Equal((measure.Group[by], measure.Count, measure.First, 1L),
                (seen.Group[by], seen.Count, seen.First, seen.FirstImportId));
        }

        Assert.Empty(FirstSeenQuery.Run(reader, new AuditActivityFilter { Activity = ["none"] }, []));
    }

    private static Event Did(string id, string time, string who) =>
        new(id, time, "Update user") { User = Event.Person(who, $"{who}@contoso.com") };

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);

    private void Import(string name, string? from, string? to, params Event[] events) => ImportOf(null, name, from, to, events);

    private void ImportOf(string? tenant, string name, string? from, string? to, params Event[] events)
    {
        var options = new ImportOptions
        {
            MirrorPath = mirror.Path, Tenant = tenant, CoversFrom = from is null ? null : At(from), CoversTo = to is null ? null : At(to),
        };
        mirror.Import(options, mirror.Write(name, System.Text.Encoding.UTF8.GetBytes(Event.All(events))));
        Assert.Empty(mirror.Errors);
    }

    private List<string> Names(LogFilter filter) => [.. Seen(filter, "Actor").Select(row => row.Split(' ')[0])];

    private List<string> Seen(LogFilter filter, params string[] by)
    {
        using var reader = MirrorReader.Open(mirror.Path);
        return [.. FirstSeenQuery.Run(reader, filter, by).Select(row =>
            $"{string.Join(' ', row.Group.Values.Select(value => value?.ToString()?.Replace("@contoso.com", "", StringComparison.Ordinal)))} "
                + $"{row.First:yyyy-MM-dd} {row.FirstImportId} {row.IsNew} {row.RestsOn}")];
    }
}
