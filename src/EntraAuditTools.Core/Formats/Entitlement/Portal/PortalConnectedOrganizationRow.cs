using System.Text.Json;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Dates;
using EntraAuditTools.Core.Formats.Entitlement.Objects;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Formats.Entitlement.Portal;

/// <summary>
/// A row of the portal's download of connected organizations, whose columns are named as <see cref="PortalEntitlementColumns"/> gives them.
/// </summary>
internal static class PortalConnectedOrganizationRow
{
    private static readonly char[] Separators = [';', ',', '|', '\n', '\r'];

    /// <summary>What the row contains; without an id column its id is made of the name.</summary>
    /// <exception cref="RecordException">It has neither id nor name.</exception>
    public static EntityObservation Read(JsonElement row)
    {
        string? Cell(string column) =>
            row.TryGetProperty(column, out var value) ? RecordNode.TextOf(value)?.Trim() is { Length: > 0 } text ? text : null : null;

        var (id, name) = (IdText.Clean(Cell("id")), Cell("displayName"));
        if (id == null && name == null) throw new RecordException("has neither id nor name");
        var organization = new EntityObservation(EntityKind.ConnectedOrganization,
            id ?? (PortalAssignmentRow.IdPrefix + name).ToLowerInvariant())
            .AddKnown(FactNames.Name, name)
            .AddKnown(FactNames.Description, Cell("description"))
            .AddKnown(FactNames.State, EntitlementWords.OrganizationStates.Known(Cell("state")));
        if (id == null) organization.Add(FactNames.Portal, true);
        AddTime(FactNames.Created, Cell("created"));
        AddTime(FactNames.Modified, Cell("modified"));
        var sources = Parts(Cell("identitySources")).Concat(Parts(Cell("tenantId"))).Select(Source).Distinct().ToList();
        if (sources.Count > 0) ConnectedOrganizationReader.AddSources(organization, sources);
        AddNames(FactNames.InternalSponsorNames, Cell("internalSponsors"));
        AddNames(FactNames.ExternalSponsorNames, Cell("externalSponsors"));
        return organization;

        void AddTime(string fact, string? text)
        {
            if (text != null && TimeText.TryParse(text, out var ticks)) organization.AddKnownTime(fact, ticks);
        }

        void AddNames(string fact, string? text)
        {
            if (text != null) organization.AddTexts(fact, Parts(text));
        }
    }

    /// <summary>The portal shows a tenant or a domain, and not which kind of source it is.</summary>
    private static IdentitySource Source(string text) => IdText.IsGuid(text) ? new(null, IdText.Clean(text), null, null, null)
        : text.Contains('.', StringComparison.Ordinal)
        && !text.Contains(' ', StringComparison.Ordinal) ? new(null, null, text.ToLowerInvariant(), null, null)
        : new(null, null, null, text, null);

    private static string[] Parts(string? text) =>
        text?.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
