namespace EntraAuditTools.Core.Queries.Entitlement.Entities;

/// <summary>The principals that a question about who can request means.</summary>
/// <param name="All">Their numbers.</param>
/// <param name="ByPattern">
/// Service principals that only a wildcard found. A directory has thousands of them, nearly all Microsoft's own: they count where a policy
/// allows them, or where they have or have asked for access.
/// </param>
internal sealed record Requestors(HashSet<long> All, HashSet<long> ByPattern);
