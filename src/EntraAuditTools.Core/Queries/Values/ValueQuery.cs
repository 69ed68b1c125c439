using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Identities;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Queries.Provisioning;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Values;

/// <summary>Values to complete a filter with, from what the mirror holds.</summary>
public static class ValueQuery
{
    private delegate IEnumerable<string> ValuesOf(ActivityDimensions words, long id, TypedText typed);

    /// <summary>Values that a text completes to (see <see cref="TypedText"/>), most frequent first among equals, each with its number of activities.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="column">
    /// Service, Category, Activity, Result, InitiatedBy, Target, Involving, Tenant, Property or IPAddress; of the provisioning log ProvisioningAction,
    /// ProvisioningStatus, ProvisioningApplication, ProvisioningJob, ProvisioningIdentityType, SourceSystem, TargetSystem or ErrorCode
    /// (the other filters are left aside there).
    /// </param>
    /// <param name="typed">What was typed so far, taken literally but for a <c>*</c> in it; empty for all values.</param>
    /// <param name="limit">How many values at most.</param>
    /// <param name="others">The other filters already given; null when there are none.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public static IReadOnlyList<KeyValuePair<string, long>> Run(MirrorReader mirror, string column, string typed, int limit, AuditActivityFilter? others)
    {
        if (OfProvisioning(column) is { } value) return ProvisioningValues(mirror, value, new TypedText(typed), limit);
        var (group, values) = Find(column);
        var conditions = ActivityConditions.Resolve(mirror, others ?? new AuditActivityFilter());
        if (conditions.Impossible) return [];

        var text = new TypedText(typed);
        var sql = new SqlText($"SELECT {group}, count(*) FROM ");
        var rows = new ActivityPlan(mirror, conditions).FromWhere(sql);
        // Without other filters an index alone has the counts.
        var hidden = conditions.IsOpen && group == "a.kind" ? ActivityOrigin.HiddenByKind(mirror) : null;
        if (conditions.IsOpen) rows = $"activity a WHERE {(hidden == null ? Shown(conditions, "a.id") : "1")}";
        if (group == "t.identity")
            rows = $"{Links(mirror, column)} t WHERE {(conditions.IsOpen ? Shown(conditions, "t.activity") : $"+t.activity IN (SELECT a.id FROM {rows})")}";
        sql.Add(rows);
        // Identities are many: only those that fit are counted.
        if (IsOfIdentities(column) && typed.Length > 0)
        {
            sql.Add($" AND {group} IN (SELECT id FROM identity WHERE {TextCondition.AnyOf(sql, [text.Within], "object_id", "upn", "display_name")})");
        }

        sql.Add($" GROUP BY {group} ORDER BY 2 DESC");
        var counts = Count(mirror, sql, values, text, limit, isMany: group is "a.actor" or "t.identity" or "a.address", hidden);
        if (IsOfIdentities(column) && typed.Length > 0) AddExported(mirror, counts, text, limit);
        return Best(text, counts, limit);
    }

    private static bool IsOfIdentities(string column) => column is "InitiatedBy" or "Target" or "Involving";

    /// <summary>What links activities with whom they are about; and, where that is asked for, with who did them.</summary>
    private static string Links(MirrorReader mirror, string column)
    {
        var links = new List<string> { "SELECT identity, activity FROM activity_target" };
        if (mirror.SchemaVersion >= ReadingSchema.Since) links.Add("SELECT identity, activity FROM activity_mention");
        if (column == "Involving") links.Add("SELECT actor, id FROM activity WHERE actor <> 0");
        return $"({string.Join(" UNION ALL ", links)})";
    }

    /// <summary>Names that only the directory's exports know: records may tell no more than the id of who is called so.</summary>
    private static void AddExported(MirrorReader mirror, Dictionary<string, long> counts, TypedText typed, int limit)
    {
        if (mirror.SchemaVersion < EntitySchema.Since) return;
        foreach (var column in new[] { "upn", "name" })
        {
            var sql = new SqlText();
            sql.Add($"SELECT DISTINCT {column} FROM entity WHERE {column} IS NOT NULL AND kind IN ({(int)EntityKind.User}, "
                + $"{(int)EntityKind.Group}, {(int)EntityKind.ServicePrincipal}) AND {TextCondition.AnyOf(sql, [typed.Beginning], column)} LIMIT {limit}");
            foreach (var name in mirror.Query(sql, row => TextSanitizer.Clean(row.GetString(0))!)) counts.TryAdd(name, 0);
        }
    }

