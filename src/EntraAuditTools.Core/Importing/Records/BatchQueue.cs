using EntraAuditTools.Core.Mirror.Rows;

namespace EntraAuditTools.Core.Importing.Records;

/// <summary>
/// Batches on their way from the reading thread to the writing one, and back again to be reused. They are written some megabytes at a time,
/// as many records as lie in memory anyway: the more are written in the order of time, the fuller are the mirror's pages. No more than as
/// much again waits meanwhile: reading never runs far ahead of writing, so memory stays flat. What is no more than one batch is written at
/// its end, without another thread: most files of a folder are small.
/// </summary>
/// <param name="write">Writes some batches.</param>
/// <param name="pool">Where empty batches come from, and go back to.</param>
internal sealed class BatchQueue(Action<IReadOnlyList<ImportBatch>> write, BatchPool pool) : IDisposable
{
    /// <summary>
    /// How much is written at a time, and how much waits: one batch at least, however large, and not more than eight, however small.
    /// </summary>
    private const long MaxBytes = 8L * (ImportBatch.FullBytes + 1024);

    private readonly object gate = new();
    private readonly Queue<ImportBatch> full = [];
    private readonly List<ImportBatch> run = [];
    private Task? writing;
    private long waiting;
    private bool isEnded;
    private bool hasFailed;

    /// <summary>An empty batch.</summary>
    public ImportBatch Rent() => pool.Rent();

    /// <summary>Hands a batch over; throws what went wrong with writing an earlier one.</summary>
    public void Add(ImportBatch batch)
    {
        writing ??= Task.Factory.StartNew(WriteAll, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var bytes = Bytes(batch);
        bool failed;
        lock (gate)
        {
            while (!hasFailed && full.Count > 0 && waiting + bytes > MaxBytes) Monitor.Wait(gate);
            failed = hasFailed;
            full.Enqueue(batch);
            waiting += bytes;
            Monitor.PulseAll(gate);
        }

        if (failed) writing.GetAwaiter().GetResult();
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
            if (last == null) return;
            run.Add(last);
            WriteRun();
            return;
        }

        if (last != null) Add(last);
        End();
        writing.GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        End();
        try
        {
            writing?.Wait();
        }
        catch (AggregateException)
        {
            // Thrown by Finish or Add already.
        }
    }

    // One that is full for what it rejected has little else.
    private static long Bytes(ImportBatch batch) =>
        Math.Max(ImportBatch.FullBytes, batch.Bytes.WrittenCount + batch.Rejections.Sum(rejection => (long)rejection.Text.Length));

    private void End()
    {
        lock (gate)
        {
            isEnded = true;
            Monitor.PulseAll(gate);
        }
    }

    private void WriteAll()
    {
        try
        {
            while (TakeRun()) WriteRun();
        }
        catch
        {
            lock (gate)
            {
                hasFailed = true;
                Monitor.PulseAll(gate);
            }

            throw;
        }
    }

    /// <summary>
    /// Takes what is written next: always as much, however fast either thread is, so that the same file makes the same mirror. False at the
    /// end.
    /// </summary>
    private bool TakeRun()
    {
        var taken = 0L;
        lock (gate)
        {
            while (true)
            {
                if (full.TryPeek(out var batch))
                {
                    if (run.Count > 0 && taken + Bytes(batch) > MaxBytes) return true;
                    run.Add(full.Dequeue());
                    (waiting, taken) = (waiting - Bytes(batch), taken + Bytes(batch));
                    Monitor.PulseAll(gate);
                }
                else if (isEnded)
                {
                    return run.Count > 0;
                }
                else
                {
                    Monitor.Wait(gate);
                }
            }
        }
    }

    private void WriteRun()
    {
        write(run);
        foreach (var batch in run) pool.Return(batch);
        run.Clear();
    }
}

/// <summary>Something unexpected was thrown while a batch was written; SQLite's own errors are not wrapped.</summary>
internal sealed class WritingException(Exception inner) : Exception(inner.Message, inner);
