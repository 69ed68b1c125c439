using System.Text.Json;
using EntraAuditTools.Core.Formats.Common;
using EntraAuditTools.Core.Formats.Entitlement;
using EntraAuditTools.Core.Formats.Entitlement.Objects;
using EntraAuditTools.Core.Schema;
using P = EntraAuditTools.Core.Formats.Entitlement.EntitlementProperty;

namespace EntraAuditTools.Core.Formats.Recognition;

/// <summary>
/// Finds out which object of entitlement management or of the directory a record is: from its address, its type, else its properties.
/// </summary>
internal static class EntitlementRecognizer
{
    /// <summary>Segments of addresses of entitlement management.</summary>
    private static readonly Dictionary<string, EntityKind> Segments = new(StringComparer.OrdinalIgnoreCase)
    {
        ["catalogs"] = EntityKind.Catalog,
        ["accessPackageCatalogs"] = EntityKind.Catalog,
        ["accessPackages"] = EntityKind.AccessPackage,
        ["incompatibleAccessPackages"] = EntityKind.AccessPackage,
        ["accessPackagesIncompatibleWith"] = EntityKind.AccessPackage,
        ["assignmentPolicies"] = EntityKind.Policy,
        ["accessPackageAssignmentPolicies"] = EntityKind.Policy,
        ["resourceRoleScopes"] = EntityKind.ResourceRoleScope,
        ["accessPackageResourceRoleScopes"] = EntityKind.ResourceRoleScope,
        ["resources"] = EntityKind.Resource,
        ["accessPackageResources"] = EntityKind.Resource,
        ["assignments"] = EntityKind.Assignment,
        ["accessPackageAssignments"] = EntityKind.Assignment,
        ["assignmentRequests"] = EntityKind.Request,
        ["accessPackageAssignmentRequests"] = EntityKind.Request,
        ["accessPackageAssignmentResourceRoles"] = EntityKind.ResourceAssignment,
        ["connectedOrganizations"] = EntityKind.ConnectedOrganization,
        ["accessPackageAssignmentApprovals"] = EntityKind.Approval,
        ["subjects"] = EntityKind.User,
        ["incompatibleGroups"] = EntityKind.Group,
    };

    /// <summary>Segments of addresses of the directory.</summary>
    private static readonly Dictionary<string, EntityKind> DirectorySegments = new(StringComparer.OrdinalIgnoreCase)
    {
        ["users"] = EntityKind.User,
        ["groups"] = EntityKind.Group,
        ["servicePrincipals"] = EntityKind.ServicePrincipal,
        ["applications"] = EntityKind.Application,
        ["appRoleAssignments"] = EntityKind.AppRoleAssignment,
        ["appRoleAssignedTo"] = EntityKind.AppRoleAssignment,
        ["approverDelegate"] = EntityKind.ApproverDelegate,
    };

    /// <summary>Segments whose objects are of several kinds.</summary>
    private static readonly HashSet<string> Mixed =
        new(StringComparer.OrdinalIgnoreCase) { "directoryObjects", "members", "transitiveMembers", "directReports", "internalSponsors",
            "externalSponsors" };

    /// <summary>
    /// Relations of the directory whose objects are the directory's too; under any other address, what looks like a user is something else.
    /// </summary>
    private static readonly HashSet<string> Relations = new(StringComparer.OrdinalIgnoreCase)
    {
        "me", "owners", "members", "transitiveMembers", "manager", "directReports", "transitiveReports", "sponsors", "createdObjects",
            "ownedObjects", "ownedDevices", "registeredOwners", "registeredUsers", "memberOf", "transitiveMemberOf",
        "acceptedSenders", "rejectedSenders", "approvers", "reviewers", "getByIds", "getUserOwnedObjects", "validateProperties",
        "scopedRoleMembers", "deletedItems",
    };

    /// <summary>Segments of entitlement management that are known and not taken in, by what to call their objects.</summary>
    private static readonly Dictionary<string, string> NotTaken = new(StringComparer.OrdinalIgnoreCase)
    {
        ["resourceRequests"] = "access package resource request",
        ["accessPackageResourceRequests"] = "access package resource request",
        ["resourceRoles"] = "access package resource role",
        ["accessPackageResourceRoles"] = "access package resource role",
        ["resourceScopes"] = "access package resource scope",
        ["accessPackageResourceScopes"] = "access package resource scope",
        ["resourceEnvironments"] = "access package resource environment",
        ["accessPackageResourceEnvironments"] = "access package resource environment",
        ["questions"] = "access package question",
        ["customWorkflowExtensions"] = "custom workflow extension",
        ["accessPackageCustomWorkflowExtensions"] = "custom workflow extension",
        ["settings"] = "entitlement management settings",
    };

