using System.Globalization;
using EntraAuditTools.Core.Mirror.Sql;

namespace EntraAuditTools.PostgreSql.Logs;

/// <summary>
/// PostgreSQL's SQL for questions on logs. It chooses indexes itself, so nothing is hinted; ids are in the form of <see cref="AnyValue"/>.
/// </summary>
internal sealed class ServerDialect : ISqlDialect
{
    /// <summary>The one that there is.</summary>
    public static readonly ISqlDialect Instance = new ServerDialect();

    private ServerDialect()
    {
    }

    /// <inheritdoc/>
    public string WalkRows(string table, string alias) => $"{table} {alias}";

    /// <inheritdoc/>
    public string WalkIndex(string table, string alias, string index) => $"{table} {alias}".TrimEnd();

    /// <inheritdoc/>
    public string LookUp(string walked, string lookedUp, string on) => $"{walked} JOIN {lookedUp} ON {on}";

    /// <inheritdoc/>
    public string Unsought(string column) => column;

    /// <inheritdoc/>
    public string MatchesAny(SqlText sql, IReadOnlyList<string> patterns, string value) =>
        "(" + string.Join(" OR ", patterns.Select(pattern => $"{value} ~* {sql.Bind(new WildcardText(pattern).ToRegex())}")) + ")";

    /// <inheritdoc/>
    public string AnyLineMatchesAny(SqlText sql, IReadOnlyList<string> patterns, string lines) =>
        $"EXISTS (SELECT 1 FROM regexp_split_to_table({lines}, '\n') l WHERE {MatchesAny(sql, patterns, "l")})";

    /// <inheritdoc/>
    public string IdText(string column) => $"(CASE get_byte({column}, 0) WHEN {AnyValue.TextType} THEN convert_from(substr({column}, 2), 'UTF8') "
        + $"WHEN {AnyValue.BytesType} THEN CASE length({column}) WHEN 17 THEN encode(substr({column}, 2), 'hex')::uuid::text END END)";

    /// <inheritdoc/>
    public string RecordIdText(string recordId, string correlation) =>
        $"(CASE WHEN {correlation} IS NULL THEN {recordId} ELSE replace({recordId}, chr(1), {IdText(correlation)}) END)";

    /// <inheritdoc/>
    public string OriginalHas(SqlText sql, string search, string block, string slot) => throw WithoutWords();

    /// <inheritdoc/>
    public string FullText(SqlText sql, string index, SearchText search) => throw WithoutWords();

    // Where logs are spread over several servers, what refers to the row outside would have to be joined across them.
    /// <inheritdoc/>
    public string OneOf(string number, string column, string from, string where) =>
        $"{number} IN (SELECT {column} FROM {from} WHERE {where})";

    /// <inheritdoc/>
    public string InMany(SqlText sql, string column, IReadOnlyCollection<long> numbers) => $"{column} = ANY({sql.Bind(numbers.ToArray())})";

    /// <inheritdoc/>
    public string Page(SqlText sql, long skip, long? first) =>
        (first is { } most ? string.Create(CultureInfo.InvariantCulture, $" LIMIT {most}") : string.Empty)
        + (skip > 0 ? string.Create(CultureInfo.InvariantCulture, $" OFFSET {skip}") : string.Empty);

    private static NotSupportedException WithoutWords() => new("Words are searched for in a whole copy.");
}
