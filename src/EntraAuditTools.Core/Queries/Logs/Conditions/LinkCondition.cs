using System.Globalization;

namespace EntraAuditTools.Core.Queries.Logs.Conditions;

/// <summary>A row is linked with one of some identities.</summary>
/// <param name="identities">The identities; none can match when it is empty.</param>
/// <param name="columns">The columns that hold all of a row's links; none where only the tables of links have them.</param>
internal sealed class LinkCondition(IReadOnlyList<long> identities, params string[] columns) : LogCondition
{
    /// <inheritdoc/>
    public override bool IsImpossible => identities.Count == 0;

    /// <inheritdoc/>
    public override LogDriver Driver => new(scope => $"{scope.Table} WHERE {scope.Column("id")} IN ({scope.LinkedRows(identities)})")
    {
        Arms = identities.Count == 1 ? Arms : null,
        ArmsRow = RowOfLink,
        Ids = identities,
        Indexes = IndexesOf,
    };

    /// <inheritdoc/>
    public override string Where(LogScope scope)
    {
        if (columns.Length > 0) return $"({string.Join(" OR ", columns.Select(column => scope.Sql.In(scope.Column(column), identities)))})";
        if (identities.Count > LogScope.MaxArms) return $"{scope.Unsought("id")} IN ({scope.LinkedRows(identities)})";
        var exists = scope.Links.Select(table =>
            $"EXISTS (SELECT 1 FROM {table} t WHERE {scope.Sql.In("t.identity", identities)} AND t.{scope.Log.Name} = {scope.Column("id")})");
        return $"({string.Join(" OR ", exists)})";
    }

    /// <summary>The tables of links, to be counted.</summary>
    public static IReadOnlyList<CountedIndex> IndexesOf(LogScope scope) =>
        [.. scope.Links.Select(table => new CountedIndex(table, "identity", scope.Log.Name))];

    private static string RowOfLink(LogScope scope) => $"t.{scope.Log.Name}";

    /// <summary>Through each of the tables that link an identity, in time order; what is in both is taken from the first.</summary>
    private IEnumerable<string> Arms(LogScope scope)
    {
        var (identity, row) = (identities[0].ToString(CultureInfo.InvariantCulture), RowOfLink(scope));
        return scope.Links.Select((table, i) =>
            $"{scope.Dialect.LookUp($"{table} t", scope.Table, $"{scope.Column("id")} = {row}")} WHERE t.identity = {identity}{scope.Time.Rows(scope.Sql, row)}"
            + (i == 0 ? string.Empty
                : $" AND NOT EXISTS (SELECT 1 FROM {scope.Links[0]} o WHERE o.identity = {identity} AND o.{scope.Log.Name} = {row})"));
    }
}
