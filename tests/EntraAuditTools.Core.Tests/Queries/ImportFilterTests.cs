using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Values;
using EntraAuditTools.Core.Tests.Importing;

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

    private static string Ids(MirrorReader reader, params long[] imports) =>
        string.Join(',', AuditActivityQuery.Run(reader, new() { ImportId = imports }).Select(activity => activity.Id));
}
