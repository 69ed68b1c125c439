using System.Diagnostics;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Chain;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Upkeep.Checking;

/// <summary>How a mirror is checked.</summary>
/// <param name="ExpectedHead">A head of its chain that was kept elsewhere, in hex; null for none.</param>
/// <param name="IsQuick">Whether the rows are not compared with what the originals give.</param>
internal sealed record MirrorCheckOptions(string? ExpectedHead = null, bool IsQuick = false);

/// <summary>
/// Finds what is damaged in a mirror or was changed in it: SQLite's own check of every page, the chain over imports and originals, and rows
/// that are not what the originals give. Writes nothing into the mirror; imports go on meanwhile.
/// </summary>
internal sealed class MirrorCheck
{
    /// <summary>Names of the checks, in order.</summary>
    public const string Pages = "Pages", Chain = "Chain", Derivation = "Derivation";

    // Beyond so many the picture is clear.
    private const int MostProblems = 100;

    private readonly string path;
    private readonly MirrorCheckOptions options;
    private readonly Action<ImportProgress> onProgress;
    private readonly CancellationToken cancel;
    private readonly List<AuditMirrorProblem> problems = [];
    private readonly List<string> notes = [];
    private readonly List<string> checks = [];
    private long left;
    private long lastProgress;

    private MirrorCheck(string path, MirrorCheckOptions options, Action<ImportProgress> onProgress, CancellationToken cancel)
    {
        this.path = path;
        this.options = options;
        this.onProgress = onProgress;
        this.cancel = cancel;
    }

    /// <summary>Checks a mirror.</summary>
    /// <param name="path">Full path of the mirror.</param>
    /// <param name="options">How.</param>
    /// <param name="onProgress">Called a few times a second.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="AuditToolException">There is no mirror, it is of something else or newer, or it cannot be read.</exception>
    public static AuditMirrorTest Run(string path, MirrorCheckOptions options, Action<ImportProgress> onProgress, CancellationToken cancel) =>
        new MirrorCheck(path, options, onProgress, cancel).Run();

    private AuditMirrorTest Run()
    {
        var clock = Stopwatch.StartNew();
        var (imports, originals, links, head) = (0L, 0L, 0L, (string?)null);
        try
        {
            using var mirror = MirrorReader.Open(path);
            // One state of the mirror for all checks, whatever is imported meanwhile.
            using var transaction = mirror.BeginRead();
            Try(Pages, () => CheckPages(mirror.Connection));
            void Count() => imports = MirrorFile.Scalar(mirror.Connection, "SELECT count(*) FROM import");
            if (TenantPart.Of(mirror.Connection) is { } tenants)
            {
                Count();
                notes.Add($"This copy holds what concerns the tenants {tenants} only: the chain is over the imports of all tenants, and cannot be "
                    + "proven here. Somebody who may read the whole mirror can.");
            }
            else if (mirror.SchemaVersion < ChainSchema.Since)
            {
                Try(Chain, Count);
                notes.Add("The mirror is of an older version, which made no chain: the next import takes in what is there then. Changes of "
                    + "before cannot be seen.");
            }
            else
            {
                Try(Chain, Count);
                var chain = new ChainCheck(mirror.Connection, Add);
                Try(Chain, () =>
                {
                    // What is damaged can hold numbers that have no sum.
                    var total = MirrorFile.Scalar(mirror.Connection, "SELECT CAST(min(total(count), 1e15) AS INTEGER) FROM block");
                    chain.Run(options.ExpectedHead, records => Report(Chain, records, total), cancel);
                });
                (originals, links, head) = (chain.Originals, chain.Links, chain.Head);
            }

            if (!options.IsQuick) CheckRows(mirror);
        }
        catch (AuditToolException e) when (e.ErrorId is "MirrorDamaged" or "MirrorAltered")
        {
            checks.Add(Pages);
            Add(Pages, e.Message);
        }
        catch (SqliteException e) when (!SqliteErrors.IsMistake(e))
        {
            Add(Pages, $"The mirror is damaged: {SqliteErrors.Words(e)}.");
        }

        // No damage, and no change: but who else can read it, or put another in its place.
        if (MirrorExposure.Warning(path) is { } exposed) notes.Add(exposed);
        if (left > 0) notes.Add($"{left:N0} more problems are not listed.");
        if (problems.Exists(problem => problem.Check != Derivation))
            notes.Add("Keep this file as it is if you want to know who changed it. To go on, take a backup that passes this check, save "
                + $"what can be read ({Caller.Command("Backup-AuditMirror", "Salvage")}), or import the exports into a new mirror "
                + $"({Caller.Option("Mirror")}).");
        return new()
        {
            Path = path,
            Problems = new(problems),
            Notes = new(notes),
            Checks = new([.. checks.Distinct()]),
            Imports = imports,
            Originals = originals,
            Links = links,
            ChainHead = head,
            Duration = clock.Elapsed,
        };
    }

