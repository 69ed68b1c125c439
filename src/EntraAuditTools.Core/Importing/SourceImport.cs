using System.Diagnostics;
using System.Text;
using System.Text.Json;
using EntraAuditTools.Core.Formats;
using EntraAuditTools.Core.Formats.Csv;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Importing.Sources;
using EntraAuditTools.Core.Mirror.Writing;

namespace EntraAuditTools.Core.Importing;

/// <summary>The import of one source, from its bytes to its result.</summary>
internal sealed class SourceImport : IDisposable
{
    private const int MaxKeptText = SkippedPiece.KeptBytes;
    private const string NotUtf8 = "Not all of it is UTF-8: what is not was read as Windows-1252, in which spreadsheets save. \"Save as\" CSV UTF-8 keeps all letters.";
    private const int MaxRejections = 100_000;
    private const int MaxUnknown = 10_000;
    private const long MaxKeptBytes = 256L * 1024 * 1024;

    private readonly string name;
    private readonly HashingStream stored;
    private readonly long? length;
    private readonly DateTime fileTime;
    private readonly Func<Stream>? reopen;
    private ImportOptions options;
    private readonly Dimensions dimensions;
    private readonly MirrorWriter writer;
    private readonly Action<ImportProgress> onProgress;
    private readonly CancellationToken cancel;
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly DateTime started = DateTime.UtcNow;
    private readonly ImportTally tally = new();
    private long lastProgress;
    private int keptRejections;
    private long keptBytes;
    private ImportBatch batch = null!;
    private BatchQueue? queue;
    private string layoutKind = KindNames.AuditActivity;
    private RecordShape? provisioningFile;

    public SourceImport(string name, Stream bytes, long? length, DateTime fileTime, ImportOptions options, Dimensions dimensions, MirrorWriter writer, Action<ImportProgress> onProgress, CancellationToken cancel, Func<Stream>? reopen = null)
    {
        this.reopen = reopen;
        this.name = name;
        this.length = length;
        this.fileTime = fileTime;
        this.options = options;
        this.dimensions = dimensions;
        this.writer = writer;
        this.onProgress = onProgress;
        this.cancel = cancel;
        stored = new HashingStream(bytes);
    }

    /// <summary>What the pages said of themselves.</summary>
    public PageSet Pages { get; private set; } = new();

    /// <summary>What was read.</summary>
    public ImportTally Tally => tally;

    /// <summary>Reads and writes it all.</summary>
    /// <param name="coverage">The spans that the source proves or was declared to cover.</param>
    /// <exception cref="AuditToolException">It is no export, or cannot be read to its end; what was read before is in the mirror.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; what was read before is in the mirror.</exception>
    public ImportResult Run(Func<SourceImport, IEnumerable<CoveredSpan>> coverage)
    {
        using var text = Open();
        var start = FirstByte(text);
        if (start == null) throw SourceErrors.Empty(name);
        SettleDates(text);
        var isJson = start is (byte)'{' or (byte)'[';
        using var csv = isJson ? null : new CsvRecordReader(text);
        var layout = csv == null ? null : CsvLayout.Recognize(csv.Header, options.ColumnMap, csv.FirstRows);
        if (csv != null && layout == null) throw NotAnExport(text.Prefix, WrappedRows.ColumnOfJson(csv.Header, csv.FirstRows()));
        if (layout?.LocalTimeColumn is { } local) throw SourceErrors.LocalTime(name, local);
        if (layout is { Recognized.Kind: RecordKind.ProvisioningLog })
        {
            layoutKind = KindNames.ProvisioningLog;
            if (layout.Shape != RecordShape.LogAnalyticsProvisioning) provisioningFile = layout.Shape;
        }


        var importId = writer.BeginImport(new(name, length, JsonSerializer.Serialize(new { options.Tenant, options.Application, options.AccessPackage, options.Group, options.Complete, options.ObservedAt, options.CoversFrom, options.CoversTo, options.ColumnMap, options.DateFormat }), ToolVersion.Text, started) { FileTime = fileTime, Header = csv?.HeaderText });
        queue = new BatchQueue(writer.Write);
        batch = queue.Rent();
        var records = new RecordImporter(dimensions, tally, options, fileTime);
        AuditToolException? failure = null;
        try
        {
            if (csv == null) ReadJson(text, records);
            else ReadCsv(csv, layout!, records);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            failure = SourceErrors.Unreadable(name, e);
        }
        catch (AuditToolException e)
        {
            failure = e;
        }

        if (!batch.IsEmpty) queue.Add(batch);
        queue.Finish();
        return Finish(importId, failure, failure == null ? stored.Finish(cancel) : null, coverage);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        queue?.Dispose();
        stored.Dispose();
    }

