using EntraAuditTools.Core.Schema;
using P = EntraAuditTools.Core.Formats.Entitlement.EntitlementProperty;

namespace EntraAuditTools.Core.Formats.Entitlement.Objects;

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
        if (organization.Items(node, P.IdentitySources) is { } sources)
            AddSources(organization, sources.ConvertAll(source => IdentitySource.Of(source)));
        AddSponsors(organization, node, P.InternalSponsors, EdgeRole.InternalSponsor);
        AddSponsors(organization, node, P.ExternalSponsors, EdgeRole.ExternalSponsor);
        return organization;
    }

    /// <summary>Adds identity sources, in an order that does not depend on the export's.</summary>
    public static void AddSources(EntityObservation organization, List<IdentitySource> sources)
    {
        sources.Sort(static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        organization.AddObjects(FactNames.IdentitySources, sources, static (json, source) => source.Write(json));
    }

    private static void AddSponsors(EntityObservation organization, in RecordNode node, P name, EdgeRole role)
    {
        if (organization.Items(node, name) is { } items)
            ExpandedList.Add(organization, role, items, !node.HasRest(name), item => DirectoryReader.ReadMember(item));
    }
}
