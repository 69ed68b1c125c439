using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Formats.Entitlement;

/// <summary>The words of <c>@odata.type</c>.</summary>
internal static class ODataTypes
{
    private const string Namespace = "microsoft.graph.";

    /// <summary><c>groupMembers</c> of <c>#microsoft.graph.groupMembers</c>; null for none.</summary>
    public static string? Plain(string? type)
    {
        if (type == null) return null;
        var plain = type.AsSpan().TrimStart('#');
        if (plain.StartsWith(Namespace, StringComparison.OrdinalIgnoreCase)) plain = plain[Namespace.Length..];
        return plain.IsEmpty ? null : plain.ToString();
    }

    /// <summary>The type of an agent object, in Graph's spelling; null for everything else.</summary>
    public static string? AgentOf(string? plain) => plain?.ToLowerInvariant() switch
    {
        "agentidentity" => "agentIdentity",
        "agentuser" => "agentUser",
        "agentidentityblueprintprincipal" => "agentIdentityBlueprintPrincipal",
        _ => null,
    };

    /// <summary>The kind of an entity of that type; null when it is none that is taken in.</summary>
    public static EntityKind? KindOf(string? plain) => plain?.ToLowerInvariant() switch
    {
        // Agents (Graph, 2026) are users and service principals of a kind of their own.
        "user" or "agentuser" or "accesspackagesubject" => EntityKind.User,
        "group" => EntityKind.Group,
        "serviceprincipal" or "agentidentity" or "agentidentityblueprintprincipal" => EntityKind.ServicePrincipal,
        "application" => EntityKind.Application,
        "approleassignment" => EntityKind.AppRoleAssignment,
        "accesspackage" => EntityKind.AccessPackage,
        "accesspackagecatalog" => EntityKind.Catalog,
        "accesspackageassignment" => EntityKind.Assignment,
        "accesspackageassignmentrequest" => EntityKind.Request,
        "accesspackageassignmentpolicy" => EntityKind.Policy,
        "accesspackageresource" => EntityKind.Resource,
        "accesspackageresourcerolescope" => EntityKind.ResourceRoleScope,
        "accesspackageassignmentresourcerole" => EntityKind.ResourceAssignment,
        "connectedorganization" => EntityKind.ConnectedOrganization,
        "approval" => EntityKind.Approval,
        "approverdelegate" => EntityKind.ApproverDelegate,
        _ => null,
    };
}
