using System.Text.Json;
using EntraAuditTools.Core.Eligibility;
using EntraAuditTools.Core.Formats.Entitlement.Objects;
using EntraAuditTools.Core.Mirror.Entities;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Entitlement.Entities;

/// <summary>Users and other subjects, as objects show them and as the rules of requesting take them.</summary>
internal sealed class Subjects(EntitlementReader reader)
{
    private readonly Dictionary<long, EntitlementSubject?> shown = [];

    /// <summary>A subject; null for number 0.</summary>
    public EntitlementSubject? Of(long number)
    {
        if (shown.TryGetValue(number, out var known)) return known;
        var subject = reader.Ref(number) is { } found ? Show(found) : null;
        shown.Add(number, subject);
        return subject;
    }

    /// <summary>
    /// The numbers that one person or service principal has: who has or asks for access is named as a user, also a service principal, whose
    /// own export has a number of its own.
    /// </summary>
    public IReadOnlyList<long> Numbers(long number)
    {
        var found = reader.Ref(number)!;
        var twin = found.Kind switch
        {
            EntityKind.User => reader.Ref(EntityKind.ServicePrincipal, found.Id),
            EntityKind.ServicePrincipal => reader.Ref(EntityKind.User, found.Id),
            _ => null,
        };
        return twin == null ? [number] : [number, twin.Number];
    }

    /// <summary>What is known of a requestor.</summary>
    public RequestSubject ForRules(long number)
    {
        var found = reader.Ref(number)!;
        if (PrincipalOf(number) is { } principal) return ForRules(found, principal);
        var state = reader.StateOrGone(number);
        var type = TypeOf(state);
        var (mail, upn) = (state.Text(FactNames.Mail), state.Text(FactNames.UserPrincipalName) ?? found.UserPrincipalName);
        var isUser = found.Kind == EntityKind.User
            && (type is "Member" or "Guest" || mail != null || upn != null || state.Has(FactNames.Enabled));
        return new RequestSubject
        {
            Id = found.Id,
            Kind = isUser ? SubjectKind.User : SubjectKind.Unknown,
            UserType = type is "Member" or "Guest" ? type : null,
            UserPrincipalName = upn,
            Enabled = state.Flag(FactNames.Enabled),
            IsGone = reader.StateOf(number) == null,
            HomeTenantId = state.Text(FactNames.HomeTenant),
            Domain = DomainOf(mail) ?? InvitedDomain(upn),
            Issuers = Issuers(state),
            ConnectedOrganizationId = state.Text(FactNames.ConnectedOrganization),
        };
    }

    // The record of a service principal: its own export, else its name as a subject; null for what is none.
    private EntityRef? PrincipalOf(long number)
    {
        var found = reader.Ref(number)!;
        if (found.Kind == EntityKind.ServicePrincipal) return found;
        if (found.Kind != EntityKind.User) return null;
        if (reader.Ref(EntityKind.ServicePrincipal, found.Id) is { } principal && reader.IsObserved(principal.Number)) return principal;
        return TypeOf(reader.StateOrGone(number)) == "ServicePrincipal" ? found : null;
    }

    // Exports of users, even complete ones, say nothing about whether a service principal is there.
    private RequestSubject ForRules(EntityRef found, EntityRef principal)
    {
        var state = reader.StateOrGone(principal.Number);
        return new RequestSubject
        {
            Id = found.Id,
            Kind = IsAgentIdentity(state) ? SubjectKind.AgentIdentity : SubjectKind.ServicePrincipal,
            IsNoAgentIdentity = state.Text(FactNames.ServicePrincipalType) != null || state.Text(FactNames.Agent) != null,
            Enabled = state.Flag(FactNames.Enabled),
            IsGone = principal.Kind == EntityKind.ServicePrincipal && reader.StateOf(principal.Number) == null,
        };
    }

    // Graph, agentIdentity: its type where a list gives it, and servicePrincipalType "ServiceIdentity".
    private static bool IsAgentIdentity(EntityState state) =>
        state.Text(FactNames.Agent) is { } agent ? agent == "agentIdentity"
        : "ServiceIdentity".Equals(state.Text(FactNames.ServicePrincipalType), StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Numbers of users by entitlement management's own id of them, for records that give only that (beta's <c>targetId</c>). Reads all
    /// users.
    /// </summary>
    public static Dictionary<string, long> BySubjectId(MirrorReader mirror)
    {
        var found = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        var sql = $"""
            SELECT e.id, json_extract(s.facts, '$.{FactNames.SubjectId}') FROM entity e JOIN entity_state s ON s.entity = e.id
            WHERE e.kind = {(int)EntityKind.User} AND json_extract(s.facts, '$.{FactNames.SubjectId}') IS NOT NULL
            """;
        foreach (var (number, id) in mirror.Query(sql, row => (row.GetInt64(0), row.GetString(1)))) found[id] = number;
        return found;
    }

    private EntitlementSubject Show(EntityRef found)
    {
        var name = found.Name;
        var type = found.Kind == EntityKind.User ? TypeOf(reader.StateOrGone(found.Number)) : null;
        // A service principal that has or asks for access is known as a subject; its own export may contain more.
        if (type is null or "ServicePrincipal" && PrincipalOf(found.Number) is { } principal)
        {
            name ??= principal.Name;
            type = IsAgentIdentity(reader.StateOrGone(principal.Number)) ? "AgentIdentity" : "ServicePrincipal";
        }

        return new EntitlementSubject
        {
            Id = found.Id.StartsWith(SubjectReader.OutsidePrefix, StringComparison.Ordinal) ? null : found.Id,
            DisplayName = name,
            UserPrincipalName = found.UserPrincipalName,
            Type = type,
        };
    }

    // FORMATS: userType is null in old objects, which are members; one that no export carries is not known.
    private static string? TypeOf(EntityState state) => state.Text(FactNames.UserType) ?? (state.Has(FactNames.UserType) ? "Member" : null);

    private static string? DomainOf(string? address) =>
        address?.LastIndexOf('@') is { } at && at >= 0 && at < address.Length - 1 ? address[(at + 1)..] : null;

    // name_domain#EXT#@tenant: a domain has no underscore.
    private static string? InvitedDomain(string? upn)
    {
        var end = upn?.IndexOf("#EXT#", StringComparison.OrdinalIgnoreCase) ?? -1;
        var start = end > 0 ? upn!.LastIndexOf('_', end - 1) : -1;
        return start >= 0 && start < end - 1 ? upn![(start + 1)..end] : null;
    }

    private static List<string>? Issuers(EntityState state)
    {
        if (state.Json(FactNames.Identities) is not { ValueKind: JsonValueKind.Array } identities) return null;
        var found = new List<string>();
        foreach (var identity in identities.EnumerateArray())
        {
            if (identity.ValueKind == JsonValueKind.Object && identity.TryGetProperty("issuer", out var issuer)
                && issuer.ValueKind == JsonValueKind.String) found.Add(TerminalText.Visible(issuer.GetString())!);
        }

        return found;
    }
}
