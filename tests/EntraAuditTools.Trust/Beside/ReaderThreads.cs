using System.Globalization;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Trust.Running;

namespace EntraAuditTools.Trust.Beside;

/// <summary>
/// Readers within this process, each on a thread of its own, that open a mirror of one log again and again and compare what one state of
/// it says: every record that a finished import added is there, nothing else is unless an import is not finished, and nothing that was
/// there is gone.
/// </summary>
internal sealed class ReaderThreads : IDisposable
{
    private const int Readers = 8;

    private const string State = """
        SELECT (SELECT count(*) FROM activity), coalesce(sum(added), 0), count(finished), count(*) - count(finished) FROM import
        """;

    private readonly Round round;
    private readonly string mirror;
    private readonly List<Thread> threads = [];
    private volatile bool isOver;

    public ReaderThreads(Round round, string mirror)
    {
        (this.round, this.mirror) = (round, mirror);
        for (var i = 0; i < Readers; i++)
        {
            var thread = new Thread(Read) { IsBackground = true };
            threads.Add(thread);
            thread.Start();
        }
    }

    public void Dispose()
    {
        isOver = true;
        threads.ForEach(thread => thread.Join());
    }

    private void Read()
    {
        var (activities, finished) = (0L, 0L);
        while (!isOver)
        {
            try
            {
                if (MirrorReader.Exists(mirror)) (activities, finished) = Look(activities, finished);
            }
            catch (Exception e) when (finished > 0)
            {
                round.Fail($"a reader met {e}");
                return;
            }
            catch (Core.Errors.AuditToolException)
            {
                // It is being made.
            }

            Thread.Sleep(5);
        }
    }

    private (long Activities, long Finished) Look(long activities, long finished)
    {
        using var reader = MirrorReader.Open(mirror);
        var now = reader.Query(State, row => (Activities: row.GetInt64(0), Added: row.GetInt64(1), Finished: row.GetInt64(2), Open: row.GetInt64(3)))
            .Single();
        round.Count("reads");
        var state = string.Create(CultureInfo.InvariantCulture,
            $"{now.Activities} activities, {now.Added} added, {now.Finished} imports finished, {now.Open} not; before {activities} and {finished}");
        round.Expect(now.Activities >= activities && now.Finished >= finished, $"something is gone: {state}");
        round.Expect(now.Open > 0 ? now.Activities >= now.Added : now.Activities == now.Added, $"half of an import is seen: {state}");
        return (now.Activities, now.Finished);
    }
}
