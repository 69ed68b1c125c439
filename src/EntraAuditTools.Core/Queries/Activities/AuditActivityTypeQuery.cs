using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Writing.Logs;
using EntraAuditTools.Core.Queries.Identities;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Activities;

/// <summary>Which activities exist, and which has the mirror seen?</summary>
internal static class AuditActivityTypeQuery
{
    /// <summary>Activities of the built-in catalog and of the mirror, by service, category and name.</summary>
    /// <param name="mirror">The mirror whose counts are wanted; null to leave them out.</param>
    /// <param name="service">Services, by the catalog's heading or the name in records; wildcards; null for all.</param>
    /// <param name="category">Categories; wildcards; null for all.</param>
    /// <param name="activity">Names of activities; wildcards; null for all.</param>
    /// <param name="seen">Only activities that the mirror holds.</param>
    /// <param name="unlisted">Only activities that the catalog lacks.</param>
    public static IEnumerable<AuditActivityType> Run(
        MirrorReader? mirror, IReadOnlyList<string>? service, IReadOnlyList<string>? category, IReadOnlyList<string>? activity, bool seen,
            bool unlisted)
    {
        var services = Patterns(service);
        // Categories of the portal's older pages are services today.
        var former = category?.Where(text => new WildcardText(text).Literal is { } literal && FormerCategory.IsService(mirror, literal))
            .ToList() is { Count: > 0 } words ? words : null;
        var categories = Patterns(former == null ? category : [.. category!.Except(former)]);
        var formerServices = Patterns(former);
        bool OfCategory(AuditActivityType type) =>
            (categories == null && formerServices == null)
                || (categories != null && Matches(categories, type.Category, ServiceAliases.CategorySpellings))
            || (formerServices != null && Matches(formerServices, type.Service, ServiceAliases.ServiceSpellings));
        var activities = Patterns(activity);
        var counts = mirror is null ? [] : Counts(mirror);
        var listed = ActivityCatalog.Instance.Activities.Select(entry =>
            ToType(entry, true, mirror is null ? null : counts.GetValueOrDefault(entry) ?? new Seen()));
        var others = counts.Where(pair => !ActivityCatalog.Instance.TryFind(pair.Key.Service, pair.Key.Category, pair.Key.Activity, out _))
            .Select(pair =>
                ToType(pair.Key, IsOfUnifiedLog(pair.Key) && ActivityCatalog.Instance.ListsName(pair.Key.Activity), pair.Value));
        return listed.Concat(others)
            .Where(type => !(seen && type.Count is null or 0) && !(unlisted && type.Listed))
            .Where(type => Matches(services, type.Service, ServiceAliases.ServiceSpellings) && OfCategory(type)
                && Matches(activities, type.Activity, null))
            .OrderBy(type => type.Service, StringComparer.OrdinalIgnoreCase).ThenBy(type => type.Category, StringComparer.OrdinalIgnoreCase)
            .ThenBy(type => type.Activity, StringComparer.OrdinalIgnoreCase);
    }

    private static bool IsOfUnifiedLog(CatalogActivity activity) =>
        activity.Category.Length == 0 && activity.Service.Equals("AzureActiveDirectory", StringComparison.OrdinalIgnoreCase);

    private static List<WildcardText>? Patterns(IReadOnlyList<string>? texts) =>
        texts is { Count: > 0 } ? texts.Select(text => new WildcardText(text.Trim())).ToList() : null;

    private static bool Matches(List<WildcardText>? patterns, string name, Func<string, IEnumerable<string>>? spellings) =>
        patterns is null
            || patterns.Exists(pattern => pattern.IsMatch(name) || spellings?.Invoke(name).Any(other => pattern.IsMatch(other)) == true);

    private static AuditActivityType ToType(CatalogActivity activity, bool listed, Seen? seen) => new()
    {
        Service = activity.Service,
        Category = activity.Category,
        Activity = activity.Activity,
        Description = activity.Description,
        Listed = listed,
        Count = seen?.Count,
        FirstSeen = seen is { Count: > 0 } ? UtcTime.Of(seen.First) : null,
        LastSeen = seen is { Count: > 0 } ? UtcTime.Of(seen.Last) : null,
    };

    // Counts by the catalog's entry, or by the names in records where the catalog has none.
    private static Dictionary<CatalogActivity, Seen> Counts(MirrorReader mirror)
    {
        using var dimensions = new ActivityDimensions(mirror);
        var counts = new Dictionary<CatalogActivity, Seen>();
        // The index on kind holds it all; the times of the first and last row are looked up by id.
        const string Sql = """
            SELECT g.kind, g.rows, (f.id >> 8) - f.drift, (l.id >> 8) - l.drift
            FROM (SELECT kind, count(*) AS rows, min(id) AS first, max(id) AS last FROM activity INDEXED BY activity_kind GROUP BY kind) g
            JOIN activity f ON f.id = g.first JOIN activity l ON l.id = g.last
            """;
        var hidden = ActivityOrigin.HiddenByKind(mirror);
        foreach (var row in mirror.Query(Sql,
            row => (Kind: row.GetInt64(0), Count: row.GetInt64(1) - hidden.GetValueOrDefault(row.GetInt64(0)), First: row.GetInt64(2),
                Last: row.GetInt64(3))))
        {
            if (row.Count == 0) continue;
            var (first, last) = hidden.ContainsKey(row.Kind) ? Ends(mirror, row.Kind) : (row.First, row.Last);
            var kind = dimensions.ActivityType(row.Kind);
            if (!ActivityCatalog.Instance.TryFind(kind.Service, kind.Category, kind.Activity, out var entry))
                entry = new CatalogActivity(kind.Service ?? string.Empty, kind.Category ?? string.Empty, kind.Activity, null);
            if (!counts.TryGetValue(entry, out var seen)) counts.Add(entry, seen = new Seen());
            seen.Add(row.Count, first + ActivityTime.Epoch, last + ActivityTime.Epoch);
        }

        return counts;
    }

    /// <summary>First and last of a kind of which some rows are hidden.</summary>
    private static (long First, long Last) Ends(MirrorReader mirror, long kind)
    {
        var sql = new SqlText();
        sql.Add($"SELECT min((id >> 8) - drift), max((id >> 8) - drift) FROM activity INDEXED BY activity_kind WHERE kind = "
            + $"{sql.Bind(kind)} AND origin <> {TwinWriter.Twin}");
        return mirror.Query(sql, row => (row.GetInt64(0), row.GetInt64(1))).First();
    }

    private sealed class Seen
    {
        public long Count { get; private set; }

        public long First { get; private set; } = long.MaxValue;

        public long Last { get; private set; }

        public void Add(long count, long first, long last)
        {
            Count += count;
            First = Math.Min(First, first);
            Last = Math.Max(Last, last);
        }
    }
}
