using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Common;
using EntraAuditTools.Core.Formats.Csv;
using EntraAuditTools.Core.Formats.Dates;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Importing.Kinds;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Importing.Sources;
using EntraAuditTools.Core.Importing.Sources.Streams;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Rows;
using EntraAuditTools.Core.Mirror.Writing;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Importing.Session;

/// <summary>Where the bytes of a source come from.</summary>
/// <param name="Name">What to call it.</param>
/// <param name="Bytes">Its bytes as stored.</param>
/// <param name="Length">How many they are; null when nobody knows.</param>
/// <param name="FileTime">When it was written, UTC.</param>
/// <param name="Budget">How far it may unpack.</param>
/// <param name="Reopen">Gives the same bytes again; null when they come only once.</param>
internal sealed record SourceInput(string Name, Stream Bytes, long? Length, DateTime FileTime, ExpansionBudget Budget, Func<Stream>? Reopen);

/// <summary>What became of a source.</summary>
/// <param name="Result">What was taken in; null when nothing in it could even be counted.</param>
/// <param name="Failure">What is wrong with it; null when nothing is.</param>
/// <param name="Facts">What it proves.</param>
/// <param name="Notes">The result's notes, to which the session adds what is only known at its end.</param>
internal sealed record SourceOutcome(ImportResult? Result, AuditToolException? Failure, SourceFacts Facts, List<string> Notes);

/// <summary>The import of one source, from its bytes to its result.</summary>
internal sealed class SourceImport : IDisposable
{
    private const int MaxKeptText = SkippedPiece.KeptBytes;
    private const string NotUtf8 =
        "Not all of it is UTF-8: what is not was read as Windows-1252, in which spreadsheets save. \"Save as\" CSV UTF-8 keeps all letters.";
    private const int MaxRejections = 100_000;
    private const int MaxUnknown = 10_000;
    private const long MaxKeptBytes = 256L * 1024 * 1024;

    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t\r\n\u001e\0"u8);

    private readonly string name;
    private readonly SourceInput input;
    private readonly HashingStream stored;
    private readonly long? length;
    private ImportOptions options;
    private readonly Dimensions dimensions;
    private readonly MirrorWriter writer;
    private readonly Action<ImportProgress> onProgress;
    private readonly CancellationToken cancel;
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly DateTime started = DateTime.UtcNow;
    private readonly ImportStatistics statistics = new();
    private PageSet pages = new();
    private FaultStream? bytes;
    private PeekStream? text;
    private CsvRecordReader? csv;
    private Exception? firstMistake;
    private long mistakes;
    private bool endsInRecord;
    private bool areDatesSought;
    private bool learnedDates;
    private long lastProgress;
    private int keptRejections;
    private long keptBytes;
    private ImportBatch batch = null!;
    private BatchQueue? queue;
    private string layoutKind = KindNames.AuditActivity;
    private RecordShape? provisioningFile;
    private RecordImporter? records;

    public SourceImport(SourceInput input, ImportOptions options, Dimensions dimensions, MirrorWriter writer,
        Action<ImportProgress> onProgress, CancellationToken cancel)
    {
        name = input.Name;
        length = input.Length;
        this.input = input;
        this.options = options;
        this.dimensions = dimensions;
        this.writer = writer;
        this.onProgress = onProgress;
        this.cancel = cancel;
        stored = new HashingStream(input.Bytes);
    }

    /// <summary>Which of the three files of a provisioning download it is; null for anything else.</summary>
    public RecordShape? ProvisioningFile => statistics.Accepted > 0 ? provisioningFile : null;

    /// <summary>What its objects do not tell; null when it has none. Another source may bring it.</summary>
    public MissingLinks? Missing => records?.Missing;

    /// <summary>Reads and writes it all. Whatever is wrong with the source is in the outcome; what was read before is in the mirror.</summary>
    /// <param name="coverage">The spans that the source proves or was declared to cover.</param>
    /// <exception cref="OperationCanceledException">It was cancelled; what was read before is in the mirror.</exception>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The mirror cannot be read or written.</exception>
    /// <exception cref="WritingException">Writing met a mistake of ours; what was not committed yet is lost.</exception>
    public SourceOutcome Run(Func<SourceFacts, Action<string>, IEnumerable<CoveredSpan>> coverage)
    {
        var importId = writer.BeginImport(new(name, length, RememberedOptions.Of(options).ToJson(), ToolVersion.Text, started) { FileTime = input.FileTime });
        queue = new BatchQueue(Write);
        batch = queue.Rent();
        var failure = Read();
        if (!batch.IsEmpty) queue.Add(batch);
        queue.Finish();
        return Finish(importId, failure, coverage);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        queue?.Dispose();
        csv?.Dispose();
        text?.Dispose();
        stored.Dispose();
    }