    /// <summary>Every page, every index and every constraint: https://sqlite.org/pragma.html#pragma_integrity_check.</summary>
    private void CheckPages(SqliteConnection connection)
    {
        using var check = new Statement(connection, $"PRAGMA integrity_check({MostProblems})");
        while (check.Step())
        {
            cancel.ThrowIfCancellationRequested();
            if (check.String(0) is { } line && line != "ok") Add(Pages, $"SQLite: {TerminalText.Visible(line)}.");
        }
    }

    private void CheckRows(MirrorReader mirror)
    {
        if (problems.Exists(problem => problem.Check == Pages))
        {
            notes.Add("The rows were not compared with the originals, since the file itself is damaged.");
            return;
        }

        if (mirror.SchemaVersion < MirrorSchema.Version || OldReading.Count(mirror) > 0)
        {
            notes.Add("The rows were not compared with the originals, since an older version read some of them: "
                + $"{Caller.Command("Update-AuditMirror")} first.");
            return;
        }

        // That was said.
        if (TenantPart.Of(mirror.Connection) != null) return;
        if (mirror.HasMaskedOriginals)
        {
            notes.Add("The rows were not compared with the originals, since secrets are masked in those of this copy: somebody who may read "
                + "the originals can compare them.");
            return;
        }

        try
        {
            Derive(mirror);
        }
        catch (Exception e) when (e is InvalidDataException or SqliteException or FormatException or InvalidCastException or OverflowException
            or System.Text.Json.JsonException)
        {
            // What no version of this tool writes: the originals can't be followed.
            Add(Derivation, "The rows refer to originals that are not there, or hold values that cannot be.");
        }
    }

    private void Derive(MirrorReader mirror) =>
        Try(Derivation, () => DerivedCheck.Run(mirror, path, finding => Add(Derivation, finding.What, finding.Import), notes.Add,
            progress => Report(Derivation, progress.Records, progress.BytesTotal ?? 0), cancel));

    /// <summary>A check that meets damage has found it; the others go on.</summary>
    private void Try(string check, Action work)
    {
        checks.Add(check);
        try
        {
            work();
        }
        catch (SqliteException e)
        {
            Add(check, $"the mirror is damaged, so this check could not be finished: {SqliteErrors.Words(e)}.");
        }
        catch (AuditToolException e) when (e.ErrorId is "MirrorDamaged" or "MirrorAltered")
        {
            Add(check, e.Message);
        }
    }

    private void Add(ChainFinding finding)
    {
        if (finding.IsFault) Add(Chain, finding.What, finding.Import);
        else notes.Add(finding.What);
    }

    private void Add(string check, string what, long? import = null)
    {
        if (problems.Count < MostProblems) problems.Add(new() { Check = check, ImportId = import, Message = what });
        else left++;
    }

    private void Report(string check, long records, long total)
    {
        if (Environment.TickCount64 - lastProgress < 200) return;
        lastProgress = Environment.TickCount64;
        onProgress(new(check, records, records, total));
    }
}
