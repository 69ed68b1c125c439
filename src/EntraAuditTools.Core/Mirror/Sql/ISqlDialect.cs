namespace EntraAuditTools.Core.Mirror.Sql;

/// <summary>
/// What of a log's SQL is an engine's own: hints, functions and full text. Plans and conditions write the rest; another store is another
/// one of these.
/// </summary>
internal interface ISqlDialect
{
    /// <summary>A table that is walked in the order of its rows, never by an index of the planner's choice.</summary>
    string WalkRows(string table, string alias);

    /// <summary>A table that is walked by an index.</summary>
    string WalkIndex(string table, string alias, string index);

    /// <summary>Two tables, of which the first is scanned and the second looked up.</summary>
    string LookUp(string walked, string lookedUp, string on);

    /// <summary>
    /// A column that the planner is not to look for rows by: the plan is made by us (https://sqlite.org/optoverview.html#uplus).
    /// </summary>
    string Unsought(string column);

    /// <summary>Whether a text is like one of some patterns, as PowerShell compares them.</summary>
    string MatchesAny(SqlText sql, IReadOnlyList<string> patterns, string value);

    /// <summary>Whether one of several lines is like one of some patterns.</summary>
    string AnyLineMatchesAny(SqlText sql, IReadOnlyList<string> patterns, string lines);

    /// <summary>A stored id (16 bytes, or text) as text.</summary>
    string IdText(string column);

    /// <summary>A stored record id, which may refer to the correlation id, as text.</summary>
    string RecordIdText(string recordId, string correlation);

    /// <summary>Whether an original has all words of a search; it is read for that.</summary>
    string OriginalHas(SqlText sql, string search, string block, string slot);

    /// <summary>Whether a row of a full-text index has all words of a search.</summary>
    string FullText(SqlText sql, string index, SearchText search);

    /// <summary>Whether a number is among those that a column has in some rows.</summary>
    /// <param name="number">The number, a column of another table.</param>
    /// <param name="column">The column.</param>
    /// <param name="from">The tables.</param>
    /// <param name="where">The condition on their rows.</param>
    string OneOf(string number, string column, string from, string where);

    /// <summary>Whether a column has one of very many numbers, which are bound as one value.</summary>
    string InMany(SqlText sql, string column, IReadOnlyCollection<long> numbers);

    /// <summary>The page of a question: what follows ORDER BY.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="skip">Rows to leave out.</param>
    /// <param name="first">Rows at most; null for all.</param>
    string Page(SqlText sql, long skip, long? first);
}