    /// <summary>Finds out how the dates are written, so that it is known before anything is taken in.</summary>
    private void SettleDates(PeekStream text)
    {
        try
        {
            var (format, note) = DateOrders.Settle(text, options, reopen == null ? null : () => SourceOpener.ToText(new HashingStream(reopen()), name), name, cancel);
            options = options.WithDateFormat(format);
            if (note != null) tally.Note(note);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw SourceErrors.Unreadable(name, e);
        }
    }

    private PeekStream Open()
    {
        try
        {
            return SourceOpener.ToText(stored, name);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw SourceErrors.Unreadable(name, e);
        }
    }

    /// <summary>The first byte that is no blank; null when there is none.</summary>
    private static byte? FirstByte(PeekStream text)
    {
        var at = text.Prefix.IndexOfAnyExcept(" \t\r\n\u001e"u8);
        return at < 0 ? null : text.Prefix[at];
    }

    private void ReadJson(Stream text, RecordImporter records)
    {
        var splitter = new JsonRecordSplitter(text) { OnPage = tally.Add };
        var withRecords = new HashSet<string>();
        (long Line, long Offset) at = default;
        records.OnInnerRejected = (record, reason) => RejectInner(at.Line, at.Offset, record, reason);
        while (splitter.TryRead(out var slice))
        {
            Tick();
            at = (slice.Line, slice.ByteOffset);
            if (options.Complete) withRecords.Add(splitter.Context ?? string.Empty);
            if (slice.Error is { } error)
            {
                Reject(slice, error);
            }
            else
            {
                try
                {
                    records.Take(slice.Bytes, splitter.Context, batch);
                    splitter.AcceptLast();
                }
                catch (JsonException e)
                {
                    var rejected = splitter.RejectLast(JsonResync.Describe(e));
                    Reject(rejected, rejected.Error!);
                }
                catch (RecordException e)
                {
                    Reject(slice, e.Message);
                }
                catch (UnknownRecordException e)
                {
                    RejectUnknown(slice.Line, slice.ByteOffset, slice.Bytes.Span, e.Message);
                }
            }

            HandOverWhenFull();
        }

        if (splitter.EndsInside) tally.NoteOpenEnd();
        Pages = splitter.Pages;
        if (!options.Complete || splitter.EndsInside) return;
        foreach (var context in Pages.RecordContexts.Where(context => !withRecords.Contains(context ?? string.Empty))) records.TakeNothing(null, context, batch);
        if (Pages.Count == 0 && withRecords.Count == 0) records.TakeNothing(null, null, batch);
    }

    private void ReadCsv(CsvRecordReader csv, CsvLayout layout, RecordImporter records)
    {
        NoteColumns(layout);
        long line = 0;
        records.OnInnerRejected = (record, reason) => RejectInner(line, null, record, reason);
        while (csv.TryRead(layout.Cells, out var row))
        {
            Tick();
            line = row.Line;
            // Files that were joined need not have the same columns.
            if (row.Cells is { } cells && (row.BeginsText || row.Error != null) && CsvLayout.Recognize(cells, options.ColumnMap) is { LocalTimeColumn: null } next)
            {
                csv.TakeAsHeader(cells);
                layout = next;
                NoteColumns(layout);
                continue;
            }

            var text = Encoding.UTF8.GetBytes(row.Text);
            try
            {
                if (row.Error != null) Reject(row.Line, null, text, row.Error);
                else if (layout.Recognized.Kind == RecordKind.NotSupported) tally.Skip(layout.Recognized.Label);
                else records.TakeRow(row.Json, layout.Recognized, batch);
            }
            catch (Exception e) when (e is RecordException or JsonException)
            {
                Reject(row.Line, null, text, e is JsonException json ? JsonResync.Describe(json) : e.Message);
            }
            catch (UnknownRecordException e)
            {
                RejectUnknown(row.Line, null, text, e.Message);
            }

            HandOverWhenFull();
        }

        if (options.Complete && tally.Read == 0 && layout.Recognized is { Kind: RecordKind.Entitlement } what) records.TakeNothing(what.Entity, null, batch);
        if (csv.Windows1252 > 0) tally.Note(NotUtf8);
    }

    private void NoteColumns(CsvLayout layout)
    {
        if (layout.NotUnderstood.Count > 0) tally.Note($"Columns that were not understood: {ContentDescription.Shorten(string.Join(", ", layout.NotUnderstood))}. If they matter, say what they are with -ColumnMap.");
        foreach (var note in layout.Notes) tally.Note(note);
    }

    private void Reject(in RecordSlice slice, string reason) => Reject(slice.Line, slice.ByteOffset, slice.Bytes.Span, reason);

    private void Reject(long? line, long? offset, ReadOnlySpan<byte> text, string reason)
    {
        reason = SkippedPiece.Describe(reason, text);
        tally.Reject($"{(line is { } l ? $"line {l}: " : string.Empty)}{reason}");
        Keep(line, offset, text, reason);
    }

