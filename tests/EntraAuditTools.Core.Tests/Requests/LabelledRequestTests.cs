using EntraAuditTools.SampleTenant;

namespace EntraAuditTools.Core.Tests.Requests;

/// <summary>Every reconstructed request against its label, over seeds and orders of import.</summary>
public sealed class LabelledRequestTests(ITestOutputHelper output)
{
    /// <summary>Records, seed and order of import; more of them where somebody wants to look further.</summary>
    public static TheoryData<int, int, int> Tenants => Environment.GetEnvironmentVariable("ENTRAAUDIT_REQUEST_TENANTS") is { } many
        ? [.. Enumerable.Range(100, int.Parse(many, System.Globalization.CultureInfo.InvariantCulture)).Select(i => (6000, i, i)).Append((100_000, 9, 9))]
        : new() { { 130, 1, 1 }, { 1000, 2, 2 }, { 1000, 3, 3 }, { 1000, 4, 4 }, { 3000, 5, 5 }, { 3000, 6, 6 }, { 3000, 7, 7 },
            { 6000, 127, 127 }, { 6000, 136, 136 }, { 10_000, 8, 8 } };

    [Theory]
    [MemberData(nameof(Tenants))]
    public void Requests_are_what_their_labels_say(int records, int seed, int order)
    {
        using var sample = new SampleRequests(records, seed, order);
        var pairs = sample.Pair(sample.Find());
        var wrong = new List<string>();
        foreach (var label in sample.Labels)
        {
            var found = pairs.Where(p => p.Label == label).Select(p => p.Found).ToList();
            if (label.EventIds.Count == 0) continue;
            if (found.Count != 1)
            {
                wrong.Add($"{label.RequestId} {label.Scenario}: found {found.Count} "
                    + $"times{string.Concat(found.Select(f => $" ({f.RequestId} {f.Type} {string.Join(", ", f.Events.Select(e => e.Activity + " " + e.MatchedBy + " " + e.Time.ToString("O")))})"))}");
                continue;
            }

            wrong.AddRange(Differences(sample, label, found[0]));
        }

        wrong.AddRange(pairs.Where(p => p.Label == null)
            .Select(p => $"of nobody: {p.Found.RequestId} {p.Found} {string.Join(", ", p.Found.Events.Select(e => e.Activity))}"));
        foreach (var one in wrong) output.WriteLine(one);
        Assert.Empty(wrong);
    }

    /// <summary>Floors below what <c>docs/request-matching.md</c> states over more tenants.</summary>
    [Fact]
    public void Events_go_to_their_request_and_to_no_other()
    {
        var score = Score(LogDetail.Whole);
        Assert.All(["RequestId", "AssignmentId"], kind => Assert.Equal((0, 0), (score.Precision(kind).Wrong, score.Recall(kind).Wrong)));
        Assert.All(["CorrelationId", "CorrelationId (directory)", "PersonPackageTime"], kind => AssertFloor(score, kind, 0.98, 0.98));
        // Every kind was there to be counted.
        Assert.All(MatchingScore.Kinds, kind => Assert.True(score.Recall(kind).All > 0, kind));
    }

    /// <summary>A log that tells less has fewer events at their requests, and hardly more at wrong ones.</summary>
    [Theory]
    [InlineData(nameof(LogDetail.NoRequestIds), 0.99, 0.97)]
    [InlineData(nameof(LogDetail.NoIds), 0.99, 0.97)]
    [InlineData(nameof(LogDetail.NoCorrelation), 0.99, 0.9)]
    public void Poorer_logs_lose_events_rather_than_mix_them_up(string detail, double precision, double recall)
    {
        var score = Score(Enum.Parse<LogDetail>(detail));
        AssertFloor(score, MatchingScore.All, precision, recall);
        Assert.True(score.StatusRight >= score.Requests * 0.98, $"{score.StatusRight} of {score.Requests}");
    }

    private MatchingScore Score(LogDetail detail)
    {
        var score = new MatchingScore();
        foreach (var seed in new[] { 21, 22, 23, 24 }) MatchingTrial.Run(score, 3000, seed, detail);
        foreach (var one in score.Wrong) output.WriteLine(one);
        return score;
    }

    private static void AssertFloor(MatchingScore score, string kind, double precision, double recall) =>
        Assert.True(score.Precision(kind).Share >= precision && score.Recall(kind).Share >= recall, $"{kind}: {score.Precision(kind)}, {score.Recall(kind)}");

    private static IEnumerable<string> Differences(SampleRequests sample, RequestLabel label, AccessPackageRequest found)
    {
        var what = $"{label.RequestId} {label.Kind} "
            + $"{label.Scenario}{(label.IsAmbiguous ? " (ambiguous)" : string.Empty)}{(label.MissingEvents > 0 ? $" ({label.MissingEvents} missing)" : string.Empty)}";
        foreach (var (name, wanted, got) in new (string, object?, object?)[]
        {
            // Without its first event the kind is not always told.
            ("type", label.RequestedAt == null && found.Type == "Unknown" ? "Unknown" : label.Kind.ToString(), found.Type),
            ("status", label.ExpectedStatus?.ToString() ?? "Unknown", found.Status),
            ("user", label.Subject.Id, found.UserId),
            ("package", label.EventIds.Any(id => sample.Events[id].Targets.Any(t => t.Type == "AccessPackage")) ? label.Package.Id : null,
                found.AccessPackageId),
            ("requested by", label.RequestedAt == null ? found.RequestedBy?.Id : label.RequestedBy?.Id, found.RequestedBy?.Id),
            ("requested at", label.RequestedAt, found.RequestedAt),
            ("justification", label.Justification, found.Justification),
            ("delivered", label.DeliveredAt, found.DeliveredAt),
            ("assignment", label.AssignmentIdInEvents ? label.AssignmentId : found.AssignmentId, found.AssignmentId),
            ("ended", label.AssignmentEndedAt, found.AssignmentEndedAt),
            ("end reason", label.EndReason?.ToString()
                ?? (sample.Labels.Any(l => l.RequestId == label.EndedByRequestId && l.EventIds.Count > 0) ? "Unknown" : null), found.EndReason),
            ("approvals", Text(label.Approvals.Select(a => $"{a.Approver.Id} {a.Decision} {a.Time:O} {a.Justification}")),
                Text(found.Approvals.Where(a => a.Decision is "Approved" or "Denied")
                    .Select(a => $"{a.Approver?.Id} {a.Decision} {a.Time:O} {a.Justification}"))),
            ("waiting for", Text(label.WaitingFor.Select(p => p.Id).Order()),
                Text(found.Approvals.Where(a => a is { Decision: "Pending", Approver: not null }).Select(a => a.Approver!.Id!).Order())),
        })
        {
            if (!Equals(wanted, got))
                yield return $"{what}: {name} is {got ?? "null"}, not {wanted ?? "null"} "
                    + $"[{string.Join("; ", label.EventIds.Select(id => sample.Events[id].Activity))}]";
        }

        static string Text(IEnumerable<string> items) => string.Join(" | ", items);
    }
}
