using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Queries.Values;

/// <summary>What belongs to the catalogs and packages that a command line names: completion offers these.</summary>
internal static class EntitlementLinks
{
    /// <summary>
    /// The packages of some catalogs, the policies of some packages or catalogs. Null where nothing narrows, or where what narrows has
    /// none: then all are better than nothing.
    /// </summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="kind">AccessPackage or Policy.</param>
    /// <param name="catalogs">Names or ids; wildcards; null for any.</param>
    /// <param name="packages">Names or ids; wildcards; null for any.</param>
    public static IReadOnlyCollection<long>? Of(MirrorReader mirror, string kind, IReadOnlyList<string>? catalogs,
        IReadOnlyList<string>? packages)
    {
        if ((catalogs ?? packages) is null || mirror.SchemaVersion < EntitySchema.Since || kind is not ("AccessPackage" or "Policy"))
            return null;
        var reader = new EntitlementReader(mirror, null);
        var found = kind == "Policy" && packages != null ? reader.Find(EntityKind.AccessPackage, packages)
            : catalogs == null ? [] : Referring(mirror, reader.Find(EntityKind.Catalog, catalogs), EntityKind.AccessPackage);
        if (kind == "Policy") found = [.. Referring(mirror, found, EntityKind.Policy), .. Policies(mirror, found)];
        return found.Count > 0 ? found : null;
    }

    private static List<long> Referring(MirrorReader mirror, IReadOnlyCollection<long> targets, EntityKind kind) =>
        [.. EntityIds.Referring(mirror, targets, kind).SelectMany(group => group)];

    // Packages list their policies, and policies name their package: exports have one or the other.
    private static List<long> Policies(MirrorReader mirror, IReadOnlyCollection<long> packages)
    {
        var sql = new SqlText($"SELECT target FROM edge WHERE role = {(int)EdgeRole.PolicyOf} AND ");
        return [.. mirror.Query(sql.Add(sql.In("source", [.. packages])), row => row.GetInt64(0))];
    }
}
