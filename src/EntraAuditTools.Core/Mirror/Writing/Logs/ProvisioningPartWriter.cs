using EntraAuditTools.Core.Mirror.Originals;
using EntraAuditTools.Core.Mirror.Rows;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Text;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Writing.Logs;

/// <summary>
/// Writes steps and modified properties that the portal's download keeps in files of their own. They belong to a change: its entries may
/// be there already, come later, or never. The same row of another download is the same; equal rows of one file stay several.
/// </summary>
internal sealed class ProvisioningPartWriter(SqliteConnection connection, BlockQueue blocks, WriteCounts counts) : IDisposable
{
    private readonly Statement insert =
        new(connection,
            "INSERT OR IGNORE INTO provisioning_part (change_id, part, digest, occurrence, position, block, slot) VALUES (?, ?, ?, ?, ?, ?, ?)");
    private readonly Dictionary<long, int> occurrences = [];
    private readonly Dictionary<long, int> positions = [];

    /// <summary>Begins with another import.</summary>
    public void BeginImport()
    {
        occurrences.Clear();
        positions.Clear();
    }

    /// <summary>Writes the rows of a batch.</summary>
    public void Write(ImportBatch batch)
    {
        foreach (var row in batch.ProvisioningParts)
        {
            var change = StableHash.OfUtf8(batch.Get(row.Change.Bytes), (ulong)row.Part);
            insert.Bind(2, row.Part).Bind(3, row.Digest).Bind(4, Next(occurrences, StableHash.Combine(change, row.Digest)))
                .Bind(5, Next(positions, change))
                .Bind(6, blocks.NextId).Bind(7, blocks.NextSlot);
            if (row.Change.IsGuid) insert.BindBlob(1, batch.Get(row.Change.Bytes));
            else insert.BindText(1, batch.Get(row.Change.Bytes));
            if (insert.ExecuteCounted() == 0)
            {
                counts.Unchanged++;
                continue;
            }

            blocks.Add(row.Shape, batch.Get(row.Original));
            counts.Updated++;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => insert.Dispose();

    private static int Next(Dictionary<long, int> numbers, long key) => numbers[key] = numbers.GetValueOrDefault(key) + 1;
}
