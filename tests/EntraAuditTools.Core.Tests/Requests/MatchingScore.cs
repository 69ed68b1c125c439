using EntraAuditTools.SampleTenant;

namespace EntraAuditTools.Core.Tests.Requests;

/// <summary>How many events went to their request, by what ties them; and to no other, by how they were tied.</summary>
internal sealed class MatchingScore
{
    /// <summary>Every kind together.</summary>
    public const string All = "all", AllDirectory = "all (directory)";

    private readonly Dictionary<(string Kind, bool Documentation), (int Right, int All)> precision = [], recall = [];

    /// <summary>How an event is tied; writes of the Core Directory are counted by themselves.</summary>
    public static string[] Kinds { get; } =
        ["RequestId", "AssignmentId", "CorrelationId", "PersonPackageTime", "CorrelationId (directory)", "PersonPackageTime (directory)"];

    /// <summary>Every mistake in words.</summary>
    public List<string> Wrong { get; } = [];

    /// <summary>Requests of which the log has an event.</summary>
    public int Requests { get; private set; }

    /// <summary>Those found with exactly their events; writes of the directory aside.</summary>
    public int Whole { get; private set; }

    /// <summary>Those with the status that their events tell.</summary>
    public int StatusRight { get; private set; }

    /// <summary>Requests found that are none, or parts of one that is in pieces.</summary>
    public int Surplus { get; private set; }

    /// <summary>Of the events tied in a way those that are of the request, and how many there are; 1 when none is.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>, or all.</param>
    /// <param name="documentation">Only requests that are written with the documentation's names, or only others; null for both.</param>
    public (double Share, int Wrong, int All) Precision(string kind, bool? documentation = null) => Share(precision, kind, documentation);

    /// <summary>Of the events that a thing ties those that are at their request.</summary>
    /// <inheritdoc cref="Precision"/>
    public (double Share, int Wrong, int All) Recall(string kind, bool? documentation = null) => Share(recall, kind, documentation);

    /// <summary>Compares what was found in a log with its labels.</summary>
    /// <param name="labels">The truth.</param>
    /// <param name="found">What was found.</param>
    /// <param name="byLink">Whether the labels' links hold: the log is as it was written.</param>
    public void Add(IReadOnlyList<RequestLabel> labels, IReadOnlyList<AccessPackageRequest> found, bool byLink = true)
    {
        var owner = labels.SelectMany(l => l.EventIds.Concat(l.DirectoryEventIds), (l, id) => (id, l)).ToDictionary(p => p.id, p => p.l);
        var pairs = Pair(labels, found, owner);
        foreach (var one in found) AddPrecision(one, pairs.GetValueOrDefault(one), owner);
        Surplus += found.Count - pairs.Count;
        var of = pairs.ToDictionary(p => p.Value, p => p.Key);
        foreach (var label in labels) AddRecall(label, of.GetValueOrDefault(label), byLink);
    }

    // By request id, else by whose most of its events are. Of a request in pieces the largest is the request; the others are mistakes.
    private static Dictionary<AccessPackageRequest, RequestLabel> Pair(IReadOnlyList<RequestLabel> labels,
        IReadOnlyList<AccessPackageRequest> found, Dictionary<string, RequestLabel> owner)
    {
        var byId = labels.ToDictionary(l => l.RequestId, StringComparer.OrdinalIgnoreCase);
        RequestLabel? Of(AccessPackageRequest one) => one.RequestId is { } id ? byId.GetValueOrDefault(id)
            : one.Events.Select(e => owner.GetValueOrDefault(e.RecordId!)).OfType<RequestLabel>().GroupBy(l => l)
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key.RequestId, StringComparer.Ordinal).FirstOrDefault()?.Key;
        return found.Select(one => (One: one, Label: Of(one))).Where(p => p.Label != null).GroupBy(p => p.Label!)
            .Select(g => (g.OrderByDescending(p => p.One.RequestId != null)
                .ThenByDescending(p => p.One.Events.Count(e => owner.GetValueOrDefault(e.RecordId!) == g.Key)).First().One, g.Key))
            .ToDictionary(p => p.One, p => p.Key);
    }

    private static bool IsDirectory(AccessPackageRequestEvent one) => one.Phase == "Directory";

    private void AddPrecision(AccessPackageRequest found, RequestLabel? label, Dictionary<string, RequestLabel> owner)
    {
        foreach (var one in found.Events)
        {
            var directory = IsDirectory(one);
            var truth = owner.GetValueOrDefault(one.RecordId!);
            var right = label != null && truth == label;
            var documentation = (label ?? truth)?.DocumentationNames ?? false;
            Count(precision, one.MatchedBy + (directory ? " (directory)" : string.Empty), documentation, right);
            Count(precision, directory ? AllDirectory : All, documentation, right);
            if (!right) Wrong.Add($"{one.MatchedBy}: {one.Time:O} {one.Activity} in {found.RequestId ?? "(no id)"} {found.Type} "
                + $"{found.Status}, of {truth?.RequestId ?? "none"} {truth?.Scenario}{Ambiguous(truth)}");
        }
    }

    private void AddRecall(RequestLabel label, AccessPackageRequest? found, bool byLink)
    {
        var got = found?.Events.Select(e => e.RecordId!).ToHashSet() ?? [];
        foreach (var (id, directory) in label.EventIds.Select(id => (id, false)).Concat(label.DirectoryEventIds.Select(id => (id, true))))
        {
            var kind = byLink ? label.LinkOf(id) + (directory ? " (directory)" : string.Empty) : null;
            if (kind != null) Count(recall, kind, label.DocumentationNames, got.Contains(id));
            Count(recall, directory ? AllDirectory : All, label.DocumentationNames, got.Contains(id));
            if (!got.Contains(id)) Wrong.Add($"missed {kind}: {id} {label.Subject.UserPrincipalName} of {label.RequestId} {label.Scenario}{Ambiguous(label)}");
        }

        Requests++;
        if (found == null) return;
        if (found.Events.Where(e => !IsDirectory(e)).Select(e => e.RecordId!).ToHashSet().SetEquals(label.EventIds)) Whole++;
        if (found.Status == (label.ExpectedStatus?.ToString() ?? "Unknown")) StatusRight++;
    }

    private static string Ambiguous(RequestLabel? label) => label?.IsAmbiguous == true ? " (ambiguous)" : string.Empty;

    private static void Count(Dictionary<(string, bool), (int Right, int All)> counts, string kind, bool documentation, bool right)
    {
        var (before, all) = counts.GetValueOrDefault((kind, documentation));
        counts[(kind, documentation)] = (before + (right ? 1 : 0), all + 1);
    }

    private static (double Share, int Wrong, int All) Share(Dictionary<(string Kind, bool Documentation), (int Right, int All)> counts,
        string kind, bool? documentation)
    {
        var some = counts.Where(c => c.Key.Kind == kind && (documentation == null || c.Key.Documentation == documentation)).Select(c => c.Value).ToList();
        var (right, all) = (some.Sum(c => c.Right), some.Sum(c => c.All));
        return (all == 0 ? 1 : (double)right / all, all - right, all);
    }
}
