using EntraAuditTools.Core.Mirror.Rows;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Schema;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Originals;

/// <summary>
/// Gathers accepted originals into blocks, compresses them on other threads, and stores them before their rows are committed.
/// </summary>
internal sealed class BlockQueue : IDisposable
{
    private const int MaxWaiting = 4;

    private readonly Statement insert;
    private readonly Statement insertContext;
    private readonly Statement insertDigest;
    private long next;
    private long first;
    private IReadOnlySet<long>? earlier;
    private OriginalPlace? pinned;
    private readonly Queue<(long Id, Task<CompressedBlock> Block, OriginalBlockWriter Writer)> waiting = [];
    private readonly Stack<OriginalBlockWriter> free = [];
    private OriginalBlockWriter current = new();
    private long import;
    private string? lastContext;

    /// <summary>Continues after the mirror's last block.</summary>
    public BlockQueue(SqliteConnection connection)
    {
        insert = new(connection, "INSERT INTO block (id, import, count, raw_length, data) VALUES (?, ?, ?, ?, ?)");
        insertContext = new(connection, "INSERT OR IGNORE INTO original_context (block, slot, context) VALUES (?, ?, ?)");
        insertDigest = new(connection, "INSERT INTO block_digest (block, import, digest) VALUES (?, ?, ?)");
        // Numbers of blocks that were removed are not used again: their digests stay.
        using var last = new Statement(connection, "SELECT coalesce(max(id), 0) FROM block UNION ALL SELECT coalesce(max(block), 0) FROM block_digest");
        while (last.Step()) next = Math.Max(next, last.Number(0) + 1);
    }

    /// <summary>Number of the block that takes the next original, or has it already.</summary>
    public long NextId => pinned?.Block ?? next;

    /// <summary>Slot that the next original gets or has there.</summary>
    public int NextSlot => pinned?.Slot ?? current.Count;

    /// <summary>Begins with another import, to which new blocks belong.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="ownBlocks">Blocks that it has already, when it is derived anew; null for an import that begins.</param>
    public void BeginImport(long id, IReadOnlySet<long>? ownBlocks = null)
    {
        import = id;
        lastContext = null;
        pinned = null;
        (first, earlier) = (next, ownBlocks);
    }

    /// <summary>Leaves numbers free for blocks that are copied here with their own.</summary>
    public void LeaveFree(long lastId) => next = Math.Max(next, lastId + 1);

    /// <summary>Sets where the next original is already: what is added then is not stored again. Null for one that is new.</summary>
    public void Pin(OriginalPlace? place) => pinned = place;

    /// <summary>Whether a block holds originals that the current import brought.</summary>
    public bool IsOwn(long block) => block >= first || earlier?.Contains(block) == true;

    /// <summary>Adds an original at <see cref="NextId"/> and <see cref="NextSlot"/>.</summary>
    public void Add(RecordShape shape, ReadOnlySpan<byte> json)
    {
        if (pinned != null) return;
        current.Add(shape, json);
        if (current.IsFull) Seal();
    }

    /// <summary>Adds the original of a state; its page's context may have what it does not.</summary>
    public void Add(RecordShape shape, ReadOnlySpan<byte> json, string? context)
    {
        if (context != lastContext)
        {
            // An original that is derived anew keeps what is stored of it: the chain covers that, and a guess is none of it.
            if (pinned == null) insertContext.Bind(1, NextId).Bind(2, NextSlot).BindString(3, context ?? string.Empty).Execute();
            lastContext = context;
        }

        Add(shape, json);
    }

    /// <summary>Stores all that was added.</summary>
    public void Flush()
    {
        if (current.Count > 0) Seal();
        while (waiting.Count > 0) StoreOldest();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        insert.Dispose();
        insertContext.Dispose();
        insertDigest.Dispose();
    }

    private void Seal()
    {
        var writer = current;
        waiting.Enqueue((next++, Task.Run(writer.Compress), writer));
        current = free.TryPop(out var used) ? used : new();
        while (waiting.Count > MaxWaiting) StoreOldest();
    }

    private void StoreOldest()
    {
        var (id, task, writer) = waiting.Dequeue();
        using var block = task.GetAwaiter().GetResult();
        insert.Bind(1, id).Bind(2, import).Bind(3, block.Count).Bind(4, block.RawLength).BindBlob(5, block.Data).Execute();
        insertDigest.Bind(1, id).Bind(2, import).BindBlob(3, block.Digest).Execute();
        free.Push(writer);
    }
}
