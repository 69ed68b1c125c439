using System.Buffers;
using System.Runtime.CompilerServices;

namespace EntraAuditTools.Core.Mirror.Rows;

/// <summary>Values that the mirror does not have yet, with the ids that they will have there.</summary>
internal readonly record struct NewTerm(int Id, byte[] Text);

/// <inheritdoc cref="NewTerm"/>
internal readonly record struct NewIdentity(int Id, long Hash, int Type, byte[] ObjectId, byte[] DisplayName, byte[] UserPrincipalName);

/// <summary>A record that could not be read.</summary>
internal readonly record struct NewRejection(long? Line, long? ByteOffset, string Reason, byte[] Text);

/// <summary>Where an original is stored.</summary>
internal readonly record struct OriginalPlace(long Block, int Slot);

/// <summary>A rejection that stays one, for a reason that is known better now.</summary>
internal readonly record struct NewReason(long Rejection, string Reason);

/// <summary>Some thousand records on their way from the reading to the writing thread.</summary>
internal sealed class ImportBatch
{
    /// <summary>Size from which a batch is handed over.</summary>
    public const int FullBytes = 1024 * 1024;

    private const int OversizedBytes = 4 * FullBytes;

    private readonly List<IRowList> logs = [];

    public List<EntitlementEventRow> EntitlementEvents { get; } = [];

    /// <summary>Identities that activities name besides their targets, row after row.</summary>
    public List<int> Mentions { get; } = [];

    public List<ProvisioningPartRow> ProvisioningParts { get; } = [];

    public List<JobRow> Jobs { get; } = [];

    public List<EntityRow> Entities { get; } = [];

    /// <summary>Exports that were declared complete, and hold nothing.</summary>
    public List<EmptyExport> EmptyExports { get; } = [];

    /// <summary>Originals and ids.</summary>
    public ArrayBufferWriter<byte> Bytes { get; } = new(FullBytes + (256 * 1024));

    public List<NewTerm> Terms { get; } = [];

    /// <summary>Terms that turned out to be tenants.</summary>
    public List<int> Tenants { get; } = [];

    public List<NewTerm> Addresses { get; } = [];

    public List<NewTerm> PropertySets { get; } = [];

    public List<NewKind> Kinds { get; } = [];

    public List<NewIdentity> Identities { get; } = [];

    public List<NewRejection> Rejections { get; } = [];

    /// <summary>Where the original of the next record is stored already, when it is derived anew; null for one that is new.</summary>
    public OriginalPlace? Place { get; set; }

    /// <summary>Blocks of the mirror that is derived anew, to be copied unchanged.</summary>
    public List<long> CopiedBlocks { get; } = [];

    /// <summary>Rejections whose record is taken in now.</summary>
    public List<long> TakenRejections { get; } = [];

    public List<NewReason> NewReasons { get; } = [];

    /// <summary>How far into its import it goes, when that is derived anew.</summary>
    public long Position { get; set; }

    /// <summary>The rows of a log.</summary>
    public RowList<TRow> Rows<TRow>()
        where TRow : struct, IRecordRow
    {
        // Logs are few: no look-up is cheaper.
        foreach (var log in logs)
        {
            if (log is RowList<TRow> known) return known;
        }

        var rows = new RowList<TRow>();
        logs.Add(rows);
        return rows;
    }

    public bool IsFull => Bytes.WrittenCount >= FullBytes || Rejections.Count >= 256 || CopiedBlocks.Count >= 32;

    /// <summary>Whether it grew so much that it is not worth keeping.</summary>
    public bool IsOversized => Bytes.Capacity > OversizedBytes;

    public int RecordCount => RowsOfLogs + ProvisioningParts.Count + Jobs.Count + Entities.Count;

    private int RowsOfLogs
    {
        get
        {
            var rows = 0;
            foreach (var log in logs) rows += log.Count;
            return rows;
        }
    }

    public bool IsEmpty => RecordCount == 0 && Rejections.Count == 0 && EmptyExports.Count == 0 && CopiedBlocks.Count == 0
        && TakenRejections.Count == 0 && NewReasons.Count == 0 && !HasNumbers;

    /// <summary>Whether values were numbered in it: later batches use the numbers, also where the record that had them was rejected.</summary>
    private bool HasNumbers => Terms.Count + Tenants.Count + Addresses.Count + PropertySets.Count + Kinds.Count + Identities.Count > 0;

    public ReadOnlySpan<byte> Get(ByteRange range) => Bytes.WrittenSpan.Slice(range.Start, range.Length);

    public ByteRange Add(ReadOnlySpan<byte> bytes)
    {
        var start = Bytes.WrittenCount;
        Bytes.Write(bytes);
        return new(start, bytes.Length);
    }

    /// <summary>Where the batch ends now, to go back to when the next record turns out to be none.</summary>
    public BatchMark Mark()
    {
        var mark = new BatchMark
        {
            EntitlementEvents = EntitlementEvents.Count,
            Mentions = Mentions.Count,
            ProvisioningParts = ProvisioningParts.Count,
            Jobs = Jobs.Count,
            Entities = Entities.Count,
        };
        for (var i = 0; i < logs.Count; i++) mark.Logs[i] = logs[i].Mark();
        return mark;
    }

    /// <summary>Removes what was added after a mark, except what was numbered: later records may use it.</summary>
    public void GoBack(in BatchMark mark)
    {
        // Of a log that had no rows yet the mark is 0.
        for (var i = 0; i < logs.Count; i++) logs[i].GoBack(mark.Logs[i]);
        Cut(EntitlementEvents, mark.EntitlementEvents);
        Cut(Mentions, mark.Mentions);
        Cut(ProvisioningParts, mark.ProvisioningParts);
        Cut(Jobs, mark.Jobs);
        Cut(Entities, mark.Entities);
    }

    /// <summary>Makes the batch ready to be filled again.</summary>
    public void Clear()
    {
        foreach (var log in logs) log.Clear();
        EntitlementEvents.Clear();
        Mentions.Clear();
        ProvisioningParts.Clear();
        Jobs.Clear();
        Entities.Clear();
        EmptyExports.Clear();
        Bytes.ResetWrittenCount();
        Terms.Clear();
        Tenants.Clear();
        Addresses.Clear();
        PropertySets.Clear();
        Kinds.Clear();
        Identities.Clear();
        Rejections.Clear();
        Place = null;
        CopiedBlocks.Clear();
        TakenRejections.Clear();
        NewReasons.Clear();
    }

    private static void Cut<T>(List<T> list, int count) => list.RemoveRange(count, list.Count - count);
}

/// <summary>How long the parts of a batch are.</summary>
internal struct BatchMark
{
    public LogMarks Logs;
    public int EntitlementEvents;
    public int Mentions;
    public int ProvisioningParts;
    public int Jobs;
    public int Entities;
}

/// <summary>Room for the marks of all logs, which are made for each record and so are not allocated.</summary>
[InlineArray(Most)]
internal struct LogMarks
{
    /// <summary>How many logs there can be.</summary>
    public const int Most = 8;

    private (int Rows, int Links) first;
}
