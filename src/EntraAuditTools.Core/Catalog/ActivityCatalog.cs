using System.Diagnostics.CodeAnalysis;

namespace EntraAuditTools.Core.Catalog;

/// <summary>An activity as the built-in catalog lists it; <c>Description</c> is null where we have none.</summary>
internal sealed record CatalogActivity(string Service, string Category, string Activity, string? Description);

/// <summary>
/// The activities that Entra is known to log: <c>seeds/activity-catalog.tsv</c>, after Microsoft's activity reference of 2024-10, with
/// descriptions of our own. Advisory: tenants log activities that it lacks.
/// </summary>
internal sealed class ActivityCatalog
{
    private const string Resource = "activity-catalog.tsv";
    private static readonly Lazy<ActivityCatalog> Loaded = new(Load);

    private readonly Dictionary<(string Service, string Category, string Activity), CatalogActivity> byName = [];
    private readonly HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);

    private ActivityCatalog(IReadOnlyList<CatalogActivity> activities)
    {
        Activities = activities;
        foreach (var activity in activities)
        {
            byName.TryAdd(Key(activity.Service, activity.Category, activity.Activity), activity);
            names.Add(activity.Activity.Trim());
        }
    }

    /// <summary>The catalog, read at first use.</summary>
    public static ActivityCatalog Instance => Loaded.Value;

    /// <summary>All of it, in the reference's order.</summary>
    public IReadOnlyList<CatalogActivity> Activities { get; }

    /// <summary>Finds an activity by the names of a record or of the catalog.</summary>
    public bool TryFind(string? service, string? category, string activity, [NotNullWhen(true)] out CatalogActivity? found) =>
        byName.TryGetValue(Key(service, category, activity), out found);

    /// <summary>
    /// Whether any service lists an activity of this name: records of the unified audit log contain neither service nor category.
    /// </summary>
    public bool ListsName(string activity) => names.Contains(activity.Trim());

    private static (string Service, string Category, string Activity) Key(string? service, string? category, string activity) =>
        (ServiceAliases.ServiceKey(service), ServiceAliases.CategoryKey(category), activity.Trim().ToUpperInvariant());

    private static ActivityCatalog Load()
    {
        using var stream = typeof(ActivityCatalog).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not embedded.");
        using var reader = new StreamReader(stream);
        var activities = new List<CatalogActivity>(1200);
        reader.ReadLine(); // header: service, category, activity, description
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split('\t');
            activities.Add(new CatalogActivity(cells[0], cells[1], cells[2], cells.Length > 3 && cells[3].Length > 0 ? cells[3] : null));
        }

        return new ActivityCatalog(activities);
    }
}
