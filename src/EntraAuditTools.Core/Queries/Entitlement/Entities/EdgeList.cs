namespace EntraAuditTools.Core.Queries.Entitlement.Entities;

/// <summary>The items of a list at a time.</summary>
/// <param name="Targets">Numbers of the items that are known.</param>
/// <param name="IsKnown">Whether any export contained the list: if not, that it is empty says nothing.</param>
/// <param name="IsComplete">Whether it is known to be whole: only then does an absence count.</param>
internal readonly record struct EdgeList(IReadOnlyList<long> Targets, bool IsKnown, bool IsComplete);