    /// <summary>Finds out how the dates are written, so that it is known before anything is taken in, and remembered.</summary>
    private void SettleDates()
    {
        var (format, note) = DateOrders.Settle(text!, options, Again(), name, cancel);
        areDatesSought = options.DateFormat != null || format != null;
        if (format != options.DateFormat)
        {
            options = options.WithDateFormat(format);
            writer.Remember(RememberedOptions.Of(options).ToJson(), null);
        }

        if (note != null) statistics.Note(note);
    }

    /// <summary>
    /// The first date of which the order has to be known may stand far behind others (files that were joined): the source is looked through
    /// then. False when that is of no use.
    /// </summary>
    private bool LearnDates(RecordImporter records)
    {
        if (areDatesSought) return false;
        areDatesSought = true;
        if (Again() is not { } again) return false;
        var (format, note) = DateOrders.SettleLate(again, options, name, cancel);
        if (format == null) return false;
        options = options.WithDateFormat(format);
        learnedDates = true;
        records.ReadDates(DateReading.Of(format));
        if (note != null) statistics.Note(note);
        return true;
    }

    private Func<PeekStream>? Again() => input.Reopen is { } reopen ? () => SourceFile.ToText(reopen(), name, input.Budget, reopen, out _) : null;

    /// <summary>
    /// Reads to the end, or to what stops it: the one place where whatever is thrown while a source is read becomes that source's error.
    /// What is not the source's business passes: a stop, and the mirror's own faults.
    /// </summary>
    private AuditToolException? Read()
    {
        try
        {
            options.Reading?.Invoke(name, 0);
            ReadRecords();
            if (bytes!.Fault is { } fault) return SourceErrors.Of(fault, name);
            if (firstMistake != null)
            {
                return ToolFault.Of(firstMistake, mistakes == 1 ? $"A record of '{name}' could not be taken in (it is kept as rejected)"
                    : $"{mistakes:N0} records of '{name}' could not be taken in (they are kept as rejected)", name);
            }

            // Program text and lists in prose begin like JSON: nothing in them was meant as a record.
            if (csv == null && statistics is { Accepted: 0, NotSupported: 0, Rejected: > 0, SawObject: false, GraphError: null }
                && statistics.Unknown < statistics.Rejected) return NotAnExport(text!.Prefix, null);
            return endsInRecord || statistics.IsOpenEnded ? SourceErrors.CutOff(name) : null;
        }
        catch (AuditToolException e) when (!e.IsOfMirror)
        {
            return e;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return SourceErrors.Of(e, name);
        }
        catch (Exception e) when (IsMistake(e))
        {
            return ToolFault.Of(e, $"'{name}' could not be read on (what was read before is in the mirror)", name);
        }
    }

    private static bool IsMistake(Exception e) =>
        e is not (OperationCanceledException or Microsoft.Data.Sqlite.SqliteException or WritingException or AuditToolException);

    private void Write(ImportBatch full)
    {
        try
        {
            options.Writing?.Invoke(full);
            writer.Write(full);
        }
        catch (Exception e) when (e is not (Microsoft.Data.Sqlite.SqliteException or AuditToolException))
        {
            throw new WritingException(e);
        }
    }

    private void ReadRecords()
    {
        text = SourceFile.ToText(stored, name, input.Budget, input.Reopen, out bytes);
        var start = FirstByte(text);
        if (start == 0)
        {
            // Nothing came because nothing could be read: that is said by whoever asks for the fault.
            if (bytes.Fault != null) return;
            throw text.Prefix.IndexOf((byte)0) >= 0 ? SourceErrors.NothingButZeros(name) : SourceErrors.Empty(name);
        }

        SettleDates();
        records = new RecordImporter(dimensions, statistics, options, input.FileTime);
        if (start is (byte)'{' or (byte)'[')
        {
            ReadJson(records);
            return;
        }

        csv = new CsvRecordReader(text);
        var layout = CsvLayout.Recognize(csv.Header, options.ColumnMap, csv.FirstRows);
        if (layout == null)
        {
            if (OwnAnswers.Are(csv.Header)) throw SourceErrors.OwnAnswers(name);
            if (bytes.Fault == null) throw NotAnExport(text.Prefix, WrappedRows.ColumnOfJson(csv.Header, csv.FirstRows()));
            return;
        }

        if (layout.LocalTimeColumn is { } local) throw SourceErrors.LocalTime(name, local);

        writer.Remember(RememberedOptions.Of(options).ToJson(), csv.HeaderText);
        if (layout is { Recognized.Kind: RecordKind.ProvisioningLog })
        {
            layoutKind = KindNames.ProvisioningLog;
            if (layout.Shape != RecordShape.LogAnalyticsProvisioning) provisioningFile = layout.Shape;
        }

        ReadCsv(layout, records);
    }

