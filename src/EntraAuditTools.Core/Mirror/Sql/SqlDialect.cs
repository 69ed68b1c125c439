namespace EntraAuditTools.Core.Mirror.Sql;

/// <summary>
/// What of a log's SQL is the engine's own: hints, functions and full text. Plans and conditions write the rest; another store is another one
/// of these.
/// </summary>
internal sealed class SqlDialect
{
    /// <summary>SQLite's.</summary>
    public static readonly SqlDialect Sqlite = new();

    private SqlDialect()
    {
    }

    /// <summary>A table that is walked in the order of its rows, never by an index of the planner's choice.</summary>
    public string WalkRows(string table, string alias) => $"{table} {alias} NOT INDEXED";

    /// <summary>A table that is walked by an index.</summary>
    public string WalkIndex(string table, string alias, string index) => $"{table} {alias} INDEXED BY {index}".Replace("  ", " ", StringComparison.Ordinal);

    /// <summary>Two tables, of which the first is gone through and the second looked up.</summary>
    public string LookUp(string walked, string lookedUp, string on) => $"{walked} CROSS JOIN {lookedUp} ON {on}";

    /// <summary>A column that the planner is not to look for rows by: the plan is made by us (https://sqlite.org/optoverview.html#uplus).</summary>
    public string Unsought(string column) => "+" + column;

    /// <summary>Whether a text is like one of some patterns, as PowerShell compares them.</summary>
    public string MatchesAny(SqlText sql, IReadOnlyList<string> patterns, string value) =>
        "(" + string.Join(" OR ", patterns.Select(pattern => $"{MirrorFunctions.Matches}({sql.Bind(pattern)}, {value})")) + ")";

    /// <summary>Whether one of several lines is like one of some patterns.</summary>
    public string AnyLineMatchesAny(SqlText sql, IReadOnlyList<string> patterns, string lines) =>
        string.Join(" OR ", patterns.Select(pattern => $"{MirrorFunctions.AnyLineMatches}({sql.Bind(pattern)}, {lines})"));

    /// <summary>A stored id (16 bytes, or text) as text.</summary>
    public string IdText(string column) => $"{MirrorFunctions.CorrelationText}({column})";

    /// <summary>A stored record id, which may refer to the correlation id, as text.</summary>
    public string RecordIdText(string recordId, string correlation) => $"{MirrorFunctions.RecordIdText}({recordId}, {correlation})";

    /// <summary>Whether an original has all words of a search; it is read for that.</summary>
    public string OriginalHas(SqlText sql, string search, string block, string slot) =>
        $"{MirrorFunctions.OriginalHas}({sql.Bind(search)}, {block}, {slot})";

    /// <summary>Whether a row of a full-text index has all words of a search.</summary>
    public string FullText(SqlText sql, string index, SearchText search) => $"{index} MATCH {sql.Bind(search.ToMatch())}";
}
