using EntraAuditTools.Core.Mirror;

namespace EntraAuditTools.Core.Queries;

/// <summary>Values to complete a filter with, from what the mirror holds.</summary>
public static class ValueQuery
{
    private delegate IEnumerable<string> ValuesOf(ActivityDimensions words, long id, WildcardText pattern);

    /// <summary>Values that begin with a text, most frequent first, each with its number of activities.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="column">
    /// Service, Category, Activity, Result, InitiatedBy, Target, Tenant, Property or IPAddress; of the provisioning log ProvisioningAction,
    /// ProvisioningStatus, ProvisioningApplication, ProvisioningJob, ProvisioningIdentityType, SourceSystem, TargetSystem or ErrorCode
    /// (the other filters are left aside there).
    /// </param>
    /// <param name="prefix">What was typed so far, taken literally but for a <c>*</c> in it; empty for all values.</param>
    /// <param name="limit">How many values at most.</param>
    /// <param name="others">The other filters already given; null when there are none.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public static IReadOnlyList<KeyValuePair<string, long>> Run(MirrorReader mirror, string column, string prefix, int limit, AuditActivityFilter? others)
    {
        if (OfProvisioning(column) is { } value) return ProvisioningValues(mirror, value, prefix, limit);
        var (group, values) = Find(column);
        var conditions = ActivityConditions.Resolve(mirror, others ?? new AuditActivityFilter());
        if (conditions.Impossible) return [];

        var pattern = Beginning(prefix);
        var sql = new SqlText($"SELECT {group}, count(*) FROM ");
        var rows = new ActivityPlan(mirror, conditions).FromWhere(sql);
        // Without other filters an index alone has the counts.
        if (conditions.IsOpen) rows = "activity a WHERE 1";
        if (group == "t.identity") rows = conditions.IsOpen ? "activity_target t WHERE 1" : $"activity_target t WHERE t.activity IN (SELECT a.id FROM {rows})";
        sql.Add(rows);
        // Identities are many: only those that begin so are counted.
        if (column is "InitiatedBy" or "Target" && pattern.Pattern != "*")
        {
            sql.Add($" AND {group} IN (SELECT id FROM identity WHERE {TextCondition.AnyOf(sql, [pattern.Pattern], "object_id", "upn", "display_name")})");
        }

        sql.Add($" GROUP BY {group} ORDER BY 2 DESC");
        return Count(mirror, sql, values, pattern, limit, isMany: group is "a.actor" or "t.identity" or "a.address");
    }

    private static List<KeyValuePair<string, long>> Count(MirrorReader mirror, SqlText sql, ValuesOf values, WildcardText pattern, int limit, bool isMany)
    {
        using var words = new ActivityDimensions(mirror);
        var counts = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        foreach (var (id, count) in mirror.Query(sql, row => (row.GetInt64(0), row.GetInt64(1))))
        {
            foreach (var value in values(words, id, pattern)) counts[value] = counts.GetValueOrDefault(value) + count;

            // Of people and addresses the most frequent come first, and one seldom has many ids: those that follow add little.
            if (isMany && counts.Count >= 20L * limit) break;
        }

        return counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase).Take(limit).ToList();
    }

    private static WildcardText Beginning(string prefix) => new(string.Join('*', prefix.Split('*').Select(WildcardText.Escape)) + "*");

    private static List<KeyValuePair<string, long>> ProvisioningValues(MirrorReader mirror, Func<ProvisioningKindText, string?> value, string prefix, int limit)
    {
        using var kinds = new ProvisioningKinds(mirror);
        var pattern = Beginning(prefix);
        return mirror.Query("SELECT kind, count(*) FROM provisioning INDEXED BY provisioning_kind_time GROUP BY kind", row => (Kind: row.GetInt64(0), Count: row.GetInt64(1))).ToList()
            .Select(row => (Value: value(kinds[row.Kind]), row.Count))
            .Where(row => !string.IsNullOrEmpty(row.Value) && pattern.IsMatch(row.Value))
            .GroupBy(row => row.Value!, StringComparer.OrdinalIgnoreCase)
            .Select(group => KeyValuePair.Create(group.Key, group.Sum(row => row.Count)))
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase).Take(limit).ToList();
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
        "Service" => ("a.kind", (words, id, pattern) => Matching(pattern, words.Kind(id).Service)),
        "Category" => ("a.kind", (words, id, pattern) => Matching(pattern, words.Kind(id).Category)),
        "Activity" => ("a.kind", (words, id, pattern) => Matching(pattern, words.Kind(id).Activity)),
        "Result" => ("a.result", (words, id, pattern) => Matching(pattern, words.Term(id))),
        "InitiatedBy" => ("a.actor", (words, id, pattern) => BestName(pattern, words.Identity(id))),
        "Target" => ("t.identity", (words, id, pattern) => BestName(pattern, words.Identity(id))),
        "Tenant" => ("a.tenant", (words, id, pattern) => Matching(pattern, words.Term(id))),
        "Property" => ("a.property_set", (words, id, pattern) => Matching(pattern, words.PropertyNames(id))),
        "IPAddress" => ("a.address", (words, id, pattern) => Matching(pattern, words.Address(id))),
        _ => throw new ArgumentException($"No values to complete for '{column}'.", nameof(column)),
    };

    private static IEnumerable<string> Matching(WildcardText pattern, params string?[] values) =>
        values.Where(value => !string.IsNullOrEmpty(value) && pattern.IsMatch(value)).Select(value => value!);

    // One name each: the one that is typed most easily, of those that begin as typed.
    private static IEnumerable<string> BestName(WildcardText pattern, IdentityText identity) =>
        Matching(pattern, identity.UserPrincipalName, identity.DisplayName, identity.ObjectId, identity.AppId).Take(1);
}