    private static string Shown(ActivityConditions conditions, string row) =>
        conditions.HidesTwins ? $"{row} NOT IN (SELECT activity FROM activity_twin)" : "1";

    private static Dictionary<string, long> Count(MirrorReader mirror, SqlText sql, ValuesOf values, TypedText typed, int limit,
        bool isMany, IReadOnlyDictionary<long, long>? hidden)
    {
        using var words = new ActivityDimensions(mirror);
        var counts = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        foreach (var (id, rows) in mirror.Query(sql, row => (row.GetInt64(0), row.GetInt64(1))))
        {
            var count = rows - (hidden?.GetValueOrDefault(id) ?? 0);
            if (count == 0) continue;
            foreach (var value in values(words, id, typed)) counts[value] = counts.GetValueOrDefault(value) + count;

            // Of people and addresses the most frequent come first, and one seldom has many ids: those that follow add little.
            if (isMany && counts.Count >= 20L * limit) break;
        }

        return counts;
    }

    private static List<KeyValuePair<string, long>> Best(TypedText typed, IEnumerable<KeyValuePair<string, long>> counts, int limit) =>
        [.. typed.Best(counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase),
            pair => [pair.Key]).Take(limit)];

    private static List<KeyValuePair<string, long>> ProvisioningValues(MirrorReader mirror, Func<ProvisioningKindText, string?> value,
        TypedText typed, int limit)
    {
        using var kinds = new ProvisioningKinds(mirror);
        var counts = mirror.Query("SELECT kind, count(*) FROM provisioning INDEXED BY provisioning_kind_time GROUP BY kind",
            row => (Kind: row.GetInt64(0), Count: row.GetInt64(1))).ToList()
            .Select(row => (Value: value(kinds[row.Kind]), row.Count))
            .Where(row => !string.IsNullOrEmpty(row.Value))
            .GroupBy(row => row.Value!, StringComparer.OrdinalIgnoreCase)
            .Select(group => KeyValuePair.Create(group.Key, group.Sum(row => row.Count)));
        return Best(typed, counts, limit);
    }

    private static Func<ProvisioningKindText, string?>? OfProvisioning(string column) => column switch
    {
        "ProvisioningAction" => kind => kind.Action,
        "ProvisioningStatus" => kind => kind.Status,
        "ProvisioningApplication" => kind => kind.Application.DisplayName ?? kind.Application.ObjectId,
        "ProvisioningJob" => kind => kind.JobId,
        "ProvisioningIdentityType" => kind => kind.IdentityType,
        "SourceSystem" => kind => kind.SourceSystem,
        "TargetSystem" => kind => kind.TargetSystem,
        "ErrorCode" => kind => kind.ErrorCode,
        _ => null,
    };

    private static (string Group, ValuesOf Values) Find(string column) => column switch
    {
        "Service" => ("a.kind", (words, id, typed) => Matching(typed, words.Kind(id).Service)),
        "Category" => ("a.kind", (words, id, typed) => Matching(typed, words.Kind(id).Category)),
        "Activity" => ("a.kind", (words, id, typed) => Matching(typed, words.Kind(id).Activity)),
        "Result" => ("a.result", (words, id, typed) => Matching(typed, words.Term(id))),
        "InitiatedBy" => ("a.actor", (words, id, typed) => BestName(typed, words.Identity(id))),
        "Target" or "Involving" => ("t.identity", (words, id, typed) => BestName(typed, words.Identity(id))),
        "Tenant" => ("a.tenant", (words, id, typed) => Matching(typed, words.Term(id))),
        "Property" => ("a.property_set", (words, id, typed) => Matching(typed, words.PropertyNames(id))),
        "IPAddress" => ("a.address", (words, id, typed) => Matching(typed, words.Address(id))),
        _ => throw new ArgumentException($"No values to complete for '{column}'.", nameof(column)),
    };

    private static IEnumerable<string> Matching(TypedText typed, params string?[] values) =>
        values.Where(value => typed.Rank(value) is not null).Select(value => value!);

    // One name each: the one that fits best, and of equals the one that is typed most easily.
    private static IEnumerable<string> BestName(TypedText typed, IdentityText identity) =>
        typed.Best(new[] { identity.UserPrincipalName, identity.DisplayName, identity.ObjectId, identity.AppId }.OfType<string>()).Take(1);
}
