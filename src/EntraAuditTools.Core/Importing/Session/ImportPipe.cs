using EntraAuditTools.Core.Errors;

namespace EntraAuditTools.Core.Importing.Session;

/// <summary>
/// A bounded pipe into an import: text is written on one side as it would be in a file, and read on another thread. Disposing it without
/// <see cref="Complete"/> stops the import; what was committed stays.
/// </summary>
internal sealed class ImportPipe : IDisposable
{
    private readonly CancellationTokenSource stop;
    private readonly PipeStream stream;
    private readonly Task<(ImportResult? Result, AuditToolException? Failure)> reading;
    private bool ended;

    internal ImportPipe(Func<Stream, CancellationToken, (ImportResult? Result, AuditToolException? Failure)> import,
        CancellationToken cancel)
    {
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        stream = new(stop.Token);
        reading = Task.Factory.StartNew(
            () =>
            {
                try
                {
                    return import(stream, stop.Token);
                }
                finally
                {
                    stream.Abandon();
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
    }

    /// <summary>Adds text: JSON documents with any white space between, or lines of CSV. Waits while the import is behind.</summary>
    /// <exception cref="AuditToolException">The import failed already.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Write(ReadOnlySpan<byte> utf8)
    {
        if (stream.TryAdd(utf8)) return;
        // The reader ends before the input only when something is wrong.
        ended = true;
        Finish();
    }

    /// <summary>What was taken in, also when something was wrong with the rest; null until that is known, and when nothing was.</summary>
    public ImportResult? Result { get; private set; }

    /// <summary>Ends the input and waits for the result.</summary>
    /// <exception cref="AuditToolException">
    /// Something is wrong with it: it was no export, or ends in the middle. See <see cref="Result"/> too.
    /// </exception>
    public ImportResult Complete()
    {
        ended = true;
        stream.End();
        Finish();
        return Result!;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!ended) stop.Cancel();
        try
        {
            reading.Wait();
        }
        catch (AggregateException)
        {
            // Thrown by Write or Complete already, or the import was given up.
        }

        stop.Dispose();
    }

    private void Finish()
    {
        (Result, var failure) = reading.GetAwaiter().GetResult();
        if (failure != null) throw failure;
    }
}
