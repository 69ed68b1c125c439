using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using EntraAuditTools.Core.Errors;
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

/// <summary>The import of one source, from its bytes to its result.</summary>
internal sealed class SourceImport : IDisposable
{
    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t\r\n\u001e\0"u8);

    private readonly string name;
    private readonly SourceInput input;
    private readonly HashingStream stored;
    private readonly Dimensions dimensions;
    private readonly MirrorWriter writer;
    private readonly BatchPool batches;
    private readonly Action<ImportProgress> onProgress;
    private readonly CancellationToken cancel;
    private readonly ImportStatistics statistics = new();
    private readonly SourceReport report;
    private ImportOptions options;
    private PageSet pages = new();
    private FaultStream? bytes;
    private PeekStream? text;
    private CsvRecordReader? csv;
    private bool endsInRecord;
    private bool areDatesSought;
    private bool learnedDates;
    private long lastProgress;
    private BatchQueue? queue;
    private RecordIntake? intake;
    private RecordShape? provisioningFile;
    private RecordImporter? records;

    public SourceImport(SourceInput input, ImportOptions options, Dimensions dimensions, MirrorWriter writer, BatchPool batches,
        Action<ImportProgress> onProgress, CancellationToken cancel)
    {
        name = input.Name;
        this.input = input;
        this.options = options;
        this.dimensions = dimensions;
        this.writer = writer;
        this.batches = batches;
        this.onProgress = onProgress;
        this.cancel = cancel;
        stored = new HashingStream(input.Bytes);
        report = new(name, statistics, writer.Counts);
    }

    /// <summary>Which of the three files of a provisioning download it is; null for anything else.</summary>
    public RecordShape? ProvisioningFile => statistics.Accepted > 0 ? provisioningFile : null;

    /// <summary>Links that its objects do not contain; null when it has none. Another source may bring them.</summary>
    public MissingLinks? Missing => records?.Missing;

