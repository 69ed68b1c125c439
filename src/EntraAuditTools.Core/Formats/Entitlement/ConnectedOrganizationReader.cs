using System.Text.Json;
using P = EntraAuditTools.Core.Formats.Entitlement.EntitlementProperty;

namespace EntraAuditTools.Core.Formats.Entitlement;

/// <summary>Reads <c>connectedOrganization</c> with its identity sources and sponsors.</summary>
internal static class ConnectedOrganizationReader
{
    /// <summary>An organization; null when it has no id.</summary>
    public static EntityObservation? Read(in RecordNode node)
    {
        if (node.Id(P.Id) is not { } id) return null;
        var organization = new EntityObservation(EntityKind.ConnectedOrganization, id)
            .AddCommon(node)
            .AddKnown(FactNames.State, EntitlementWords.OrganizationStates.Known(node.Text(P.State)));
        if (organization.Items(node, P.IdentitySources) is { } sources) AddSources(organization, sources.ConvertAll(source => IdentitySource.Of(source)));
        AddSponsors(organization, node, P.InternalSponsors, EdgeRole.InternalSponsor);
        AddSponsors(organization, node, P.ExternalSponsors, EdgeRole.ExternalSponsor);
        return organization;
    }

    /// <summary>Adds identity sources, in an order that does not depend on the export's.</summary>
    public static void AddSources(EntityObservation organization, List<IdentitySource> sources)
    {
        sources.Sort(static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        organization.Add(FactNames.IdentitySources, json =>
        {
            json.WriteStartArray();
            foreach (var source in sources) source.Write(json);
            json.WriteEndArray();
        });
    }

    private static void AddSponsors(EntityObservation organization, in RecordNode node, P name, EdgeRole role)
    {
        if (organization.Items(node, name) is { } items) ExpandedList.Add(organization, role, items, !node.HasRest(name), item => DirectoryReader.ReadMember(item));
    }
}

/// <summary>Where users of a connected organization sign in (<c>identitySource</c>).</summary>
/// <param name="Type">Its kind without namespace: <c>azureActiveDirectoryTenant</c>; null when not told.</param>
/// <param name="TenantId">Tenant; null for kinds without.</param>
/// <param name="Domain">Domain, in lower case; null for kinds without.</param>
/// <param name="Name">Display name; null when not told.</param>
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

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (Type != null) json.WriteString("type", Type);
        if (TenantId != null) json.WriteString("tenantId", TenantId);
        if (Domain != null) json.WriteString("domain", Domain);
        if (Name != null) json.WriteString("name", Name);
        if (Issuer != null) json.WriteString("issuer", Issuer);
        json.WriteEndObject();
    }
}
