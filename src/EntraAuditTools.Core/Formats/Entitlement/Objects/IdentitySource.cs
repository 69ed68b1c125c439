using System.Text.Json;
using P = EntraAuditTools.Core.Formats.Entitlement.EntitlementProperty;

namespace EntraAuditTools.Core.Formats.Entitlement.Objects;

/// <summary>Where users of a connected organization sign in (<c>identitySource</c>).</summary>
/// <param name="Type">Its kind without namespace: <c>azureActiveDirectoryTenant</c>; null when not given.</param>
/// <param name="TenantId">Tenant; null for kinds without.</param>
/// <param name="Domain">Domain, in lower case; null for kinds without.</param>
/// <param name="Name">Display name; null when not given.</param>
/// <param name="Issuer">Issuer of a federation, or the kind of a social source; null for kinds without.</param>
internal sealed record IdentitySource(string? Type, string? TenantId, string? Domain, string? Name, string? Issuer)
{
    /// <summary>What they are sorted by.</summary>
    public string Key => $"{Type}|{TenantId}|{Domain}|{Issuer}|{Name}";

    public static IdentitySource Of(in RecordNode node) => new(
        ODataTypes.Plain(node.Text(P.ODataType)),
        node.Id(P.TenantId),
        node.Text(P.DomainName)?.ToLowerInvariant(),
        node.Text(P.DisplayName),
        node.Text(P.IssuerUri, P.SocialIdentitySourceType));

    /// <summary>Writes its properties.</summary>
    public void Write(Utf8JsonWriter json)
    {
        if (Type != null) json.WriteString("type", Type);
        if (TenantId != null) json.WriteString("tenantId", TenantId);
        if (Domain != null) json.WriteString("domain", Domain);
        if (Name != null) json.WriteString("name", Name);
        if (Issuer != null) json.WriteString("issuer", Issuer);
    }
}
