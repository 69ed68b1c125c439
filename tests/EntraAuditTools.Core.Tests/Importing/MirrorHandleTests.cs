using System.Globalization;
using EntraAuditTools.Core.Files;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Importing.Session;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;

namespace EntraAuditTools.Core.Tests.Importing;

/// <summary>What an import and a question do to each other that have the mirror open in one process, or want to write it both.</summary>
public sealed class MirrorHandleTests
{
    [Fact]
    public void An_import_leaves_the_locks_of_this_process_on_the_mirror_alone()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Only Linux lists the locks of a process.");
        using var mirror = new TestMirror();
        mirror.ImportText(Records.Graph("a", "2026-10-02T08:10:00Z"));
        using var reader = MirrorReader.Open(mirror.Path);
        var before = LocksOn(mirror.Path);
        Assert.NotEmpty(before);
        mirror.ImportText(Records.Graph("b", "2026-10-02T08:11:00Z"), "b.json");
        Assert.Equal(before, LocksOn(mirror.Path));
    }

    [Fact]
    public async Task An_import_that_waits_for_another_says_so_once()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Records.Graph("a", "2026-10-02T08:10:00Z"));
        var said = 0;
        using var saidSo = new ManualResetEventSlim();
        var other = MirrorLock.Acquire(mirror.Path, TimeSpan.Zero, CancellationToken.None);
        var options = new ImportOptions
        {
            MirrorPath = mirror.Path,
            Waiting = () =>
            {
                said++;
                saidSo.Set();
            },
        };
        var second = Task.Run(() => ImportSession.Open(options, CancellationToken.None).Dispose(), TestContext.Current.CancellationToken);
        saidSo.Wait(TestContext.Current.CancellationToken);
        other.Dispose();
        await second;
        Assert.Equal(1, said);
    }

    /// <summary>The locks of this process on a file, without their running numbers.</summary>
    private static List<string> LocksOn(string path)
    {
        var file = string.Create(CultureInfo.InvariantCulture, $":{FileFacts.Of(path).Number} ");
        var process = string.Create(CultureInfo.InvariantCulture, $" {Environment.ProcessId} ");
        return [.. File.ReadLines("/proc/locks")
            .Where(line => line.Contains(file, StringComparison.Ordinal) && line.Contains(process, StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..])];
    }
}
