using System.Globalization;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Activities.Comparing;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Queries;

/// <summary>Two times beside each other, with all days, and with days that are missing.</summary>
public sealed class ActivityComparisonTests : IDisposable
{
    private static readonly Event[] Events =
    [
        Did("1", "2026-10-02T08:00:00Z", "ann"), Did("2", "2026-10-03T08:00:00Z", "bo"), Did("3", "2026-10-03T09:00:00Z", "bo"),
        Did("4", "2026-10-04T09:00:00Z", "cy"), Did("5", "2026-10-05T09:00:00Z", "ed"), Did("6", "2026-10-05T10:00:00Z", "ed"),
        Did("7", "2026-10-08T08:00:00Z", "bo"), Did("8", "2026-10-09T08:00:00Z", "bo"), Did("9", "2026-10-09T09:00:00Z", "bo"),
        Did("10", "2026-10-10T09:00:00Z", "cy"), Did("11", "2026-10-11T09:00:00Z", "di"), Did("12", "2026-10-12T09:00:00Z", "ed"),
    ];

    private readonly TestMirror mirror = new();

    public void Dispose() => mirror.Dispose();

    [Theory]
    [InlineData("2026-10-01T00:00:00Z", "2026-10-15T00:00:00Z", "ann Gone 1 0, bo More 2 3, di New 0 1, ed Fewer 2 1, cy Same 1 1")]
    [InlineData("2026-10-08T00:00:00Z", "2026-10-15T00:00:00Z", "ann Gone 1 0, bo Unknown 2 3, di Unknown 0 1, ed Fewer 2 1, cy Unknown 1 1")]
    [InlineData("2026-10-01T00:00:00Z", "2026-10-14T12:00:00Z", "ann Unknown 1 0, bo More 2 3, di New 0 1, ed Unknown 2 1, cy Unknown 1 1")]
    [InlineData(null, null, "ann Unknown 1 0, bo Unknown 2 3, di Unknown 0 1, ed Unknown 2 1, cy Unknown 1 1")]
    public void What_is_not_covered_is_never_gone_or_new(string? from, string? to, string expected)
    {
        Import(from, to);
        Assert.Equal(expected, string.Join(", ", Compare(new())));
    }

    [Fact]
    public void Days_without_coverage_are_counted()
    {
        Import("2026-10-02T00:00:00Z", "2026-10-13T12:00:00Z");
        using var reader = MirrorReader.Open(mirror.Path);
        var row = Run(reader, new()).First();
        Assert.Equal((1, 2), (row.ReferenceDaysNotCovered, row.DaysNotCovered));
        Assert.Equal((At("2026-10-01T00:00:00Z"), At("2026-10-08T00:00:00Z"), At("2026-10-08T00:00:00Z"), At("2026-10-15T00:00:00Z")),
            (row.ReferenceAfter, row.ReferenceBefore, row.After, row.Before));
    }

    [Fact]
    public void Filters_are_those_of_both_times()
    {
        Import("2026-10-01T00:00:00Z", "2026-10-15T00:00:00Z");
        Assert.Equal(["bo More 2 3"], Compare(new() { InitiatedBy = ["bo@contoso.com"] }));
        Assert.Empty(Compare(new() { Activity = ["none"] }));
    }

    private static Event Did(string id, string time, string who) =>
        new(id, time, "Update user") { User = Event.Person(who, $"{who}@contoso.com") };

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);

    private static IEnumerable<AuditActivityComparison> Run(MirrorReader reader, AuditActivityFilter asked) =>
        ActivityComparison.Run(reader,
        new AuditActivityFilter
        {
            After = At("2026-10-08T00:00:00Z"), Before = At("2026-10-15T00:00:00Z"), InitiatedBy = asked.InitiatedBy, Activity = asked.Activity,
        },
        (At("2026-10-01T00:00:00Z"), At("2026-10-08T00:00:00Z")), ["Actor"]);

    private void Import(string? from, string? to)
    {
        var options = new ImportOptions
        {
            MirrorPath = mirror.Path, CoversFrom = from is null ? null : At(from), CoversTo = to is null ? null : At(to),
        };
        mirror.Import(options, mirror.Write("a.json", System.Text.Encoding.UTF8.GetBytes(Event.All(Events))));
        Assert.Empty(mirror.Errors);
    }

    private List<string> Compare(AuditActivityFilter filter)
    {
        using var reader = MirrorReader.Open(mirror.Path);
        return [.. Run(reader, filter).Select(row =>
            $"{((string)row.Group["Actor"]!).Split('@')[0]} {row.Change} {row.ReferenceCount} {row.Count}")];
    }
}
