using System.Diagnostics;
using System.Text;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Importing.Session;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Coverage;

namespace EntraAuditTools.Core.Tests.Importing;

/// <summary>What is wrong with the mirror itself ends the import, once and at once; and what must not be opened is not.</summary>
public sealed class MirrorFaultTests
{
    private static readonly DateTimeOffset Day = new(2026, 10, 2, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("deleted")]
    [InlineData("replaced")]
    public void A_mirror_that_goes_away_during_the_import_is_an_error(string what)
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows lets nobody delete an open file.");
        using var mirror = new TestMirror();
        var a = mirror.Write("a.json", Encoding.UTF8.GetBytes(Records.Graph("a")));
        var error = Assert.Throws<AuditToolException>(() =>
        {
            using var session = ImportSession.Open(new ImportOptions { MirrorPath = mirror.Path }, CancellationToken.None);
            session.ImportFile(a, "a.json", _ => { }, mirror.Errors.Add, _ => { }, CancellationToken.None);
            File.Delete(mirror.Path);
            if (what == "replaced") File.WriteAllText(mirror.Path, "something else");
            session.ImportFile(mirror.Write("b.json", Encoding.UTF8.GetBytes(Records.Graph("b"))), "b.json", _ => { }, mirror.Errors.Add,
                _ => { }, CancellationToken.None);
            session.Complete();
        });
        Assert.Equal("MirrorVanished", error.ErrorId);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.Empty(mirror.Errors);
    }

    [Fact]
    public void A_full_disk_ends_the_import_in_words_and_cleaning_up_hides_it_not()
    {
        using var mirror = new TestMirror();
        var full = new Microsoft.Data.Sqlite.SqliteException("SQLite Error 13: 'database or disk is full'.", SQLitePCL.raw.SQLITE_FULL);
        var options = new ImportOptions { MirrorPath = mirror.Path, Writing = _ => throw full };
        var error = Assert.Throws<AuditToolException>(() =>
            mirror.Import(options, mirror.Write("a.json", Encoding.UTF8.GetBytes(Records.Graph("a"))),
                mirror.Write("b.json", Encoding.UTF8.GetBytes(Records.Graph("b")))));
        Assert.Equal("MirrorWriteFailed", error.ErrorId);
        Assert.Contains("disk is full", error.Message, StringComparison.Ordinal);
        Assert.Empty(mirror.Errors);
    }

    [Fact]
    public void A_named_pipe_is_refused_as_source_and_as_mirror()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Named pipes among files are made with mkfifo on Linux.");
        using var mirror = new TestMirror();
        var pipe = Path.Combine(mirror.Folder, "pipe.json");
        using (var mkfifo = Process.Start("mkfifo", pipe)) mkfifo.WaitForExit();
        mirror.Import(pipe, "/dev/zero", mirror.Write("a.json", Encoding.UTF8.GetBytes(Records.Graph("a"))));
        Assert.Equal(["SourceIsNoFile", "SourceIsNoFile"], mirror.Errors.Select(e => e.ErrorId));
        Assert.Single(mirror.Activities());
        Assert.Equal("NotAMirror",
            Assert.Throws<AuditToolException>(() => ImportSession.Open(new ImportOptions { MirrorPath = pipe }, CancellationToken.None)).ErrorId);
        Assert.Equal("NotAMirror", Assert.Throws<AuditToolException>(() => MirrorReader.Open(pipe)).ErrorId);
    }

    [Fact]
    public void A_name_that_is_too_long_is_an_immediate_error()
    {
        using var mirror = new TestMirror();
        var path = Path.Combine(mirror.Folder, new string('x', 300) + ".db");
        var error = Assert.Throws<AuditToolException>(() => ImportSession.Open(new ImportOptions { MirrorPath = path }, CancellationToken.None));
        Assert.Equal("MirrorAccessDenied", error.ErrorId);
    }

    [Fact]
    public void What_stays_in_the_log_while_somebody_reads_the_next_import_brings_into_the_file()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Records.Graph("a"), "a.json");
        var log = new FileInfo(mirror.Path + "-wal");
        using (var reader = MirrorReader.Open(mirror.Path))
        {
            using var state = reader.BeginRead();
            Assert.Single(AuditActivityQuery.Run(reader, new()));
            mirror.ImportText(Records.Graph("b"), "b.json");
            Assert.Single(AuditActivityQuery.Run(reader, new()));
            log.Refresh();
            Assert.True(log.Length > 0);
        }

        Assert.Equal(2, mirror.Activities().Count);
        mirror.ImportText(Records.Graph("c"), "c.json");
        log.Refresh();
        Assert.True(!log.Exists || log.Length == 0);
        Assert.Equal(3, mirror.Activities().Count);
    }

    [Fact]
    public void The_mirrors_own_files_are_left_alone_under_whatever_name()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Records.Graph("a"));
        var own = new MirrorFiles(mirror.Path);
        Assert.True(own.Contains(mirror.Path + "-wal") && own.Contains(mirror.Path + "-shm") && own.Contains(mirror.Path + ".lock"));
        Assert.False(own.Contains(mirror.Path + ".json"));
        Assert.Empty(ExportFileFinder.Files(Path.GetDirectoryName(mirror.Path)!, recurse: true, mirror.Errors.Add, own));
        mirror.Import(mirror.Path);
        Assert.Equal("SourceIsMirror", Assert.Single(mirror.Errors).ErrorId);
        if (OperatingSystem.IsWindows()) return;
        var link = Path.Combine(mirror.Folder, "link.json");
        File.CreateSymbolicLink(link, mirror.Path);
        Assert.True(own.Contains(link));
    }

    [Fact]
    public void What_is_made_is_its_owners_alone_and_what_is_not_is_said()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has access lists.");
            return;
        }

        using var mirror = new TestMirror();
        var path = Path.Combine(mirror.Folder, "one", "two", "mirror.db");
        var options = new ImportOptions { MirrorPath = path };
        var file = mirror.Write("a.json", Encoding.UTF8.GetBytes(Records.Graph("a")));
        mirror.Import(options, file);
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(mirror.Folder, "one")));
        Assert.Equal(Owner, File.GetUnixFileMode(path));
        Assert.Empty(mirror.Notes);
        File.SetUnixFileMode(path, Owner | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        mirror.Import(options, file);
        Assert.Contains("chmod 600", Assert.Single(mirror.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Pages_prove_together_also_when_the_import_was_killed_between_them()
    {
        using var mirror = new TestMirror();
        string[] pages = [Page(mirror, 3, "a"), Page(mirror, 2, "b"), Page(mirror, 1, null)];
        // Killed: the session ends without its end, and the pages that follow are never read.
        using (var session = ImportSession.Open(new ImportOptions { MirrorPath = mirror.Path }, CancellationToken.None))
        {
            foreach (var page in pages[..2]) session.ImportFile(page, page, _ => { }, mirror.Errors.Add, _ => { }, CancellationToken.None);
        }

        Assert.NotNull(Warning(mirror));
        Assert.Equal(["AlreadyImported", "AlreadyImported", "Imported"], mirror.Import(pages).Select(r => r.Status));
        Assert.Null(Warning(mirror));
    }

    [Fact]
    public void What_is_declared_counts_for_files_that_are_known()
    {
        using var mirror = new TestMirror();
        var file = mirror.Write("a.json", Encoding.UTF8.GetBytes(Records.Graph("a", "2026-10-02T08:00:00Z")));
        mirror.Import(file);
        Assert.NotNull(Warning(mirror));
        mirror.Import(new ImportOptions { MirrorPath = mirror.Path, CoversFrom = Day, CoversTo = Day.AddDays(1) }, file);
        Assert.Null(Warning(mirror));
    }

    private static string? Warning(TestMirror mirror)
    {
        using var reader = MirrorReader.Open(mirror.Path);
        return CoverageQuery.Warning(reader, Day, Day.AddDays(1), Day.AddDays(30));
    }

    private static string Page(TestMirror mirror, int day, string? next) => mirror.Write($"p{day}.json", Encoding.UTF8.GetBytes(
        $$"""{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#auditLogs/directoryAudits",{{(next == null ? string.Empty : $"\"@odata.nextLink\":\"https://x?$skiptoken={next}\",")}}"value":[{{Records.Graph($"p{day}", $"2026-10-0{day}T12:00:00Z")}}]}"""));
}
