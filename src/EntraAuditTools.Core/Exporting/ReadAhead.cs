using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace EntraAuditTools.Core.Exporting;

/// <summary>
/// Reads a sequence on a thread of its own while what it yielded is worked on: a few pieces ahead, so that memory stays flat. Nobody else
/// uses what the sequence reads from until this is disposed.
/// </summary>
/// <typeparam name="T">What it yields.</typeparam>
internal sealed class ReadAhead<T> : IDisposable
{
    private const int PieceSize = 256, Pieces = 8;

    private readonly BlockingCollection<T[]> ready = new(Pieces);
    private readonly CancellationTokenSource stopped = new();
    private readonly Thread thread;
    private ExceptionDispatchInfo? failure;

    /// <summary>Begins.</summary>
    public ReadAhead(IEnumerable<T> source)
    {
        thread = new Thread(() => Fill(source)) { IsBackground = true, Name = "Reading ahead" };
        thread.Start();
    }

    /// <summary>What the sequence yields, in its order; throws what it throws.</summary>
    public IEnumerable<T> Items()
    {
        foreach (var piece in ready.GetConsumingEnumerable())
        {
            foreach (var item in piece) yield return item;
        }

        failure?.Throw();
    }

    /// <summary>Ends it, also before its end: the sequence is left when this returns.</summary>
    public void Dispose()
    {
        stopped.Cancel();
        thread.Join();
        ready.Dispose();
        stopped.Dispose();
    }

    private void Fill(IEnumerable<T> source)
    {
        try
        {
            foreach (var piece in source.Chunk(PieceSize)) ready.Add(piece, stopped.Token);
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
            // Nobody waits for more.
        }
        catch (Exception e)
        {
            failure = ExceptionDispatchInfo.Capture(e);
        }
        finally
        {
            ready.CompleteAdding();
        }
    }
}
