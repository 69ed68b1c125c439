using System.Collections.Concurrent;
using EntraAuditTools.Core.Mirror.Rows;

namespace EntraAuditTools.Core.Importing.Records;

/// <summary>
/// Empty batches of an import, used again from source to source: a batch holds more than a megabyte, and an import may have tens of
/// thousands of files with a few records each.
/// </summary>
internal sealed class BatchPool
{
    private const int MaxFree = 20;

    private readonly ConcurrentBag<ImportBatch> free = [];

    /// <summary>An empty batch.</summary>
    public ImportBatch Rent() => free.TryTake(out var batch) ? batch : new();

    /// <summary>Takes a batch back. One that grew for records beyond all measure is let go.</summary>
    public void Return(ImportBatch batch)
    {
        if (batch.IsOversized || free.Count >= MaxFree) return;
        batch.Clear();
        free.Add(batch);
    }
}
