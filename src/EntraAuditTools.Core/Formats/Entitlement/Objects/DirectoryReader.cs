using System.Text.Json;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;
using P = EntraAuditTools.Core.Formats.Entitlement.EntitlementProperty;

namespace EntraAuditTools.Core.Formats.Entitlement.Objects;

/// <summary>
/// Reads what answers need of the directory: users, groups with members, service principals, applications, app role assignments.
/// </summary>
internal static class DirectoryReader
{
    /// <summary>
    /// <c>$expand=members</c> stops near 20 without a word (Graph documents 20 for expanded relations of directory objects): so many, and
    /// the list may have been cut.
    /// </summary>
    private const int SurelyAllMembers = 15;

    /// <summary>What a directory object says it is (<c>@odata.type</c>; the portal's download of members: <c>objectType</c>); null when it
    /// does not say.</summary>
    public static EntityKind? KindOf(in RecordNode node) =>
        ODataTypes.KindOf(ODataTypes.Plain(node.Text(P.ODataType, P.ObjectType))) is { } kind and (EntityKind.User or EntityKind.Group
            or EntityKind.ServicePrincipal or EntityKind.Application) ? kind : null;

    /// <summary>Whether it says that it is of a kind that is not kept (a device, a contact).</summary>
    public static bool IsOther(in RecordNode node) =>
        ODataTypes.Plain(node.Text(P.ODataType, P.ObjectType)) is { } type && !Utf8.Is(type, "directoryObject") && KindOf(node) == null;

    /// <summary>
    /// A member or sponsor, of the kind that it says or that its properties show, else a user; null for kinds that are not kept (devices,
    /// contacts), and without id.
    /// </summary>
    public static EntityObservation? ReadMember(RecordNode node) => IsOther(node) ? null : Read(node, KindOf(node) ?? GuessKind(node));

    /// <summary>The kind of a directory object that does not name it, by its properties.</summary>
    public static EntityKind GuessKind(in RecordNode node) =>
        node.HasValue(P.AppId) ? EntityKind.ServicePrincipal
        : node.HasValue(P.GroupTypes) || node.HasValue(P.SecurityEnabled) ? EntityKind.Group
        : EntityKind.User;

    /// <summary>A directory object; null when it has no id.</summary>
    public static EntityObservation? Read(in RecordNode node, EntityKind kind)
    {
        // The older Azure AD Graph, the AzureAD module and ROADtools call a user's id objectId.
        var older = node.Id(P.Id) == null && node.HasValue(P.UserPrincipalName) ? node.Id(P.ObjectId) : null;
        if (kind == EntityKind.User && older == null
            && (node.HasValue(P.ObjectId) || node.HasValue(P.PrincipalName) || node.HasValue(P.SubjectType)))
            return SubjectReader.Read(node);
        if ((node.Id(P.Id) ?? older) is not { } id) return null;
        var entity = new EntityObservation(kind, id).AddKnown(FactNames.Name, node.Text(P.DisplayName))
            .AddKnown(FactNames.Agent, ODataTypes.AgentOf(ODataTypes.Plain(node.Text(P.ODataType))));
        switch (kind)
        {
            case EntityKind.User:
                AddUser(entity, node);
                break;
            case EntityKind.Group:
                AddGroup(entity, node);
                break;
            case EntityKind.ServicePrincipal or EntityKind.Application:
                AddApplication(entity, node);
                break;
        }

        return entity;
    }

    /// <summary>An app role assignment; null when it has no id.</summary>
    public static EntityObservation? AppRoleAssignment(in RecordNode node)
    {
        if (node.Id(P.Id) is not { } id) return null;
        var type = node.Text(P.PrincipalType);
        return new EntityObservation(EntityKind.AppRoleAssignment, id)
            .AddLink(FactNames.Principal, ODataTypes.KindOf(type) ?? EntityKind.User, node.Id(P.PrincipalId))
            .AddKnown(FactNames.PrincipalName, node.Text(P.PrincipalDisplayName))
            .AddKnown(FactNames.PrincipalType, type)
            .AddLink(FactNames.Resource, EntityKind.ServicePrincipal, node.Id(P.ResourceId))
            .AddKnown(FactNames.ResourceName, node.Text(P.ResourceDisplayName))
            .AddKnown(FactNames.AppRole, node.Text(P.AppRoleId))
            .AddKnownTime(FactNames.Created, node.Ticks(P.CreatedDateTime));
    }

