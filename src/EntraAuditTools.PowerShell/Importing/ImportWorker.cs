using System.Collections.Concurrent;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Importing.Session;

namespace EntraAuditTools.PowerShell.Importing;

/// <summary>Runs Core's import on a thread of its own and hands its output over to the pipeline thread, which alone may write.</summary>
/// <param name="options">How to import.</param>
/// <param name="write">Writes an ImportResult, an AuditToolException, or a text as a warning; called on the pipeline thread.</param>
/// <param name="progress">Takes progress.</param>
/// <param name="stopped">Cancelled by Ctrl+C.</param>
internal sealed class ImportWorker(ImportOptions options, Action<object> write, ProgressDisplay progress, CancellationToken stopped)
    : IDisposable
{
    private const int Capacity = 256;
    private const int WaitingAfterMilliseconds = 1500;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(150);

    private readonly CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(stopped);
    private readonly List<string> missed = [];
    private volatile ImportSession? session;
    private ImportPipe? pipe;

    /// <summary>Imports one file and writes its results and errors as they come.</summary>
    public void ImportFile(string fullPath)
    {
        Run((session, emit) => session.ImportFile(fullPath, fullPath, emit, emit, progress.Report, stop.Token));
        progress.End();
    }

    /// <summary>Opens a pipe for pipeline input.</summary>
    public void OpenPipe(string name) => Run((session, _) => pipe = session.OpenPipe(name, progress.Report, stop.Token));

    /// <summary>Passes text on to the open pipe.</summary>
    public void WritePipe(ReadOnlySpan<byte> utf8)
    {
        pipe!.Write(utf8);
        progress.Show();
    }

    /// <summary>Ends the pipe and writes its result.</summary>
    public void CompletePipe()
    {
        var ending = pipe!;
        pipe = null;
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
                    // The result is written although something is wrong with the rest.
                    if (ending.Result is { } result) emit(result);
                }
            });
        }
        finally
        {
            ending.Dispose();
            progress.End();
        }
    }

    /// <summary>Gives the open pipe up; what was committed stays.</summary>
    public void AbortPipe()
    {
        pipe?.Dispose();
        pipe = null;
        progress.End();
    }

    /// <summary>Records a source that was given but cannot be imported: what was declared complete is not.</summary>
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
        pipe?.Dispose();
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
                session ??= ImportSession.Open(options, progress.Report, stop.Token);
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
                if (session is null && Environment.TickCount64 - began > WaitingAfterMilliseconds) progress.ShowWaiting();
                progress.Show();
            }

            drained = true;
        }
        finally
        {
            // Ctrl+C, or a later command of the pipeline has stopped: nothing may touch the mirror after the cmdlet has ended.
            if (!drained) stop.Cancel();
            ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
        }

        task.GetAwaiter().GetResult();
    }
}
