using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Mirror;
using EntraAuditTools.Core.Tests.Queries;
using EntraAuditTools.Core.Upkeep.Backup;
using EntraAuditTools.Core.Upkeep.Checking;
using Microsoft.Data.Sqlite;
using Xunit;

namespace EntraAuditTools.Core.Tests.Upkeep;

/// <summary>Backup-AuditMirror: a file of that name is a whole backup, whatever happens meanwhile.</summary>
public sealed class MirrorBackupTests : IDisposable
{
    private static readonly Event[] Events =
    [
        new("a1", "2026-10-02T08:00:00Z", "Add user"),
        new("a2", "2026-10-02T09:00:00Z", "Delete user"),
    ];

    private readonly TestMirror mirror = new();

    private string Target => Path.Combine(mirror.Folder, "backups", "copy.db");

    public void Dispose() => mirror.Dispose();

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    public void A_mirror_of_every_version_is_backed_up(int version, bool isMigrated)
    {
        mirror.ImportText(Event.All(Events[0]));
        OldMirror.Age(mirror, version);
        if (isMigrated) mirror.ImportText(Event.All(Events[1]), "next.json");

        var backup = Run();

        var schema = Assert.Single(OldMirror.Texts(Target, "PRAGMA user_version"));
        Assert.Equal(isMigrated ? OldMirror.Texts(mirror.Path, "PRAGMA user_version").Single() : $"{version}", schema);
        Assert.Equal(isMigrated ? 2 : 1, backup.Imports);
        Assert.Equal([], MirrorCheck.Run(Target, new(), _ => { }, TestContext.Current.CancellationToken).Problems);
        Assert.Equal([Target], Directory.GetFiles(Path.GetDirectoryName(Target)!));
    }

    [Fact]
    public void What_is_committed_is_in_it_and_nothing_else()
    {
        mirror.ImportText(Event.All(Events[0]));
        using var writer = MirrorFile.OpenForWriting(mirror.Path);
        // In the write-ahead log alone, and half of it not committed.
        MirrorFile.Execute(writer, "INSERT INTO meta VALUES ('committed', 1); BEGIN IMMEDIATE; INSERT INTO meta VALUES ('open', 1)");

        Run();

        Assert.Equal(["committed"], OldMirror.Texts(Target, "SELECT name FROM meta"));
        MirrorFile.Execute(writer, "COMMIT");
    }

    [Fact]
    public void It_is_one_state_although_imports_go_on()
    {
        mirror.ImportText(Event.All(Events[0]));
        var imports = 0;
        MirrorBackup.Run(mirror.Path, Target, false, _ =>
        {
            if (imports < 5) mirror.ImportText(Event.All(Events[1] with { Id = $"b{imports}" }), $"next{imports++}.json");
        }, TestContext.Current.CancellationToken);
        Assert.Equal(["1"], OldMirror.Texts(Target, "SELECT count(*) FROM import"));
        Assert.Equal([$"{imports + 1}"], OldMirror.Texts(mirror.Path, "SELECT count(*) FROM import"));
    }

    [Fact]
    public void What_a_kill_left_gives_way()
    {
        mirror.ImportText(Event.All(Events[0]));
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        File.WriteAllText(Target + MirrorFiles.BackupPartEnding, "half of it");
        File.WriteAllText(Target + MirrorFiles.BackupPartEnding + "-journal", "half of it");
        Run();
        Assert.Equal([Target], Directory.GetFiles(Path.GetDirectoryName(Target)!));
    }

