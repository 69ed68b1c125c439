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
    private static readonly (string Context, string Kind)[] Logs = [("#auditLogs/directoryAudits", KindNames.AuditActivity), ("#auditLogs/provisioning", KindNames.ProvisioningLog)];

    private readonly List<(CoveredSpan Span, long Import)> proven = [];
    private string? folder;
    private string? kind;
    private long newest;
    private long oldest;
    private long links;

    /// <summary>The spans that are proven, with the import that ended each chain.</summary>
    public IReadOnlyList<(CoveredSpan Span, long Import)> Proven => proven;

    /// <summary>Looks at a source that was read to its end.</summary>
    public void Add(SourceImport import, ImportResult result, string sourceFolder)
    {
        var log = KindOf(import);
        if (log == null || !IsUsable(import, result))
        {
            links = 0;
            return;
        }

        var tally = import.Tally;
        if (links > 0 && (sourceFolder != folder || log != kind || tally.LastTicks > oldest)) links = 0;
        if (links == 0) newest = tally.LastTicks;
        (folder, kind) = (sourceFolder, log);
        oldest = tally.FirstTicks;
        links += import.Pages.Linked;
        if (import.Pages.IsLastLinked) return;
        if (links > 0) proven.Add((new CoveredSpan(log, tally.Tenant, oldest, newest + 1, "page chain"), result.ImportId));
        links = 0;
    }

    private static bool IsUsable(SourceImport import, ImportResult result) =>
        import.Pages is { IsChain: true, IsFiltered: false } && result is { Rejected: 0, FirstTime: not null };

    /// <summary>The log that all pages are of; null when they are of none or of several.</summary>
    private static string? KindOf(SourceImport import) => Array.Find(Logs, log => import.Pages.AreAllOf(log.Context)).Kind;
}
