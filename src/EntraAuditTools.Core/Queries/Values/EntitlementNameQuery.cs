using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Values;

/// <summary>Names to complete a filter of entitlement management with, from what the mirror holds.</summary>
internal static class EntitlementNameQuery
{
    private const int MostWithin = 2000;

    /// <summary>Names that a text completes to (see <see cref="TypedText"/>), in alphabetical order, each once: UPNs of users where they
    /// have one, else display names.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="kind">AccessPackage, Catalog, Policy, Resource, ConnectedOrganization, Group or User.</param>
    /// <param name="typed">What was typed so far, taken literally; of users it may also be of the display name.</param>
    /// <param name="limit">How many names at most.</param>
    /// <param name="within">Numbers of those that come into question; null for all.</param>
    /// <exception cref="ArgumentException">There is no such kind.</exception>
    public static IReadOnlyList<string> Run(MirrorReader mirror, string kind, string typed, int limit,
        IReadOnlyCollection<long>? within = null) =>
        [.. RunNamed(mirror, kind, typed, limit, within).Select(name => name.Value)];

    /// <summary>The same, each with the display name of a user whose UPN it is.</summary>
    /// <inheritdoc cref="Run" path="/param"/>
    public static IReadOnlyList<(string Value, string Name)> RunNamed(MirrorReader mirror, string kind, string typed, int limit,
        IReadOnlyCollection<long>? within = null)
    {
        var number = kind switch
        {
            "AccessPackage" => EntityKind.AccessPackage,
            "Catalog" => EntityKind.Catalog,
            "Policy" => EntityKind.Policy,
            "Resource" => EntityKind.Resource,
            "ConnectedOrganization" => EntityKind.ConnectedOrganization,
            "Group" => EntityKind.Group,
            "User" => EntityKind.User,
            "ServicePrincipal" => EntityKind.ServicePrincipal,
            _ => throw new ArgumentException($"No names to complete for '{kind}'.", nameof(kind)),
        };

        // A mirror of an older version has no such objects.
        if (mirror.SchemaVersion < EntitySchema.Since) return [];
        var text = new TypedText(typed);
        var begin = Names(mirror, number, text.Beginning, limit, within);
        // Those that begin so are found by the index and come first: looking at all is only needed where they are few.
        var others = begin.Count < limit && typed.Length > 0 ? Names(mirror, number, text.Within, MostWithin, within) : [];
        return [.. text.Best(begin.Concat(others), name => [name.UserPrincipalName, name.DisplayName])
            .Select(name => (Value: name.UserPrincipalName ?? name.DisplayName!, Name: name.DisplayName ?? name.UserPrincipalName!))
            .DistinctBy(name => name.Value, StringComparer.OrdinalIgnoreCase).Take(limit)];
    }

    private static List<(string? UserPrincipalName, string? DisplayName)> Names(MirrorReader mirror, EntityKind kind, string pattern,
        int limit, IReadOnlyCollection<long>? within)
    {
        var (columns, upn) = kind == EntityKind.User ? (new[] { "upn", "name" }, "upn") : (["name"], "NULL");
        var sql = new SqlText();
        sql.Add($"SELECT DISTINCT {upn}, name FROM entity WHERE +kind = {(int)kind} AND coalesce({upn}, name, '') <> ''");
        sql.Add($" AND {TextCondition.AnyOf(sql, [pattern], columns)}");
        if (within != null) sql.Add(" AND ").Add(sql.In("id", [.. within]));
        sql.Add($" ORDER BY coalesce({upn}, name) LIMIT {sql.Bind(limit)}");
        return [.. mirror.Query(sql, row => (Text(row, 0), Text(row, 1)))];
    }

    private static string? Text(Microsoft.Data.Sqlite.SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : TerminalText.Visible(row.GetString(column)) is { Length: > 0 } text ? text : null;
}