    [Fact]
    public void A_stop_leaves_nothing_and_the_earlier_one_stays()
    {
        mirror.ImportText(Event.All(Events[0]));
        Run();
        var before = File.ReadAllBytes(Target);
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => MirrorBackup.Run(mirror.Path, Target, true, _ => { }, stop.Token));
        Assert.Equal([Target], Directory.GetFiles(Path.GetDirectoryName(Target)!));
        Assert.Equal(before, File.ReadAllBytes(Target));
    }

    [Fact]
    public void A_mirror_whose_originals_were_changed_is_not_backed_up()
    {
        mirror.ImportText(Event.All(Events[0]));
        Run();
        OldMirror.Execute(mirror.Path, "UPDATE block SET data = CAST(substr(data, 1, length(data) - 1) || x'01' AS BLOB)");
        var error = Assert.Throws<AuditToolException>(() => Run(isForced: true));
        Assert.Equal("BackupNotWhole", error.ErrorId);
        Assert.Contains("damaged", error.Message, StringComparison.Ordinal);
        Assert.Equal([Target], Directory.GetFiles(Path.GetDirectoryName(Target)!));
        Assert.Equal([], MirrorCheck.Run(Target, new(IsQuick: true), _ => { }, TestContext.Current.CancellationToken).Problems);
    }

    [Fact]
    public void A_mirror_with_overwritten_pages_is_not_backed_up()
    {
        mirror.ImportText(Event.All(Events[0]));
        using (var file = new FileStream(mirror.Path, FileMode.Open, FileAccess.ReadWrite))
        {
            file.Position = 8192 * 7;
            file.Write(new byte[8192]);
        }

        Assert.Contains(Assert.Throws<AuditToolException>(() => Run()).ErrorId, new[] { "BackupNotWhole", "MirrorDamaged" });
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(Target)!));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-wal")]
    [InlineData(".lock")]
    [InlineData(".upgrade")]
    public void Files_of_the_mirror_are_not_replaced(string ending)
    {
        mirror.ImportText(Event.All(Events[0]));
        var error = Assert.Throws<AuditToolException>(
            () => MirrorBackup.Run(mirror.Path, mirror.Path + ending, true, _ => { }, TestContext.Current.CancellationToken));
        Assert.Equal("BackupInUse", error.ErrorId);
    }

    [Fact]
    public void A_mirror_that_is_in_use_is_not_replaced()
    {
        mirror.ImportText(Event.All(Events[0]));
        using var other = new TestMirror();
        other.ImportText(Event.All(Events[1]));
        using var user = MirrorFile.OpenForWriting(other.Path);
        MirrorFile.Execute(user, "INSERT INTO meta VALUES ('new', 1)");
        var error = Assert.Throws<AuditToolException>(
            () => MirrorBackup.Run(mirror.Path, other.Path, true, _ => { }, TestContext.Current.CancellationToken));
        Assert.Equal("BackupInUse", error.ErrorId);
    }

    [Fact]
    public void The_file_and_its_folder_are_their_owner_s_alone()
    {
        if (OperatingSystem.IsWindows()) return;
        mirror.ImportText(Event.All(Events[0]));
        Run();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Target));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(Path.GetDirectoryName(Target)!));
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_said()
    {
        mirror.ImportText(Event.All(Events[0]));
        var file = mirror.Write("file", [1]);
        var error = Assert.Throws<AuditToolException>(
            () => MirrorBackup.Run(mirror.Path, Path.Combine(file, "copy.db"), false, _ => { }, TestContext.Current.CancellationToken));
        Assert.Equal("BackupFailed", error.ErrorId);
    }

    [Fact]
    public void A_folder_gets_a_file_of_the_mirror_s_name_and_the_time()
    {
        var now = new DateTimeOffset(2026, 11, 1, 7, 0, 0, TimeSpan.FromHours(1));
        Assert.Equal(Path.Combine(mirror.Folder, "mirror-20261101T060000Z.db"), BackupPlace.Of(mirror.Path, mirror.Folder, now));
        Assert.Equal(Path.Combine(mirror.Folder, "new", "mirror-20261101T060000Z.db"),
            BackupPlace.Of(mirror.Path, Path.Combine(mirror.Folder, "new") + Path.DirectorySeparatorChar, now));
        Assert.Equal(Target, BackupPlace.Of(mirror.Path, Target, now));
    }

    [Fact]
    public void What_killed_backups_left_in_a_folder_is_named_and_deleted_after_a_day()
    {
        mirror.ImportText(Event.All(Events[0]));
        var folder = Path.GetDirectoryName(Target)!;
        Directory.CreateDirectory(folder);
        string Left(string stamp, string of)
        {
            var part = Path.Combine(folder, $"{of}-{stamp}.db{MirrorFiles.BackupPartEnding}");
            File.WriteAllText(part, "half of it");
            return part;
        }

        var name = Path.GetFileNameWithoutExtension(mirror.Path);
        var (old, young, others) = (Left("20261001T060000Z", name), Left("20261101T060000Z", name), Left("20261001T060000Z", "other"));
        var salvage = Path.Combine(folder, $"{name}-20261001T070000Z.db.salvage-part");
        Directory.CreateDirectory(salvage);
        foreach (var file in new[] { old, others }) File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(-2));

        Directory.SetLastWriteTimeUtc(salvage, DateTime.UtcNow.AddDays(-2));

        var note = Assert.Single(Run().Notes);

        Assert.Contains(young, note, StringComparison.Ordinal);
        Assert.False(File.Exists(old));
        Assert.False(Directory.Exists(salvage));
        Assert.True(File.Exists(young));
        Assert.True(File.Exists(others));
    }

    private AuditMirrorBackup Run(bool isForced = false) =>
        MirrorBackup.Run(mirror.Path, Target, isForced, _ => { }, TestContext.Current.CancellationToken);
}