    private void RejectUnknown(long? line, long? offset, ReadOnlySpan<byte> text, string properties)
    {
        tally.RejectUnknown(properties);
        Keep(line, offset, text, SkippedPiece.Describe($"not a record of any known kind (its properties: {properties})", text));
    }

    private void RejectInner(long line, long? offset, ReadOnlySpan<byte> text, string? reason)
    {
        if (reason == null) RejectUnknown(line, offset, text, "inside of another object");
        else Reject(line, offset, text, reason);
    }

    private void Keep(long? line, long? offset, ReadOnlySpan<byte> text, string reason)
    {
        // Of a file that may be no export at all fewer are kept than of one whose records are known.
        var most = tally.Accepted + tally.NotSupported == 0 && tally.Unknown == tally.Rejected ? MaxUnknown : MaxRejections;
        var kept = text[..Math.Min(text.Length, MaxKeptText)];
        if (keptRejections >= most || keptBytes > MaxKeptBytes)
        {
            tally.Note($"So many records were rejected that only the first {keptRejections:N0} of them are kept.");
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
        onProgress(new(name, tally.Read, stored.BytesRead, length));
    }

    private ImportResult Finish(long importId, AuditToolException? failure, byte[]? hash, Func<SourceImport, IEnumerable<CoveredSpan>> coverage)
    {
        var counts = writer.Counts;
        if (failure == null && tally is { Accepted: 0, NotSupported: 0, Rejected: 0, GraphError: { } answered })
        {
            writer.DiscardImport();
            throw SourceErrors.GraphError(name, answered);
        }

        if (failure == null && tally is { Accepted: 0, NotSupported: 0, Rejected: > 0 })
        {
            if (tally.GraphError is { } error && tally.Rejected == 1)
            {
                writer.DiscardImport();
                throw SourceErrors.GraphError(name, error);
            }

            if (tally.Unknown == tally.Rejected)
            {
                writer.DiscardImport();
                throw SourceErrors.NotAnExport(name, $"JSON objects with the properties {tally.UnknownProperties}");
            }
        }

        if (failure == null && tally.Accepted == 0 && tally.Rejected == 0) writer.DiscardImport();
        var status = failure != null || (tally.Accepted == 0 && tally.Rejected > 0) ? "Failed"
            : tally.Accepted == 0 && tally.NotSupported > 0 ? "NotSupported"
            : tally.Rejected + tally.NotSupported > 0 || tally.IsMissingAnswers ? "Partial" : "Imported";
        var spans = failure == null ? coverage(this).ToList() : [];
        var notes = tally.Notes().ToList();
        if (provisioningFile is { } shape && tally.Accepted > 0 && writer.MissingProvisioningFiles(shape == RecordShape.PortalProvisioningRow) is { } missing) notes.Add(missing);
        if (counts.Conflicts > 0) notes.Add($"{counts.Conflicts} {(counts.Conflicts == 1 ? "record has" : "records have")} the id of another event, of another time or activity: both are kept.");
        if (tally.Read == 0) notes.Add(options.Complete ? "It holds no records, and was declared complete: there are none." : "It holds no records.");
        if (tally.FirstRejection != null) notes.Add($"First rejected: {tally.FirstRejection}.");
        var result = new ImportResult
        {
            Source = name,
            Kind = tally.Accepted > 0 ? string.Join(", ", tally.Kinds) : tally.NotSupported > 0 ? tally.NotSupportedKinds : layoutKind,
            Shape = tally.Shapes,
            Status = status,
            Read = tally.Read,
            Added = counts.Added,
            Updated = counts.Updated,
            Unchanged = counts.Unchanged,
            Rejected = tally.Rejected,
            NotSupported = tally.NotSupported,
            Conflicts = counts.Conflicts,
            FirstTime = tally.FirstTicks <= tally.LastTicks ? new DateTimeOffset(tally.FirstTicks, TimeSpan.Zero) : null,
            LastTime = tally.FirstTicks <= tally.LastTicks ? new DateTimeOffset(tally.LastTicks, TimeSpan.Zero) : null,
            Sha256 = hash == null || length == null ? null : Convert.ToHexString(hash).ToLowerInvariant(),
            Duration = clock.Elapsed,
            ImportId = tally.Accepted + tally.Rejected > 0 || failure != null ? importId : 0,
            Notes = new(notes),
        };
        if (result.ImportId != 0) writer.FinishImport(result, spans);
        if (failure != null) throw failure;
        return result;
    }

    private AuditToolException NotAnExport(ReadOnlySpan<byte> start, string? columnOfJson)
    {
        var (looksLike, advice) = ContentDescription.Describe(start);
        if (columnOfJson != null) advice = $"If its column '{columnOfJson}' holds records as JSON: Import-Csv <file> | ForEach-Object '{columnOfJson}' | Import-AuditExport.";
        return SourceErrors.NotAnExport(name, looksLike, advice);
    }
}
