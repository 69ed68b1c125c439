namespace EntraAuditTools.Cli;

/// <summary>What the program ends with.</summary>
internal static class ExitCode
{
    public const int Fine = 0;

    /// <summary>Something could not be done; the rest was.</summary>
    public const int Failed = 1;

    /// <summary>The command line makes no sense; nothing was done.</summary>
    public const int Usage = 2;

    /// <summary>Stopped with Ctrl+C: 128 and the signal's number, as shells have it.</summary>
    public const int Stopped = 130;
}