    /// <summary>The first byte that says something; 0 when there is none.</summary>
    private static byte FirstByte(PeekStream text)
    {
        var at = text.Prefix.IndexOfAnyExcept(Blanks);
        return at < 0 ? (byte)0 : text.Prefix[at];
    }

    private void ReadJson(RecordImporter records)
    {
        var splitter = new JsonRecordSplitter(text!) { OnPage = statistics.Add };
        var withRecords = new HashSet<string>();
        (long Line, long Offset) at = default;
        records.OnInnerRejected = (record, reason) => RejectInner(at.Line, at.Offset, record, reason);
        while (splitter.TryRead(out var slice))
        {
            Tick();
            at = (slice.Line, slice.ByteOffset);
            if (options.Complete) withRecords.Add(splitter.Context ?? string.Empty);
            endsInRecord = slice.Error?.Contains("ends in the middle", StringComparison.Ordinal) == true;
            if (slice.Error is { } error)
            {
                Reject(slice, error);
            }
            else
            {
                var mark = batch.Mark();
                try
                {
                    options.Reading?.Invoke(name, statistics.Read + 1);
                    Take(records, slice.Bytes, splitter.Context, mark);
                    splitter.AcceptLast();
                }
                catch (JsonException e)
                {
                    batch.GoBack(mark);
                    var rejected = splitter.RejectLast(JsonResync.Describe(e));
                    Reject(rejected, rejected.Error!);
                }
                catch (RecordException e)
                {
                    batch.GoBack(mark);
                    // What is no UTF-8 was not even parsed: it may be damaged, and another record in it.
                    var rejected = splitter.RejectLast(e.Message);
                    Reject(rejected, rejected.Error!);
                }
                catch (UnknownRecordException e)
                {
                    batch.GoBack(mark);
                    RejectUnknown(slice.Line, slice.ByteOffset, slice.Bytes.Span, e.Message);
                }
                catch (Exception e) when (IsMistake(e))
                {
                    batch.GoBack(mark);
                    Reject(slice, Mistake(e));
                }
            }

            HandOverWhenFull();
        }

        if (splitter.EndsInside) statistics.NoteOpenEnd();
        pages = splitter.Pages;
        if (!options.Complete || splitter.EndsInside) return;
        foreach (var context in pages.RecordContexts.Where(context => !withRecords.Contains(context ?? string.Empty)))
            records.TakeNothing(null, context, batch);
        if (pages.Count == 0 && withRecords.Count == 0) records.TakeNothing(null, null, batch);
    }

    private void Take(RecordImporter records, ReadOnlyMemory<byte> record, string? context, BatchMark mark)
    {
        try
        {
            records.Take(record, context, batch);
        }
        catch (AmbiguousTimeException)
        {
            batch.GoBack(mark);
            if (!LearnDates(records)) throw;
            records.Take(record, context, batch);
        }
    }

    private void TakeRow(RecordImporter records, ReadOnlyMemory<byte> row, Recognized layout, BatchMark mark)
    {
        try
        {
            records.TakeRow(row, layout, batch);
        }
        catch (AmbiguousTimeException)
        {
            batch.GoBack(mark);
            if (!LearnDates(records)) throw;
            records.TakeRow(row, layout, batch);
        }
    }

