using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Values;
using EntraAuditTools.Core.Queries.Imports;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Mirror;

namespace EntraAuditTools.Core.Tests.Queries;

/// <summary>What came with an import: what it added, what it brought again, and other copies of what was there.</summary>
public sealed class ImportFilterTests : IDisposable
{
    private static readonly Event One = new("1", "2026-01-01T08:00:00Z", "Add user"), Two = new("2", "2026-01-01T09:00:00Z", "Update user"),
        Three = new("3", "2026-01-01T10:00:00Z", "Delete user");

    private readonly TestMirror mirror = new();

    public void Dispose() => mirror.Dispose();

    [Fact]
    public void An_import_has_what_it_brought_first_or_again()
    {
        mirror.ImportText(Event.All(One, Two));
        mirror.ImportText(Event.All(Two, Three));
        // The same event from a richer export: another copy of it.
        mirror.ImportText(Event.All(One with { Reason = "Because." }));
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.Equal("2,1", Ids(reader, 1));
        Assert.Equal("3,2", Ids(reader, 2));
        Assert.Equal("1", Ids(reader, 3));
        Assert.Equal("3,2,1", Ids(reader, 2, 3));
        Assert.Equal(string.Empty, Ids(reader, 9));
        Assert.Equal(2, AuditActivityQuery.Count(reader, new() { ImportId = [2] }));
        Assert.Equal("Update user", AuditActivityQuery.Run(reader, new() { ImportId = [1], Activity = ["Up*"] }).Single().Activity);
        Assert.Contains("import 1 or 2", AuditActivityQuery.Describe(new() { ImportId = [1, 2] }), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_new_is_what_a_later_import_brought_first()
    {
        var early = new Event("0", "2025-01-01T08:00:00Z", "Add group");
        mirror.ImportText(Event.All(One, Two));
        // Again, a fuller copy of what was there, and what is new although it happened before all else.
        mirror.ImportText(Event.All(Two, One with { Reason = "Because." }, early));
        // A fuller copy of what the second import brought first.
        mirror.ImportText(Event.All(early with { Reason = "Because." }, Three));
        using var reader = MirrorReader.Open(mirror.Path);
        var started = Started(reader);
        Assert.Equal("3,2,1,0", NewSince(reader, started[0].AddTicks(-1)));
        Assert.Equal("3,0", NewSince(reader, started[0]));
        Assert.Equal("3", NewSince(reader, started[1]));
        Assert.Equal(string.Empty, NewSince(reader, started[2]));
        Assert.Equal(2, AuditActivityQuery.Count(reader, new() { ImportedAfter = started[0] }));
        Assert.Equal(2, AuditActivityMeasureQuery.Run(reader, new() { ImportedAfter = started[0] }, ["Activity"]).Count());
        Assert.Equal("0", string.Join(',', AuditActivityQuery.Run(reader, new() { ImportedAfter = started[0], ImportId = [2] }).Select(one => one.Id)));
        Assert.Contains("first brought by an import that started after 2026-01-01 08:00:00Z",
            AuditActivityQuery.Describe(new() { ImportedAfter = new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero) }), StringComparison.Ordinal);
        Assert.Contains("can match", AuditActivityQuery.DescribeSql(reader, new() { ImportedAfter = started[2] }), StringComparison.Ordinal);
    }

    [Fact]
    public void An_import_whose_clock_was_set_back_is_later_than_those_before_it()
    {
        mirror.ImportText(Event.All(One));
        mirror.ImportText(Event.All(Two));
        mirror.ImportText(Event.All(Three));
        OldMirror.Execute(mirror.Path, "UPDATE import SET started = (SELECT started FROM import WHERE id = 1) - 1 WHERE id = 3");
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.Equal("3,2", NewSince(reader, Started(reader)[0]));
    }

    [Theory]
    [InlineData("Update application - Secrets ")]
    [InlineData("Update application - Secrets")]
    [InlineData("Update application - Secrets\u00a0 \t")]
    public void An_activity_with_a_blank_behind_it_is_the_same(string written)
    {
        mirror.ImportText(Event.All(One with { Activity = written, Category = "ApplicationManagement " },
            Two with { Activity = "Update application - Secrets", Category = "ApplicationManagement" }));
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.Equal(2, Assert.Single(AuditActivityMeasureQuery.Run(reader, new(), ["Activity", "Category"])).Count);
        foreach (var asked in new[] { "Update application - Secrets", "Update application - Secrets ", " update application - secrets",
            "*secrets ", "Update*" })
            Assert.Equal(2, AuditActivityQuery.Count(reader, new() { Activity = [asked], Category = ["ApplicationManagement "] }));
        Assert.All(AuditActivityQuery.Run(reader, new()), activity => Assert.Equal("Update application - Secrets", activity.Activity));
        Assert.Single(FilterValueQuery.Run(reader, ActivityLog.Definition.Field("Activity"), "Update", 10, null));
    }

    private static List<DateTimeOffset> Started(MirrorReader reader) =>
        [.. ImportHistoryQuery.Imports(reader, null).OrderBy(import => import.ImportId).Select(import => import.Started)];

    private static string NewSince(MirrorReader reader, DateTimeOffset time) =>
        string.Join(',', AuditActivityQuery.Run(reader, new() { ImportedAfter = time }).Select(activity => activity.Id));

    private static string Ids(MirrorReader reader, params long[] imports) =>
        string.Join(',', AuditActivityQuery.Run(reader, new() { ImportId = imports }).Select(activity => activity.Id));
}
