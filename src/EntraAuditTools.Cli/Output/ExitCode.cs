namespace EntraAuditTools.Cli.Output;

/// <summary>The program's exit codes; `entra-audit import --help` and the documentation list them.</summary>
internal static class ExitCode
{
    public const int Fine = 0;

    /// <summary>
    /// Something could not be done, and was said on standard error; the rest was done. For an import: a file is not there, damaged, cut
    /// off, or nothing of it could be read; or the mirror cannot be written.
    /// </summary>
    public const int Failed = 1;

    /// <summary>The command line makes no sense; nothing was done.</summary>
    public const int Usage = 2;

    /// <summary>Everything was taken in except files that are wholly of a kind that is not taken in (sign-ins, for instance).</summary>
    public const int LeftOut = 3;

    /// <summary>Stopped with Ctrl+C: 128 and the signal's number, as shells have it.</summary>
    public const int Stopped = 130;
}
