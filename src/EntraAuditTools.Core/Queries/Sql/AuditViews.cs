using System.Text;

namespace EntraAuditTools.Core.Queries.Sql;

/// <summary>All views for questions in SQL.</summary>
internal static class AuditViews
{
    /// <summary>The view of the views: what there is to ask of.</summary>
    public const string OfViews = "view_columns";

    /// <summary>The views, in the order in which they are documented.</summary>
    public static readonly IReadOnlyList<AuditView> All =
    [
        LogViews.Activities, LogViews.Targets, LogViews.Changes, LogViews.Provisioning, ImportViews.Jobs,
        EntitlementViews.Catalogs, EntitlementViews.Packages, EntitlementViews.Policies, EntitlementViews.Assignments,
        EntitlementViews.Requests, EntitlementViews.Roles, EntitlementViews.Incompatible, EntitlementViews.Organizations,
        EntitlementViews.Users, EntitlementViews.Groups, EntitlementViews.Members, EntitlementViews.ServicePrincipals,
        ImportViews.Imports, ImportViews.Coverage, ImportViews.Rejected,
    ];

    /// <summary>
    /// SQL that makes the views in any SQLite tool, for as long as its connection lasts; those that need our function are left out.
    /// </summary>
    public static string Script()
    {
        var script = new StringBuilder("""
            -- The views of EntraAuditTools for other SQLite tools: run this in each session, after opening the mirror (docs/sql.md).
            -- Nothing is written: the views are temporary. Made by a test of the project.


            """);
        foreach (var view in All.Where(view => !view.NeedsFunction))
            script.Append("-- ").Append(view.Meaning).Append('\n').Append(view.Create()).Append('\n');
        return script.ToString();
    }

    /// <summary>SQL that makes <see cref="OfViews"/>, of some views.</summary>
    public static string Describe(IEnumerable<AuditView> views) =>
        $"CREATE TEMP VIEW {OfViews} (view, \"column\", meaning) AS VALUES {string.Join(", ", views.SelectMany(view => view.Columns.Select(
            column => $"('{view.Name}', '{column.Name}', '{column.Meaning.Replace("'", "''", StringComparison.Ordinal)}')")))};";
}
