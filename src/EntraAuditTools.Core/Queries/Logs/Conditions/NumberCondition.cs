using System.Globalization;
using EntraAuditTools.Core.Mirror.Tables;

namespace EntraAuditTools.Core.Queries.Logs.Conditions;

/// <summary>A column has one of some numbers.</summary>
/// <param name="column">The column.</param>
/// <param name="ids">The numbers; none can match when it is empty.</param>
/// <param name="index">The column's index; null where there is none.</param>
internal sealed class NumberCondition(string column, IReadOnlyList<long> ids, LogIndex? index = null) : LogCondition
{
    /// <summary>The numbers.</summary>
    public IReadOnlyList<long> Ids => ids;

    /// <summary>The column.</summary>
    public string Column => column;

    /// <inheritdoc/>
    public override bool IsImpossible => ids.Count == 0;

    /// <inheritdoc/>
    public override LogDriver? Driver => index is not { } known ? null
        : new(scope => $"{Walk(scope, known)} WHERE {scope.Sql.In(scope.Column(column), ids)}")
        {
            Arms = ids.Count > LogScope.MaxArms ? null
                : scope => ids.Select(id =>
                    $"{Walk(scope, known)} WHERE {scope.Column(column)} = {id.ToString(CultureInfo.InvariantCulture)}"),
            Ids = ids,
            Indexes = scope => [IndexOf(scope, known)],
        };

    /// <inheritdoc/>
    public override string Where(LogScope scope) => scope.Sql.In(index is null ? scope.Column(column) : scope.Unsought(column), ids);

    /// <summary>An index of the log's own table, to be counted.</summary>
    public static CountedIndex IndexOf(LogScope scope, LogIndex index) =>
        new(scope.Dialect.WalkIndex(scope.Log.Name, string.Empty, index.Name), index.Column, "id");

    private static string Walk(LogScope scope, LogIndex index) => scope.Dialect.WalkIndex(scope.Log.Name, scope.Log.Alias, index.Name);
}
