using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Queries;

/// <summary>The full-text index is built once and kept up by every import from then on.</summary>
public sealed class SearchIndexTests
{
    [Fact]
    public void Later_imports_are_found_and_a_richer_copy_by_its_own_words()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(new Event("a", "2026-10-01T08:00:00Z", "Add user").ToString(), "one.json");
        Assert.True(ActivitySearchIndex.Ensure(mirror.Path, null, TestContext.Current.CancellationToken));
        Assert.True(ActivitySearchIndex.Ensure(mirror.Path, null, TestContext.Current.CancellationToken));

        mirror.ImportText(new Event("b", "2026-10-02T08:00:00Z", "Delete user") { Reason = "farewell" }.ToString(), "two.json");
        mirror.ImportText(new Event("a", "2026-10-01T08:00:00Z", "Add user") { Reason = "welcome",
            Details = [new { key = "Justification", value = "new colleague" }] }.ToString(), "three.json");

        Assert.Equal("b", Assert.Single(mirror.Activities(new() { Search = "farewell" })).Id);
        Assert.Equal("a", Assert.Single(mirror.Activities(new() { Search = "\"new colleague\" welc*" })).Id);
        Assert.Equal(["b", "a"], mirror.Activities(new() { Search = "user" }).Select(activity => activity.Id));
    }

    [Fact]
    public void Building_it_can_be_stopped_and_leaves_nothing_behind()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(new Event("a", "2026-10-01T08:00:00Z", "Add user").ToString());
        Assert.Throws<OperationCanceledException>(() => ActivitySearchIndex.Ensure(mirror.Path, _ => { }, new CancellationToken(canceled: true)));
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.False(ActivitySearchIndex.Exists(reader));
    }
}
