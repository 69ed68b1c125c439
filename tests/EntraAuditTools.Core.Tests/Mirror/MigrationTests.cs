using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Queries;
using Xunit;

namespace EntraAuditTools.Core.Tests.Mirror;

/// <summary>Mirrors that older versions made are brought up to date by the next import, and kept as they were beside it.</summary>
public sealed class MigrationTests
{
    private static readonly Event[] Events =
    [
        new("a1", "2026-10-02T08:00:00Z", "Add user"),
        new("a2", "2026-10-02T09:00:00Z", "Delete user"),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_next_import_brings_an_older_mirror_up_to_date(int version)
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Event.All(Events[0]));
        OldMirror.Age(mirror, version);
        Assert.Equal([$"{version}"], OldMirror.Texts(mirror.Path, "PRAGMA user_version"));

        mirror.ImportText(Event.All(Events[1]), "next.json");

        using var reader = MirrorReader.Open(mirror.Path);
        Assert.Equal(MirrorSchema.Version, reader.SchemaVersion);
        Assert.Equal(["a2", "a1"], AuditActivityQuery.Run(reader, new()).Select(activity => activity.Id));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void An_upgraded_mirror_has_the_tables_of_a_new_one(int version)
    {
        using var upgraded = new TestMirror();
        upgraded.ImportText(Event.All(Events[0]));
        OldMirror.Age(upgraded, version);
        upgraded.ImportText(Event.All(Events[1]), "next.json");
        using var fresh = new TestMirror();
        fresh.ImportText(Event.All(Events[0]));

        const string Schema = "SELECT name || ': ' || coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%' ORDER BY name";
        static string Plain(string sql) =>
            string.Join(' ', sql.Split('\n').Select(line => line.Trim()).Where(line => !line.StartsWith("--", StringComparison.Ordinal)));
        Assert.Equal(OldMirror.Texts(fresh.Path, Schema).Select(Plain), OldMirror.Texts(upgraded.Path, Schema).Select(Plain));
    }

    [Fact]
    public void A_mirror_is_kept_as_it_was_before_it_is_changed()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Event.All(Events[0]));
        OldMirror.Age(mirror, 2);

        mirror.ImportText(Event.All(Events[1]), "next.json");

        var backup = Assert.Single(Directory.GetFiles(Path.GetDirectoryName(mirror.Path)!, "*.bak"));
        Assert.Contains(mirror.Notes, note => note.Contains(backup, StringComparison.Ordinal));
        Assert.Equal(["2"], OldMirror.Texts(backup, "PRAGMA user_version"));
        Assert.Equal(["1"], OldMirror.Texts(backup, "SELECT count(*) FROM activity"));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(backup));
    }

    [Fact]
    public void A_new_mirror_needs_no_backup()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Event.All(Events));
        mirror.ImportText(Event.All(Events), "again.json");

        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(mirror.Path)!, "*.bak"));
        Assert.DoesNotContain(mirror.Notes, note => note.Contains("older version", StringComparison.Ordinal));
    }

    [Fact]
    public void A_migration_that_fails_leaves_the_mirror_as_it_was()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Event.All(Events[0]));
        OldMirror.Age(mirror, 2);
        // Something of that name is there already: the new table can't be made.
        OldMirror.Execute(mirror.Path, "CREATE TABLE activity_mention (x)");

        Assert.ThrowsAny<AuditToolException>(() => mirror.ImportText(Event.All(Events[1]), "next.json"));

        Assert.Equal(["2"], OldMirror.Texts(mirror.Path, "PRAGMA user_version"));
        Assert.Empty(OldMirror.Texts(mirror.Path, "SELECT name FROM sqlite_master WHERE name = 'activity_twin'"));
        Assert.Equal(["1"], OldMirror.Texts(mirror.Path, "SELECT count(*) FROM activity"));
    }
}