    /// <summary>Recognises a record by its own or its page's address, and by its type; null when neither decides.</summary>
    /// <param name="record">The record.</param>
    /// <param name="context">The page's <c>@odata.context</c>; null when there is none.</param>
    public static Recognized? ByAddress(JsonElement record, string? context)
    {
        // A file may hold an audit log behind a page of something else.
        if (record.TryGetProperty("activityDateTime", out _)) return null;
        var recordContext = record.TryGetProperty("@odata.context", out var contextValue) ? RecordNode.TextOf(contextValue) : null;
        var address = ODataAddress.Parse(recordContext ?? context);
        if (address.Type != null && ODataTypes.KindOf(address.Type) is { } typed) return Found(typed);
        if (address.Name.Length == 0) return null;
        if (Mixed.Contains(address.Name)) return Member(record);
        if (!address.IsEntitlement) return DirectorySegments.TryGetValue(address.Name, out var entry) ? Found(entry) : null;
        if (NotTaken.TryGetValue(address.Name, out var label)) return Other(label);
        return Segments.TryGetValue(address.Name, out var kind) ? Found(kind) : null;
    }

    /// <summary>The kind of the records of an address; null where it names none, or they are of several.</summary>
    public static EntityKind? KindOf(ODataAddress address)
    {
        if (address.Type != null && ODataTypes.KindOf(address.Type) is { } typed) return typed;
        if (address.Name.Length == 0) return null;
        var segments = address.IsEntitlement ? Segments : DirectorySegments;
        return segments.TryGetValue(address.Name, out var kind) ? kind : null;
    }

    /// <summary>Whether the records of an address are of several kinds: members, sponsors.</summary>
    public static bool IsMixed(ODataAddress address) => Mixed.Contains(address.Name);

    /// <summary>
    /// Whether a directory object comes from a list of objects of several kinds (members, sponsors) that names no owner: its page says only
    /// <c>#directoryObjects</c>, or each object names its own kind, which pages of users or groups need not do.
    /// </summary>
    /// <param name="record">The object.</param>
    /// <param name="context">The page's <c>@odata.context</c>; null when there is none.</param>
    public static bool IsOfList(JsonElement record, string? context)
    {
        var node = RecordNode.Of(record);
        var address = ODataAddress.Parse(node.Text(P.ODataContext) ?? context);
        if (address.Name.Length > 0) return Mixed.Contains(address.Name) && address.ParentId == null;
        return address.Type == null && DirectoryReader.KindOf(node) != null;
    }

    /// <summary>A member of a group or a sponsor.</summary>
    public static Recognized Member(JsonElement record)
    {
        var node = RecordNode.Of(record);
        if (DirectoryReader.IsOther(node)) return Other(ODataTypes.Plain(node.Text(P.ODataType, P.ObjectType))!);
        return Found(DirectoryReader.KindOf(node) ?? DirectoryReader.GuessKind(node));
    }

    /// <summary>Whether a record says of what type it is.</summary>
    public static bool IsTyped(JsonElement record) => ODataTypes.KindOf(ODataTypes.Plain(RecordNode.Of(record).Text(P.ODataType))) != null;

    /// <summary>
    /// The name of a record that has the properties of the directory's users, groups or applications, but comes from the address of
    /// something else (people, contacts, reports); null when it is what it looks like.
    /// </summary>
    public static Recognized? IsElsewhere(JsonElement record, string? context, in Recognized found)
    {
        if (found.Entity is not (EntityKind.User or EntityKind.Group or EntityKind.ServicePrincipal or EntityKind.Application)
            || IsTyped(record)) return null;
        var node = RecordNode.Of(record);
        // Every user of the directory has a name to sign in with; an SDK object that was not filled has null.
        if (found.Entity == EntityKind.User && node.Get(P.UserPrincipalName) is { ValueKind: JsonValueKind.String }
            && node.Text(P.UserPrincipalName) == null) return Other("contact");
        var name = ODataAddress.Parse(node.Text(P.ODataContext) ?? context).Name;
        return name.Length == 0 || Relations.Contains(name) || DirectorySegments.ContainsKey(name) || Segments.ContainsKey(name)
            || Mixed.Contains(name) ? null : Other(ForeignKinds.OfCollection(name) ?? $"record of {name}");
    }

    /// <summary>Recognises a record by its type or its properties; null when they are no such object's.</summary>
    public static Recognized? ByProperties(JsonElement record)
    {
        var node = RecordNode.Of(record);
        var type = ODataTypes.Plain(node.Text(P.ODataType));
        if (ODataTypes.KindOf(type) is { } typed) return Found(typed);
        var found = ByProperties(node.Has);
        // A role or scope of a resource has the same properties as the resource itself.
        if (found is { Entity: EntityKind.Resource } && node.Text(P.OriginId) is { } origin
            && (origin.StartsWith("Member_", StringComparison.OrdinalIgnoreCase)
                || origin.StartsWith("Owner_", StringComparison.OrdinalIgnoreCase))) return Other("access package resource role");
        return found is { Entity: EntityKind.Approval } && !IsApproval(node) ? null : found;
    }

