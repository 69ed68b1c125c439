using System.Globalization;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Queries.Sql;

/// <summary>The views of what has states: as the newest exports show it.</summary>
internal static class EntitlementViews
{
    private static readonly ViewColumn Tenant = new("tenant_id", ViewText.Term("e.tenant"), "the tenant; null when no export says it");

    private static readonly ViewColumn[] Ends =
    [
        Tenant,
        new("is_gone", ViewText.IsGone, "1 when the last export that was complete lacked it"),
        new("last_seen", ViewText.LastSeen, "when an export last showed it"),
    ];

    private static readonly ViewColumn[] Seen =
    [
        new("first_seen", ViewText.Time("g.first"), "when an export first showed it there"),
        new("last_seen", ViewText.Time("g.last"), "when an export last showed it there"),
        new("gone_since", ViewText.Time("g.gone"), "the complete list that lacked it; null while it is there"),
    ];

    /// <summary>Catalogs.</summary>
    public static readonly AuditView Catalogs = Named("catalogs", "one catalog of access packages", EntityKind.Catalog, "catalog",
        Fact("description", FactNames.Description, "what it is for"), Fact("state", FactNames.State, "published, unpublished"),
        Fact("catalog_type", FactNames.CatalogType, "userManaged, serviceDefault…"),
        Fact("is_externally_visible", FactNames.IsExternallyVisible, "1 when guests may see it"),
        Fact("created", FactNames.Created, "when it was created"));

    /// <summary>Access packages.</summary>
    public static readonly AuditView Packages = Named("access_packages", "one access package", EntityKind.AccessPackage, "package",
        Fact("description", FactNames.Description, "what it is for"),
        new("catalog", ViewText.LinkedName(FactNames.Catalog, EntityKind.Catalog), "name of its catalog"),
        Fact("catalog_id", FactNames.Catalog, "its catalog"), Fact("is_hidden", FactNames.IsHidden, "1 when nobody finds it in My Access"),
        Fact("created", FactNames.Created, "when it was created"), Fact("modified", FactNames.Modified, "when it was last changed"));

    /// <summary>Assignment policies.</summary>
    public static readonly AuditView Policies = Named("assignment_policies", "one assignment policy", EntityKind.Policy, "policy",
        new("package", ViewText.LinkedName(FactNames.Package, EntityKind.AccessPackage), "name of its access package"),
        Fact("package_id", FactNames.Package, "its access package"), Fact("scope", FactNames.Scope, "who may request"),
        Fact("accepts_requests", FactNames.AcceptsRequests, "1 when requests are taken"),
        Fact("approval_required", FactNames.ApprovalRequired, "1 when somebody must approve"),
        Fact("expiration_type", FactNames.ExpirationType, "noExpiration, afterDateTime, afterDuration…"),
        Fact("expiration_end", FactNames.ExpirationEnd, "when its assignments end"),
        Fact("expiration_duration", FactNames.ExpirationDuration, "how long its assignments last, as ISO 8601 writes it"),
        Fact("is_automatic", FactNames.IsAutomatic, "1 when it assigns by a rule"));

    /// <summary>Assignments.</summary>
    public static readonly AuditView Assignments = new("assignments",
        "one assignment of an access package, of any state; a row of the portal's download is one of its own (is_portal_row)",
        "assignment a JOIN entity e ON e.id = a.entity")
    {
        Since = EntitySchema.Since,
        Columns =
        [
            new("assignment_id", ViewText.Id("e.object_id"), "id of the assignment"),
            new("package", ViewText.Entity("a.package", "x.name"), "name of the access package"),
            new("package_id", ViewText.EntityId("a.package"), "the access package"),
            new("subject", ViewText.Entity("a.subject", "coalesce(x.upn, x.name)"), "who has it: UPN, else the name"),
            new("subject_id", ViewText.EntityId("a.subject"), "object id of who has it"),
            new("policy", ViewText.Entity("a.policy", "x.name"), "name of the policy"),
            new("policy_id", ViewText.EntityId("a.policy"), "the policy"),
            new("state", ViewText.Term("a.state"), "delivered, expired, delivering…"),
            new("starts", ViewText.Time("a.starts"), "when it begins"),
            new("ends", ViewText.Time("a.ends"), "when it ends as planned; null for never and unknown (is_end_known)"),
            new("is_end_known", "a.end_known", "1 when an export says whether it ends"),
            new("expired", ViewText.Time("a.expired"), "when it ended"),
            new("gone_since", ViewText.Time("a.gone"), "the complete export that lacked it"),
            new("is_portal_row", "a.portal", "1 for a row of the portal's download, which has no id"),
            Tenant,
        ],
    };

