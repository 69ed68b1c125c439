using System.Collections.Concurrent;
using EntraAuditTools.Core.Mirror.Rows;

namespace EntraAuditTools.Core.Importing.Records;

/// <summary>
/// Batches on their way from the reading thread to the writing one, at most a few at a time, and back again to be reused: reading never
/// runs ahead of writing, so memory stays flat. What is no more than one batch is written at its end, without another thread: most files
/// of a folder are small.
/// </summary>
/// <param name="write">Writes a batch.</param>
/// <param name="pool">Where empty batches come from, and go back to.</param>
internal sealed class BatchQueue(Action<ImportBatch> write, BatchPool pool) : IDisposable
{
    private const int Capacity = 3;

    private readonly BlockingCollection<ImportBatch> full = new(Capacity);
    private Task? writing;

    /// <summary>An empty batch.</summary>
    public ImportBatch Rent() => pool.Rent();

    /// <summary>Hands a batch over; throws what went wrong with writing an earlier one.</summary>
    public void Add(ImportBatch batch)
    {
        writing ??= Task.Factory.StartNew(WriteAll, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
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

    /// <summary>Hands the last batch over, waits until all is written, and throws what went wrong.</summary>
    /// <param name="last">The last batch, which may be empty; null when there is none.</param>
    public void Finish(ImportBatch? last)
    {
        if (last is { IsEmpty: true })
        {
            pool.Return(last);
            last = null;
        }

        if (writing == null)
        {
            if (last != null) WriteOne(last);
            return;
        }

        if (last != null) Add(last);
        if (!full.IsAddingCompleted) full.CompleteAdding();
        writing.GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!full.IsAddingCompleted) full.CompleteAdding();
        try
        {
            writing?.Wait();
        }
        catch (AggregateException)
        {
            // Thrown by Finish or Add already.
        }

        full.Dispose();
    }

    private void WriteAll()
    {
        try
        {
            foreach (var batch in full.GetConsumingEnumerable()) WriteOne(batch);
        }
        catch
        {
            full.CompleteAdding();
            throw;
        }
    }

    private void WriteOne(ImportBatch batch)
    {
        write(batch);
        pool.Return(batch);
    }
}

/// <summary>Something unexpected was thrown while a batch was written; SQLite's own errors are not wrapped.</summary>
internal sealed class WritingException(Exception inner) : Exception(inner.Message, inner);
