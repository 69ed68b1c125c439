namespace EntraAuditTools.Core.Eligibility;

/// <summary>Where users of a connected organization come from (Graph <c>identitySource</c>).</summary>
/// <param name="Type">Its kind without "#microsoft.graph.": <c>azureActiveDirectoryTenant</c>, <c>domainIdentitySource</c>…</param>
/// <param name="TenantId">For the kinds that are tenants.</param>
/// <param name="Domain">For the kinds that are domains.</param>
internal sealed record OrganizationSource(string Type, string? TenantId, string? Domain);
