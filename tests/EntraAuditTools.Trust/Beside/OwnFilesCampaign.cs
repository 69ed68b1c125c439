using System.Diagnostics;
using EntraAuditTools.Trust.Mirrors;
using EntraAuditTools.Trust.Programs;
using EntraAuditTools.Trust.Running;

namespace EntraAuditTools.Trust.Beside;

/// <summary>
/// Looks at which files the program opens: closing any handle on a mirror beside SQLite's drops the locks of its process. SQLite follows
/// no link (O_NOFOLLOW), .NET does: so they can be told apart.
/// </summary>
internal sealed class OwnFilesCampaign : ICampaign
{
    private static readonly string[][] Commands =
        [["activity", "--first", "5"], ["activity", "--search", "user"], ["coverage"], ["update"], ["update", "--force"]];

    public string Name => "own-files";

    public string Promise => "The program opens a mirror that exists, its write-ahead log and its index through SQLite alone.";

    public int ShortRounds => 1;

    public string? Missing => new PowerCut.PowerCutCampaign().Missing;

    public void Run(Round round)
    {
        var exports = Exports.OfSampleTenant(round.PathOf("exports"), round.Random);
        var mirror = round.PathOf("mirror.db");
        Undisturbed.Import(mirror, exports);
        foreach (var command in (string[][])[.. Commands, exports.Arguments, [.. exports.Arguments, "--force"], ["import", round.Folder]])
        {
            var trace = round.PathOf("trace.txt");
            using (var program = AuditProgram.Start(mirror, new ProcessStartInfo("strace"),
                ["-f", "-s", "4096", "-e", "trace=open,openat", "-o", trace, "dotnet", AuditProgram.Path, .. command]))
            {
                program.WaitForEnd();
            }

            foreach (var line in File.ReadLines(trace).Where(line => Names(line, mirror)))
            {
                round.Count("times that a mirror's file was opened");
                round.Expect(line.Contains("O_NOFOLLOW", StringComparison.Ordinal), $"{string.Join(' ', command)}: {line}");
            }
        }
    }

    private static bool Names(string line, string mirror) =>
        ((string[])["", "-wal", "-shm", "-journal"]).Any(ending => line.Contains($"\"{mirror}{ending}\"", StringComparison.Ordinal));
}
