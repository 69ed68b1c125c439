namespace EntraAuditTools.Core.Queries.Logs.Conditions;

/// <summary>An index that leads to rows of a log, to be counted before one is chosen.</summary>
/// <param name="Table">The table, with the index that it is walked by.</param>
/// <param name="Column">The column of the numbers looked for.</param>
/// <param name="RowId">The column of the log's row.</param>
internal readonly record struct CountedIndex(string Table, string Column, string RowId);

/// <summary>How a condition finds rows by itself.</summary>
/// <param name="Source">"table a … WHERE …" of all the rows, in no order.</param>
internal sealed record LogDriver(Func<LogScope, string> Source)
{
    /// <summary>
    /// The same as parts that are each in the order of time and are merged, so that the newest rows come at once; null where they would be
    /// sorted first.
    /// </summary>
    public Func<LogScope, IEnumerable<string>>? Arms { get; init; }

    /// <summary>
    /// The column by which the parts are walked, where another table has the row's number: SQLite sees their order only when it is asked to
    /// order by that very column. Null for the log's own.
    /// </summary>
    public Func<LogScope, string>? ArmsRow { get; init; }

    /// <summary>
    /// The numbers looked for; null where so few rows are found that nothing is counted: it is taken wherever it is asked for.
    /// </summary>
    public IReadOnlyList<long>? Ids { get; init; }

    /// <summary>The indexes that have the numbers.</summary>
    public Func<LogScope, IReadOnlyList<CountedIndex>> Indexes { get; init; } = _ => [];
}