    /// <summary>Requests, as Graph exports them.</summary>
    public static readonly AuditView Requests = Objects("request_objects",
        "one request for an access package as Graph exports it; what the audit log says of requests, the commands put together",
        EntityKind.Request, "request",
        Fact("request_type", FactNames.RequestType, "userAdd, adminAdd, userRemove…"),
        Fact("state", FactNames.State, "delivered, denied…"),
        Fact("status", FactNames.Status, "the state in words"), Fact("package_id", FactNames.Package, "the access package"),
        Fact("policy_id", FactNames.Policy, "the policy"), Fact("assignment_id", FactNames.Assignment, "the assignment"),
        Fact("subject_id", FactNames.Subject, "object id of whom it is for"),
        new("requestor_id", $"coalesce({ViewText.Fact(FactNames.Requestor)}, {ViewText.Fact(FactNames.Subject)})",
            "object id of who asked"),
        Fact("created", FactNames.Created, "when it was made"), Fact("completed", FactNames.Completed, "when it was done"),
        Fact("justification", FactNames.Justification, "why, as written"));

    /// <summary>Connected organizations.</summary>
    public static readonly AuditView Organizations = Named("connected_organizations", "one connected organization",
        EntityKind.ConnectedOrganization, "organization",
        Fact("state", FactNames.State, "configured, proposed"), Fact("description", FactNames.Description, "what it is for"),
        Fact("created", FactNames.Created, "when it was created"),
        Fact("identity_sources", FactNames.IdentitySources, "its tenants and domains, as JSON"));

    /// <summary>Users.</summary>
    public static readonly AuditView Users = Named("users", "one user of the directory", EntityKind.User, "user",
        new("user_principal_name", "e.upn", "UPN"), Fact("mail", FactNames.Mail, "mail address"),
        Fact("user_type", FactNames.UserType, "Member, Guest"), Fact("account_enabled", FactNames.Enabled, "1 when it can sign in"),
        Fact("created", FactNames.Created, "when it was created"));

    /// <summary>Groups.</summary>
    public static readonly AuditView Groups = Named("groups", "one group of the directory", EntityKind.Group, "group",
        Fact("description", FactNames.Description, "what it is for"), Fact("mail", FactNames.Mail, "mail address"),
        Fact("group_types", FactNames.GroupTypes, "Unified, DynamicMembership, as JSON"));

    /// <summary>Service principals.</summary>
    public static readonly AuditView ServicePrincipals = Named("service_principals", "one service principal of the directory",
        EntityKind.ServicePrincipal, "service_principal",
        Fact("app_id", FactNames.AppId, "application id"), Fact("service_principal_type", FactNames.ServicePrincipalType, "Application…"),
        Fact("account_enabled", FactNames.Enabled, "1 when it can sign in"));

    /// <summary>Members of groups.</summary>
    public static readonly AuditView Members = Items("group_members", "one direct member of a group", "group", EdgeRole.Member, "member");

    /// <summary>Roles of resources that packages give.</summary>
    public static readonly AuditView Roles = new("package_roles", "one role of a resource that an access package gives",
        string.Create(CultureInfo.InvariantCulture, $"edge g JOIN entity e ON e.id = g.target WHERE g.role = {(int)EdgeRole.RoleScope}"))
    {
        Since = EntitySchema.Since,
        Columns =
        [
            new("package", ViewText.Entity("g.source", "x.name"), "name of the access package"),
            new("package_id", ViewText.EntityId("g.source"), "the access package"),
            new("resource", ViewText.LinkedName(FactNames.Resource, EntityKind.Resource), "name of the group, application or site"),
            new("resource_id", ViewText.Fact(FactNames.Resource), "its id where it comes from: object id of a group"),
            new("role", ViewText.Fact(FactNames.Role), "the role: Member, Owner, a role of the application"),
            .. Seen,
        ],
    };

    /// <summary>Packages that must not be held together.</summary>
    public static readonly AuditView Incompatible = Items("incompatible_packages", "one access package that must not be held with another",
        "package", EdgeRole.IncompatiblePackage, "other_package");

    private static ViewColumn Fact(string name, string fact, string meaning) => new(name, ViewText.Fact(fact), meaning);

    private static AuditView Named(string name, string meaning, EntityKind kind, string noun, params ViewColumn[] columns) =>
        Objects(name, meaning, kind, noun, [new("name", "e.name", "its name"), .. columns]);

    private static AuditView Objects(string name, string meaning, EntityKind kind, string noun, params ViewColumn[] columns) =>
        new(name, meaning, string.Create(CultureInfo.InvariantCulture,
            $"entity e WHERE e.kind = {(int)kind} AND EXISTS (SELECT 1 FROM entity_state s WHERE s.entity = e.id)"))
        {
            Since = EntitySchema.Since,
            Columns = [new($"{noun}_id", ViewText.Id("e.object_id"), "its id"), .. columns, .. Ends],
        };

    private static AuditView Items(string name, string meaning, string noun, EdgeRole role, string item) =>
        new(name, meaning, string.Create(CultureInfo.InvariantCulture, $"edge g WHERE g.role = {(int)role}"))
        {
            Since = EntitySchema.Since,
            Columns =
            [
                // "group" alone is a word of SQL.
                new(noun == "group" ? "group_name" : noun, ViewText.Entity("g.source", "coalesce(x.upn, x.name)"), $"name of the {noun}"),
                new($"{noun}_id", ViewText.EntityId("g.source"), $"the {noun}"),
                new(item, ViewText.Entity("g.target", "coalesce(x.upn, x.name)"), "its name, of a person the UPN"),
                new($"{item}_id", ViewText.EntityId("g.target"), "its id"),
                .. Seen,
            ],
        };
}
