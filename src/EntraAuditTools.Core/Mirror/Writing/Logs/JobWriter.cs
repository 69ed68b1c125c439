using EntraAuditTools.Core.Mirror.Originals;
using EntraAuditTools.Core.Mirror.Rows;
using EntraAuditTools.Core.Mirror.Sql;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Writing.Logs;

/// <summary>
/// Writes synchronization jobs, which are states: an observation of the state that the one before it (in the time observed, whatever the
/// order of import) shows too only lengthens that one.
/// </summary>
internal sealed class JobWriter(SqliteConnection connection, BlockQueue blocks, WriteCounts counts) : IDisposable
{
    private readonly Statement before =
        new(connection,
            "SELECT id, digest, last_observed FROM synchronization_job WHERE job = ? AND observed <= ? ORDER BY observed DESC LIMIT 1");
    private readonly Statement exists = new(connection, "SELECT id, digest, last_observed FROM synchronization_job WHERE job = ? LIMIT 1");
    private readonly Statement insert =
        new(connection, "INSERT INTO synchronization_job (job, observed, last_observed, assumed, application, tenant, digest, block, "
            + "slot) VALUES (?1, ?2, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
    private readonly Statement lengthen = new(connection, """
        UPDATE synchronization_job SET last_observed = max(last_observed, ?2), assumed = min(assumed, ?3), application = iif(?4 = 0,
            application, ?4), tenant = iif(?5 = 0, tenant, ?5) WHERE id = ?1
        """);

    private readonly Statement copyEnd = new(connection, """
        INSERT INTO synchronization_job (job, observed, last_observed, assumed, application, tenant, digest, block, slot)
        SELECT job, last_observed, last_observed, assumed, application, tenant, digest, block, slot FROM synchronization_job WHERE id = ?
        """);
    private readonly Statement shorten = new(connection, "UPDATE synchronization_job SET last_observed = observed WHERE id = ?");

    /// <summary>Writes the rows of a batch.</summary>
    public void Write(ImportBatch batch)
    {
        foreach (var row in batch.Jobs)
        {
            blocks.Pin(row.Place);
            var known = Find(before.BindText(1, batch.Get(row.JobId)).Bind(2, row.ObservedTicks));
            if (known is { } same && same.Digest == row.Digest)
            {
                lengthen.Bind(1, same.Id).Bind(2, row.ObservedTicks).Bind(3, row.IsAssumed ? 1 : 0).Bind(4, row.Application)
                    .Bind(5, row.Tenant).Execute();
                counts.Unchanged++;
                continue;
            }

            if (known != null || Find(exists.BindText(1, batch.Get(row.JobId))) != null) counts.Updated++;
            else counts.Added++;
            // A state that reaches beyond this one is two: before and after it.
            if (known is { } around && around.Last > row.ObservedTicks)
            {
                copyEnd.Bind(1, around.Id).Execute();
                shorten.Bind(1, around.Id).Execute();
            }

            insert.BindText(1, batch.Get(row.JobId)).Bind(2, row.ObservedTicks).Bind(3, row.IsAssumed ? 1 : 0).Bind(4, row.Application)
                .Bind(5, row.Tenant).Bind(6, row.Digest)
                .Bind(7, blocks.NextId).Bind(8, blocks.NextSlot).Execute();
            blocks.Add(row.Shape, batch.Get(row.Original), row.Context);
        }

        blocks.Pin(null);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in new[] { before, exists, insert, lengthen, copyEnd, shorten }) statement.Dispose();
    }

    private static (long Id, long Digest, long Last)? Find(Statement rows)
    {
        if (!rows.Step()) return null;
        var found = (rows.Number(0), rows.Number(1), rows.Number(2));
        rows.Reset();
        return found;
    }
}
