using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Queries.Identities;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Activities;

/// <summary>Values of a column of the audit log, each with its number of activities.</summary>
/// <param name="group">The number that is counted: a column of <c>a</c>, or <see cref="Linked"/> or <see cref="LinkedOrDone"/>.</param>
/// <param name="values">The values behind a number; null for identities, of which one name each is offered.</param>
internal sealed class ActivityValues(string group, Func<ActivityDimensions, long, IEnumerable<string?>>? values = null) : LogValues
{
    /// <summary>The identities that activities are about.</summary>
    public const string Linked = "t.identity";

    /// <summary>The identities that activities are about, and those that did them.</summary>
    public const string LinkedOrDone = "d.identity";

    private bool IsLinked => group is Linked or LinkedOrDone;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, long>> Run(MirrorReader mirror, TypedText typed, int limit, LogFilter? others)
    {
        var conditions = ActivityLog.Definition.Resolve(mirror, others ?? new AuditActivityFilter());
        if (conditions.Impossible) return [];

        var sql = new SqlText($"SELECT {group}, count(*) FROM ");
        // Without other filters an index alone has the counts.
        var hidden = conditions.IsOpen && group == "a.kind" ? ActivityOrigin.HiddenByKind(mirror) : null;
        sql.Add(Source(mirror, conditions, sql, hidden != null));
        // Identities are many: only those that fit are counted.
        var isSought = values == null && !typed.IsEmpty;
        if (isSought)
            sql.Add($" AND {group} IN (SELECT id FROM identity WHERE {TextCondition.AnyOf(sql, [typed.Within], "object_id", "upn", "display_name")})");
        sql.Add($" GROUP BY {group} ORDER BY 2 DESC");
        var counts = Count(mirror, sql, typed, limit, hidden);
        if (isSought) AddExported(mirror, counts, typed, limit);
        return Best(typed, counts, limit);
    }

    private string Source(MirrorReader mirror, LogConditions conditions, SqlText sql, bool countsHidden)
    {
        string Shown(string row) => conditions.HidesTwins && !countsHidden ? $"{row} NOT IN (SELECT activity FROM activity_twin)" : "1";
        if (!IsLinked) return conditions.IsOpen ? $"activity a WHERE {Shown("a.id")}" : new LogPlan(mirror, conditions).FromWhere(sql);
        var (alias, links) = (group[..1], Links(mirror));
        return conditions.IsOpen ? $"{links} {alias} WHERE {Shown($"{alias}.activity")}"
            : $"{links} {alias} WHERE +{alias}.activity IN (SELECT a.id FROM {new LogPlan(mirror, conditions).FromWhere(sql)})";
    }

    /// <summary>What links activities with whom they are about; and, where that is asked for, with who did them.</summary>
    private string Links(MirrorReader mirror)
    {
        var links = new List<string> { "SELECT identity, activity FROM activity_target" };
        if (mirror.SchemaVersion >= ReadingSchema.Since) links.Add("SELECT identity, activity FROM activity_mention");
        if (group == LinkedOrDone) links.Add("SELECT actor, id FROM activity WHERE actor <> 0");
        return $"({string.Join(" UNION ALL ", links)})";
    }

    private Dictionary<string, long> Count(MirrorReader mirror, SqlText sql, TypedText typed, int limit,
        IReadOnlyDictionary<long, long>? hidden)
    {
        using var words = new ActivityDimensions(mirror);
        var isMany = values == null || group == "a.address";
        var counts = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        foreach (var (id, rows) in mirror.Query(sql, row => (row.GetInt64(0), row.GetInt64(1))))
        {
            var count = rows - (hidden?.GetValueOrDefault(id) ?? 0);
            if (count == 0) continue;
            foreach (var value in ValuesOf(words, id, typed)) counts[value] = counts.GetValueOrDefault(value) + count;

            // Of people and addresses the most frequent come first, and one seldom has many ids: those that follow add little.
            if (isMany && counts.Count >= 20L * limit) break;
        }

        return counts;
    }

    private IEnumerable<string> ValuesOf(ActivityDimensions words, long id, TypedText typed)
    {
        if (values != null) return values(words, id).Where(value => typed.Rank(value) is not null).Select(value => value!);
        // One name each: the one that fits best, and of equals the one that is typed most easily.
        var identity = words.Identity(id);
        return typed.Best(new[] { identity.UserPrincipalName, identity.DisplayName, identity.ObjectId, identity.AppId }.OfType<string>())
            .Take(1);
    }

    /// <summary>Names that only the directory's exports know: records may have no more than the id of who is called so.</summary>
    private static void AddExported(MirrorReader mirror, Dictionary<string, long> counts, TypedText typed, int limit)
    {
        if (mirror.SchemaVersion < EntitySchema.Since) return;
        foreach (var column in new[] { "upn", "name" })
        {
            var sql = new SqlText();
            sql.Add($"SELECT DISTINCT {column} FROM entity WHERE {column} IS NOT NULL AND kind IN ({(int)EntityKind.User}, "
                + $"{(int)EntityKind.Group}, {(int)EntityKind.ServicePrincipal}) AND {TextCondition.AnyOf(sql, [typed.Beginning], column)} LIMIT {limit}");
            foreach (var name in mirror.Query(sql, row => TerminalText.Visible(row.GetString(0))!)) counts.TryAdd(name, 0);
        }
    }
}
