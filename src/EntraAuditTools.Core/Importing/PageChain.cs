using EntraAuditTools.Core.Mirror.Writing;

namespace EntraAuditTools.Core.Importing;

/// <summary>
/// Proves coverage by pages: of a session's Graph audit pages all but one have a next link without a filter, and the last has none. Then
/// everything between their first and last record is there.
/// </summary>
internal sealed class PageChain
{
    private readonly List<(SourceImport Import, ImportResult Result)> sources = [];

    /// <summary>Looks at a source that was read to its end.</summary>
    public void Add(SourceImport import, ImportResult result)
    {
        if (import.Pages.Count > 0 && result.ImportId != 0) sources.Add((import, result));
    }

    /// <summary>The span that the pages prove, with the import that ended it; none when they prove nothing.</summary>
    public IEnumerable<(CoveredSpan Span, long Import)> Proven()
    {
        var pages = sources.SelectMany(s => s.Import.Pages).Where(p => p.Context?.Contains("#auditLogs/directoryAudits", StringComparison.OrdinalIgnoreCase) == true).ToList();
        var links = pages.Where(p => p.NextLink != null).Select(p => p.NextLink!).ToList();
        if (links.Count == 0 || pages.Count - links.Count != 1 || links.Distinct().Count() != links.Count) yield break;
        if (links.Any(l => l.Contains("$filter", StringComparison.OrdinalIgnoreCase) || l.Contains("%24filter", StringComparison.OrdinalIgnoreCase))) yield break;
        if (sources.Any(s => s.Result.Rejected > 0)) yield break;
        var read = sources.Where(s => s.Result.FirstTime != null).ToList();
        if (read.Count == 0) yield break;
        var span = new CoveredSpan(read[^1].Import.Tally.Tenant, read.Min(s => s.Import.Tally.FirstTicks), read.Max(s => s.Import.Tally.LastTicks) + 1, "page chain");
        yield return (span, read[^1].Result.ImportId);
    }
}
