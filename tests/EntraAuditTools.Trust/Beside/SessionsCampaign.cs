using System.Globalization;
using EntraAuditTools.Trust.Mirrors;
using EntraAuditTools.Trust.Programs;
using EntraAuditTools.Trust.Running;

namespace EntraAuditTools.Trust.Beside;

/// <summary>One PowerShell with importing jobs, a parallel loop and a runspace, and the program on the same mirror.</summary>
internal sealed class SessionsCampaign : ICampaign
{
    public string Name => "powershell-and-program";

    public string Promise =>
        "Jobs, ForEach-Object -Parallel and runspaces of one PowerShell import and ask at once, beside the program, and all is there at the end.";

    public int ShortRounds => 1;

    public string? Missing => ModuleSession.Missing;

    public void Run(Round round)
    {
        var exports = Exports.OfSampleTenant(round.PathOf("exports"), round.Random);
        var whole = round.PathOf("undisturbed.db");
        Undisturbed.Import(whole, exports);
        var mirror = round.PathOf("mirror.db");
        var script = Path.Combine(AppContext.BaseDirectory, "Sessions.ps1");
        using (var session = ModuleSession.Start(mirror, script, [exports.Paths[0], exports.Paths[1]]))
        using (var program = AuditProgram.Start(mirror, new Exports([.. exports.Paths.Skip(2)]).Arguments))
        {
            var end = program.WaitForEnd();
            round.Expect(end.ExitCode == 0, $"the program ended with {end.ExitCode}: {end.Error}");
            end = session.WaitForEnd();
            round.Expect(end.ExitCode == 0 && end.Error.Length == 0, $"PowerShell ended with {end.ExitCode}: {end.Error}{end.Output}");
            foreach (var figure in end.Output.Split('\n').Select(line => line.Split(' ')).Where(words => words is ["reads" or "sources", _]))
                round.Count(figure[0], long.Parse(figure[1], CultureInfo.InvariantCulture));
        }

        MirrorCheck.IsWhole(round, mirror, "after all imports");
        foreach (var table in (string[])["activity", "provisioning", "entity", "synchronization_job"])
        {
            var sql = $"SELECT count(*) FROM {table}";
            round.ExpectEqual(MirrorCheck.Texts(whole, sql).Single(), MirrorCheck.Texts(mirror, sql).Single(), table);
        }
    }
}
