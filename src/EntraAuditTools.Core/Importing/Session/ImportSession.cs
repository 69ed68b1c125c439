using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Files;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Importing.Sources;
using EntraAuditTools.Core.Importing.Sources.Streams;
using EntraAuditTools.Core.Importing.Upgrading;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Shared;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Rows;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Mirror.Writing;
using EntraAuditTools.Core.Schema;
using Microsoft.Data.Sqlite;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Importing.Session;

/// <summary>The right to write a mirror, and the imports made with it. Not for several threads at a time.</summary>
internal sealed partial class ImportSession : IDisposable
{
    private readonly ImportOptions options;
    private readonly MirrorLock held;
    private readonly ISharedWriting? shared;
    private readonly MirrorFiles mirrorFiles;
    private readonly ExpansionBudget budget = new(null, ExpansionBudget.OfImport);
    private readonly BatchPool batches = new();
    private readonly PageChain chain = new();
    private readonly LeftLinks leftLinks = new();
    private readonly CompleteRefusal partial = new();
    private readonly List<(ImportResult Result, bool IsEntries, List<string> Notes)> provisioningFiles = [];
    private readonly List<(ImportResult Result, MissingLinks Missing, List<string> Notes)> missingLinks = [];
    private Dimensions dimensions = null!;
    private MirrorWriter writer = null!;
    private readonly List<string> upgradeNotes = [];
    private string? backup;
    private bool wroteSomething;

    private ImportSession(ImportOptions options, MirrorLock held, ISharedWriting? shared, bool isWithoutLogs,
        Action<ImportProgress> onUpgrade, CancellationToken cancel)
    {
        this.options = options.By(shared?.User ?? ThisUser.Name);
        this.held = held;
        this.shared = shared;
        mirrorFiles = new(options.MirrorPath);
        if (isWithoutLogs) LogStores.Keep(options.MirrorPath, shared!.RefreshWithoutLogs(options.MirrorPath, null, cancel));
        else shared?.Refresh(options.MirrorPath, null, cancel);
        Upgrade(onUpgrade, cancel);
        OpenMirror();
        // What was just derived anew is the server's too, also when nothing is added.
        if (shared != null) Guard(() => writer.Within(writer.Commit));
    }

    /// <summary>Opens a mirror for importing; makes it when there is none; waits while another import writes it.</summary>
    /// <exception cref="AuditToolException">It is no mirror, newer, damaged, locked or not writable.</exception>
    public static ImportSession Open(ImportOptions options, CancellationToken cancel) => Open(options, _ => { }, cancel);

    /// <inheritdoc cref="Open(ImportOptions, CancellationToken)"/>
    /// <param name="options">How to import.</param>
    /// <param name="cancel">Ends the wait; what of an older mirror is derived anew already stays.</param>
    /// <param name="onUpgrade">Called a few times a second while a mirror that an older version read is derived anew.</param>
    public static ImportSession Open(ImportOptions options, Action<ImportProgress> onUpgrade, CancellationToken cancel)
    {
        if (FileFacts.Of(options.MirrorPath).Oddity is { } oddity) throw MirrorErrors.NotAMirror(options.MirrorPath, $"it is {oddity}");
        MirrorLock? held = null;
        // First the server's, which another machine may have for long: meanwhile this machine's copy can be brought up to date.
        var shared = options.Server is { } server ? SharedMirrors.Of(server).BeginWriting(options.Waiting, cancel) : null;
        try
        {
            OwnerOnlyFile.CreateDirectory(Path.GetDirectoryName(options.MirrorPath)!);
            var isWithoutLogs = shared is { AsksLogs: true } && !File.Exists(options.MirrorPath);
            if (isWithoutLogs) options = options.Into(CopyPlace.WithoutLogs(options.MirrorPath));
            held = MirrorLock.Acquire(options.MirrorPath, MirrorLock.LongestWait, cancel, options.Waiting);
            return new(options, held, shared, isWithoutLogs, onUpgrade, cancel);
        }
        catch (SqliteException e)
        {
            LetIn();
            throw Explain(e, options.MirrorPath);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            LetIn();
            throw MirrorErrors.AccessDenied(options.MirrorPath, e);
        }
        catch
        {
            LetIn();
            throw;
        }

        void LetIn()
        {
            held?.Dispose();
            shared?.Dispose();
        }
    }

