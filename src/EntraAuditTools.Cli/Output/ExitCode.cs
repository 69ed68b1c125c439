using EntraAuditTools.Core.Errors;

namespace EntraAuditTools.Cli.Output;

/// <summary>The program's exit codes; the help of each command and docs/program.md list them.</summary>
internal static class ExitCode
{
    public const int Fine = 0;

    private const string Check = "check";

    /// <summary>
    /// Something could not be done, and was said on standard error; the rest was done. For an import: a file is not there, damaged, cut
    /// off, or nothing of it could be read. For a check: something is wrong with the mirror.
    /// </summary>
    public const int Failed = 1;

    /// <summary>The command line makes no sense; nothing was done.</summary>
    public const int Usage = 2;

    /// <summary>Everything was taken in except files that are wholly of a kind that is not taken in (sign-ins, for instance).</summary>
    public const int LeftOut = 3;

    /// <summary>Nothing matches, where --exit-code asks to be told.</summary>
    public const int NoRows = 4;

    /// <summary>There is no mirror.</summary>
    public const int NoMirror = 5;

    /// <summary>The mirror is locked by another, or there is no room for what is to be done with it: later, it may work.</summary>
    public const int Busy = 6;

    /// <summary>The mirror cannot be used: damaged, altered, no mirror at all, of another version, or not ours to open.</summary>
    public const int Unusable = 7;

    /// <summary>The time asked for is not covered, where --require-coverage asks for that.</summary>
    public const int NotCovered = 8;

    /// <summary>Stopped with Ctrl+C: 128 and the signal's number, as shells have it.</summary>
    public const int Stopped = 130;

    /// <summary>All of them, as the help says them.</summary>
    public static readonly IReadOnlyList<ExitCodeWords> All =
    [
        new(Fine, "Done: the question is answered, with rows or without.", (_, _) => true),
        new(Failed, "Something could not be done, and standard error says what; the rest was done.", (_, name) => name != Check),
        new(Failed, "Of check: something is wrong with the mirror.", (_, name) => name == Check),
        new(Usage, "The command line makes no sense; nothing was done.", (_, _) => true),
        new(LeftOut, "All was taken in but files wholly of a kind that is not taken in (sign-ins, for instance).",
            (_, name) => name == "import"),
        new(NoRows, "Nothing matches, and --exit-code was given.", (isQuestion, _) => isQuestion),
        new(NoMirror, "There is no mirror.", UsesMirror),
        new(Busy, "The mirror is locked by another, or the disk has no room: later it may work.", UsesMirror),
        new(Unusable, "The mirror cannot be used: damaged, altered, of a newer version, or not ours to open.", UsesMirror),
        new(NotCovered, "The mirror does not hold all of the time asked for, and --require-coverage was given.",
            (isQuestion, _) => isQuestion),
        new(Stopped, "Stopped with Ctrl+C.", (_, _) => true),
    ];

    private static bool UsesMirror(bool isQuestion, string name) => name is not ("demo" or "completion");

    /// <summary>The code of an error.</summary>
    public static int Of(AuditToolException error) => error switch
    {
        { Kind: AuditErrorKind.InvalidArgument } => Usage,
        { ErrorId: "CoverageMissing" } => NotCovered,
        { IsOfMirror: true, Kind: AuditErrorKind.NotFound } => NoMirror,
        { IsOfMirror: true, Kind: AuditErrorKind.Busy } => Busy,
        { IsOfMirror: true } => Unusable,
        { ErrorId: "NotEnoughRoom" } => Busy,
        _ => Failed,
    };
}
