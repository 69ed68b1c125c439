using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;

namespace EntraAuditTools.Core.Queries.Logs.Conditions;

/// <summary>What conditions write their SQL with: the statement under construction, the log, and the time asked for.</summary>
/// <param name="Sql">The statement.</param>
/// <param name="Log">The log.</param>
/// <param name="Time">Bounds on the time.</param>
/// <param name="Links">The tables that link its rows with identities.</param>
/// <param name="HidesTwins">Whether rows are left out for which another log's stands (<see cref="ActivityOrigin"/>).</param>
internal sealed record LogScope(SqlText Sql, LogTable Log, TimeCondition Time, IReadOnlyList<string> Links,
    bool HidesTwins)
{
    /// <summary>More values than this are not merged: SQLite merges arm by arm, each row passing through all of them.</summary>
    public const int MaxArms = 16;

    /// <summary>The engine's own SQL.</summary>
    public ISqlDialect Dialect => Sql.Dialect;

    /// <summary>The log's table.</summary>
    public string Table => $"{Log.Name} {Log.Alias}";

    /// <summary>A column of the log.</summary>
    public string Column(string name) => $"{Log.Alias}.{name}";

    /// <summary>A column of the log that rows are not to be looked for by.</summary>
    public string Unsought(string name) => Dialect.Unsought(Column(name));

    /// <summary>SELECT of the rows that are linked with identities.</summary>
    public string LinkedRows(IReadOnlyList<long> identities) =>
        string.Join(" UNION ALL ", Links.Select(table =>
            $"SELECT {Log.Name} FROM {table} WHERE {Sql.In("identity", identities)}{Time.Rows(Sql, Log.Name)}"));

    /// <summary>A condition that the other log's record of the event may fulfil as well.</summary>
    /// <param name="condition">The condition on a row, by its alias.</param>
    public string OfEither(Func<string, string> condition) =>
        HidesTwins ? $"({condition(Log.Alias)} OR {OfTwin(condition)})" : condition(Log.Alias);

    /// <summary>A condition that the other log's record of the event fulfils.</summary>
    public string OfTwin(Func<string, string> condition) =>
        Dialect.OneOf($"{Log.Alias}.id", "x.directory", $"{Log.Twins} x JOIN {Log.Name} u ON u.id = x.{Log.Name}", condition("u"));
}
