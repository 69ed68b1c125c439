using System.Collections.Concurrent;
using EntraAuditTools.Core.Mirror.Rows;

namespace EntraAuditTools.Core.Importing.Records;

/// <summary>
/// Batches on their way from the reading thread to the writing one, at most a few at a time, and back again to be reused: reading never
/// runs ahead of writing, so memory stays flat.
/// </summary>
internal sealed class BatchQueue : IDisposable
{
    private const int Capacity = 3;

    private readonly BlockingCollection<ImportBatch> full = new(Capacity);
    private readonly ConcurrentBag<ImportBatch> free = [];
    private readonly Task writing;

    /// <summary>Starts writing what will be added.</summary>
    public BatchQueue(Action<ImportBatch> write)
    {
        writing = Task.Factory.StartNew(
            () =>
            {
                try
                {
                    foreach (var batch in full.GetConsumingEnumerable())
                    {
                        write(batch);
                        batch.Clear();
                        free.Add(batch);
                    }
                }
                catch
                {
                    full.CompleteAdding();
                    throw;
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
    }

    /// <summary>An empty batch.</summary>
    public ImportBatch Rent() => free.TryTake(out var batch) ? batch : new();

    /// <summary>Hands a batch over; throws what went wrong with writing an earlier one.</summary>
    public void Add(ImportBatch batch)
    {
        try
        {
            full.Add(batch);
        }
        catch (InvalidOperationException) when (writing.IsFaulted || full.IsAddingCompleted)
        {
            writing.GetAwaiter().GetResult();
            throw;
        }
    }

    /// <summary>Waits until all is written; throws what went wrong.</summary>
    public void Finish()
    {
        if (!full.IsAddingCompleted) full.CompleteAdding();
        writing.GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!full.IsAddingCompleted) full.CompleteAdding();
        try
        {
            writing.Wait();
        }
        catch (AggregateException)
        {
            // Thrown by Finish or Add already.
        }

        full.Dispose();
    }
}

/// <summary>Something unexpected was thrown while a batch was written; SQLite's own errors are not wrapped.</summary>
internal sealed class WritingException(Exception inner) : Exception(inner.Message, inner);
