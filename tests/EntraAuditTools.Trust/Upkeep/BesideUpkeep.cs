using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Trust.Programs;
using EntraAuditTools.Trust.Running;

namespace EntraAuditTools.Trust.Upkeep;

/// <summary>
/// Who else uses a mirror while it is backed up, cut or written anew: in a third of the rounds somebody who reads states of it and holds
/// them for a while, in another third an import of the program.
/// </summary>
internal sealed class BesideUpkeep : IDisposable
{
    private readonly Round round;
    private readonly string mirror;
    private readonly HashSet<long> counts;
    private readonly AuditProgram? importer;
    private readonly Thread? reader;
    private volatile bool isOver;

    /// <summary>Begins.</summary>
    /// <param name="round">The round.</param>
    /// <param name="mirror">The mirror.</param>
    /// <param name="later">What an import brings.</param>
    /// <param name="counts">How many activities any state of the mirror may have, without those.</param>
    public BesideUpkeep(Round round, string mirror, string later, params long[] counts)
    {
        (this.round, this.mirror, this.counts) = (round, mirror, [.. counts]);
        switch (round.Random.Next(3))
        {
            case 0:
                round.Count("readers beside");
                reader = new Thread(() => Read(new(round.Seed))) { IsBackground = true };
                reader.Start();
                break;
            case 1:
                round.Count("importers beside");
                importer = AuditProgram.Start(mirror, "import", later);
                break;
        }
    }

    /// <summary>Whether an import adds to the mirror.</summary>
    public bool IsImported => importer != null;

    public void Dispose()
    {
        isOver = true;
        reader?.Join();
        if (importer == null) return;
        var end = importer.WaitForEnd();
        round.Expect(end.ExitCode == 0, $"the import beside ended with {end.ExitCode}: {end.Error}");
        importer.Dispose();
    }

    private void Read(Random random)
    {
        while (!isOver)
        {
            try
            {
                using var open = MirrorReader.Open(mirror);
                using var state = open.BeginRead();
                var first = Count(open);
                Thread.Sleep(random.Next(200));
                round.Count("reads");
                round.Expect(counts.Contains(first), $"a reader sees {first} activities, neither those of before nor those of after");
                round.ExpectEqual(first, Count(open), "what a reader sees of one state");
            }
            catch (AuditToolException e)
            {
                round.Fail($"a reader met {e}");
                return;
            }

            Thread.Sleep(random.Next(100));
        }
    }

    private static long Count(MirrorReader open) => open.Query("SELECT count(*) FROM activity", row => row.GetInt64(0)).Single();
}
