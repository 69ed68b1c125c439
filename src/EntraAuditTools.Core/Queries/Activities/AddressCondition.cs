using EntraAuditTools.Core.Queries.Logs.Conditions;

namespace EntraAuditTools.Core.Queries.Activities;

/// <summary>Who did it came from one of some addresses; one that only the unified log's record has is the event's too.</summary>
/// <param name="addresses">The addresses; none can match when it is empty.</param>
internal sealed class AddressCondition(IReadOnlyList<long> addresses) : LogCondition
{
    /// <inheritdoc/>
    public override bool IsImpossible => addresses.Count == 0;

    /// <inheritdoc/>
    public override string Where(LogScope scope)
    {
        var ofRow = scope.Sql.In(scope.Column("address"), addresses);
        return scope.HidesTwins
            ? $"({ofRow} OR ({scope.Column("address")} = 0 AND {scope.OfTwin(row => scope.Sql.In($"{row}.address", addresses))}))"
            : ofRow;
    }
}
