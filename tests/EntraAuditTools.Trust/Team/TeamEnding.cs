using System.Diagnostics;
using EntraAuditTools.Core.Mirror.Shared;
using EntraAuditTools.Core.Tests.Team;
using EntraAuditTools.Trust.Programs;
using EntraAuditTools.Trust.Running;

namespace EntraAuditTools.Trust.Team;

/// <summary>What campaigns do to programs that write a mirror on a server, and how they look at what is left.</summary>
internal static class TeamEnding
{
    /// <summary>Ends a program at a random moment, or the server, which is started again.</summary>
    /// <param name="round">The round.</param>
    /// <param name="server">The server.</param>
    /// <param name="program">The program.</param>
    /// <param name="longestWait">How long to wait at most, in milliseconds.</param>
    public static void AtRandom(Round round, PostgreSqlCluster server, AuditProgram program, int longestWait)
    {
        var (wait, ending) = (round.Random.Next(longestWait), round.Random.Next(4));
        var clock = Stopwatch.StartNew();
        while (!program.IsOver && clock.ElapsedMilliseconds < wait) Thread.Sleep(5);
        if (program.IsOver) return;
        if (ending == 0)
        {
            round.Count("servers killed");
            server.Kill();
            server.Restart();
            program.WaitForEnd();
            return;
        }

        round.Count("kills");
        program.End(ending == 1 ? Ending.Terminate : Ending.Kill);
        program.WaitForEnd();
    }

    /// <summary>A copy that nobody had before.</summary>
    public static string Copy(Round round, string name)
    {
        var path = round.PathOf($"copy{Guid.NewGuid():N}.db");
        SharedMirrors.Of(ServerName.Parse(name)).Refresh(path, anew: true, null, round.Cancel);
        return path;
    }
}
