using System.Globalization;
using System.Text.Json;
using EntraAuditTools.Core.Formats.Common;
using EntraAuditTools.Core.Mirror.Entities;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;

namespace EntraAuditTools.Core.Queries.Identities;

/// <summary>
/// The identities that a text names, and all others of the same objects: records often leave names out, or the id. A person is the same
/// whether the question gives id, UPN or name.
/// </summary>
internal static class SameObjects
{
    /// <summary>
    /// Of more than these, only those of the same object ids are looked for: a question that names so many is not about certain objects.
    /// </summary>
    private const int MaxNamed = 2_000;

    private static readonly string NoId = $"(+i.object_id IS NULL OR +i.object_id = '{Guid.Empty}')";

    private const string Known = "SELECT e.name, e.upn FROM ids CROSS JOIN entity e ON e.object_id = unhex(ids.object_id, '-')";
    private const string NothingKnown = "SELECT NULL AS name, NULL AS upn WHERE 0";

    // A role has an id of its own and its template's, of which records have one or the other; no two roles are called the same. A resource
    // of a catalog has an id beside that of the group or application that it is, and its name. What has no id is the same by its UPN (or
    // application id), which some records write for a name; by its name alone where no other object is called so. A UPN that was given to
    // another person later leads to no other person's id. +: SQLite 3.53 would otherwise go through all that have no UPN
    // or id for each name.
    private static readonly string Closure = string.Create(CultureInfo.InvariantCulture, $"""
        , seconds AS (SELECT upn AS text FROM own WHERE upn <> '' UNION SELECT upn FROM named WHERE upn <> '' UNION SELECT upn FROM known WHERE upn <> ''),
        names AS (SELECT display_name AS text FROM own WHERE display_name <> '' UNION SELECT display_name FROM named
            WHERE display_name <> '' UNION SELECT name FROM known WHERE name <> '')
        SELECT id FROM named UNION SELECT id FROM own
        UNION SELECT i.id FROM seconds CROSS JOIN identity i ON i.upn = seconds.text WHERE {NoId}
        UNION SELECT i.id FROM seconds CROSS JOIN identity i ON i.display_name = seconds.text WHERE {NoId} AND +i.upn IS NULL
        UNION SELECT i.id FROM names CROSS JOIN identity i ON i.display_name = names.text WHERE {NoId} AND +i.upn IS NULL
            AND NOT EXISTS (SELECT 1 FROM identity o WHERE o.display_name = names.text AND o.object_id <> '{Guid.Empty}'
                AND o.object_id NOT IN (SELECT object_id FROM ids)
                AND o.type NOT IN (SELECT id FROM term WHERE text = 'AccessPackageResource'))
        """);

    /// <summary>Numbers of the identities.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="texts">Object ids, UPNs, application ids, names; wildcards.</param>
    public static List<long> Of(MirrorReader mirror, IReadOnlyList<string> texts)
    {
        var sql = new SqlText("SELECT id FROM identity WHERE ");
        sql.Add(TextCondition.AnyOf(sql, WithoutIds(texts), "object_id", "upn", "display_name"));
        var named = mirror.Query(sql, row => row.GetInt64(0)).ToList();
        var exported = Exported(mirror, texts);
        if (named.Count == 0 && exported.Count == 0) return named;
        var all = Beginning(named, exported);
        if (named.Count > MaxNamed) all.Add(" SELECT id FROM named UNION SELECT id FROM own");
        else all.Add($", known AS ({(mirror.SchemaVersion < EntitySchema.Since ? NothingKnown : Known)})").Add(Closure);
        return mirror.Query(all, row => row.GetInt64(0)).ToList();
    }

    /// <summary>
    /// The ids of objects that the directory's exports call so: records often have no more than an id. Of patterns only those that begin
    /// with something: a mirror may have a million objects.
    /// </summary>
    private static List<string> Exported(MirrorReader mirror, IReadOnlyList<string> texts)
    {
        var some = texts.Where(text => new WildcardText(text) is { } wildcard && (wildcard.Literal != null || wildcard.TryGetPrefix(out _)))
            .ToList();
        if (mirror.SchemaVersion < EntitySchema.Since || some.Count == 0) return [];
        var sql = new SqlText("SELECT DISTINCT object_id FROM entity WHERE ");
        sql.Add($"{TextCondition.AnyOf(sql, some, "name", "upn")} LIMIT {MaxNamed}");
        var ids = mirror.Query(sql, row => StoredEntityId.Of(row, 0)).ToList();
        // Where no record has an id together with a name, the exports have the UPN.
        ids.AddRange(some.Where(text => Guid.TryParse(text, out _)));
        return ids;
    }

    private static SqlText Beginning(List<long> named, List<string> exported)
    {
        var sql = new SqlText();
        return sql.Add($"""
            WITH named AS (SELECT id, object_id, upn, display_name FROM identity WHERE {sql.In("id", named)}),
            given AS (SELECT DISTINCT object_id FROM named WHERE object_id <> '{Guid.Empty}' UNION SELECT value
                FROM json_each({sql.Bind(JsonSerializer.Serialize(exported))})),
            roles AS (SELECT i.type, i.display_name FROM given CROSS JOIN identity i ON i.object_id = given.object_id
                WHERE i.type = (SELECT id FROM term WHERE text = 'Role')),
            ids AS (SELECT object_id FROM given UNION
                SELECT i.object_id FROM roles CROSS JOIN identity i ON i.display_name = roles.display_name AND i.type = roles.type
                    WHERE i.object_id <> '{Guid.Empty}'),
            own AS (SELECT i.id, i.upn, i.display_name FROM ids CROSS JOIN identity i ON i.object_id = ids.object_id)
            """);
    }

    /// <summary>A deleted user's UPN as records write it is asked for as the UPN that the mirror keeps, and by its id.</summary>
    private static IReadOnlyList<string> WithoutIds(IReadOnlyList<string> texts) =>
        texts.Any(text => DeletedUser.TrySplit(text, out _, out _))
            ? [.. texts.SelectMany(text => DeletedUser.TrySplit(text, out var id, out _) ? [text, id.ToString()] : new[] { text })]
            : texts;
}
