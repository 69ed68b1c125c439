using EntraAuditTools.Core.Tests.Fuzzing;
using EntraAuditTools.Trust.Running;

namespace EntraAuditTools.Trust.Hostile;

/// <summary>Exports of every shape with their bytes, members, cells and encodings changed, many at a time between good files.</summary>
internal sealed class MutatedFilesCampaign : ICampaign
{
    private const int FilesOfRound = 30;

    public string Name => "hostile-files";

    public string Promise => "A file that is damaged or made up costs nothing but itself: it ends, counts add up, the files beside it "
        + "arrive, read again it adds nothing, and every question is answered.";

    public int ShortRounds => 2;

    public void Run(Round round)
    {
        var mutator = new Mutator(HostileSeeds.All(round.SharedFolder), round.Seed);
        var run = new FuzzRun();
        for (var way = 0; way < round.Seed % FuzzRun.WayCount; way++) run.SkipWay();
        run.Add([.. Enumerable.Range(0, FilesOfRound).Select(mutator.Make)]);
        round.Count("files", run.Files);
        round.Count("records", run.Records.Read);
        round.Count("rejected", run.Records.Rejected);
        foreach (var failure in run.Failures)
        {
            round.Fail($"{failure.Kind}: {failure.File.Name}: {failure.Detail}");
            File.WriteAllBytes(round.PathOf(Path.GetFileName(failure.File.Name)), failure.File.Bytes);
        }
    }
}
