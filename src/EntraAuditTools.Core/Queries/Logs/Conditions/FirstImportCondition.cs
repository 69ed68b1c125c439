namespace EntraAuditTools.Core.Queries.Logs.Conditions;

/// <summary>
/// A record came first with an import of a number or a later one: none of its originals is of an earlier import. What came again adds no
/// original, and a fuller copy that takes the shown one's place leaves that among the copies.
/// </summary>
/// <param name="first">The number; null where there is no such import, so that nothing is new.</param>
internal sealed class FirstImportCondition(long? first) : LogCondition
{
    /// <summary>The number; null where there is no such import.</summary>
    public long? First => first;

    /// <inheritdoc/>
    public override bool IsImpossible => first is null;

    /// <inheritdoc/>
    public override string Where(LogScope scope)
    {
        var log = scope.Log;
        var blocks = $"SELECT id FROM block WHERE import >= {scope.Sql.Bind(first ?? long.MaxValue)}";
        // The copies of a row are looked up only where its shown original is new: those rows are few.
        string IsNew(string row) => $"({scope.Dialect.Unsought($"{row}.block")} IN ({blocks}) AND NOT EXISTS ("
            + $"SELECT 1 FROM {log.Copies} c WHERE c.{log.Name} = {row}.id AND c.block NOT IN ({blocks})))";
        return scope.HidesTwins ? $"({IsNew(log.Alias)} AND NOT {scope.OfTwin(row => $"NOT {IsNew(row)}")})" : IsNew(log.Alias);
    }
}