    private void ReadCsv(CsvLayout layout, RecordImporter records)
    {
        NoteColumns(layout);
        var wasRejected = false;
        long at = 0;
        records.OnInnerRejected = (record, reason) => RejectInner(at, null, record, reason);
        while (csv!.TryRead(layout.Cells, out var row))
        {
            Tick();
            at = row.Line;
            // Files that were joined need not have the same columns.
            if (row.Cells is { } cells && (row.BeginsText || row.Error != null)
                && CsvLayout.Recognize(cells, options.ColumnMap) is { LocalTimeColumn: null } next)
            {
                csv.TakeAsHeader(cells);
                layout = next;
                NoteColumns(layout);
                continue;
            }

            wasRejected = true;
            var line = Encoding.UTF8.GetBytes(row.Text);
            var mark = batch.Mark();
            try
            {
                options.Reading?.Invoke(name, statistics.Read + 1);
                if (row.Error != null)
                {
                    Reject(row.Line, null, line, row.Error);
                }
                else
                {
                    if (layout.Recognized.Kind == RecordKind.NotSupported) statistics.Skip(layout.Recognized.Label);
                    else TakeRow(records, row.Json, layout.Recognized, mark);
                    wasRejected = false;
                }
            }
            catch (Exception e) when (e is RecordException or JsonException)
            {
                batch.GoBack(mark);
                Reject(row.Line, null, line, e is JsonException json ? JsonResync.Describe(json) : e.Message);
            }
            catch (UnknownRecordException e)
            {
                batch.GoBack(mark);
                RejectUnknown(row.Line, null, line, e.Message);
            }
            catch (Exception e) when (IsMistake(e))
            {
                batch.GoBack(mark);
                Reject(row.Line, null, line, Mistake(e));
            }

            HandOverWhenFull();
        }

        if (options.Complete && statistics.Read == 0 && layout.Recognized is { Kind: RecordKind.Entitlement } what) records.TakeNothing(what.Entity, null, batch);
        if (csv.Windows1252 > 0) statistics.Note(NotUtf8);

        // A download that broke off leaves a row that is none, without its line end.
        endsInRecord = wasRejected && bytes!.LastByte is not ('\n' or '\r' or '\0');
    }

    private void NoteColumns(CsvLayout layout)
    {
        if (layout.NotUnderstood.Count > 0)
            statistics.Note($"Columns that were not understood: {ContentDescription.Shorten(string.Join(", ", layout.NotUnderstood))}. If "
                + $"they matter, say what they are with -ColumnMap.");
        foreach (var note in layout.Notes) statistics.Note(note);
    }

    /// <summary>A mistake of ours costs one record, not those behind it; it is told once for the source.</summary>
    private string Mistake(Exception e)
    {
        firstMistake ??= e;
        mistakes++;
        return $"a mistake in EntraAuditTools met this record: {ToolFault.Seen(e)}";
    }

    private void Reject(in RecordSlice slice, string reason)
    {
        statistics.SawObject |= ContentDescription.IsObject(slice.Bytes.Span);
        Reject(slice.Line, slice.ByteOffset, slice.Bytes.Span, reason);
    }

    private void Reject(long? line, long? offset, ReadOnlySpan<byte> text, string reason)
    {
        reason = SkippedPiece.Describe(reason, text);
        statistics.Reject(Placed(line, reason));
        Keep(line, offset, text, reason);
    }

    private void RejectUnknown(long? line, long? offset, ReadOnlySpan<byte> text, string properties)
    {
        var reason = SkippedPiece.Describe($"not a record of any known kind (its properties: {properties})", text);
        statistics.RejectUnknown(properties, Placed(line, reason));
        Keep(line, offset, text, reason);
    }

    private void RejectInner(long line, long? offset, ReadOnlySpan<byte> text, string? reason)
    {
        if (reason == null) RejectUnknown(line, offset, text, "inside of another object");
        else Reject(line, offset, text, reason);
    }

    private static string Placed(long? line, string reason) => line is { } number ? $"line {number}: {reason}" : reason;

    private void Keep(long? line, long? offset, ReadOnlySpan<byte> text, string reason)
    {
        // Of a file that may be no export at all fewer are kept than of one whose records are known.
        var most = statistics.Accepted + statistics.NotSupported == 0 && statistics.Unknown == statistics.Rejected ? MaxUnknown : MaxRejections;
        var kept = text[..Math.Min(text.Length, MaxKeptText)];
        if (keptRejections >= most || keptBytes > MaxKeptBytes)
        {
            statistics.Note($"So many records were rejected that only the first {keptRejections:N0} of them are kept.");
            return;
        }

        keptRejections++;
        keptBytes += kept.Length;
        batch.Rejections.Add(new(line, offset, reason, kept.ToArray()));
    }

    private void HandOverWhenFull()
    {
        if (!batch.IsFull) return;
        queue!.Add(batch);
        batch = queue.Rent();
    }

    private void Tick()
    {
        cancel.ThrowIfCancellationRequested();
        if (Environment.TickCount64 - lastProgress < 200) return;
        lastProgress = Environment.TickCount64;
        onProgress(new(name, statistics.Read, stored.BytesRead, length));
    }

