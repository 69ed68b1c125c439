using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Mirror.Reading;

namespace EntraAuditTools.Core.Queries.Activities;

/// <summary>
/// Words that were categories of the portal's audit log and are names of services today: <c>Account Provisioning</c>, <c>Core
/// Directory</c>.
/// </summary>
internal static class FormerCategory
{
    /// <summary>Whether a word is the name of a service, of the reference or of this mirror, and of no category of either.</summary>
    /// <param name="mirror">The mirror; null for the reference alone.</param>
    /// <param name="word">The word.</param>
    public static bool IsService(MirrorReader? mirror, string word)
    {
        var (service, category) = (ServiceAliases.ServiceKey(word), ServiceAliases.CategoryKey(word));
        if (ActivityCatalog.Instance.Activities.Any(known => ServiceAliases.CategoryKey(known.Category) == category)
            || Held(mirror, "category").Any(name => ServiceAliases.CategoryKey(name) == category)) return false;
        return ActivityCatalog.Instance.Activities.Any(known => ServiceAliases.ServiceKey(known.Service) == service)
            || Held(mirror, "service").Any(name => ServiceAliases.ServiceKey(name) == service);
    }

    private static IEnumerable<string> Held(MirrorReader? mirror, string column) =>
        mirror == null ? [] : mirror.Query($"SELECT text FROM term WHERE id IN (SELECT {column} FROM kind)", row => row.GetString(0));
}
