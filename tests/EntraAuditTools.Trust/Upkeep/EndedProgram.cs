using EntraAuditTools.Trust.Programs;
using EntraAuditTools.Trust.Running;

namespace EntraAuditTools.Trust.Upkeep;

/// <summary>One run of the program that is ended from outside at a time by chance.</summary>
internal static class EndedProgram
{
    /// <summary>Runs it, and ends it within the time that it would take.</summary>
    /// <returns>Null when it was over before.</returns>
    public static Ending? Run(Round round, string mirror, TimeSpan time, params string[] arguments)
    {
        var ending = round.Random.Next(10) switch { < 7 => Ending.Kill, < 9 => Ending.Terminate, _ => Ending.Interrupt };
        var after = time * (0.2 + 0.85 * round.Random.NextDouble());
        using var program = AuditProgram.Start(mirror, arguments);
        Thread.Sleep(after);
        var isOver = program.IsOver;
        if (!isOver) round.Count(ending == Ending.Kill ? "kills" : "signals");
        program.End(ending);
        program.WaitForEnd();
        return isOver ? null : ending;
    }
}
