using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Mirror;
using EntraAuditTools.Core.Tests.Queries;
using EntraAuditTools.Core.Upkeep.Checking;
using EntraAuditTools.Core.Upkeep.Removal;
using EntraAuditTools.Core.Upkeep.Salvage;
using Xunit;

namespace EntraAuditTools.Core.Tests.Upkeep;

/// <summary>
/// Backup-AuditMirror -Salvage: what can be read of a damaged mirror is saved, what comes out passes, and what is lost is said. Damage at
/// random is the campaign <c>salvage</c>.
/// </summary>
public sealed class MirrorSalvageTests : IDisposable
{
    private static readonly string[] Exports =
    [
        Event.All(new Event("a1", "2026-10-02T08:00:00Z", "Add user"), new Event("a2", "2026-10-02T09:00:00Z", "Delete user")),
        Event.All(new Event("b1", "2026-10-03T08:00:00Z", "Add group"), new Event("a2", "2026-10-02T09:00:00Z", "Delete user")),
        Event.All(new Event("c1", "2026-10-04T08:00:00Z", "Delete group")),
    ];

    private readonly TestMirror mirror = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Target => Path.Combine(mirror.Folder, "salvaged", "new.db");

    public void Dispose() => mirror.Dispose();

    [Fact]
    public void A_whole_mirror_loses_nothing_and_its_chain_goes_on()
    {
        var head = ImportAll();

        var saved = Run();

        Assert.Equal(0, saved.LostBlocks);
        Assert.Empty(saved.ImportAgain);
        Assert.Equal(4, saved.Originals);
        Assert.Equal(MirrorContent.Of(mirror.Path), MirrorContent.Of(Target));
        Assert.Empty(Check(head).Problems);
        Assert.Equal([Target], Directory.GetFileSystemEntries(Path.GetDirectoryName(Target)!));
    }

    [Fact]
    public void What_is_lost_is_said_and_comes_back_with_its_files()
    {
        var head = ImportAll(new() { MirrorPath = mirror.Path, CoversFrom = Day(2), CoversTo = Day(5) });
        var whole = MirrorContent.Of(mirror.Path, "import", "coverage", "activity");
        var activities = mirror.Activities().Select(activity => activity.Id).Order().ToList();
        Zero("SELECT hex(data) FROM block WHERE id = 1");
        var before = File.ReadAllBytes(mirror.Path);

        var saved = Run();

        Assert.Equal(before, File.ReadAllBytes(mirror.Path));
        Assert.Equal(1, saved.LostBlocks);
        // The second one's copy of a2 was no original of its own: it is lost with the first.
        Assert.Equal(["0.json", "1.json"], saved.ImportAgain.Select(import => import.Source));
        Assert.Equal(["c1", "b1"], OldMirror.Texts(Target, "SELECT record_id FROM activity ORDER BY id DESC"));
        // All declared the same span, which stands with the first.
        Assert.Empty(OldMirror.Texts(Target, "SELECT import FROM coverage"));
        // The digest of what is lost stays, so a head of before proves the rest.
        Assert.Empty(Check(head).Problems);
        Assert.Contains(Check(head).Notes, note => note.Contains("one block of originals was lost", StringComparison.Ordinal));

        File.Move(Target, mirror.Path, overwrite: true);
        ImportAll();
        Assert.Equal(activities, mirror.Activities().Select(activity => activity.Id).Order());
        Assert.Equal(whole, MirrorContent.Of(mirror.Path, "import", "coverage", "activity"));
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.Empty(OldReading.Incomplete(reader));
        Assert.Empty(MirrorCheck.Run(mirror.Path, new(head), _ => { }, Stop).Problems);
    }

    [Fact]
    public void Without_a_header_everything_is_found_by_what_it_looks_like()
    {
        ImportAll();
        Overwrite(0, new byte[100]);

        var saved = Run();

        Assert.Equal(0, saved.LostBlocks);
        Assert.Equal(MirrorContent.Of(Target).Count, saved.Imports + MirrorContent.Of(Target, "import").Count);
        Assert.Equal(4, saved.Originals);
    }

