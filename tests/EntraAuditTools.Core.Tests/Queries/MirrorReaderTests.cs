using System.Runtime.InteropServices;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Tests.Importing;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Tests.Queries;

/// <summary>What is wrong with a mirror is said in words.</summary>
public sealed class MirrorReaderTests
{
    [Fact]
    public void Missing() => AssertError("MirrorNotFound", mirror => Path.Combine(mirror.Folder, "none.db"), "Import-AuditExport");

    [Fact]
    public void A_folder() => AssertError("NotAMirror", mirror => mirror.Folder, null);

    [Fact]
    public void A_text_file() =>
        AssertError("NotAMirror",
            mirror => mirror.Write("notes.txt", "Dear diary, today I imported nothing at all, and it was a quiet day."u8.ToArray()), null);

    [Fact]
    public void An_empty_file() => AssertError("NotAMirror", mirror => mirror.Write("empty.db", Array.Empty<byte>()), null);

    [Fact]
    public void Somebody_elses_database() => AssertError("NotAMirror", mirror => Database(mirror, "CREATE TABLE t (a)"), null);

    [Fact]
    public void A_newer_version() =>
        AssertError("MirrorNewer",
            mirror => Database(mirror,
                $"PRAGMA application_id = {MirrorSchema.ApplicationId}; PRAGMA user_version = {MirrorSchema.Version + 1}; CREATE TABLE t (a)"), "Update");

    [Fact]
    public void Damage_in_the_middle_is_an_error_and_not_a_short_answer()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(string.Join('\n', Enumerable.Range(0, 3000)
            .Select(i => new Event($"id{i}", $"2026-10-01T08:{i / 60 % 60:00}:{i % 60:00}Z", $"Add user {i}").ToString())));
        using (var stream = File.OpenWrite(mirror.Path))
        {
            var junk = new byte[8192];
            new Random(1).NextBytes(junk);
            for (var at = 8192L; at + junk.Length < stream.Length; at += 4 * junk.Length)
            {
                stream.Position = at;
                stream.Write(junk);
            }
        }

        var error = Assert.Throws<AuditToolException>(() =>
        {
            using var reader = MirrorReader.Open(mirror.Path);
            return AuditActivityQuery.Run(reader, new()).Select(activity => activity.Targets.Count).ToList();
        });
        Assert.Equal("MirrorDamaged", error.ErrorId);
    }

    [Fact]
    public void A_read_only_folder_is_read()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(new Event("a", "2026-10-01T08:00:00Z", "Add user").ToString());
        var folder = Path.GetDirectoryName(mirror.Path)!;
        SkipUnlessPermissionsCount(folder);
        try
        {
            Assert.Equal("a", Assert.Single(mirror.Activities()).Id);
            Assert.Equal("Add user", Assert.Single(mirror.Activities(new() { Search = "user" })).Activity);
            Assert.False(ActivitySearchIndex.Ensure(mirror.Path, null, TestContext.Current.CancellationToken));
        }
        finally
        {
            Allow(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void A_file_that_may_not_be_read()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(new Event("a", "2026-10-01T08:00:00Z", "Add user").ToString());
        SkipUnlessPermissionsCount(mirror.Path);
        Allow(mirror.Path, UnixFileMode.None);
        Assert.Equal("MirrorAccessDenied", Assert.Throws<AuditToolException>(() => MirrorReader.Open(mirror.Path)).ErrorId);
    }

    private static void SkipUnlessPermissionsCount(string path)
    {
        Assert.SkipWhen(RuntimeInformation.IsOSPlatform(OSPlatform.Windows), "Unix permissions");
        Allow(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.SkipWhen(Environment.UserName == "root", "root may read and write everything");
    }

    private static void Allow(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, mode);
    }

    private static string Database(TestMirror mirror, string sql)
    {
        var path = Path.Combine(mirror.Folder, "other.db");
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
        return path;
    }

    private static void AssertError(string errorId, Func<TestMirror, string> make, string? advice)
    {
        using var mirror = new TestMirror();
        var path = make(mirror);
        var error = Assert.Throws<AuditToolException>(() => MirrorReader.Open(path));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        if (advice is not null) Assert.Contains(advice, error.RecommendedAction, StringComparison.Ordinal);
    }
}
