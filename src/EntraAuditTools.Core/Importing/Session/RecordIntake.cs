using System.Text.Json;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Common;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Importing.Kinds;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Rows;

namespace EntraAuditTools.Core.Importing.Session;

/// <summary>Why a record was not taken in.</summary>
/// <param name="Cause">The cause.</param>
/// <param name="Text">The reason; of an unknown record its properties.</param>
internal readonly record struct Refusal(RefusalCause Cause, string Text);

/// <summary>Why a record is not taken in.</summary>
internal enum RefusalCause
{
    /// <summary>It lacks something, or contradicts itself: it may be damaged, with another record in it.</summary>
    Record,

    /// <summary>It is of no kind that is known.</summary>
    Unknown,

    /// <summary>A mistake of ours.</summary>
    Mistake,
}

/// <summary>
/// Takes the records of one source into batches. A record that is not taken in leaves no trace there, and costs no other.
/// </summary>
internal sealed class RecordIntake
{
    private readonly string name;
    private readonly ImportOptions options;
    private readonly ImportStatistics statistics;
    private readonly Rejections rejections;
    private readonly BatchQueue queue;
    private readonly RecordImporter records;
    private readonly Func<bool> learnDates;
    private ImportBatch batch;
    private RecordPlace place;

    /// <param name="name">The name of the source.</param>
    /// <param name="options">How to import.</param>
    /// <param name="statistics">Counts.</param>
    /// <param name="queue">Takes full batches.</param>
    /// <param name="records">Takes single records.</param>
    /// <param name="learnDates">
    /// Finds out how dates are written whose order shows only later in the source; false when that does not help.
    /// </param>
    public RecordIntake(string name, ImportOptions options, ImportStatistics statistics, BatchQueue queue, RecordImporter records,
        Func<bool> learnDates)
    {
        this.name = name;
        this.options = options;
        this.statistics = statistics;
        this.queue = queue;
        this.records = records;
        this.learnDates = learnDates;
        rejections = new(statistics);
        batch = queue.Rent();
        records.OnInnerRejected = RejectInner;
    }

    /// <summary>The first mistake of ours; null when there was none.</summary>
    public Exception? FirstMistake { get; private set; }

    /// <summary>How many records met a mistake of ours.</summary>
    public long Mistakes { get; private set; }

    /// <summary>Whether an exception is a bug of this tool: neither the source's fault nor the mirror's.</summary>
    public static bool IsMistake(Exception e) =>
        e is not (OperationCanceledException or Microsoft.Data.Sqlite.SqliteException or WritingException or AuditToolException);

    /// <summary>Takes a record; says why not.</summary>
    /// <param name="record">A JSON object, or a row of a CSV as an object from column to cell.</param>
    /// <param name="at">Where it is.</param>
    /// <param name="context">The <c>@odata.context</c> of its page; null when there is none.</param>
    /// <param name="row">What rows of the CSV are; null for JSON.</param>
    public Refusal? Take(ReadOnlyMemory<byte> record, RecordPlace at, string? context, Recognized? row)
    {
        place = at;
        var mark = batch.Mark();
        try
        {
            options.Reading?.Invoke(name, statistics.Read + 1);
            try
            {
                HandOn(record, context, row);
            }
            catch (AmbiguousTimeException)
            {
                batch.GoBack(mark);
                if (!learnDates()) throw;
                HandOn(record, context, row);
            }

            return null;
        }
        catch (JsonException e)
        {
            batch.GoBack(mark);
            return new(RefusalCause.Record, JsonResync.Describe(e));
        }
        catch (RecordException e)
        {
            batch.GoBack(mark);
            return new(RefusalCause.Record, e.Message);
        }
        catch (UnknownRecordException e)
        {
            batch.GoBack(mark);
            return new(RefusalCause.Unknown, e.Message);
        }
        catch (Exception e) when (IsMistake(e))
        {
            batch.GoBack(mark);
            FirstMistake ??= e;
            Mistakes++;
            return new(RefusalCause.Mistake, $"a mistake in EntraAuditTools met this record: {ToolFault.Seen(e)}");
        }
    }

    /// <summary>Takes note of a page that holds nothing: of a complete export that says something.</summary>
    /// <inheritdoc cref="RecordImporter.TakeNothing" path="/param[@name='kind' or @name='context']"/>
    public void TakeNothing(Schema.EntityKind? kind, string? context) => records.TakeNothing(kind, context, batch);

    /// <summary>Keeps what is not taken in.</summary>
    public void Reject(RecordPlace at, ReadOnlySpan<byte> text, Refusal refusal)
    {
        if (refusal.Cause == RefusalCause.Unknown) rejections.RejectUnknown(batch, at, text, refusal.Text);
        else rejections.Reject(batch, at, text, refusal.Text);
    }

    /// <summary>Hands the batch over when it is full.</summary>
    public void HandOverWhenFull()
    {
        if (!batch.IsFull) return;
        queue.Add(batch);
        batch = queue.Rent();
    }

    /// <summary>Hands over the rest, and waits until all is written.</summary>
    public void Finish()
    {
        queue.Finish(batch);
    }

    private void HandOn(ReadOnlyMemory<byte> record, string? context, Recognized? row)
    {
        if (row is { } layout) records.TakeRow(record, layout, batch);
        else records.Take(record, context, batch);
    }

    private void RejectInner(ReadOnlySpan<byte> text, string? reason)
    {
        if (reason == null) rejections.RejectUnknown(batch, place, text, "inside of another object");
        else rejections.Reject(batch, place, text, reason);
    }
}
