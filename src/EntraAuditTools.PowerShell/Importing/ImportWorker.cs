using System.Collections.Concurrent;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Importing.Session;

namespace EntraAuditTools.PowerShell.Importing;

/// <summary>
/// Runs Core's import on a thread of its own and hands what it says over to the pipeline thread, which alone may write.
/// </summary>
/// <param name="options">How to import.</param>
/// <param name="write">Writes an ImportResult, an AuditToolException, or a text as a warning; called on the pipeline thread.</param>
/// <param name="meter">Takes progress.</param>
/// <param name="stopped">Cancelled by Ctrl+C.</param>
internal sealed class ImportWorker(ImportOptions options, Action<object> write, ImportMeter meter, CancellationToken stopped) : IDisposable
{
    private const int Capacity = 256;
    private const int WaitingAfterMilliseconds = 1500;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(150);

    private readonly CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(stopped);
    private readonly List<string> missed = [];
    private volatile ImportSession? session;
    private ImportFeed? feed;

    /// <summary>Imports one file and writes its results and errors as they come.</summary>
    public void ImportFile(string fullPath)
    {
        Run((session, emit) => session.ImportFile(fullPath, fullPath, emit, emit, meter.Report, stop.Token));
        meter.End();
    }

    /// <summary>Opens a pipe for pipeline input.</summary>
    public void OpenFeed(string name) => Run((session, _) => feed = session.OpenFeed(name, meter.Report, stop.Token));

    /// <summary>Passes text on to the open pipe.</summary>
    public void Feed(ReadOnlySpan<byte> utf8)
    {
        feed!.Write(utf8);
        meter.Show();
    }

    /// <summary>Ends the pipe and writes its result.</summary>
    public void CompleteFeed()
    {
        var ending = feed!;
        feed = null;
        try
        {
            Run((_, emit) =>
            {
                try
                {
                    ending.Complete();
                }
                finally
                {
                    // What was taken in is told although something is wrong with the rest.
                    if (ending.Result is { } result) emit(result);
                }
            });
        }
        finally
        {
            ending.Dispose();
            meter.End();
        }
    }

    /// <summary>Gives the open pipe up; what was committed stays.</summary>
    public void AbortFeed()
    {
        feed?.Dispose();
        feed = null;
        meter.End();
    }

    /// <summary>Tells of a source that was given but cannot be imported: what was declared complete is not.</summary>
    public void Missed(string source) => missed.Add(source);

    /// <summary>After the last source.</summary>
    public void Complete()
    {
        if (session is not null) Run((session, emit) =>
        {
            missed.ForEach(session.Missed);
            foreach (var note in session.Complete()) emit(note);
            if (session.Refusal is { } refusal) emit(refusal);
        });
    }

    public void Dispose()
    {
        stop.Cancel();
        feed?.Dispose();
        session?.Dispose();
        stop.Dispose();
    }

    private void Run(Action<ImportSession, Action<object>> work)
    {
        using var outbox = new BlockingCollection<object>(Capacity);
        void Work()
        {
            try
            {
                session ??= ImportSession.Open(options, meter.Report, stop.Token);
                work(session, item => outbox.Add(item, stop.Token));
            }
            finally
            {
                outbox.CompleteAdding();
            }
        }

        var task = Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var drained = false;
        var began = Environment.TickCount64;
        try
        {
            while (!outbox.IsCompleted)
            {
                if (outbox.TryTake(out var item, (int)Poll.TotalMilliseconds, stop.Token)) write(item);
                if (session is null && Environment.TickCount64 - began > WaitingAfterMilliseconds) meter.ShowWaiting();
                meter.Show();
            }

            drained = true;
        }
        finally
        {
            // Ctrl+C, or somebody downstream had enough: nothing may touch the mirror after we are gone.
            if (!drained) stop.Cancel();
            ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
        }

        task.GetAwaiter().GetResult();
    }
}