    /// <summary>Imports a file; a zip gives a result for each of its entries.</summary>
    /// <param name="fullPath">Full path.</param>
    /// <param name="displayName">What to call it in results and errors.</param>
    /// <param name="onResult">Called for each source that was taken in, also partly.</param>
    /// <param name="onError">Called for each source with an error; the others are still imported.</param>
    /// <param name="onProgress">Called a few times a second.</param>
    /// <param name="cancel">Stops; what was committed stays.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="AuditToolException">The mirror can't be written: the disk is full, for instance.</exception>
    public void ImportFile(string fullPath, string displayName, Action<ImportResult> onResult, Action<AuditToolException> onError,
        Action<ImportProgress> onProgress, CancellationToken cancel)
    {
        if (mirrorFiles.Contains(fullPath))
        {
            onError(SourceErrors.IsMirror(displayName));
            return;
        }

        var failure = Try(displayName, () =>
        {
            var isBomb = false;
            void Failed(AuditToolException error)
            {
                isBomb |= error.ErrorId == "DecompressionBomb";
                onError(error);
            }

            using var file = new SourceFile(fullPath, displayName, budget);
            foreach (var content in file.Contents())
            {
                var entryFailure = Try(content.Name, () => Import(content, onResult, Failed, onProgress, cancel));
                if (entryFailure != null) Fail(content.Name, content.Length, entryFailure, Failed);
                // Each of the others would say the same.
                if (isBomb) break;
            }
        });
        if (failure != null) Fail(displayName, null, failure, onError);
    }

    /// <summary>Begins an import of what a pipeline will deliver.</summary>
    /// <param name="name">What to call it in the result.</param>
    /// <param name="onProgress">Called a few times a second.</param>
    /// <param name="cancel">Stops; what was committed stays.</param>
    public ImportPipe OpenPipe(string name, Action<ImportProgress> onProgress, CancellationToken cancel) => new(
        (stream, stop) =>
        {
            ImportResult? result = null;
            AuditToolException? error = null;
            var input = new SourceInput(name, stream, null, DateTime.UtcNow, new(budget, ExpansionBudget.OfSource), null);
            var failure = Try(name, () => Run(input, string.Empty, taken => result = taken, e => error = e, onProgress, stop));
            if (failure != null) Fail(name, null, failure, e => error = e);
            return (result, error);
        },
        cancel);

    /// <summary>
    /// Records a source that was given but never got here, for instance because it was not found: the exports are not complete then.
    /// </summary>
    public void Missed(string source) => partial.Failed(source);

    /// <summary>
    /// Why <see cref="ImportOptions.Complete"/> was refused; null when it was not, or not asked for. Known after <see cref="Complete"/>.
    /// </summary>
    public AuditToolException? Refusal { get; private set; }

    /// <summary>
    /// Ends the session after its last source: notes which pages have no successor, closes what
    /// complete exports lack, and gathers the planner's statistics.
    /// </summary>
    /// <returns>What an admin should know of the sources together, each with the source it is about.</returns>
    /// <exception cref="AuditToolException">The mirror can't be written, or is not where it was.</exception>
    public IReadOnlyList<string> Complete()
    {
        var notes = new List<string>(upgradeNotes);
        upgradeNotes.Clear();
        if (backup != null) notes.Add(
            $"The mirror was of an older version and was brought up to date. As it was before, it is kept in '{backup}': delete that once you don't need it.");
        backup = null;
        Guard(() =>
        {
            writer.CheckPlace();
            if (!wroteSomething) return;
            foreach (var (import, source, note) in leftLinks.End())
            {
                partial.LeftLink(source);
                notes.Add($"{source}: {note}");
                if (import != 0) writer.AddNote(import, note);
            }

            // Their companion files may have been imported too: only now is known what is missing.
            foreach (var (result, isEntries, importNotes) in provisioningFiles)
            {
                if (writer.MissingProvisioningFiles(result.ImportId, isEntries) is { } missing) Note(result, importNotes, missing);
            }

            foreach (var (result, links, importNotes) in missingLinks)
            {
                foreach (var missing in links.Describe()) Note(result, importNotes, missing);
            }

            if (options.Complete) CloseMissing(notes);
            writer.Settle();
        });
        if (MirrorExposure.Warning(options.MirrorPath) is { } exposed) notes.Add(exposed);
        return notes;

        void Note(ImportResult result, List<string> importNotes, string note)
        {
            importNotes.Add(note);
            notes.Add($"{result.Source}: {note}");
            writer.AddNote(result.ImportId, note);
        }
    }

