using EntraAuditTools.Core.Formats;
using EntraAuditTools.Core.Formats.Entitlement;
using EntraAuditTools.Core.Mirror;

namespace EntraAuditTools.Core.Queries.Entitlement;

/// <summary>Names to complete a filter of entitlement management with, from what the mirror holds.</summary>
public static class EntitlementNameQuery
{
    /// <summary>Names that begin with a text, in alphabetical order, each once: UPNs of users where they have one, else display names.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="kind">AccessPackage, Catalog, Policy, Resource, ConnectedOrganization, Group or User.</param>
    /// <param name="prefix">What was typed so far, taken literally; of users it may also be the beginning of the display name.</param>
    /// <param name="limit">How many names at most.</param>
    /// <exception cref="ArgumentException">There is no such kind.</exception>
    public static IReadOnlyList<string> Run(MirrorReader mirror, string kind, string prefix, int limit)
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
            _ => throw new ArgumentException($"No names to complete for '{kind}'.", nameof(kind)),
        };

        // A mirror of an older version has no such objects.
        if (mirror.SchemaVersion < EntitySchema.Since) return [];
        string[] columns = number == EntityKind.User ? ["upn", "name"] : ["name"];
        var sql = new SqlText();
        sql.Add($"SELECT DISTINCT coalesce({string.Join(", ", columns.Append("NULL"))}) FROM entity WHERE +kind = {(int)number}");
        sql.Add($" AND {TextCondition.AnyOf(sql, [WildcardText.Escape(prefix) + "*"], columns)}");
        sql.Add($" ORDER BY 1 LIMIT {sql.Bind(limit)}");
        return [.. mirror.Query(sql, row => row.IsDBNull(0) ? string.Empty : TextSanitizer.Clean(row.GetString(0)) ?? string.Empty).Where(name => name.Length > 0)];
    }
}
