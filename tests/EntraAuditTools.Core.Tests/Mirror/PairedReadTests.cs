using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Queries;

namespace EntraAuditTools.Core.Tests.Mirror;

/// <summary>Two readers of one state, also while somebody writes.</summary>
public sealed class PairedReadTests : IDisposable
{
    private readonly TestMirror mirror = new();

    public PairedReadTests() => mirror.ImportText(Event.All([new Event("a", "2026-10-01T08:00:00Z", "Add user")]));

    [Fact]
    public async Task Both_read_the_same_while_somebody_writes()
    {
        Assert.SkipWhen(Environment.ProcessorCount == 1, "There is one processor only: nothing is read by two.");
        using var stop = new CancellationTokenSource();
        var writer = Task.Run(() =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                OldMirror.Execute(mirror.Path, $"INSERT INTO term (id, text) VALUES ({i + 100_000}, 'term {i}')");
                // As an import: it works, and then commits.
                Thread.Sleep(20);
            }
        }, TestContext.Current.CancellationToken);
        var seen = new HashSet<long>();
        try
        {
            for (var i = 0; i < 60; i++)
            {
                using var reader = MirrorReader.Open(mirror.Path);
                using var pair = PairedRead.Begin(reader);
                if (pair == null) continue;
                var count = Count(reader);
                Assert.Equal(count, Count(pair.Other));
                Thread.Sleep(30);
                Assert.Equal((count, count), (Count(reader), Count(pair.Other)));
                seen.Add(count);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await writer;
        }

        Assert.True(seen.Count > 1, "Nothing was written between the reads.");
    }

    [Fact]
    public void What_reads_of_a_state_already_is_not_given_another()
    {
        using var reader = MirrorReader.Open(mirror.Path);
        using var state = reader.BeginRead();
        Assert.Null(PairedRead.Begin(reader));
    }

    [Fact]
    public void Both_are_interrupted_together()
    {
        Assert.SkipWhen(Environment.ProcessorCount == 1, "There is one processor only: nothing is read by two.");
        using var reader = MirrorReader.Open(mirror.Path);
        using var pair = PairedRead.Begin(reader)!;
        reader.Interrupt();
        Assert.Throws<OperationCanceledException>(() => Count(pair.Other));
    }

    public void Dispose() => mirror.Dispose();

    private static long Count(MirrorReader reader) => reader.Query("SELECT count(*) FROM term", row => row.GetInt64(0)).First();
}
