using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using EntraAuditTools.Core.Formats.Entitlement;
using EntraAuditTools.Core.Importing.Sources;
using EntraAuditTools.Core.Mirror;
using EntraAuditTools.Core.Mirror.Writing;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Importing;

/// <summary>The right to write a mirror, and the imports made with it. Not for several threads at a time.</summary>
public sealed partial class ImportSession : IDisposable
{
    private static readonly TimeSpan LockWait = TimeSpan.FromMinutes(10);

    private readonly ImportOptions options;
    private readonly MirrorLock held;
    private readonly Dimensions dimensions;
    private readonly MirrorWriter writer;
    private readonly PageChain chain = new();
    private readonly LeftLinks leftLinks = new();
    private readonly CompleteRefusal partial = new();
    private string? backup;
    private bool wroteSomething;

    private ImportSession(ImportOptions options, MirrorLock held)
    {
        this.options = options;
        this.held = held;
        var connection = MirrorFile.OpenForWriting(options.MirrorPath, out backup);
        try
        {
            dimensions = new(MirrorFile.OpenForLookups(options.MirrorPath));
            writer = new(connection, dimensions);
            if (options.Complete) writer.Entities.TrackComplete();
        }
        catch
        {
            dimensions?.Dispose();
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens a mirror for importing; makes it when there is none; waits while another import writes it.</summary>
    /// <exception cref="AuditToolException">It is no mirror, newer, damaged, locked or not writable.</exception>
    public static ImportSession Open(ImportOptions options, CancellationToken cancel)
    {
        MirrorLock held;
        try
        {
            OwnerOnlyFile.CreateDirectory(Path.GetDirectoryName(options.MirrorPath)!);
            held = MirrorLock.Acquire(options.MirrorPath, LockWait, cancel);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw MirrorErrors.AccessDenied(options.MirrorPath, e);
        }

        try
        {
            return new(options, held);
        }
        catch (SqliteException e)
        {
            held.Dispose();
            throw Explain(e, options.MirrorPath);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Imports a file; a zip gives a result for each of its entries.</summary>
    /// <param name="fullPath">Full path.</param>
    /// <param name="displayName">What to call it in results and errors.</param>
    /// <param name="onResult">Called for each source that was taken in.</param>
    /// <param name="onError">Called for each that was not; the others go on.</param>
    /// <param name="onProgress">Called a few times a second.</param>
    /// <param name="cancel">Stops; what was committed stays.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="AuditToolException">The mirror can't be written: the disk is full, for instance.</exception>
    public void ImportFile(string fullPath, string displayName, Action<ImportResult> onResult, Action<AuditToolException> onError, Action<ImportProgress> onProgress, CancellationToken cancel)
    {
        try
        {
            foreach (var content in SourceOpener.Open(fullPath, displayName))
            {
                try
                {
                    onResult(Import(content, onProgress, cancel));
                }
                catch (AuditToolException e) when (!IsOfMirror(e))
                {
                    partial.Failed(content.Name);
                    onError(e);
                }
            }
        }
        catch (AuditToolException e) when (!IsOfMirror(e))
        {
            partial.Failed(displayName);
            onError(e);
        }
    }

    /// <summary>Begins an import of what a pipeline will deliver.</summary>
    /// <param name="name">What to call it in the result.</param>
    /// <param name="onProgress">Called a few times a second.</param>
    /// <param name="cancel">Stops; what was committed stays.</param>
    public ImportFeed OpenFeed(string name, Action<ImportProgress> onProgress, CancellationToken cancel) =>
        new((stream, stop) => Run(new SourceImport(name, stream, null, DateTime.UtcNow, options, dimensions, writer, onProgress, stop), name, null), cancel);

    /// <summary>Tells of a source that was given but never got here, for instance because it was not found: the exports are not complete then.</summary>
    public void Missed(string source) => partial.Failed(source);

    /// <summary>Why <see cref="ImportOptions.Complete"/> was refused; null when it was not, or not asked for. Known after <see cref="Complete"/>.</summary>
    public AuditToolException? Refusal { get; private set; }

    /// <summary>
    /// Ends the session after its last source: notes what a complete chain of pages proves and which pages have no successor, closes what
    /// complete exports lack, and gathers the planner's statistics.
    /// </summary>
    /// <returns>What an admin should know of the sources together, each with the source it is about.</returns>
    public IReadOnlyList<string> Complete()
    {
        var notes = new List<string>();
        if (backup != null) notes.Add($"The mirror was of an older version and was brought up to date. As it was before, it is kept in '{backup}': delete that once you don't need it.");
        backup = null;
        if (!wroteSomething) return notes;
        foreach (var (import, source, note) in leftLinks.End())
        {
            partial.LeftLink(source);
            notes.Add($"{source}: {note}");
            if (import != 0) writer.AddNote(import, note);
        }

        foreach (var (span, import) in chain.Proven) writer.AddCoverage(span, import);
        if (options.Complete) Guard(() => CloseMissing(notes));
        Guard(() =>
        {
            writer.Settle();
            return 0;
        });
        return notes;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            writer.Dispose();
        }
        finally
        {
            dimensions.Dispose();
            held.Dispose();
        }
    }

    [GeneratedRegex(@"y=(\d{4})[/\\]m=(\d{2})[/\\]d=(\d{2})[/\\]h=(\d{2})[/\\]m=00[/\\]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HourFolder();

    private ImportResult Import(SourceContent content, Action<ImportProgress> onProgress, CancellationToken cancel)
    {
        // What a complete export holds has to be read, seen before or not.
        if (!options.Force && !options.Complete && FindEarlier(content, cancel) is { } earlier) return earlier;
        return Run(new SourceImport(content.Name, content.Open(), content.Length, File.GetLastWriteTimeUtc(content.FullPath), options, dimensions, writer, onProgress, cancel, content.Open), content.Name, content);
    }

    private ImportResult Run(SourceImport import, string name, SourceContent? content)
    {
        wroteSomething = true;
        using var closing = import;
        var result = Guard(() => import.Run(source => Coverage(source, $"{content?.FullPath}/{name}")));
        var folder = Path.GetDirectoryName(content?.FullPath) ?? string.Empty;
        chain.Add(import, result, folder);
        leftLinks.Add(import, result, folder);
        partial.Add(import.Tally, result);
        return result;
    }

    /// <summary>The result for a file that was imported before, byte for byte; null for any other.</summary>
    private ImportResult? FindEarlier(SourceContent content, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        if (!writer.HasImportOfSize(content.Length)) return null;
        using var stream = new HashingStream(content.Open());
        var hash = stream.Finish(cancel);
        if (writer.FindImport(hash, ToolVersion.Text) is not { } earlier) return null;
        // What is said of states (their time, their parent) counts although their file was seen before.
        var isSaid = options.Application != null || options.ObservedAt != null || options.AccessPackage != null || options.Group != null || options.Complete;
        if (isSaid && earlier.Kind.Split(", ").Except(KindNames.Logs).Any()) return null;
        return new()
        {
            Source = content.Name,
            Kind = earlier.Kind,
            Shape = earlier.Shape,
            Status = "AlreadyImported",
            Read = earlier.Read,
            Unchanged = earlier.Read - earlier.Rejected - earlier.NotSupported,
            Rejected = earlier.Rejected,
            NotSupported = earlier.NotSupported,
            FirstTime = earlier.FirstTime,
            LastTime = earlier.LastTime,
            Sha256 = Convert.ToHexString(hash).ToLowerInvariant(),
            Duration = clock.Elapsed,
            ImportId = earlier.ImportId,
            Notes = new([$"This very file was imported on {earlier.Started:yyyy-MM-dd HH:mm}Z (import {earlier.ImportId}, {earlier.Source}). -Force reads it again."]),
        };
    }

    private bool CloseMissing(List<string> notes)
    {
        Refusal = partial.Explain();
        if (Refusal != null) return false;
        foreach (var (kind, count) in writer.Entities.CloseMissing())
        {
            notes.Add($"Known, but not in the complete export, and so taken as gone since then: {EntityKinds.Label(kind)} ({count}).");
        }

        return true;
    }

    private IEnumerable<CoveredSpan> Coverage(SourceImport source, string path)
    {
        var tally = source.Tally;
        var left = source.Pages.IsLastLinked;
        var declared = options.CoversFrom != null || options.CoversTo != null;
        if (declared && (left || tally.IsMissingAnswers || tally.IsAtCap || tally.IsOpenEnded || tally.Rejected > 0))
        {
            tally.Note("The span given with -CoversFrom and -CoversTo was not noted as covered: a page is left, records were rejected, or the file ends at a download cap.");
            yield break;
        }

        if (declared)
        {
            var from = options.CoversFrom?.UtcTicks ?? tally.FirstTicks;
            var to = options.CoversTo?.UtcTicks ?? tally.LastTicks + 1;
            foreach (var kind in tally.Kinds.Intersect(KindNames.Logs))
            {
                if (from < to) yield return new(kind, tally.Tenant, from, to, "declared");
            }
        }
        else if (HourFolder().Match(path) is { Success: true } hour && tally is { Accepted: > 0, Rejected: 0 })
        {
            int Part(int group) => int.Parse(hour.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
            if (!DateTime.TryParseExact($"{Part(1):0000}{Part(2):00}{Part(3):00}{Part(4):00}", "yyyyMMddHH", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var begin)) yield break;
            foreach (var kind in tally.Kinds.Intersect(KindNames.Logs)) yield return new(kind, tally.Tenant, begin.Ticks, begin.AddHours(1).Ticks, "hour folder");
        }
    }

    /// <summary>What is wrong with the mirror ends the session; what is wrong with a source only that source.</summary>
    private static bool IsOfMirror(AuditToolException e) => e.ErrorId is "MirrorWriteFailed" or "MirrorDamaged";

    /// <summary>Errors of SQLite while a mirror is opened or written, in words.</summary>
    private static AuditToolException Explain(SqliteException e, string path) => e.SqliteErrorCode switch
    {
        SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB => MirrorErrors.Damaged(path, e),
        _ => new AuditToolException("MirrorWriteFailed", AuditErrorKind.Busy, $"The mirror '{path}' could not be written: {e.Message}", "Check the free space of its disk; what was committed is intact, and importing again adds the rest.", path, e),
    };

    private T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException e)
        {
            throw Explain(e, options.MirrorPath);
        }
    }
}