    private static void AddUser(EntityObservation user, in RecordNode node)
    {
        user.AddKnown(FactNames.UserPrincipalName, node.Text(P.UserPrincipalName))
            .AddText(FactNames.Mail, node, P.Mail)
            .AddKnown(FactNames.UserType, EntitlementWords.UserTypes.Known(node.Text(P.UserType)))
            .AddBool(FactNames.Enabled, node.Bool(P.AccountEnabled))
            .AddKnownTime(FactNames.Created, node.Ticks(P.CreatedDateTime));
        // Old members have none (FORMATS §1.3). An SDK object that was not filled has nulls too, then also where Graph never has one.
        if (node.Has(P.UserType) && !node.HasValue(P.UserType) && !(node.Has(P.AccountEnabled) && !node.HasValue(P.AccountEnabled)))
            user.Add(FactNames.UserType, (string?)null);
        AddManager(user, node);
        if (user.Items(node, P.Identities) is not { } items) return;
        var identities = items.ConvertAll(i => (Type: i.Text(P.SignInType), Issuer: i.Text(P.Issuer), Id: i.Text(P.IssuerAssignedId)));
        identities.Sort(static (a, b) => string.CompareOrdinal($"{a.Type}|{a.Issuer}|{a.Id}", $"{b.Type}|{b.Issuer}|{b.Id}"));
        user.AddObjects(FactNames.Identities, identities, static (json, identity) =>
        {
            json.WriteString("signInType", identity.Type);
            json.WriteString("issuer", identity.Issuer);
            json.WriteString("issuerAssignedId", identity.Id);
        });
    }

    // $expand=manager gives the manager where there is one and leaves it out where not, which is no word on it; $expand=directReports gives
    // the reports of a manager.
    private static void AddManager(EntityObservation user, in RecordNode node)
    {
        if (user.Child(node, P.Manager) is { Exists: true } manager && manager.Id(P.Id) is { } id)
        {
            user.AddLink(FactNames.Manager, EntityKind.User, id);
            user.AddNested(Read(manager, EntityKind.User));
        }

        if (user.Items(node, P.DirectReports) is { } reports)
            ExpandedList.Add(user, EdgeRole.DirectReport, reports, reports.Count < SurelyAllMembers && !node.HasRest(P.DirectReports),
                ReadMember);
    }

    private static void AddGroup(EntityObservation group, in RecordNode node)
    {
        group.AddText(FactNames.Description, node, P.Description)
            .AddText(FactNames.Mail, node, P.Mail)
            .AddKnownTime(FactNames.Created, node.Ticks(P.CreatedDateTime));
        AddGroupTypes(group, node.Get(P.GroupTypes));
        if (group.Items(node, P.Members) is { } members)
            ExpandedList.Add(group, EdgeRole.Member, members, members.Count < SurelyAllMembers && !node.HasRest(P.Members), ReadMember);
    }

    private static void AddGroupTypes(EntityObservation group, JsonElement value)
    {
        if (value.ValueKind is not (JsonValueKind.Array or JsonValueKind.String)) return;
        var types = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(RecordNode.TextOf).OfType<string>().ToList()
            : [.. RecordNode.TextOf(value)?.Split(',', StringSplitOptions.TrimEntries) ?? []];
        types.Sort(StringComparer.Ordinal);
        group.AddTexts(FactNames.GroupTypes, types);
    }

    private static void AddApplication(EntityObservation application, in RecordNode node)
    {
        application.AddKnown(FactNames.AppId, node.Id(P.AppId))
            .AddKnown(FactNames.ServicePrincipalType, node.Text(P.ServicePrincipalType))
            .AddBool(FactNames.Enabled, node.Bool(P.AccountEnabled))
            .AddKnownTime(FactNames.Created, node.Ticks(P.CreatedDateTime));
        if (application.Items(node, P.AppRoles) is not { } items) return;
        var roles = items.ConvertAll(role => (Id: role.Id(P.Id), Value: role.Text(P.Value), Name: role.Text(P.DisplayName)));
        roles.Sort(static (a, b) => string.CompareOrdinal(a.Id, b.Id));
        application.AddObjects(FactNames.AppRoles, roles, static (json, role) =>
        {
            json.WriteString("id", role.Id);
            json.WriteString("value", role.Value);
            json.WriteString("name", role.Name);
        });
    }
}
