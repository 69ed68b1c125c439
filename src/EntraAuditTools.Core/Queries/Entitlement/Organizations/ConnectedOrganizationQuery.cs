using EntraAuditTools.Core.Eligibility;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Entities;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Entitlement.Organizations;

/// <summary>Which organizations are connected?</summary>
internal static class ConnectedOrganizationQuery
{
    /// <summary>The organizations by name; those that were removed only when their state is asked for.</summary>
    /// <exception cref="AuditToolException">InvalidWildcard, or what can be wrong with a mirror.</exception>
    public static IEnumerable<ConnectedOrganization> Run(MirrorReader mirror, ConnectedOrganizationFilter filter)
    {
        var reader = new EntitlementReader(mirror, filter.AsOf);
        var all = filter.Name is { Count: > 0 } names
            ? reader.Find(EntityKind.ConnectedOrganization, names) : reader.All(EntityKind.ConnectedOrganization);
        reader.Prefetch(all, withStates: true);
        var states = Patterns(filter.State);
        var domains = Patterns(filter.Domain);
        var tenants = TenantScope.Of(mirror, filter.Tenant);
        var lists = new EdgeLists(reader, all, EdgeRole.InternalSponsor, EdgeRole.ExternalSponsor);
        var originals = new OriginalSource(mirror.Path);
        var subjects = new Subjects(reader);
        var shown = all
            .Where(number => reader.StateOrGone(number) is { States.Count: > 0 } state
                && (reader.AsOf is not { } asOf || state.ExistedAt(asOf)))
            .Select(number => Show(number, reader, lists, subjects, originals))
            .Where(organization => states == null ? organization.State != "removed" : Matches(states, [organization.State]))
            .Where(organization => Matches(domains, organization.Domains) && tenants?.Has(organization.TenantId) != false)
            .OrderBy(organization => organization.DisplayName, StringComparer.OrdinalIgnoreCase)
            .ThenBy(organization => organization.ConnectedOrganizationId, StringComparer.Ordinal)
            .Skip((int)Math.Min(filter.Skip, int.MaxValue));
        return (filter.First is { } first ? shown.Take((int)Math.Min(first, int.MaxValue)) : shown).ToList();
    }

    /// <summary>What the rules of requesting need of every organization; null when no export contains any.</summary>
    internal static List<RequestOrganization>? ForRules(EntitlementReader reader)
    {
        var all = reader.All(EntityKind.ConnectedOrganization);
        reader.Prefetch(all, withStates: true);
        var found = new List<RequestOrganization>();
        foreach (var number in all)
        {
            if (reader.StateOf(number) is not { } state) continue;
            var sources = state.Has(FactNames.IdentitySources)
                ? state.Json(FactNames.IdentitySources).Items()
                .Select(item => new OrganizationSource(item.Text("type") ?? "unknown", item.Text("tenantId"), item.Text("domain"))).ToList()
                : null;
            var organization = reader.Ref(number)!;
            found.Add(new RequestOrganization(organization.Id, organization.Name, state.Text(FactNames.State), sources));
        }

        // Organizations that others only name don't make a list of them; a complete export does, also of none.
        return found.Exists(candidate => candidate.Sources != null) || reader.CompleteExports.Covers(EntityKind.ConnectedOrganization)
            ? found : null;
    }

    private static ConnectedOrganization Show(long number, EntitlementReader reader, EdgeLists lists, Subjects subjects,
        OriginalSource originals)
    {
        var (organization, state) = (reader.Ref(number)!, reader.StateOrGone(number));
        var sources = state.Json(FactNames.IdentitySources).Items().ToList();
        var current = state.Richest!;
        var path = reader.Mirror.Path;
        reader.Prefetch(lists[number, EdgeRole.InternalSponsor].Targets.Concat(lists[number, EdgeRole.ExternalSponsor].Targets),
            withStates: true);
        return new ConnectedOrganization(() => EntityEvidence.Read(path, [number]), () => current.Block > 0
            ? originals.ReadText(current.Block, current.Slot, showSecret: false) : "{}")
        {
            DisplayName = state.Text(FactNames.Name) ?? organization.Name,
            State = state.IsGone ? "removed" : state.Text(FactNames.State),
            Description = state.Text(FactNames.Description),
            Domains = new([.. sources.Select(source => source.Text("domain")).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)]),
            IdentitySources = new([.. sources.Select(Source)]),
            InternalSponsors = Sponsors(number, EdgeRole.InternalSponsor, lists, subjects),
            ExternalSponsors = Sponsors(number, EdgeRole.ExternalSponsor, lists, subjects),
            Created = Time(state.Ticks(FactNames.Created)),
            Modified = Time(state.Ticks(FactNames.Modified)),
            ConnectedOrganizationId = IdOf(organization, state),
            ObservedAt = Time(state.LastObserved),
            ObservedAtAssumed = current.IsAssumed,
            TenantId = reader.Term(organization.Tenant),
        };
    }

    // A row of the portal's download has no id of Graph's.
    private static string? IdOf(EntityRef organization, EntityState state) =>
        state.Flag(FactNames.Portal) == true && !Guid.TryParse(organization.Id, out _) ? null : organization.Id;

    private static RecordList<EntitlementSubject> Sponsors(long number, EdgeRole role, EdgeLists lists, Subjects subjects) =>
        new([.. lists[number, role].Targets.Select(subjects.Of).OfType<EntitlementSubject>()
            .OrderBy(subject => subject.DisplayName, StringComparer.OrdinalIgnoreCase)
            .ThenBy(subject => subject.Id, StringComparer.Ordinal)]);

    private static string Source(System.Text.Json.JsonElement source) =>
        string.Join(' ',
            new[] { source.Text("type"), source.Text("domain") ?? source.Text("tenantId"), source.Text("issuer") }.OfType<string>());

    private static List<WildcardText>? Patterns(IReadOnlyList<string>? texts) =>
        texts is { Count: > 0 } ? [.. texts.Select(text => new WildcardText(text))] : null;

    private static bool Matches(List<WildcardText>? patterns, IEnumerable<string?> texts) =>
        patterns == null || texts.Any(text => text != null && patterns.Exists(pattern => pattern.IsMatch(text)));

    private static DateTimeOffset? Time(long? ticks) => ticks is { } known ? UtcTime.Of(known) : null;
}
