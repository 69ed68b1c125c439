using System.Diagnostics;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Shared;
using EntraAuditTools.Core.Tests.Team;
using EntraAuditTools.Trust.Mirrors;
using EntraAuditTools.Trust.Programs;
using EntraAuditTools.Trust.Running;

namespace EntraAuditTools.Trust.Team;

/// <summary>
/// Ends imports into a mirror on a server at random moments, or the server, several times one after the other, on one machine or another,
/// and lets the last one finish. In half of the rounds the logs are asked on the server, and no machine has a copy of them.
/// </summary>
internal sealed class TeamCrashCampaign : ICampaign
{
    private const int MostEndings = 4, Machines = 2;

    // An import of the exports takes some seconds.
    private const int LongestWait = 5000;

    public string Name => "crash-team-import";

    public string Promise =>
        "A mirror on a server whose importer, or whose server, was killed is whole in every copy, and becomes what a file would be.";

    public int ShortRounds => 1;

    public string? Missing => PostgreSqlCluster.Find() == null ? "No PostgreSQL is installed (initdb and pg_ctl)." : null;

    public void Run(Round round)
    {
        var server = PostgreSqlCluster.Find()!;
        var exports = Exports.OfSampleTenant(round.PathOf("exports"), round.Random);
        var promised = Undisturbed.Import(round.PathOf("undisturbed.db"), exports);
        var name = server.NewDatabase();
        var areLogsThere = round.Random.Next(2) == 0;
        if (areLogsThere)
        {
            round.Count("rounds without copies of the logs");
            SharedMirrors.Of(ServerName.Parse(name)).Initialize(new([], [], []), asksLogs: true);
        }

        for (var i = round.Random.Next(1, MostEndings + 1); i > 0; i--)
        {
            Interrupt(round, server, name, exports);
            // What a killed import holds for a minute.
            if (HasMirror(server, name)) server.Execute(ServerName.Parse(name), "UPDATE entra_audit.mirror SET lease_until = now() - interval '1 second'");
            else continue;
            var copy = TeamEnding.Copy(round, name);
            MirrorCheck.IsWhole(round, copy, "after an ending");
        }

        var end = Start(round, name, exports, machine: 0).WaitForEnd();
        round.Expect(end.ExitCode == 0, $"the last import ended with {end.ExitCode}: {end.Error}");
        var last = TeamEnding.Copy(round, name);
        MirrorCheck.IsWhole(round, last, "after the last import");
        MirrorCheck.HasContent(round, promised, last, "after the last import");
        // The importer's own copy, which went through all of it, has what the server has: all of it, or all but the logs.
        var own = Directory.GetFiles(round.PathOf("machine0"), "*.db").Single();
        var there = MirrorRows.Of(last);
        if (areLogsThere) there = there.FindAll(IsHere);
        round.Expect((areLogsThere ? MirrorRows.Of(own).FindAll(IsNoBlock) : MirrorRows.Of(own)).SequenceEqual(there),
            "the importer's copy is another than the server's");

        // Of blocks, whose originals stay on the server, it has another row.
        static bool IsNoBlock(string row) => !row.StartsWith(LightCopy.Blocks + ":", StringComparison.Ordinal);
        static bool IsHere(string row) => IsNoBlock(row) && !LightCopy.LeftOut.Contains(row[..row.IndexOf(':', StringComparison.Ordinal)]);
    }

    private static void Interrupt(Round round, PostgreSqlCluster server, string name, Exports exports)
    {
        using var program = Start(round, name, exports, round.Random.Next(Machines));
        TeamEnding.AtRandom(round, server, program, LongestWait);
    }

    private static AuditProgram Start(Round round, string name, Exports exports, int machine)
    {
        var by = new ProcessStartInfo("dotnet");
        by.Environment["ENTRAAUDIT_COPIES"] = round.PathOf($"machine{machine}");
        return AuditProgram.Start(name, by, [AuditProgram.Path, .. exports.Arguments]);
    }

    private static bool HasMirror(PostgreSqlCluster server, string name) =>
        server.Execute(ServerName.Parse(name), "SELECT to_regclass('entra_audit.mirror') IS NOT NULL") is true;
}
