using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;

namespace EntraAuditTools.Core.Tests.Importing;

/// <summary>The full-text index: built on first use, kept up by imports, and the same answers without it.</summary>
public sealed class SearchIndexTests
{
    [Fact]
    public void Words_are_found_before_the_index_is_built_after_it_and_in_what_is_imported_later()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Records.Graph("a", extra: ",\"additionalDetails\":[{\"key\":\"Justification\",\"value\":\"quarterly rollout\"}]"));
        Assert.Single(Find(mirror, "quarterly"));
        Assert.True(ActivitySearchIndex.Ensure(mirror.Path, null, CancellationToken.None));
        Assert.Single(Find(mirror, "quarterly roll*"));
        mirror.ImportText(Records.Graph("b", extra: ",\"additionalDetails\":[{\"key\":\"Justification\",\"value\":\"quarterly review\"}]"), "later.json");
        mirror.ImportText(Records.Graph("a",
            extra: ",\"additionalDetails\":[{\"key\":\"Justification\",\"value\":\"quarterly "
                + "rollout\"},{\"key\":\"Ticket\",\"value\":\"CHG4711\"}]"), "richer.json");
        Assert.Equal(2, Find(mirror, "quarterly").Count);
        Assert.Equal("a", Assert.Single(Find(mirror, "CHG4711")).Id);
        Assert.Empty(Find(mirror, "quarterly nonsense"));
    }

    private static List<AuditActivity> Find(TestMirror mirror, string words) => mirror.Activities(new AuditActivityFilter { Search = words });
}
