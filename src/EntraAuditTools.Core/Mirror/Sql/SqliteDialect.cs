using System.Globalization;

namespace EntraAuditTools.Core.Mirror.Sql;

/// <summary>SQLite's own SQL.</summary>
internal sealed class SqliteDialect : ISqlDialect
{
    /// <summary>The one that mirrors are read with.</summary>
    public static readonly ISqlDialect Instance = new SqliteDialect();

    private SqliteDialect()
    {
    }

    /// <inheritdoc/>
    public string WalkRows(string table, string alias) =>
        $"{table} {alias} NOT INDEXED";

    /// <inheritdoc/>
    public string WalkIndex(string table, string alias, string index) =>
        $"{table} {alias} INDEXED BY {index}".Replace("  ", " ", StringComparison.Ordinal);

    /// <inheritdoc/>
    public string LookUp(string walked, string lookedUp, string on) =>
        $"{walked} CROSS JOIN {lookedUp} ON {on}";

    /// <inheritdoc/>
    public string Unsought(string column) =>
        "+" + column;

    /// <inheritdoc/>
    public string MatchesAny(SqlText sql, IReadOnlyList<string> patterns, string value) =>
        "(" + string.Join(" OR ", patterns.Select(pattern => $"{MirrorFunctions.Matches}({sql.Bind(pattern)}, {value})")) + ")";

    /// <inheritdoc/>
    public string AnyLineMatchesAny(SqlText sql, IReadOnlyList<string> patterns, string lines) =>
        string.Join(" OR ", patterns.Select(pattern => $"{MirrorFunctions.AnyLineMatches}({sql.Bind(pattern)}, {lines})"));

    /// <inheritdoc/>
    public string IdText(string column) =>
        $"{MirrorFunctions.CorrelationText}({column})";

    /// <inheritdoc/>
    public string RecordIdText(string recordId, string correlation) =>
        $"{MirrorFunctions.RecordIdText}({recordId}, {correlation})";

    /// <inheritdoc/>
    public string OriginalHas(SqlText sql, string search, string block, string slot) =>
        $"{MirrorFunctions.OriginalHas}({sql.Bind(search)}, {block}, {slot})";

    /// <inheritdoc/>
    public string FullText(SqlText sql, string index, SearchText search) =>
        $"{index} MATCH {sql.Bind(search.ToMatch())}";

    /// <inheritdoc/>
    public string OneOf(string number, string column, string from, string where) =>
        $"EXISTS (SELECT 1 FROM {from} WHERE {column} = {number} AND {where})";

    /// <inheritdoc/>
    public string InMany(SqlText sql, string column, IReadOnlyCollection<long> numbers)
    {
        var list = string.Join(',', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));
        return $"{column} IN (SELECT value FROM json_each({sql.Bind($"[{list}]")}))";
    }

    /// <inheritdoc/>
    public string Page(SqlText sql, long skip, long? first) =>
        first is null && skip <= 0 ? string.Empty : $" LIMIT {sql.Bind(first ?? -1)} OFFSET {sql.Bind(skip)}";
}
