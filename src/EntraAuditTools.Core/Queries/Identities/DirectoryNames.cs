using EntraAuditTools.Core.Mirror.Entities;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Queries.Identities;

/// <summary>
/// Objects of the directory by the names that its exports give them: the log often has only an id. What is shown by a name is found by it.
/// </summary>
internal static class DirectoryNames
{
    // A question that names more is not about certain objects, and the log's own names will do.
    private const int Most = 2_000;

    /// <summary>The texts, and the ids of users, groups and applications that the directory's exports call so.</summary>
    public static IReadOnlyList<string> WithIds(MirrorReader mirror, IReadOnlyList<string> texts)
    {
        // A mirror of the first version has no such objects; * means everything anyway.
        var names = texts.Where(text => text.Trim('*').Length > 0).ToList();
        if (names.Count == 0 || mirror.SchemaVersion < EntitySchema.Since) return texts;
        var sql = new SqlText("SELECT DISTINCT object_id FROM entity WHERE ");
        sql.Add(TextCondition.AnyOf(sql, names, "name", "upn"));
        sql.Add($" AND +kind IN ({(int)EntityKind.User}, {(int)EntityKind.Group}, {(int)EntityKind.ServicePrincipal}, "
            + $"{(int)EntityKind.Application}) LIMIT {Most}");
        var ids = mirror.Query(sql, row => WildcardText.Escape(StoredEntityId.Of(row, 0))).ToList();
        return ids.Count == 0 ? texts : [.. texts, .. ids];
    }
}
