using System.Text.Json;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Common;
using EntraAuditTools.Core.Formats.Dates;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Importing.Kinds;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Rows;
using EntraAuditTools.Core.Mirror.Writing;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Importing.Upgrading;

/// <summary>The result of an import that was derived anew.</summary>
internal sealed record UpgradedImport(OldImport Import, ImportStatistics Statistics)
{
    /// <summary>Rejected records that are taken in now.</summary>
    public long Taken { get; set; }

    /// <summary>Records that were in them.</summary>
    public long TakenRecords { get; set; }

    /// <summary>Records in them of a kind that is left out.</summary>
    public long TakenLeftOut { get; set; }

    /// <summary>Records that were taken in before, and are rejected now.</summary>
    public long Rejected { get; set; }

    /// <summary>Records that were taken in before, and are left out now: they are of another kind.</summary>
    public long LeftOut { get; set; }

    /// <summary>Records that were taken in before, and are set aside until their file is imported again.</summary>
    public long SetAside { get; set; }

    /// <summary>How its dates are written, once that is known; null where it is no question.</summary>
    public string? DateFormat { get; set; }

    /// <summary>
    /// Why the file should be imported again, if it is still there; null when all of it is as a new import would have it.
    /// </summary>
    public string? Advice { get; set; }
}

/// <summary>Derives anew what a mirror holds of one import, from its originals and options.</summary>
internal sealed class ImportUpgrade : IDisposable
{
    private const int MaxFront = 1024;
    private const string Torn = "its brackets are not closed";

    private readonly OldOriginals originals;
    private readonly OldImport import;
    private readonly UpgradedImport result;
    private readonly Dimensions dimensions;
    private readonly MirrorWriter writer;
    private readonly Action<long> onProgress;
    private readonly CancellationToken cancel;
    private readonly HashSet<long> knownRejections = [];
    private readonly HashSet<string> contexts = [];
    private ImportOptions options;
    private RecordImporter records = null!;
    private BatchQueue? queue;
    private ImportBatch batch = null!;
    private Exception? mistake;
    private long position;
    private long skip;
    private long tornAt = -1;
    private bool isOwnRecord;
    private bool isInnerRejected;
    private bool areDatesSought;

    /// <summary>Prepares.</summary>
    /// <param name="originals">The old mirror.</param>
    /// <param name="import">The import.</param>
    /// <param name="options">How it was made.</param>
    /// <param name="dimensions">Numbers recurring values in the new mirror.</param>
    /// <param name="writer">Writes the new mirror.</param>
    /// <param name="onProgress">Called with how many records are done.</param>
    /// <param name="cancel">Stops.</param>
    public ImportUpgrade(OldOriginals originals, OldImport import, ImportOptions options, Dimensions dimensions, MirrorWriter writer,
        Action<long> onProgress, CancellationToken cancel)
    {
        this.originals = originals;
        this.import = import;
        this.options = options;
        this.dimensions = dimensions;
        this.writer = writer;
        this.onProgress = onProgress;
        this.cancel = cancel;
        result = new(import, new ImportStatistics());
    }

    /// <summary>Reads and writes it all; what belongs to the import itself is still to be written.</summary>
    /// <param name="done">How far it is written already, when it was stopped before.</param>
    /// <param name="fileTime">When its source was written.</param>
    public UpgradedImport Run(long done, DateTime fileTime)
    {
        skip = done;
        ImportClock.Set(import.Started);
        try
        {
            var isReadable = SettleDates();
            FindTear();
            records = new(dimensions, result.Statistics, options, fileTime) { OnInnerRejected = RejectInner };
            queue = new BatchQueue(writer.Write, new BatchPool());
            batch = queue.Rent();
            Sightings();
            Own(isReadable);
            if (isReadable) Rejections();
            HandOver();
            queue.Finish(batch);
            foreach (var note in records.Missing?.Describe() ?? []) result.Statistics.Note(note);
        }
        finally
        {
            ImportClock.Set(null);
        }

        if (mistake != null)
            result.Statistics.Note($"A mistake in EntraAuditTools met a record: {ToolFault.Seen(mistake)}. It is kept as rejected.");
        return result;
    }

    /// <inheritdoc/>
    public void Dispose() => queue?.Dispose();

    /// <summary>How its dates are written has to be known before anything is taken in. False when it is not: then nothing is.</summary>
    private bool SettleDates()
    {
        try
        {
            var (format, note) = DateOrders.SettleAgain(AllRecords, options, import.Source, cancel);
            areDatesSought = format != null;
            result.DateFormat = format;
            options = options.WithDateFormat(format);
            if (note != null) result.Statistics.Note(note);
            return true;
        }
        catch (AuditToolException e) when (!e.IsOfMirror)
        {
            result.Advice = $"{e.Message} {e.RecommendedAction}";
            return false;
        }
    }

