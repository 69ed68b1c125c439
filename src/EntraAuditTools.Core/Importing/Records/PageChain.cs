using EntraAuditTools.Core.Mirror.Rows;

namespace EntraAuditTools.Core.Importing.Records;

/// <summary>
/// Proves coverage by Graph's pages: sources of one folder, imported one after the other, of which each but the last ends with a next link
/// without a filter, going back in time as Graph does. Then everything between the first and the last record is there. A single page proves
/// nothing: it is not known what it was filtered by.
/// </summary>
internal sealed class PageChain
{
    private string? folder;
    private string? kind;
    private long newest;
    private long oldest;
    private long links;

    /// <summary>
    /// Looks at a source that was read to its end, now or by an earlier import. Returns the span that is proven with it; null when none is.
    /// </summary>
    public CoveredSpan? Add(SourceFacts source, string sourceFolder)
    {
        if (source.PageLog is not { } log || !IsUsable(source))
        {
            links = 0;
            return null;
        }

        if (links > 0 && (sourceFolder != folder || log != kind || source.LastTicks > oldest)) links = 0;
        if (links == 0) newest = source.LastTicks;
        (folder, kind) = (sourceFolder, log);
        oldest = source.FirstTicks;
        links += source.Links;
        if (source.EndsWithLink) return null;
        CoveredSpan? proven = links > 0 ? new CoveredSpan(log, source.Tenant, oldest, newest + 1, "page chain") : null;
        links = 0;
        return proven;
    }

    private static bool IsUsable(SourceFacts source) =>
        source is { Rejected: 0, IsFiltered: false, IsOpenEnded: false, Pages: > 0 } && source.FirstTicks <= source.LastTicks
        && source.Pages - source.Links == (source.EndsWithLink ? 0 : 1);
}
