using EntraAuditTools.Core.Tests.Requests;

namespace EntraAuditTools.Benchmarks;

/// <summary>Prints precision and recall of the matching of events to requests, as the tables of docs/request-matching.md.</summary>
internal static class RequestMatching
{
    private const int Records = 6000, FirstSeed = 1000;

    public static int Run(int seeds, bool showMistakes)
    {
        var report = new Report(Console.Out);
        var scores = Enum.GetValues<LogDetail>().Select(detail => (Detail: detail, Score: Score(seeds, detail))).ToList();
        report.Matching(scores[0].Score);
        report.MatchingByNames(scores[0].Score);
        report.MatchingByDetail(scores);
        Console.WriteLine();
        Console.WriteLine($"{seeds} tenants of {Records:N0} audit records, seeds {FirstSeed} to {FirstSeed + seeds - 1}.");
        if (!showMistakes) return 0;
        foreach (var (detail, score) in scores)
        {
            foreach (var mistake in score.Wrong) Console.WriteLine($"{detail}: {mistake}");
        }

        return 0;
    }

    private static MatchingScore Score(int seeds, LogDetail detail)
    {
        var score = new MatchingScore();
        for (var seed = FirstSeed; seed < FirstSeed + seeds; seed++) MatchingTrial.Run(score, Records, seed, detail);
        return score;
    }
}