    [Fact]
    public void What_only_the_write_ahead_log_holds_is_saved_and_what_is_not_committed_is_not()
    {
        mirror.ImportText(Exports[0], "0.json");
        using var open = MirrorFile.OpenForWriting(mirror.Path);
        // Whoever reads an old state keeps the log from being emptied.
        MirrorFile.Execute(open, "BEGIN; SELECT count(*) FROM import");
        mirror.ImportText(Exports[2], "2.json");
        MirrorFile.Execute(open, "COMMIT; PRAGMA cache_spill = 1; PRAGMA cache_size = 1");
        MirrorFile.Execute(open, "BEGIN IMMEDIATE; DELETE FROM activity; DELETE FROM block; DELETE FROM import");

        var copy = Path.Combine(mirror.Folder, "copy.db");
        foreach (var ending in new[] { string.Empty, "-wal" }) File.Copy(mirror.Path + ending, copy + ending);
        Assert.True(new FileInfo(copy + "-wal").Length > 0);
        var saved = MirrorSalvage.Run(copy, Target, false, _ => { }, Stop);

        Assert.Equal((0, 2, 3), (saved.LostBlocks, saved.Imports, saved.Originals));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_damaged_mirror_of_an_older_version_becomes_one_of_this(int version)
    {
        ImportAll();
        OldMirror.Age(mirror.Path, version);
        Zero("SELECT hex(data) FROM block WHERE id = 3");

        var saved = Run();

        Assert.Equal(1, saved.LostBlocks);
        Assert.Equal(["2.json"], saved.ImportAgain.Select(import => import.Source));
        Assert.Equal([$"{MirrorSchema.Version}"], OldMirror.Texts(Target, "PRAGMA user_version"));
    }

    [Fact]
    public void Records_that_were_removed_do_not_come_back()
    {
        ImportAll();
        RecordRemoval.Run(mirror.Path, new(Day(3), LogTable.All), _ => { }, Stop);
        // The chain too is lost, so it begins anew.
        Zero("SELECT hex(digest) FROM chain WHERE position = 1");

        var saved = Run();

        Assert.Equal(0, saved.LostBlocks);
        Assert.Equal(["b1", "c1"], OldMirror.Texts(Target, "SELECT record_id FROM activity ORDER BY id"));
        Assert.Contains(saved.Notes, note => note.StartsWith("The chain begins anew", StringComparison.Ordinal));
        Assert.Contains(saved.Notes, note => note.Contains("audit activities of before 2026-10-03 were removed", StringComparison.Ordinal));
        Assert.Equal(["Salvage"], OldMirror.Texts(Target, "SELECT json_extract(content, '$.Reason') FROM chain"));
    }

    [Fact]
    public void A_row_of_an_import_that_is_lost_is_made_again_from_its_originals()
    {
        ImportAll();
        Zero("SELECT hex(source) FROM import WHERE id = 2", [0xFF]);

        var saved = Run();

        Assert.Equal(0, saved.LostBlocks);
        Assert.Contains("(its name was lost)", OldMirror.Texts(Target, "SELECT source FROM import WHERE id = 2"));
        Assert.Contains(saved.Notes, note => note.StartsWith("Of one import only originals are left", StringComparison.Ordinal));
        Assert.Equal(["4"], OldMirror.Texts(Target, "SELECT count(*) FROM activity"));
    }

    [Fact]
    public void What_is_no_mirror_is_refused_and_what_is_there_stays()
    {
        var other = mirror.Write("other.db", new byte[50_000]);
        Assert.Equal("NothingToSalvage", Refused(() => MirrorSalvage.Run(other, Target, false, _ => { }, Stop)));
        ImportAll();
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        File.WriteAllText(Target, "something");
        Assert.Equal("BackupExists", Refused(Run));
        Assert.Equal("BackupInUse", Refused(() => MirrorSalvage.Run(mirror.Path, mirror.Path, true, _ => { }, Stop)));
        Assert.Equal("something", File.ReadAllText(Target));
        Assert.Equal(0, MirrorSalvage.Run(mirror.Path, Target, true, _ => { }, Stop).LostBlocks);
    }

    private static string Refused(Func<AuditMirrorBackup> salvage) => Assert.Throws<AuditToolException>(salvage).ErrorId;

    private static DateTimeOffset Day(int day) => new(2026, 10, day, 0, 0, 0, TimeSpan.Zero);

    private string ImportAll(ImportOptions? options = null)
    {
        var files = Exports.Select((text, i) => mirror.Write($"{i}.json", System.Text.Encoding.UTF8.GetBytes(text))).ToArray();
        foreach (var file in files) mirror.Import(options ?? new() { MirrorPath = mirror.Path }, file);
        Assert.Empty(mirror.Errors);
        return OldMirror.Texts(mirror.Path, "SELECT lower(hex(digest)) FROM chain ORDER BY position DESC")[0];
    }

    private AuditMirrorBackup Run() => MirrorSalvage.Run(mirror.Path, Target, false, _ => { }, Stop);

    private AuditMirrorTest Check(string? head) => MirrorCheck.Run(Target, new(head), _ => { }, Stop);

    /// <summary>Overwrites a value where it stands in the file.</summary>
    private void Zero(string sql, byte[]? by = null)
    {
        var value = Convert.FromHexString(OldMirror.Texts(mirror.Path, sql).Single());
        var at = File.ReadAllBytes(mirror.Path).AsSpan().IndexOf(value);
        Assert.True(at > 0);
        Overwrite(at, by ?? new byte[value.Length]);
    }

    private void Overwrite(int at, byte[] bytes)
    {
        using var file = new FileStream(mirror.Path, FileMode.Open, FileAccess.ReadWrite);
        file.Position = at;
        file.Write(bytes);
    }
}
