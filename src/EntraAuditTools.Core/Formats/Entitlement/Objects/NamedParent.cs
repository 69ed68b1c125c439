using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Formats.Entitlement.Objects;

/// <summary>A parent of which only the name is known: to be looked up among the entities that the mirror has.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name.</param>
/// <param name="Fact">The fact that is to link to it; null when none is.</param>
/// <param name="Role">The edge from it to the observed entity; null for none.</param>
internal sealed record NamedParent(EntityKind Kind, string Name, string? Fact, EdgeRole? Role);
