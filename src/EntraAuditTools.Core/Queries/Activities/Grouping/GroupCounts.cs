namespace EntraAuditTools.Core.Queries.Activities.Grouping;

/// <summary>What is known of a group of activities. Times are UTC ticks.</summary>
/// <param name="Count">How many.</param>
/// <param name="Success">How many of them succeeded.</param>
/// <param name="Failure">How many of them failed or timed out.</param>
/// <param name="First">Time of the first.</param>
/// <param name="Last">Time of the last.</param>
/// <param name="FirstRow">Number of the first one's row.</param>
internal readonly record struct GroupCounts(long Count, long Success, long Failure, long First, long Last, long FirstRow)
{
    public GroupCounts Add(GroupCounts other) =>
        new(Count + other.Count, Success + other.Success, Failure + other.Failure, Math.Min(First, other.First),
            Math.Max(Last, other.Last), Math.Min(FirstRow, other.FirstRow));
}