    /// <summary>Commits what can be, and lets the next import in. Hides no error that is on its way.</summary>
    public void Dispose()
    {
        try
        {
            CloseMirror();
        }
        finally
        {
            held.Dispose();
            shared?.Dispose();
        }
    }

    [GeneratedRegex(@"y=(\d{4})[/\\]m=(\d{2})[/\\]d=(\d{2})[/\\]h=(\d{2})[/\\]m=00[/\\]",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HourFolder();

    /// <summary>
    /// What older readers derived is derived anew before anything is added. Where that fails, for instance for lack of space, the import
    /// continues: its records are read by this version, and questions still warn that an older one read the rest.
    /// </summary>
    private void Upgrade(Action<ImportProgress> onUpgrade, CancellationToken cancel)
    {
        if (!File.Exists(options.MirrorPath)) return;
        if (shared is { IsWithoutLogs: true })
        {
            using var reader = MirrorReader.Open(options.MirrorPath);
            if (OldReading.Warning(reader) is { } old) upgradeNotes.Add($"{old} That takes a whole copy, which this machine has not.");
            return;
        }

        try
        {
            if (MirrorUpgrade.RunLocked(options.MirrorPath, new() { Step = options.Upgrading }, onUpgrade, ref backup,
                cancel) is not { } update) return;
            upgradeNotes.Add(update.Describe());
            backup = null;
            shared?.Replace();
        }
        catch (AuditToolException e)
        {
            // What makes it impossible to import too is said again when the mirror is opened for that.
            upgradeNotes.Add($"{e.Message} {e.RecommendedAction}");
        }
    }

    private void OpenMirror()
    {
        var connection = MirrorFile.OpenForWriting(options.MirrorPath, out var copy);
        backup ??= copy;
        Dimensions? made = null;
        try
        {
            made = new(MirrorFile.OpenForLookups(options.MirrorPath));
            shared?.Follow(connection);
            if (shared is { IsWithoutLogs: true }) shared.FetchUnlinked(connection);
            writer = new(connection, made) { Shared = shared };
            dimensions = made;
            if (options.Complete) writer.Entities.TrackComplete();
        }
        catch
        {
            made?.Dispose();
            connection.Dispose();
            throw;
        }
    }

    private void CloseMirror()
    {
        try
        {
            writer.Dispose();
        }
        finally
        {
            dimensions.Dispose();
        }
    }

    /// <summary>
    /// The one place where every exception of a source's import becomes that source's error. Exceptions that are not the source's pass: a
    /// stop, and the mirror's own faults, which end the import.
    /// </summary>
    private AuditToolException? Try(string source, Action import)
    {
        try
        {
            import();
            return null;
        }
        catch (AuditToolException e) when (!e.IsOfMirror)
        {
            return e;
        }
        catch (SqliteException e) when (!SqliteErrors.IsMistake(e))
        {
            throw Explain(e, options.MirrorPath);
        }
        catch (Exception e) when (e is WritingException or SqliteException)
        {
            // Numbers that were given for this source were not stored: the mirror is opened anew, as it was when it was last committed.
            CloseMirror();
            Guard(OpenMirror);
            return ToolFault.Of((e as WritingException)?.InnerException ?? e,
                $"'{source}' could not be written into the mirror (what was committed before stays)", source);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return SourceErrors.Of(e, source);
        }
        catch (Exception e) when (e is not (OperationCanceledException or AuditToolException))
        {
            return ToolFault.Of(e, $"'{source}' could not be imported", source);
        }
    }

    /// <summary>Reports a source that failed before it could be read, and remembers it beside those that were.</summary>
    private void Fail(string source, long? length, AuditToolException failure, Action<AuditToolException> onError)
    {
        partial.Failed(source);
        if (failure.ErrorId is not ("SourceNotFound" or "SourceIsFolder"))
        {
            wroteSomething = true;
            Guard(() =>
            {
                var id = writer.BeginImport(new(source, length, RememberedOptions.Of(options).ToJson(), ToolVersion.Text, DateTime.UtcNow));
                writer.FinishImport(new ImportResult { Source = source, Status = "Failed", ImportId = id, Notes = new([failure.Message]) },
                    [], JsonSerializer.Serialize(new SourceFacts { IsOpenEnded = true, Failure = failure.ErrorId }));
            });
        }

        onError(failure);
    }

    private void Import(SourceContent content, Action<ImportResult> onResult, Action<AuditToolException> onError,
        Action<ImportProgress> onProgress, CancellationToken cancel)
    {
        // What a complete export holds has to be read, seen before or not.
        if (!options.Force && !options.Complete && FindEarlier(content, cancel) is { } earlier)
        {
            Proves(earlier.Facts, earlier.Result, content.FullPath);
            onResult(earlier.Result);
            return;
        }

        Run(new(content.Name, content.Open(), content.Length, File.GetLastWriteTimeUtc(content.FullPath), content.Budget, content.Open),
            content.FullPath, onResult, onError, onProgress, cancel);
    }

    private void Run(SourceInput input, string path, Action<ImportResult> onResult, Action<AuditToolException> onError,
        Action<ImportProgress> onProgress, CancellationToken cancel)
    {
        wroteSomething = true;
        using var import = new SourceImport(input, options, dimensions, writer, batches, onProgress, cancel);
        var (result, failure, facts, notes) = import.Run((facts, note) => Coverage(facts, $"{path}/{input.Name}", note));
        if (result != null)
        {
            Proves(facts, result, path);
            if (import.ProvisioningFile is { } shape) provisioningFiles.Add((result, shape == RecordShape.PortalProvisioningRow, notes));
            if (import.Missing is { } missing) missingLinks.Add((result, missing, notes));
            onResult(result);
        }

        if (failure == null) return;
        if (facts.Accepted == 0) partial.Failed(input.Name);
        onError(failure);
    }

    /// <summary>
    /// Counts a source in with those before it: pages that follow each other prove together what none of them does alone.
    /// </summary>
    private void Proves(SourceFacts facts, ImportResult result, string path)
    {
        var folder = Path.GetDirectoryName(path) ?? string.Empty;
        if (chain.Add(facts, folder) is { } span)
        {
            // Immediately, not at the end: an import that is killed after the last page has proven it.
            writer.AddCoverage(span, result.ImportId);
            writer.Commit();
            wroteSomething = true;
        }

        leftLinks.Add(facts, result, folder);
        partial.Add(facts, result);
    }

    /// <summary>The result for a file that was imported before, byte for byte, with what it proves; null for any other.</summary>
    private (ImportResult Result, SourceFacts Facts)? FindEarlier(SourceContent content, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        if (!writer.HasImportOfSize(content.Length)) return null;
        byte[] hash;
        try
        {
            using var stream = new HashingStream(content.Open());
            hash = stream.Finish(cancel);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            // Its import will report it, and take in what can be read.
            return null;
        }

        // A file whose columns or dates were read otherwise has to be read as the admin says now.
        var map = options.ColumnMap is { Count: > 0 } given ? JsonSerializer.Serialize(given) : null;
        if (writer.FindImport(hash, ToolVersion.Text, map, options.DateFormat) is not var (earlier, stored)) return null;
        if (options.ReadsAgain(earlier.Kind.Split(", ").All(LogTable.IsLog))) return null;
        // So does declared coverage, for files whose import did not keep yet what they prove.
        if (stored == null && (options.CoversFrom != null || options.CoversTo != null)) return null;
        var facts = stored == null ? new SourceFacts() : SourceFacts.Read(stored, options.MirrorPath);
        var notes = new List<string> { $"This very file was imported on {earlier.Started:yyyy-MM-dd HH:mm}Z (import {earlier.ImportId}, "
            + $"{earlier.Source}). {Caller.Option("Force")} reads it again." };
        foreach (var whole in Coverage(facts, $"{content.FullPath}/{content.Name}", notes.Add))
        {
            var span = whole with { FromTicks = Math.Max(whole.FromTicks, writer.RemovedBefore(whole.Kind, earlier.ImportId) ?? whole.FromTicks) };
            if (span.FromTicks >= span.ToTicks) continue;
            writer.AddCoverage(span, earlier.ImportId);
            wroteSomething = true;
        }

        if (facts.Kinds.Max(kind => writer.RemovedBefore(kind, earlier.ImportId)) is { } since && facts.FirstTicks < since)
        {
            notes.Add($"Its records of before {new DateTime(since, DateTimeKind.Utc):yyyy-MM-dd HH:mm}Z were removed ({Caller.Command("Remove-AuditRecord")}) "
                + $"and stay so; {Caller.Option("Force")} brings them back.");
            facts = facts with { FirstTicks = since };
        }

        var result = new ImportResult
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
            Notes = new(notes),
        };
        return (result, facts);
    }

    private void CloseMissing(List<string> notes)
    {
        Refusal = partial.Explain();
        if (Refusal != null) return;
        foreach (var (kind, count) in writer.CloseMissing())
        {
            notes.Add($"Known, but not in the complete export, and so taken as gone since then: {EntityKinds.Label(kind)} ({count}).");
        }
    }

    private IEnumerable<CoveredSpan> Coverage(SourceFacts source, string path, Action<string> note)
    {
        var declared = options.CoversFrom != null || options.CoversTo != null;
        if (declared && (source.EndsWithLink || source.IsMissingAnswers || source.IsAtCap || source.IsOpenEnded || source.Rejected > 0))
        {
            note($"The span given with {Caller.Option("CoversFrom")} and {Caller.Option("CoversTo")} was not noted as covered: "
                + "a page is left, records were rejected, or the file is cut off or ends at a download cap.");
            yield break;
        }

        if (declared)
        {
            var from = options.CoversFrom?.UtcTicks ?? source.FirstTicks;
            var to = options.CoversTo?.UtcTicks ?? source.LastTicks + 1;
            // A page without records says of which log it is: where nothing happened, that is known too.
            foreach (var kind in source is { Kinds: [], PageLog: { } log } ? [log] : source.Kinds.Where(LogTable.IsLog))
            {
                if (from < to) yield return new(kind, source.Tenant, from, to, "declared");
            }
        }
        else if (HourFolder().Match(path) is { Success: true } hour && source is { Accepted: > 0, Rejected: 0, IsOpenEnded: false })
        {
            int Part(int group) => int.Parse(hour.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
            if (!DateTime.TryParseExact($"{Part(1):0000}{Part(2):00}{Part(3):00}{Part(4):00}", "yyyyMMddHH", CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var begin)) yield break;
            foreach (var kind in source.Kinds.Where(LogTable.IsLog))
                yield return new(kind, source.Tenant, begin.Ticks, begin.AddHours(1).Ticks, "hour folder");
        }
    }

    /// <summary>Errors of SQLite while a mirror is opened or written, in words.</summary>
    private static AuditToolException Explain(SqliteException e, string path) =>
        SqliteErrors.IsDamage(e) ? MirrorErrors.Damaged(path, e) : MirrorErrors.WriteFailed(path, e);

    private void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (SqliteException e)
        {
            throw Explain(e, options.MirrorPath);
        }
    }
}
