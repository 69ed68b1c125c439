using System.Diagnostics.CodeAnalysis;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Mirror.Rows;

/// <summary>A piece of a batch's bytes.</summary>
internal readonly record struct ByteRange(int Start, int Length);

/// <summary>An id that is stored as 16 bytes where it is a GUID, else as its text.</summary>
internal readonly record struct IdRange(ByteRange Bytes, bool IsGuid)
{
    /// <summary>Binds it as 16 bytes or as text; null when there is none.</summary>
    public Statement Bind(Statement statement, int index, ImportBatch batch) =>
        IsGuid ? statement.BindBlob(index, batch.Get(Bytes)) : statement.BindText(index, batch.Get(Bytes));
}

/// <summary>What a row of any log has: ids of interned values, and ranges in its batch's bytes.</summary>
internal struct RecordRow
{
    /// <summary>UTC ticks.</summary>
    public long Ticks;

    /// <summary>Hash of the record id; 0 when the record has none.</summary>
    public long IdKey;

    /// <summary>What all shapes of one event share, without its time; see <see cref="EntraAuditTools.Core.Schema.Fingerprint"/>.</summary>
    public long Fingerprint;

    /// <summary>How rich this copy is.</summary>
    public long Rank;

    /// <summary>Hash of the original's bytes.</summary>
    public long Digest;

    public int Kind;
    public int Tenant;

    /// <summary>How many identities the row is linked with.</summary>
    public int LinkCount;

    public IdRange RecordId;
    public ByteRange Original;

    /// <summary>Where the original is stored already; null for one that is new.</summary>
    public OriginalPlace? Place;
    public RecordShape Shape;
}

/// <summary>A row of one log on its way into the mirror.</summary>
internal interface IRecordRow
{
    /// <summary>The log.</summary>
    static abstract LogTable Log { get; }

    /// <summary>What every log's rows have.</summary>
    [UnscopedRef]
    ref RecordRow Record { get; }

    /// <summary>Binds the columns that only its log has (<see cref="LogTable.OwnColumns"/>), in their order.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="first">Number of the first of them.</param>
    /// <param name="batch">Its batch.</param>
    void Bind(Statement statement, int first, ImportBatch batch);
}

/// <summary>The rows of some log in a batch.</summary>
internal interface IRowList
{
    /// <summary>How many there are.</summary>
    int Count { get; }

    /// <summary>Where they end now.</summary>
    (int Rows, int Links) Mark();

    /// <summary>Removes what was added after a mark.</summary>
    void GoBack((int Rows, int Links) mark);

    /// <summary>Makes it ready to be filled again.</summary>
    void Clear();
}

/// <summary>The rows of one log in a batch, and the identities that they are linked with, one row's after the other's (0: none).</summary>
internal sealed class RowList<TRow> : IRowList
    where TRow : struct, IRecordRow
{
    public List<TRow> Rows { get; } = [];

    public List<int> Links { get; } = [];

    /// <inheritdoc/>
    public int Count => Rows.Count;

    /// <inheritdoc/>
    public (int Rows, int Links) Mark() => (Rows.Count, Links.Count);

    /// <inheritdoc/>
    public void GoBack((int Rows, int Links) mark)
    {
        Rows.RemoveRange(mark.Rows, Rows.Count - mark.Rows);
        Links.RemoveRange(mark.Links, Links.Count - mark.Links);
    }

    /// <inheritdoc/>
    public void Clear()
    {
        Rows.Clear();
        Links.Clear();
    }
}
