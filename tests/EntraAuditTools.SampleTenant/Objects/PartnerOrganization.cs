namespace EntraAuditTools.SampleTenant;

/// <summary>An organization that guests come from; the connected ones are known to entitlement management.</summary>
public sealed record PartnerOrganization(string Id, string TenantId, string DisplayName, string Domain, bool Connected, string State);