    /// <summary>Takes records in; where only one of them shows that the order of dates is a question, that is found out first.</summary>
    private void Take(Action take, in BatchMark mark)
    {
        try
        {
            take();
        }
        catch (AmbiguousTimeException)
        {
            batch.GoBack(mark);
            if (areDatesSought) throw;
            areDatesSought = true;
            var (format, note) = DateOrders.SettleAgainLate(AllRecords, options, import.Source, cancel);
            if (format == null) throw;
            result.DateFormat = format;
            options = options.WithDateFormat(format);
            records.ReadDates(DateReading.Of(format));
            if (note != null) result.Statistics.Note(note);
            take();
        }
    }

    private IEnumerable<OriginalRecord> AllRecords()
    {
        foreach (var original in originals.Own(import)) yield return original.Record;
        var rejected = Rejected();
        foreach (var rejection in originals.Rejections(import))
        {
            foreach (var (json, layout) in rejected.Read(rejection, out _) ?? []) yield return new(layout?.Shape ?? RecordShape.Unknown,
                json);
        }
    }

    private RejectedRecords Rejected() => new(import, options, () => originals.Own(import));

    /// <summary>
    /// The first reader took large records with objects inside that begin like themselves for damaged: it rejected their beginning and took
    /// the objects for records. The piece between is lost, so they cannot be put together again; what comes behind is not believed.
    /// </summary>
    private void FindTear()
    {
        if (import.FileReader != 0) return;
        var first = originals.Rejections(import)
            .FirstOrDefault(rejection => rejection.Offset != null && rejection.Reason.StartsWith(Torn, StringComparison.Ordinal)
                && rejection.Text is [(byte)'{', ..]);
        // Where originals were is known as far as the lengths of those before give it; what precedes them all is short.
        if (first != null) tornAt = import.Unchanged == 0 ? Math.Max(first.Offset!.Value - MaxFront, 0) : 0;
    }

    private void Sightings()
    {
        isOwnRecord = false;
        foreach (var seen in originals.Sightings(import))
        {
            Take(seen.Place, () => records.TakeOriginal(seen.Record, null, null, null, batch));
        }

        // What was torn out of a record was not seen again.
        if (tornAt >= 0) return;
        foreach (var seen in originals.StatesSeen(import))
        {
            Take(seen.Place, () => records.TakeOriginal(seen.Record, seen.Context, seen.Kind, seen.Guess, batch));
        }
    }

    private void Own(bool isReadable)
    {
        isOwnRecord = true;
        var block = 0L;
        long length = 0;
        foreach (var original in originals.Own(import))
        {
            if (original.Place.Block != block) batch.CopiedBlocks.Add(block = original.Place.Block);
            length += original.Record.Json.Length + 1;
            if (original.Context != null) contexts.Add(original.Context);
            var isSetAside = !isReadable || (tornAt >= 0 && original.Record.Shape == RecordShape.GraphEntitlement && length > tornAt);
            if (isSetAside)
            {
                SetAside();
                continue;
            }

            // Steps and properties in files of their own are copied unchanged: they are read on demand.
            if (ShapeInfo.Of(original.Record.Shape).IsPart)
            {
                result.Statistics.Accept(KindNames.ProvisioningLog, ShapeInfo.Of(original.Record.Shape).Name, 0, isCut: false);
                Step();
                continue;
            }

            Take(original.Place, () => records.TakeOriginal(original.Record, original.Context, original.Kind, original.Guess, batch),
                original.Record.Json);
        }

        if (tornAt >= 0 && result.SetAside > 0)
            result.Advice = $"An earlier version tore large records of it apart and took the objects inside for records of their own "
                + $"({result.SetAside:N0} were set aside).";
    }

    private void SetAside()
    {
        result.SetAside++;
        Step();
    }

    private void Rejections()
    {
        var lost = 0L;
        var rejected = Rejected();
        foreach (var rejection in originals.Rejections(import))
        {
            cancel.ThrowIfCancellationRequested();
            var reason = default(string);
            var found = tornAt >= 0 ? null : rejected.Read(rejection, out reason);
            if (found == null)
            {
                if (reason == null) lost++;
                else batch.NewReasons.Add(new(rejection.Id, reason));
                Step();
                continue;
            }

            TakeRejected(rejection, found);
            Step();
        }

        if (lost > 0 && result.Advice == null && import.FileReader < ReaderVersion.Current)
            result.Advice =
                $"{(lost == 1 ? "One record that was rejected" : $"{lost:N0} records that were rejected")} can only be read again from the file.";
    }

