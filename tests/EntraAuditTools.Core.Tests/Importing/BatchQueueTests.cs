using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Rows;

namespace EntraAuditTools.Core.Tests.Importing;

/// <summary>
/// Batches reach the writing thread some megabytes at a time, never many more than that, and what goes wrong there is thrown.
/// </summary>
public sealed class BatchQueueTests
{
    private static readonly byte[] Megabyte = new byte[ImportBatch.FullBytes];

    [Fact]
    public void Batches_are_written_in_their_order_and_always_as_many_at_a_time()
    {
        var runs = new List<int>();
        var marks = new List<byte>();
        using (var queue = new BatchQueue(run =>
        {
            runs.Add(run.Count);
            marks.AddRange(run.Select(batch => batch.Get(new(0, 1))[0]));
        }, new()))
        {
            for (byte i = 0; i < 20; i++) queue.Add(Batch(queue, i));
            queue.Finish(Batch(queue, 20));
        }

        Assert.Equal(Enumerable.Range(0, 21).Select(i => (byte)i), marks);
        Assert.Equal([8, 8, 5], runs);
    }

    [Fact]
    public async Task Reading_waits_while_enough_is_there_to_be_written()
    {
        using var mayWrite = new ManualResetEventSlim();
        using var queue = new BatchQueue(_ => mayWrite.Wait(TestContext.Current.CancellationToken), new());
        var added = 0;
        var reading = Task.Run(() =>
        {
            for (byte i = 0; i < 40; i++)
            {
                queue.Add(Batch(queue, i));
                Volatile.Write(ref added, i + 1);
            }

            queue.Finish(null);
        }, TestContext.Current.CancellationToken);
        // Eight are being written, eight wait.
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref added) >= 16, TimeSpan.FromMinutes(1)));
        Assert.False(SpinWait.SpinUntil(() => Volatile.Read(ref added) > 16, 200));
        mayWrite.Set();
        await reading.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        Assert.Equal(40, added);
    }

    [Fact]
    public void What_was_rejected_counts_too()
    {
        var most = 0;
        using var queue = new BatchQueue(run => most = Math.Max(most, run.Count), new());
        for (byte i = 0; i < 40; i++)
        {
            var batch = queue.Rent();
            for (var j = 0; j < 4; j++) batch.Rejections.Add(new(null, null, "not JSON", i % 2 == 0 ? Megabyte : []));
            queue.Add(batch);
        }

        queue.Finish(null);
        // Four megabytes and one in turn.
        Assert.InRange(most, 2, 4);
    }

    [Fact]
    public void What_goes_wrong_in_writing_is_thrown_where_reading_goes_on()
    {
        using var queue = new BatchQueue(_ => throw new InvalidOperationException("full"), new());
        var thrown = Assert.Throws<InvalidOperationException>(() =>
        {
            for (byte i = 0; i < 200; i++) queue.Add(Batch(queue, i));
            queue.Finish(null);
        });
        Assert.Equal("full", thrown.Message);
    }

    private static ImportBatch Batch(BatchQueue queue, byte mark)
    {
        var batch = queue.Rent();
        batch.Add([mark]);
        batch.Add(Megabyte.AsSpan(1));
        batch.Jobs.Add(default);
        return batch;
    }
}
