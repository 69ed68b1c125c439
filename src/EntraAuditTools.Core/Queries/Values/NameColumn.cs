using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Values;

/// <summary>Where to find the names and ids of people and objects.</summary>
internal static class NameColumn
{
    /// <summary>People, applications and objects by name, UPN or id, in the logs or in the directory.</summary>
    public static readonly ValueColumn Identity = new(Identities);

    /// <summary>Access packages by name or id.</summary>
    public static readonly ValueColumn AccessPackage = new(mirror => Entities(mirror, EntityKind.AccessPackage, "AccessPackage"));

    /// <summary>Policies of access packages by name or id.</summary>
    public static readonly ValueColumn Policy = new(mirror => Entities(mirror, EntityKind.Policy, null));

    /// <summary>Catalogs by name or id.</summary>
    public static readonly ValueColumn Catalog = new(mirror => Entities(mirror, EntityKind.Catalog, null));

    /// <summary>Resources of access packages by name or id.</summary>
    public static readonly ValueColumn Resource = new(Resources);

    /// <summary>Connected organizations by name or id.</summary>
    public static readonly ValueColumn ConnectedOrganization = new(mirror => Entities(mirror, EntityKind.ConnectedOrganization, null));

    /// <summary>Whether the directory's exports have something of an id.</summary>
    internal static bool HasEntity(MirrorReader mirror, string text) =>
        Guid.TryParse(text, out var id) && EntityIds.OfAnyKind(mirror, id.ToString()).Any();

    private static HeldValues Identities(MirrorReader mirror) => new(
        text => NameSearch.Has(mirror, "identity", ["object_id", "upn", "display_name"], text)
            || NameSearch.Has(mirror, "entity", ["name", "upn"], text)
            || HasEntity(mirror, text),
        text => NameSearch.Near(mirror, "identity", ["upn", "display_name"], text)
            .Concat(NameSearch.Near(mirror, "entity", ["upn", "name"], text)));

    private static HeldValues Entities(MirrorReader mirror, EntityKind kind, string? targetType)
    {
        var where = $"kind = {(int)kind}";
        return new(
            text => NameSearch.Has(mirror, "entity", ["name"], text, where) || HasEntity(mirror, text)
                // A package that only the audit log names.
                || (targetType != null && NameSearch.Has(mirror, "identity", ["object_id", "display_name"], text,
                    $"type IN (SELECT id FROM term WHERE text = '{targetType}' COLLATE NOCASE)")),
            _ => mirror.Query($"SELECT DISTINCT name FROM entity WHERE {where} AND name IS NOT NULL LIMIT 20000",
                row => TerminalText.Visible(row.GetString(0))!));
    }

    /// <summary>Resources can be named by their address too, which they or their roles contain.</summary>
    private static HeldValues Resources(MirrorReader mirror)
    {
        var named = Entities(mirror, EntityKind.Resource, null);
        return named with { Has = text => named.Has(text) || (text.Contains("://", StringComparison.Ordinal) && HasAddress(mirror, text)) };
    }

    private static bool HasAddress(MirrorReader mirror, string address)
    {
        var sql = new SqlText();
        sql.Add($"SELECT 1 FROM entity e JOIN entity_state s ON s.entity = e.id WHERE e.kind IN ({(int)EntityKind.Resource}, "
            + $"{(int)EntityKind.ResourceRoleScope})");
        sql.Add($" AND json_extract(s.facts, '$.{FactNames.Url}') = {sql.Bind(address)} COLLATE NOCASE LIMIT 1");
        return mirror.Query(sql, row => row.GetInt64(0)).Any();
    }
}
