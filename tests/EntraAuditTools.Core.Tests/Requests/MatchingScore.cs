using System.Globalization;
using System.Text;
using EntraAuditTools.SampleTenant;

namespace EntraAuditTools.Core.Tests.Requests;

/// <summary>How many events went to their request, by what ties them; and to no other, by how they were tied.</summary>
internal sealed class MatchingScore
{
    private readonly Dictionary<string, (int Right, int All)> precision = [];
    private readonly Dictionary<string, (int Found, int All)> recall = [];

    public static string[] Kinds { get; } = ["RequestId", "AssignmentId", "CorrelationId", "PersonPackageTime", "CorrelationId (directory)", "PersonPackageTime (directory)"];

    public List<string> Wrong { get; } = [];

    public double Precision(string kind) => precision.GetValueOrDefault(kind) is { All: > 0 } c ? (double)c.Right / c.All : 1;

    public double Recall(string kind) => recall.GetValueOrDefault(kind) is { All: > 0 } c ? (double)c.Found / c.All : 1;

    public void Add(SampleRequests sample, IReadOnlyList<(AccessPackageRequest Found, RequestLabel? Label)> pairs)
    {
        var owner = sample.Labels.SelectMany(l => l.EventIds.Concat(l.DirectoryEventIds), (l, id) => (id, l)).ToDictionary(p => p.id, p => p.l);
        var got = new HashSet<(string Request, string Event)>();
        foreach (var (found, label) in pairs)
        {
            foreach (var one in found.Events)
            {
                var kind = one.MatchedBy + (one.Phase == "Directory" ? " (directory)" : string.Empty);
                var right = label != null && owner.GetValueOrDefault(one.RecordId!) == label;
                var (before, all) = precision.GetValueOrDefault(kind);
                precision[kind] = (before + (right ? 1 : 0), all + 1);
                if (right) got.Add((label!.RequestId, one.RecordId!));
                else Wrong.Add($"{kind}: {one.Time:O} {one.Activity} in {found.RequestId ?? "(no id)"} {found.Type} {found.Status}, of {owner.GetValueOrDefault(one.RecordId!)?.RequestId ?? "none"} {owner.GetValueOrDefault(one.RecordId!)?.Story}{(owner.GetValueOrDefault(one.RecordId!)?.IsAmbiguous == true ? " (ambiguous)" : string.Empty)}");
            }
        }

        foreach (var label in sample.Labels)
        {
            foreach (var id in label.EventIds.Concat(label.DirectoryEventIds))
            {
                var kind = label.LinkOf(id) + (label.DirectoryEventIds.Contains(id) ? " (directory)" : string.Empty);
                var (found, all) = recall.GetValueOrDefault(kind);
                var has = got.Contains((label.RequestId, id));
                recall[kind] = (found + (has ? 1 : 0), all + 1);
                if (!has) Wrong.Add($"missed {kind}: {sample.Events[id].Activity} of {label.RequestId} {label.Story}{(label.IsAmbiguous ? " (ambiguous)" : string.Empty)}");
            }
        }
    }

    /// <summary>As the table of <c>docs/request-matching.md</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var kind in Kinds)
        {
            var (p, r) = (precision.GetValueOrDefault(kind), recall.GetValueOrDefault(kind));
            text.AppendLine(CultureInfo.InvariantCulture, $"| {kind} | {p.All} | {Precision(kind):P2} | {r.All} | {Recall(kind):P2} |");
        }

        return text.ToString();
    }
}
