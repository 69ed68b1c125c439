using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Activities;

/// <summary>Where the values of the audit log's own filters are to be found.</summary>
internal static class ActivityColumn
{
    // Documentation: Graph's operationResult (FORMATS 1.1).
    private static readonly string[] Results = ["success", "failure", "timeout"];

    /// <summary>Services.</summary>
    public static readonly ValueColumn Service = new(mirror => Terms(mirror, "service", ServiceAliases.ServiceKey));

    /// <summary>Categories.</summary>
    public static readonly ValueColumn Category = new(Categories);

    /// <summary>Activities, of the log or of the catalog of known ones.</summary>
    public static readonly ValueColumn Activity = new(Activities);

    /// <summary>Results.</summary>
    public static readonly ValueColumn Result = new(mirror => WithTerms(mirror, Results, "activity", "result"));

    /// <summary>Names of modified properties.</summary>
    public static readonly ValueColumn Property =
        new(mirror => HeldValues.List(() => mirror.Query("SELECT names FROM property_set", row => row.GetString(0))
            .SelectMany(names => names.Split('\n'))));

    private static HeldValues Terms(MirrorReader mirror, string column, Func<string?, string> key)
    {
        var values = new Lazy<List<string>>(() =>
            [.. mirror.Query($"SELECT text FROM term WHERE id IN (SELECT {column} FROM kind)",
                row => TerminalText.Visible(row.GetString(0))!)]);
        var catalog = new Lazy<List<string>>(() =>
            [.. ActivityCatalog.Instance.Activities.Select(activity => column == "service" ? activity.Service : activity.Category)
                .Distinct()]);
        return new(
            text => values.Value.Exists(value => key(value) == key(text)) || catalog.Value.Exists(value => key(value) == key(text)),
            _ => values.Value.Concat(catalog.Value));
    }

    private static HeldValues Categories(MirrorReader mirror)
    {
        var held = Terms(mirror, "category", ServiceAliases.CategoryKey);
        return held with { Has = text => held.Has(text) || FormerCategory.IsService(mirror, text) };
    }

    private static HeldValues Activities(MirrorReader mirror)
    {
        var held = HeldValues.List(
            () => mirror.Query("SELECT text FROM term WHERE id IN (SELECT activity FROM kind)", row => row.GetString(0)));
        return new(text => held.Has(text) || ActivityCatalog.Instance.ListsName(text), text => held.Candidates(text)
            .Concat(ActivityCatalog.Instance.Activities.Select(activity => activity.Activity)));
    }

    /// <summary>Known words, and whatever else a row has: looked for only when such a word occurs anywhere.</summary>
    private static HeldValues WithTerms(MirrorReader mirror, string[] words, string table, string column) => new(
        text => words.Contains(text, StringComparer.OrdinalIgnoreCase)
        || TermLookup.Terms(mirror, [WildcardText.Escape(text)])!.Any(term => Any(mirror, table, column, term)),
        _ => words,
        words);

    private static bool Any(MirrorReader mirror, string table, string column, long term)
    {
        var sql = mirror.LogText();
        return mirror.AnyInLog(sql.Add($"SELECT 1 FROM {table} WHERE {column} = {sql.Bind(term)} LIMIT 1"));
    }
}
