namespace EntraAuditTools.Core.Queries.Logs.Conditions;

/// <summary>Certain rows, by their numbers.</summary>
/// <param name="rows">The numbers; none can match when it is empty.</param>
internal sealed class RowCondition(IReadOnlyList<long> rows) : LogCondition
{
    /// <inheritdoc/>
    public override bool IsImpossible => rows.Count == 0;

    /// <inheritdoc/>
    public override LogDriver Driver => new(scope => $"{scope.Table} WHERE {scope.Sql.In(scope.Column("id"), rows)}");

    /// <inheritdoc/>
    public override string Where(LogScope scope) => scope.Sql.In(scope.Unsought("id"), rows);
}
