using EntraAuditTools.Core.Mirror.Sql;

namespace EntraAuditTools.Core.Queries.Entitlement.Entities;

/// <summary>Which edges hold at a time.</summary>
internal static class EdgeTime
{
    /// <summary>
    /// The condition on <c>edge e</c>: begun and not ended; before its first observation a list is assumed to be what it was then.
    /// </summary>
    public static string Condition(SqlText sql, long time) => Condition(sql.Bind(time));

    /// <inheritdoc cref="Condition(SqlText, long)"/>
    /// <param name="at">The parameter that the time, UTC ticks, is bound to.</param>
    public static string Condition(string at) =>
        $"(e.gone IS NULL OR e.gone > {at}) AND (e.first <= {at} OR e.first <= {Begin})";

    // A list that was exported as empty was so before, too.
    private const string Begin = """
        (SELECT min(t) FROM (SELECT min(m.first) AS t FROM edge m WHERE m.source = e.source AND m.role = e.role
            UNION ALL SELECT min(l.observed) FROM edge_list l WHERE l.source = e.source AND l.role = e.role))
        """;
}