    /// <summary>Reads and writes it all. Any error of the source is in the outcome; what was read before is in the mirror.</summary>
    /// <param name="coverage">The spans that the source proves or was declared to cover.</param>
    /// <exception cref="OperationCanceledException">It was cancelled; what was read before is in the mirror.</exception>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The mirror cannot be read or written.</exception>
    /// <exception cref="WritingException">Writing met a mistake of ours; what was not committed yet is lost.</exception>
    public SourceOutcome Run(Func<SourceFacts, Action<string>, IEnumerable<CoveredSpan>> coverage)
    {
        var importId = writer.BeginImport(new(name, input.Length, RememberedOptions.Of(options).ToJson(), ToolVersion.Text,
            DateTime.UtcNow) { FileTime = input.FileTime });
        queue = new BatchQueue(Write, batches);
        var failure = Read();
        if (intake == null) queue.Finish(last: null);
        else intake.Finish();
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

    /// <summary>Finds out how the dates are written, so that it is known before anything is taken in, and kept.</summary>
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
    /// The first date of which the order has to be known may be far behind others (files that were joined): the source is then searched.
    /// False when that does not help.
    /// </summary>
    private bool LearnDates()
    {
        if (areDatesSought) return false;
        areDatesSought = true;
        if (Again() is not { } again) return false;
        var (format, note) = DateOrders.SettleLate(again, options, name, cancel);
        if (format == null) return false;
        options = options.WithDateFormat(format);
        learnedDates = true;
        records!.ReadDates(DateReading.Of(format));
        if (note != null) statistics.Note(note);
        return true;
    }

    private Func<PeekStream>? Again() =>
        input.Reopen is { } reopen ? () => SourceFile.ToText(reopen(), name, input.Budget, reopen, out _) : null;

    /// <summary>
    /// Reads to the end, or to what stops it: the one place where every exception of a source's reading becomes that source's error.
    /// Exceptions that are not the source's pass: a stop, and the mirror's own faults.
    /// </summary>
    private AuditToolException? Read()
    {
        try
        {
            options.Reading?.Invoke(name, 0);
            ReadRecords();
            if (bytes!.Fault is { } fault) return SourceErrors.Of(fault, name);
            if (intake?.FirstMistake is { } mistake)
            {
                return ToolFault.Of(mistake, intake.Mistakes == 1 ? $"A record of '{name}' could not be taken in (it is kept as rejected)"
                    : $"{intake.Mistakes:N0} records of '{name}' could not be taken in (they are kept as rejected)", name);
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
        catch (Exception e) when (RecordIntake.IsMistake(e))
        {
            return ToolFault.Of(e, $"'{name}' could not be read on (what was read before is in the mirror)", name);
        }
    }

    private void Write(IReadOnlyList<ImportBatch> run)
    {
        try
        {
            foreach (var batch in run) options.Writing?.Invoke(batch);
            writer.Write(run);
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
            // Nothing came because nothing could be read: the fault is reported by its own check.
            if (bytes.Fault != null) return;
            throw text.Prefix.IndexOf((byte)0) >= 0 ? SourceErrors.NothingButZeros(name) : SourceErrors.Empty(name);
        }

        SettleDates();
        records = new RecordImporter(dimensions, statistics, options, input.FileTime);
        intake = new RecordIntake(name, options, statistics, queue!, records, LearnDates);
        if (start is (byte)'{' or (byte)'[') ReadJson(intake);
        else if (Layout() is { } layout) ReadCsv(layout, intake);
    }

    private void ReadJson(RecordIntake taken)
    {
        var json = new JsonSource(text!, taken, options, statistics);
        json.Read(Tick);
        (pages, endsInRecord) = (json.Pages, json.EndsInRecord);
    }

    /// <summary>The columns of a CSV; null where they are unknown because it could not be read.</summary>
    /// <exception cref="AuditToolException">It is no export, or none that can be read here.</exception>
    private CsvLayout? Layout()
    {
        csv = new CsvRecordReader(text!);
        var layout = CsvLayout.Recognize(csv.Header, options.ColumnMap, csv.FirstRows);
        if (layout == null)
        {
            if (OwnAnswers.Are(csv.Header)) throw SourceErrors.OwnAnswers(name);
            return bytes!.Fault != null ? null : throw NotAnExport(text!.Prefix, WrappedRows.ColumnOfJson(csv.Header, csv.FirstRows()));
        }

        return layout.LocalTimeColumn is { } local ? throw SourceErrors.LocalTime(name, local) : layout;
    }

    private void ReadCsv(CsvLayout layout, RecordIntake taken)
    {
        writer.Remember(RememberedOptions.Of(options).ToJson(), csv!.HeaderText);
        if (layout.Recognized.IsOfLog) report.LayoutKind = ShapeInfo.Of(layout.Shape).Kind!;
        if (layout.Shape == RecordShape.PortalProvisioningRow || ShapeInfo.Of(layout.Shape).IsPart) provisioningFile = layout.Shape;

        var source = new CsvSource(csv, layout, taken, options, statistics);
        source.Read(Tick);
        // A download that broke off leaves a row that is none, without its line end.
        endsInRecord = source.EndsInRejected && bytes!.LastByte is not ('\n' or '\r' or '\0');
    }

    /// <summary>The first byte that says something; 0 when there is none.</summary>
    private static byte FirstByte(PeekStream text)
    {
        var at = text.Prefix.IndexOfAnyExcept(Blanks);
        return at < 0 ? (byte)0 : text.Prefix[at];
    }

    private void Tick()
    {
        cancel.ThrowIfCancellationRequested();
        if (Environment.TickCount64 - lastProgress < 200) return;
        lastProgress = Environment.TickCount64;
        onProgress(new(name, statistics.Read, stored.BytesRead, input.Length));
    }

    private SourceOutcome Finish(long importId, AuditToolException? failure,
        Func<SourceFacts, Action<string>, IEnumerable<CoveredSpan>> coverage)
    {
        // Not while batches are written.
        if (learnedDates) writer.Remember(RememberedOptions.Of(options).ToJson(), csv?.HeaderText);
        var hash = TryHash(ref failure);
        failure ??= report.NothingTaken();
        var facts = SourceFacts.Of(statistics, pages, failure?.ErrorId);
        var spans = coverage(facts, statistics.Note).ToList();
        var isForeign = report.IsForeign(failure);
        if (isForeign) writer.DiscardRejections();
        var notes = report.Notes(failure, options.Complete);
        var sha256 = input.Length == null ? null : hash;
        var result = report.Result(importId, sha256, failure, notes);
        var head = writer.FinishImport(failure == null ? result : report.Result(importId, sha256, failure, [.. notes, failure.Message]), spans,
            JsonSerializer.Serialize(facts));
        if (isForeign || (failure != null && statistics.Read == 0)) return new(null, failure, facts, notes);
        return new(report.Result(importId, sha256, failure, notes, head), failure, facts, notes);
    }

    /// <summary>
    /// The hash of the whole source, if it can be read to its end; a source that fails only then has failed too. It is not needed for what
    /// was not taken in, and a pipeline that is no export is not waited for.
    /// </summary>
    private byte[]? TryHash(ref AuditToolException? failure)
    {
        if (failure != null && (input.Length == null || statistics.Read == 0)) return null;
        try
        {
            return stored.Finish(cancel);
        }
        catch (Exception e)
            when (e is IOException or InvalidDataException or UnauthorizedAccessException || e is AuditToolException { IsOfMirror: false })
        {
            failure ??= SourceErrors.Of(e, name);
            return null;
        }
    }

    private AuditToolException NotAnExport(ReadOnlySpan<byte> start, string? columnOfJson)
    {
        var (looksLike, advice) = ContentDescription.Describe(start);
        if (columnOfJson != null)
            advice = $"If its column '{columnOfJson}' holds records as JSON{Caller.Choose(string.Empty, ", with PowerShell")}: "
                + $"Import-Csv <file> | ForEach-Object '{columnOfJson}' | Import-AuditExport.";
        return SourceErrors.NotAnExport(name, looksLike, advice);
    }
}