    private void TakeRejected(OldRejection rejection, List<(ReadOnlyMemory<byte> Json, Recognized? Layout)> found)
    {
        var mark = batch.Mark();
        var (accepted, leftOut) = (result.Statistics.Accepted, result.Statistics.NotSupported);
        isInnerRejected = false;
        try
        {
            batch.Place = null;
            foreach (var (json, layout) in found)
            {
                Take(
                    () =>
                    {
                        if (layout is { } row) records.TakeRow(json, row, batch);
                        else records.Take(json, contexts.Count == 1 ? contexts.First() : null, batch);
                    },
                    batch.Mark());
            }

            if (isInnerRejected) throw new RecordException(rejection.Reason);
            batch.TakenRejections.Add(rejection.Id);
            result.Taken++;
            result.TakenRecords += result.Statistics.Accepted - accepted;
            result.TakenLeftOut += result.Statistics.NotSupported - leftOut;
        }
        catch (Exception e) when (e is RecordException or UnknownRecordException or JsonException)
        {
            batch.GoBack(mark);
            if (found.Count == 1) batch.NewReasons.Add(new(rejection.Id, Reason(e)));
        }
        catch (Exception e) when (IsMistake(e))
        {
            batch.GoBack(mark);
            mistake ??= e;
        }
    }

    /// <summary>Takes in a record whose original stays where it is.</summary>
    private void Take(OriginalPlace place, Action take, ReadOnlyMemory<byte> record = default)
    {
        var mark = batch.Mark();
        var leftOut = result.Statistics.NotSupported;
        batch.Place = place;
        try
        {
            Take(take, mark);
            if (isOwnRecord) result.LeftOut += result.Statistics.NotSupported - leftOut;
        }
        catch (Exception e) when (e is RecordException or UnknownRecordException or JsonException || IsMistake(e))
        {
            batch.GoBack(mark);
            if (IsMistake(e) && e is not (RecordException or UnknownRecordException or JsonException)) mistake ??= e;
            if (isOwnRecord) Reject(record.Span, Reason(e));
        }

        batch.Place = null;
        Step();
    }

    private void RejectInner(ReadOnlySpan<byte> record, string? reason)
    {
        isInnerRejected = true;
        if (isOwnRecord && batch.Place != null) Reject(record, reason ?? "not a record of any known kind");
    }

    private static string Reason(Exception e) => e switch
    {
        JsonException json => JsonResync.Describe(json),
        UnknownRecordException => $"not a record of any known kind (its properties: {e.Message})",
        RecordException => e.Message,
        _ => $"a mistake in EntraAuditTools met this record: {ToolFault.Seen(e)}",
    };

    private static bool IsMistake(Exception e) =>
        e is not (OperationCanceledException or Microsoft.Data.Sqlite.SqliteException or WritingException or AuditToolException);

    /// <summary>Rejects a record that was taken in before; it stays among the originals.</summary>
    private void Reject(ReadOnlySpan<byte> text, string reason)
    {
        reason = SkippedPiece.Describe(reason, text);
        var kept = text[..Math.Min(text.Length, SkippedPiece.KeptBytes)];
        if (knownRejections.Count == 0)
        {
            knownRejections.Add(0);
            foreach (var rejection in originals.Rejections(import)) knownRejections.Add(StableHash.OfUtf8(rejection.Text));
        }

        // It was found out by an upgrade of before.
        if (!knownRejections.Add(StableHash.OfUtf8(kept))) return;
        result.Rejected++;
        result.Statistics.Reject(reason);
        batch.Rejections.Add(new(null, null, reason, kept.ToArray()));
    }

    /// <summary>Finishes a record: what is written already is not written again, and full batches are handed over.</summary>
    private void Step()
    {
        cancel.ThrowIfCancellationRequested();
        position++;
        batch.Position = position;
        if (position <= skip)
        {
            // Its numbers stay: later records may use them.
            batch.GoBack(default);
            batch.Rejections.Clear();
            batch.CopiedBlocks.Clear();
            batch.TakenRejections.Clear();
            batch.NewReasons.Clear();
            batch.Bytes.ResetWrittenCount();
            return;
        }

        if (!batch.IsFull) return;
        HandOver();
    }

    private void HandOver()
    {
        onProgress(position);
        if (!batch.IsEmpty) queue!.Add(batch);
        batch = queue!.Rent();
    }
}
