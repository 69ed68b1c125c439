using System.Runtime.Versioning;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Upkeep.Checking;

namespace EntraAuditTools.Core.Tests.Mirror.Files;

/// <summary>A mirror that others can read, or replace, is told with what to do.</summary>
public sealed class MirrorExposureTests
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static TheoryData<string, UnixFileMode, UnixFileMode, string[]> Loose => new()
    {
        { "", Owner | UnixFileMode.GroupRead, default, ["read or written by its group: chmod 600 '"] },
        { "", Owner | UnixFileMode.GroupRead | UnixFileMode.OtherRead, default, ["by everybody else: chmod 600 '"] },
        { "-wal", Owner | UnixFileMode.OtherRead, default, ["by everybody else (m'i rror.db-wal): chmod 600 '", "m'\\''i rror.db-wal' makes"] },
        { "-shm", Owner | UnixFileMode.OtherWrite, default, ["(m'i rror.db-shm)"] },
        { ".20261001.bak", Owner | UnixFileMode.OtherRead, default, ["(m'i rror.db.20261001.bak)"] },
        { "", Owner, UnixFileMode.OtherWrite, ["can be replaced by everybody else: chmod go-w '"] },
        { "", Owner, UnixFileMode.GroupWrite | UnixFileMode.OtherWrite, ["by its group and everybody else"] },
        { "", Owner | UnixFileMode.OtherRead, UnixFileMode.GroupWrite, ["chmod 600", "chmod go-w"] },
    };

    [Theory]
    [MemberData(nameof(Loose))]
    public void Is_told(string ending, UnixFileMode file, UnixFileMode folder, string[] words)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has access lists.");
            return;
        }

        using var mirror = Make(out var path);
        if (ending.Length > 0) File.WriteAllText(path + ending, "x");
        File.SetUnixFileMode(path + ending, file);
        File.SetUnixFileMode(mirror.Folder, folder | Owner | UnixFileMode.UserExecute);
        var warning = MirrorExposure.Warning(path);
        Assert.All(words, word => Assert.Contains(word, warning, StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_is_told_of_what_only_its_owner_can_read()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has access lists.");
            return;
        }

        using var mirror = Make(out var path);
        File.WriteAllText(path + ".lock", "");
        File.WriteAllText(path + ".other", "x");
        File.SetUnixFileMode(mirror.Folder,
            UnixFileMode.StickyBit | UnixFileMode.OtherWrite | Owner | UnixFileMode.UserExecute | UnixFileMode.OtherRead);
        Assert.Null(MirrorExposure.Warning(path));
        Assert.Null(MirrorExposure.Warning(path + ".none"));
    }

    [Fact]
    public void The_check_of_a_mirror_notes_it_and_the_commands_end_it()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has access lists.");
            return;
        }

        using var mirror = Make(out var path);
        var export = mirror.Write("a.json", System.Text.Encoding.UTF8.GetBytes(Records.Graph("a")));
        mirror.Import(new EntraAuditTools.Core.Importing.Records.ImportOptions { MirrorPath = path }, export);
        File.SetUnixFileMode(path, Owner | UnixFileMode.OtherRead);
        var test = MirrorCheck.Run(path, new(IsQuick: true), _ => { }, TestContext.Current.CancellationToken);
        Assert.Empty(test.Problems);
        Assert.Contains("chmod 600", Assert.Single(test.Notes), StringComparison.Ordinal);

        var command = test.Notes[0][test.Notes[0].IndexOf("chmod", StringComparison.Ordinal)..^" makes it yours alone.".Length];
        using var shell = System.Diagnostics.Process.Start("sh", ["-c", command]);
        shell.WaitForExit();
        Assert.Null(MirrorExposure.Warning(path));
    }

    [UnsupportedOSPlatform("windows")]
    private static TestMirror Make(out string path)
    {
        var mirror = new TestMirror();
        path = Path.Combine(mirror.Folder, "m'i rror.db");
        File.WriteAllText(path, "");
        File.SetUnixFileMode(path, Owner);
        File.SetUnixFileMode(mirror.Folder, Owner | UnixFileMode.UserExecute);
        return mirror;
    }
}
