using EntraAuditTools.Trust.Mirrors;
using EntraAuditTools.Trust.Programs;
using EntraAuditTools.Trust.Running;

namespace EntraAuditTools.Trust.Place;

/// <summary>Deletes, moves or replaces a mirror while an import writes it. Windows allows none of it.</summary>
internal sealed class MovedMirrorCampaign : ICampaign
{
    public string Name => "moved-mirror";

    public string Promise =>
        "An import whose mirror is deleted, moved or replaced under it says so, and leaves the mirror that took its place alone.";

    public int ShortRounds => 2;

    public string? Missing => OperatingSystem.IsWindows() ? "On Windows a file that is open can't be deleted or replaced." : null;

    private enum Change
    {
        Deleted,
        DeletedWithItsFiles,
        Moved,
        Replaced,
        ReplacedWithItsFiles,
    }

    public void Run(Round round)
    {
        var exports = Exports.OfSampleTenant(round.PathOf("exports"), round.Random);
        var change = round.Random.GetItems(Enum.GetValues<Change>(), 1)[0];
        var other = round.PathOf("other.db");
        Undisturbed.Import(other, new([exports.Files[round.Random.Next(exports.Files.Count)]]));
        var kept = TableDump.Of(other);

        var mirror = Path.Combine(Directory.CreateDirectory(round.PathOf("place")).FullName, "mirror.db");
        using (var watch = new MirrorWatch(mirror))
        using (var program = AuditProgram.Start(mirror, exports.Arguments))
        {
            var at = round.Random.Next(1, exports.Files.Count * 3 / 4);
            while (!program.IsOver && watch.Finished() < at) Thread.Sleep(2);
            watch.Dispose();
            if (program.IsOver) return;
            Make(change, mirror, other);
            round.Count($"{change}".ToLowerInvariant());
            var end = program.WaitForEnd();
            round.Expect(end.ExitCode == 5, $"{change}: the import ended with {end.ExitCode}: {end.Error}");
            round.Expect(end.Error.Contains("while it was being written", StringComparison.Ordinal), $"{change}: it says: {end.Error}");
        }

        if (change is Change.Replaced or Change.ReplacedWithItsFiles)
        {
            MirrorCheck.IsWhole(round, mirror, $"{change}, what took its place");
            round.Expect(TableDump.Of(mirror).SequenceEqual(kept), $"{change}: what took its place was changed");
        }

        var again = AuditProgram.Run(mirror, exports.Arguments);
        round.Expect(again.ExitCode == 0, $"{change}: the next import ended with {again.ExitCode}: {again.Error}");
        MirrorCheck.IsWhole(round, mirror, $"{change}, after the next import");
    }

    private static void Make(Change change, string mirror, string other)
    {
        if (change is Change.DeletedWithItsFiles or Change.ReplacedWithItsFiles)
        {
            foreach (var file in (string[])["-wal", "-shm"]) File.Delete(mirror + file);
        }

        switch (change)
        {
            case Change.Deleted or Change.DeletedWithItsFiles:
                File.Delete(mirror);
                break;
            case Change.Moved:
                File.Move(mirror, mirror + "-moved");
                break;
            default:
                File.Move(other, mirror, overwrite: true);
                break;
        }
    }
}
