using EntraAuditTools.Core.Formats.Audit;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Queries.Logs.Conditions;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Activities;

/// <summary>Numbers of what activities are asked for by that only they have: addresses, modified properties, record ids.</summary>
internal static class ActivityLookup
{
    /// <summary>Addresses in whatever spelling, and records that name several.</summary>
    public static List<long> Addresses(MirrorReader mirror, IReadOnlyList<string> texts)
    {
        // Brackets are a wildcard's too: what is an address is meant as one.
        var wanted = texts.Select(text => AddressText.TryNormalize(text) is { } address ? WildcardText.Escape(address) : text).ToList();
        var sql = new SqlText("SELECT id FROM address WHERE ");
        sql.Add(TextCondition.AnyOf(sql, wanted, "text"));
        sql.Add($" UNION SELECT id FROM address WHERE instr(text, char({(int)AddressText.Separator})) > 0 AND (");
        sql.Add(SqliteDialect.Instance.AnyLineMatchesAny(sql, wanted, "text")).Add(")");
        return mirror.Query(sql, row => row.GetInt64(0)).ToList();
    }

    /// <summary>Sets of modified properties that have one of some names.</summary>
    public static List<long> PropertySets(MirrorReader mirror, IReadOnlyList<string> names)
    {
        // What the database would only meet while running is checked here, so that the error is the pattern's own.
        foreach (var name in names) _ = new WildcardText(name);
        var sql = new SqlText("SELECT id FROM property_set WHERE ");
        sql.Add(SqliteDialect.Instance.AnyLineMatchesAny(sql, names, "names"));
        return mirror.Query(sql, row => row.GetInt64(0)).ToList();
    }

    /// <summary>Rows of record ids where these have no wildcards, else a look at each row's.</summary>
    public static LogCondition RecordIds(LogContext context, IReadOnlyList<string> ids)
    {
        if (ids.Any(id => new WildcardText(id).Literal is null))
            return new PatternCondition(ids,
                (dialect, row) => dialect.RecordIdText($"{row}.record_id", $"{row}.correlation")) { IsOfEither = true };

        var keys = ids.Select(id => StableHash.Of(new WildcardText(id).Literal!)).Distinct().ToList();
        var rows = RecordKeys.Rows(context.Mirror, ActivityLog.Definition.Table, keys);
        return new RowCondition(context.HidesTwins && rows.Count > 0 ? Shown(context.Mirror, rows) : rows);
    }

    /// <summary>Either log's id finds the event: the rows that stand for these.</summary>
    private static List<long> Shown(MirrorReader mirror, List<long> rows)
    {
        var twins = mirror.LogText();
        twins.Add($"SELECT activity, directory FROM activity_twin WHERE {twins.In("activity", rows)}");
        var directory = mirror.QueryLog(twins, row => (row.Number(0), row.Number(1))).ToDictionary(pair => pair.Item1, pair => pair.Item2);
        return [.. rows.Select(row => directory.GetValueOrDefault(row, row)).Distinct()];
    }
}
