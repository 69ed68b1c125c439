using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Mirror.Writing;

namespace EntraAuditTools.Core.Importing;

/// <summary>
/// Proves coverage by Graph's pages: sources of one folder, imported one after the other, of which each but the last ends with a next link
/// without a filter, going back in time as Graph does. Then everything between the first and the last record is there. A page that stands
/// alone proves nothing: nobody knows what it was filtered by.
/// </summary>
internal sealed class PageChain
{
    private const string AuditContext = "#auditLogs/directoryAudits";

    private readonly List<(CoveredSpan Span, long Import)> proven = [];
    private string? folder;
    private long newest;
    private long oldest;
    private int links;

    /// <summary>The spans that are proven, with the import that ended each chain.</summary>
    public IReadOnlyList<(CoveredSpan Span, long Import)> Proven => proven;

    /// <summary>Looks at a source that was read to its end.</summary>
    public void Add(SourceImport import, ImportResult result, string sourceFolder)
    {
        if (!IsUsable(import, result))
        {
            links = 0;
            return;
        }

        var tally = import.Tally;
        if (links > 0 && (sourceFolder != folder || tally.LastTicks > oldest)) links = 0;
        if (links == 0) newest = tally.LastTicks;
        folder = sourceFolder;
        oldest = tally.FirstTicks;
        links += import.Pages.Count(p => p.NextLink != null);
        if (import.Pages[^1].NextLink != null) return;
        if (links > 0) proven.Add((new CoveredSpan(tally.Tenant, oldest, newest + 1, "page chain"), result.ImportId));
        links = 0;
    }

    private static bool IsUsable(SourceImport import, ImportResult result) =>
        import.Pages.Count > 0 && result is { Rejected: 0, FirstTime: not null }
        && import.Pages.All(p => p.Context?.Contains(AuditContext, StringComparison.OrdinalIgnoreCase) == true && !IsFiltered(p))
        && import.Pages.SkipLast(1).All(p => p.NextLink != null);

    private static bool IsFiltered(PageInfo page) =>
        page.NextLink is { } link && (link.Contains("$filter", StringComparison.OrdinalIgnoreCase) || link.Contains("%24filter", StringComparison.OrdinalIgnoreCase));
}
