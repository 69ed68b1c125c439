namespace EntraAuditTools.Core.Queries.Entitlement.Entities;

/// <summary>Whoever a question of who can request means.</summary>
/// <param name="All">Their numbers.</param>
/// <param name="ByPattern">
/// Service principals that only a wildcard found. A directory has thousands of them, nearly all Microsoft's own: they are asked for where a
/// policy lets them in, or they have or have asked for access.
/// </param>
internal sealed record Requestors(HashSet<long> All, HashSet<long> ByPattern);
