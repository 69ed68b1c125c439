using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Queries.Identities;
using EntraAuditTools.Core.Queries.Logs;

namespace EntraAuditTools.Core.Queries.Provisioning;

/// <summary>Those whom the provisioning log names, each with its number of entries.</summary>
internal sealed class IdentityValues : LogValues
{
    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, long>> Run(MirrorReader mirror, TypedText typed, int limit, LogFilter? others)
    {
        if (!mirror.Has(LogTable.Provisioning)) return [];
        var sql = new SqlText($"SELECT identity, count(*) FROM {LogTable.Provisioning.Links}");
        // Identities are many: only those that fit are counted.
        if (!typed.IsEmpty)
            sql.Add($" WHERE identity IN (SELECT id FROM identity WHERE {TextCondition.AnyOf(sql, [typed.Within], "object_id", "upn", "display_name")})");
        sql.Add(" GROUP BY identity ORDER BY 2 DESC");
        using var words = new ActivityDimensions(mirror);
        var counts = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        foreach (var (id, rows) in mirror.Query(sql, row => (row.GetInt64(0), row.GetInt64(1))))
        {
            if (NameOf(words.Identity(id), typed) is not { } name) continue;
            counts[name] = counts.GetValueOrDefault(name) + rows;
            // The most frequent come first, and one seldom has many ids: those that follow add little.
            if (counts.Count >= 20 * limit) break;
        }

        return Best(typed, counts, limit);
    }

    /// <summary>One name each: the one that fits best, and of equals the one that is typed most easily.</summary>
    private static string? NameOf(IdentityText identity, TypedText typed) =>
        typed.Best(new[] { identity.UserPrincipalName, identity.DisplayName, identity.ObjectId }.OfType<string>()).FirstOrDefault();
}
