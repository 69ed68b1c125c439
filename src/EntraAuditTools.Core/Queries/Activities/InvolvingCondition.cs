using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Queries.Logs.Conditions;

namespace EntraAuditTools.Core.Queries.Activities;

/// <summary>One of some identities did it, or it is about one of them.</summary>
/// <param name="identities">The identities; none can match when it is empty.</param>
internal sealed class InvolvingCondition(IReadOnlyList<long> identities) : LogCondition
{
    private static readonly LogIndex ByActor = LogTable.Activity.IndexOf("actor");

    /// <inheritdoc/>
    public override bool IsImpossible => identities.Count == 0;

    /// <inheritdoc/>
    public override LogDriver Driver => new(scope => $"{scope.Table} WHERE {scope.Column("id")} IN ({Rows(scope)})")
    {
        Ids = identities,
        Indexes = scope => [NumberCondition.IndexOf(scope, ByActor), .. LinkCondition.IndexesOf(scope)],
    };

    /// <inheritdoc/>
    public override string Where(LogScope scope) =>
        $"({scope.Sql.In(scope.Unsought("actor"), identities)} OR {scope.Unsought("id")} IN ({scope.LinkedRows(identities)}))";

    private string Rows(LogScope scope)
    {
        var walked = scope.Dialect.WalkIndex(scope.Log.Name, string.Empty, ByActor.Name);
        return $"SELECT id FROM {walked} WHERE {scope.Sql.In("actor", identities)}{scope.Time.Rows(scope.Sql, "id")} UNION ALL "
            + scope.LinkedRows(identities);
    }
}