    /// <summary>Recognises by which properties there are; the first rule that holds wins, so those that are narrower come first.</summary>
    public static Recognized? ByProperties(Func<P, bool> has)
    {
        bool Any(params ReadOnlySpan<P> properties)
        {
            foreach (var property in properties)
            {
                if (has(property)) return true;
            }

            return false;
        }

        if (has(P.RequestType) && Any(P.State, P.RequestState))
        {
            if (Any(P.ExecuteImmediately, P.CatalogId, P.Catalog, P.Resource, P.AccessPackageResource))
                return Other("access package resource request");
            if (Any(P.Status, P.RequestStatus, P.Schedule, P.CompletedDateTime, P.CompletedDate, P.Answers, P.Requestor, P.AccessPackage,
                P.Assignment, P.AccessPackageAssignment)) return Found(EntityKind.Request);
            return Other("access package resource request");
        }

        if (Any(P.RequestApprovalSettings, P.AllowedTargetScope, P.SpecificAllowedTargets)
            || (has(P.AccessPackageId) && Any(P.CanExtend, P.DurationInDays, P.RequestorSettings))) return Found(EntityKind.Policy);
        if (has(P.AssignmentState) || (has(P.State) && has(P.ExpiredDateTime)) || (has(P.State) && has(P.Status) && has(P.Schedule))
            || (has(P.State) && has(P.Target) && Any(P.AccessPackage, P.AssignmentPolicy)))
            return Found(EntityKind.Assignment);
        if (has(P.AccessPackageSubject) || (has(P.OriginSystem) && has(P.Status))) return Found(EntityKind.ResourceAssignment);
        if (has(P.CatalogType) && Any(P.IsExternallyVisible, P.CatalogStatus, P.State)) return Found(EntityKind.Catalog);
        if (Any(P.AccessPackageResourceRole, P.AccessPackageResourceScope) || (has(P.Role) && has(P.Scope)))
            return Found(EntityKind.ResourceRoleScope);
        if (has(P.OriginId) && has(P.OriginSystem))
        {
            if (has(P.IsRootScope)) return Other("access package resource scope");
            return !Any(P.Attributes, P.CreatedDateTime, P.Url, P.Roles, P.Scopes) && Any(P.Resource, P.AccessPackageResource)
                ? Other("access package resource role") : Found(EntityKind.Resource);
        }

        if (has(P.IdentitySources)) return Found(EntityKind.ConnectedOrganization);
        if ((has(P.IsHidden) && has(P.DisplayName) && Any(P.CreatedDateTime, P.Description, P.Catalog, P.CatalogId)
            && !has(P.ParentFolderId)) || (has(P.CatalogId) && has(P.DisplayName) && !has(P.IsRootScope)))
            return Found(EntityKind.AccessPackage);
        if (has(P.Id) && Any(P.Stages, P.Steps) && !Any(P.StartDateTime, P.Scope, P.Settings, P.DisplayName))
            return Found(EntityKind.Approval);
        if (has(P.AppRoleId) && has(P.PrincipalId)) return Found(EntityKind.AppRoleAssignment);
        if (has(P.ObjectId) && has(P.PrincipalName)) return Found(EntityKind.User);
        return Directory(has);
    }

    private static Recognized? Directory(Func<P, bool> has)
    {
        if (has(P.ConditionalAccessStatus) || (has(P.AppDisplayName) && has(P.UserPrincipalName) && has(P.CreatedDateTime)))
            return Other("sign-in");
        if (has(P.GroupTypes) || (has(P.SecurityEnabled) && has(P.DisplayName))) return Found(EntityKind.Group);
        if (has(P.AppId) && has(P.DisplayName))
            return Found(!has(P.ServicePrincipalType) && (has(P.PublisherDomain) || has(P.IdentifierUris) || has(P.RequiredResourceAccess))
                ? EntityKind.Application : EntityKind.ServicePrincipal);
        if (!has(P.UserPrincipalName) || !(has(P.DisplayName) || has(P.Id))) return null;
        // Reports about users have names of their own for the user's.
        return has(P.UserDisplayName) || has(P.RiskLevel)
            ? Other(has(P.RiskLevel) ? "risky user" : "report on a user") : Found(EntityKind.User);
    }

    /// <summary>Other objects have stages and steps too (access reviews): an approval's have a result or a reviewer.</summary>
    private static bool IsApproval(in RecordNode node)
    {
        var list = node.Get(P.Stages).ValueKind is JsonValueKind.Array or JsonValueKind.Object ? node.Get(P.Stages) : node.Get(P.Steps);
        if (list.ValueKind == JsonValueKind.Array) list = list.EnumerateArray().FirstOrDefault();
        if (list.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.String) return true;
        var first = RecordNode.Of(list);
        return first.Has(P.ReviewResult) || first.Has(P.ReviewedDateTime) || first.Has(P.ReviewedBy);
    }

    private static Recognized Found(EntityKind kind) => Recognized.Of(kind, RecordShape.GraphEntitlement);

    private static Recognized Other(string label) => new(RecordKind.NotSupported, RecordShape.Unknown, label);
}
