using System.Diagnostics;
using System.Text.RegularExpressions;
using EntraAuditTools.Core.Mirror.Shared;
using EntraAuditTools.Core.Tests.Team;
using EntraAuditTools.Trust.Mirrors;
using EntraAuditTools.Trust.Programs;
using EntraAuditTools.Trust.Running;

namespace EntraAuditTools.Trust.Team;

/// <summary>
/// Ends copies of a mirror to a server that holds another one, at random moments, or the server, several times one after the other, and lets
/// the last one finish: before that everybody asks the one or the other.
/// </summary>
internal sealed partial class TeamCopyCampaign : ICampaign
{
    private const int MostEndings = 4;

    // A copy of the sample tenant takes some seconds.
    private const int LongestWait = 4000;

    public string Name => "crash-team-copy";

    public string Promise => "A mirror that is copied to a server is there as it was or as it is, wherever the copy is killed, and goes on from there.";

    public int ShortRounds => 1;

    public string? Missing => PostgreSqlCluster.Find() == null ? "No PostgreSQL is installed (initdb and pg_ctl)." : null;

    public void Run(Round round)
    {
        var server = PostgreSqlCluster.Find()!;
        var exports = Exports.OfSampleTenant(round.PathOf("exports"), round.Random);
        var (file, name) = (round.PathOf("own.db"), server.NewDatabase());
        _ = Undisturbed.Import(file, exports);
        var right = MirrorRows.Of(file);
        var first = Start(round, name, ["import", exports.Files[0]]).WaitForEnd();
        round.Expect(first.ExitCode is 0 or 3, $"the first import ended with {first.ExitCode}: {first.Error}");
        var before = MirrorRows.Of(TeamEnding.Copy(round, name));
        for (var i = round.Random.Next(1, MostEndings + 1); i > 0; i--)
        {
            Interrupt(round, server, name, file);
            server.Execute(ServerName.Parse(name), "UPDATE entra_audit.mirror SET lease_until = now() - interval '1 second'");
            var now = MirrorRows.Of(TeamEnding.Copy(round, name));
            round.Expect(now.SequenceEqual(before) || now.SequenceEqual(right), "the server holds neither the one mirror nor the other");
        }

        var end = Start(round, name, Arguments(file, name)).WaitForEnd();
        round.Expect(end.ExitCode == 0, $"the last copy ended with {end.ExitCode}: {end.Error}");
        if (WentOn().IsMatch(end.Output + end.Error)) round.Count("went on where it was");
        var last = TeamEnding.Copy(round, name);
        round.Expect(MirrorRows.Of(last).SequenceEqual(right), "the server holds another mirror than was copied");
        MirrorCheck.IsWhole(round, last, "after the last copy");
        round.Expect((long)server.Execute(ServerName.Parse(name),
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'entra_audit' AND tablename LIKE 'copying%'")! == 0, "rows on their way were left");
    }

    [GeneratedRegex(@"went\s+on\s+where", RegexOptions.CultureInvariant)]
    private static partial Regex WentOn();

    private static string[] Arguments(string file, string name) => ["copy", name, "--mirror", file, "--force"];

    private static void Interrupt(Round round, PostgreSqlCluster server, string name, string file)
    {
        using var program = Start(round, name, Arguments(file, name));
        TeamEnding.AtRandom(round, server, program, LongestWait);
    }

    private static AuditProgram Start(Round round, string name, string[] arguments)
    {
        var by = new ProcessStartInfo("dotnet");
        by.Environment["ENTRAAUDIT_COPIES"] = round.PathOf("machine");
        return AuditProgram.Start(name, by, [AuditProgram.Path, .. arguments]);
    }
}
