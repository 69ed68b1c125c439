using EntraAuditTools.Core.Mirror.Tables;

namespace EntraAuditTools.Core.Queries.Logs.Conditions;

/// <summary>
/// A record came with one of some imports: the shown original, other originals of the same event, and originals that came again.
/// </summary>
/// <param name="imports">Their numbers.</param>
/// <param name="more">Other rows that came with them: SQL over a row, by its alias and a SELECT of the blocks; null for none.</param>
internal sealed class ImportCondition(IReadOnlyList<long> imports, Func<LogScope, string, string, string>? more = null) : LogCondition
{
    /// <summary>The numbers.</summary>
    public IReadOnlyList<long> Imports => imports;

    /// <inheritdoc/>
    public override string Where(LogScope scope) => scope.OfEither(row =>
    {
        var log = scope.Log;
        var blocks = $"SELECT id FROM block WHERE {scope.Sql.In("import", imports)}";
        return $"({scope.Dialect.Unsought($"{row}.block")} IN ({blocks}){more?.Invoke(scope, row, blocks)} OR {scope.Dialect.Unsought($"{row}.id")} IN ("
            + $"SELECT {log.Name} FROM {log.Copies} WHERE block IN ({blocks}) UNION ALL "
            + $"SELECT {log.Name} FROM {log.Sightings} WHERE {scope.Sql.In("import", imports)}))";
    });
}
