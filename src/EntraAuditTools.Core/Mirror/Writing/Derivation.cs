using EntraAuditTools.Core.Mirror.Rows;
using EntraAuditTools.Core.Mirror.Sql;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Writing;

/// <summary>
/// Writes what a mirror that is derived anew copies unchanged from the old one, and the progress of the derivation: in the same transaction
/// as the records up to there, so that it continues from where it was stopped.
/// </summary>
internal sealed class Derivation : IDisposable
{
    /// <summary>The name under which the old mirror is attached.</summary>
    public const string Old = "old";

    private readonly Statement copyBlock;
    private readonly Statement copyContexts;
    private readonly Statement removeRejection;
    private readonly Statement changeReason;
    private readonly Statement keepPosition;
    private readonly Action<long>? beforeCommit;
    private long position;
    private bool isKept = true;

    /// <summary>Prepares the statements; the old mirror is attached.</summary>
    /// <param name="connection">The new mirror.</param>
    /// <param name="lastBlock">The last block of the old mirror.</param>
    /// <param name="beforeCommit">For tests that stop it: called before each commit with the position.</param>
    public Derivation(SqliteConnection connection, long lastBlock, Action<long>? beforeCommit)
    {
        LastBlock = lastBlock;
        this.beforeCommit = beforeCommit;
        copyBlock = new(connection,
            $"INSERT OR IGNORE INTO block (id, import, count, raw_length, data) SELECT id, import, count, raw_length, data FROM {Old}.block WHERE id = ?");
        copyContexts = new(connection,
            $"INSERT OR IGNORE INTO original_context (block, slot, context) SELECT block, slot, context FROM {Old}.original_context WHERE block = ?");
        removeRejection = new(connection, "DELETE FROM rejection WHERE id = ?");
        changeReason = new(connection, "UPDATE rejection SET reason = ?2 WHERE id = ?1");
        keepPosition = new(connection,
            "INSERT INTO meta (name, value) VALUES ('derivation.position', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value");
    }

    /// <summary>The last block of the old mirror.</summary>
    public long LastBlock { get; }

    /// <summary>Writes what a batch takes over.</summary>
    public void Write(ImportBatch batch)
    {
        foreach (var block in batch.CopiedBlocks)
        {
            copyBlock.Bind(1, block).Execute();
            copyContexts.Bind(1, block).Execute();
        }

        foreach (var rejection in batch.TakenRejections) removeRejection.Bind(1, rejection).Execute();
        foreach (var (rejection, reason) in batch.NewReasons) changeReason.Bind(1, rejection).BindString(2, reason).Execute();
        (position, isKept) = (batch.Position, false);
    }

    /// <summary>An import is done, which is noted where its row is written.</summary>
    public void End() => isKept = true;

    /// <summary>Notes the progress, as part of what is committed.</summary>
    public void BeforeCommit()
    {
        beforeCommit?.Invoke(position);
        if (isKept) return;
        keepPosition.Bind(1, position).Execute();
        isKept = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in new[] { copyBlock, copyContexts, removeRejection, changeReason, keepPosition }) statement.Dispose();
    }
}