    private SourceOutcome Finish(long importId, AuditToolException? failure, Func<SourceFacts, Action<string>, IEnumerable<CoveredSpan>> coverage)
    {
        // Not while batches are written.
        if (learnedDates) writer.Remember(RememberedOptions.Of(options).ToJson(), csv?.HeaderText);
        var counts = writer.Counts;
        var hash = TryHash(ref failure);
        failure ??= NothingTaken();
        var facts = SourceFacts.Of(statistics, pages, failure?.ErrorId);
        var spans = coverage(facts, statistics.Note).ToList();
        // Objects of something else are no records that were lost.
        var isForeign = failure?.ErrorId is "NotAnExport" or "GraphErrorSaved" && statistics.Accepted + statistics.NotSupported == 0;
        if (isForeign) writer.DiscardRejections();
        var notes = statistics.Notes().ToList();
        if (counts.Conflicts > 0)
            notes.Add($"{counts.Conflicts} {(counts.Conflicts == 1 ? "record has" : "records have")} the id of another event, of another "
                + $"time, activity or change: {(counts.Conflicts == 1 ? "both" : "all")} are kept.");
        if (statistics.Read == 0 && failure == null)
            notes.Add(options.Complete ? "It holds no records, and was declared complete: there are none." : "It holds no records.");
        if (statistics.FirstRejection != null && !isForeign) notes.Add($"First rejected: {statistics.FirstRejection}.");
        var result = Result(importId, hash, failure, counts, notes);
        writer.FinishImport(failure == null ? result : Result(importId, hash, failure, counts, [.. notes, failure.Message]), spans,
            JsonSerializer.Serialize(facts));
        return new(isForeign || (failure != null && statistics.Read == 0) ? null : result, failure, facts, notes);
    }

    /// <summary>
    /// The hash of the whole source, if it can be read to its end; a source that fails only then has failed too. Of what was not taken in
    /// nobody needs it, and a pipeline that is of no use is not waited for.
    /// </summary>
    private byte[]? TryHash(ref AuditToolException? failure)
    {
        if (failure != null && (length == null || statistics.Read == 0)) return null;
        try
        {
            return stored.Finish(cancel);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException || e is AuditToolException { IsOfMirror: false })
        {
            failure ??= SourceErrors.Of(e, name);
            return null;
        }
    }

    /// <summary>The error of a source that could be read, of which nothing could be taken in; null for any other.</summary>
    private AuditToolException? NothingTaken()
    {
        if (statistics is { Accepted: 0, NotSupported: 0, Rejected: 0, GraphError: { } answered }) return SourceErrors.GraphError(name, answered);
        if (statistics is not { Accepted: 0, NotSupported: 0, Rejected: > 0 }) return null;
        if (statistics.GraphError is { } error && statistics.Rejected == 1) return SourceErrors.GraphError(name, error);
        return statistics.IsAllForeign
            ? SourceErrors.NotAnExport(name, $"JSON objects with the properties {statistics.UnknownProperties}")
            : SourceErrors.NothingReadable(name, statistics.Rejected, statistics.FirstRejection);
    }

    private ImportResult Result(long importId, byte[]? hash, AuditToolException? failure, WriteCounts counts, List<string> notes) => new()
    {
        Source = name,
        Kind = statistics.Accepted > 0 ? string.Join(", ", statistics.Kinds) : statistics.NotSupported > 0 ? statistics.NotSupportedKinds : failure != null
        && statistics.Rejected == 0 ? string.Empty : layoutKind,
        Shape = statistics.Shapes,
        Status = statistics.Accepted == 0 && failure != null ? "Failed"
            : statistics.Accepted == 0 && statistics.NotSupported > 0 ? "NotSupported"
            : failure != null || statistics.IsMissingAnswers || statistics.Rejected + statistics.NotSupported > 0 ? "Partial" : "Imported",
        Read = statistics.Read,
        Added = counts.Added,
        Updated = counts.Updated,
        Unchanged = counts.Unchanged,
        Rejected = statistics.Rejected,
        NotSupported = statistics.NotSupported,
        Conflicts = counts.Conflicts,
        FirstTime = statistics.FirstTicks <= statistics.LastTicks ? new DateTimeOffset(statistics.FirstTicks, TimeSpan.Zero) : null,
        LastTime = statistics.FirstTicks <= statistics.LastTicks ? new DateTimeOffset(statistics.LastTicks, TimeSpan.Zero) : null,
        Sha256 = hash == null || length == null ? null : Convert.ToHexString(hash).ToLowerInvariant(),
        Duration = clock.Elapsed,
        ImportId = importId,
        Notes = new(notes),
    };

    private AuditToolException NotAnExport(ReadOnlySpan<byte> start, string? columnOfJson)
    {
        var (looksLike, advice) = ContentDescription.Describe(start);
        if (columnOfJson != null)
            advice = $"If its column '{columnOfJson}' holds records as JSON: Import-Csv <file> | ForEach-Object '{columnOfJson}' | Import-AuditExport.";
        return SourceErrors.NotAnExport(name, looksLike, advice);
    }
}
