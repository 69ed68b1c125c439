using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Queries;

/// <summary>What objects read after their query: from the mirror as it is then, from any thread, and without holding on to its file.</summary>
public sealed class LateReadTests
{
    [Fact]
    public void A_mirror_that_was_replaced_is_not_answered_from_the_old_file()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(new Event("a", "2026-10-01T08:00:00Z", "Add user") { Reason = "old" }.ToString(), "old.json");
        var before = mirror.Activities();
        Assert.Equal("old", before[0].ResultReason);

        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(mirror.Path)!)) File.Delete(file);
        mirror.ImportText(new Event("a", "2026-10-01T08:00:00Z", "Add user") { Reason = "new" }.ToString(), "new.json");
        var after = Assert.Single(mirror.Activities());
        Assert.Equal("new", after.ResultReason);
        Assert.Equal("new.json", Assert.Single(after.Evidence).Source);
    }

    [Fact]
    public void Many_threads_read_the_parts_of_one_answer()
    {
        using var mirror = new TestMirror();
        var events = Enumerable.Range(0, 400)
            .Select(n => new Event($"id{n}", $"2026-10-01T08:{n / 60:00}:{n % 60:00}Z", "Add user") { Reason = $"reason {n}" });
        mirror.ImportText(Event.All([.. events]));
        var activities = mirror.Activities();
        Parallel.ForEach(activities, activity =>
        {
            Assert.Equal($"reason {activity.Id![2..]}", activity.ResultReason);
            Assert.Equal("export.json", Assert.Single(activity.Evidence).Source);
        });
    }

    [Fact]
    public void The_mirror_can_be_imported_into_while_objects_are_read()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(new Event("a", "2026-10-01T08:00:00Z", "Add user") { Reason = "why" }.ToString(), "first.json");
        var first = mirror.Activities();
        Assert.Single(first[0].Evidence);
        mirror.ImportText(new Event("b", "2026-10-02T08:00:00Z", "Add user") { Reason = "later" }.ToString(), "second.json");
        Assert.Equal("later", mirror.Activities()[0].ResultReason);
        Assert.Equal("why", first[0].ResultReason);
    }
}
