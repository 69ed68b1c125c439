using System.Globalization;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Schema;
using Is = EntraAuditTools.Core.Queries.Sql.ColumnHolds;

namespace EntraAuditTools.Core.Queries.Sql;

/// <summary>The views of what has states: as the newest exports show it.</summary>
internal static class EntitlementViews
{
    private static readonly ViewColumn Tenant = new("tenant_id", ViewText.Term("e.tenant"),
        "the tenant; null when no export says it", Is.Text);

    private static readonly ViewColumn[] Ends =
    [
        Tenant,
        new("is_gone", ViewText.IsGone, "1 when the last export that was complete lacked it", Is.Flag),
        new("last_seen", ViewText.LastSeen, "when an export last showed it", Is.Time),
    ];

    private static readonly ViewColumn[] Seen =
    [
        new("first_seen", ViewText.Time("g.first"), "when an export first showed it there", Is.Time),
        new("last_seen", ViewText.Time("g.last"), "when an export last showed it there", Is.Time),
        new("gone_since", ViewText.Time("g.gone"), "the complete list that lacked it; null while it is there", Is.Time),
    ];

    /// <summary>Catalogs.</summary>
    public static readonly AuditView Catalogs = Named("catalogs", "one catalog of access packages", EntityKind.Catalog, "catalog",
        Fact("description", FactNames.Description, "what it is for", Is.Text),
        Fact("state", FactNames.State, "published, unpublished", Is.Word),
        Fact("catalog_type", FactNames.CatalogType, "userManaged, serviceDefault…", Is.Word),
        Fact("is_externally_visible", FactNames.IsExternallyVisible, "1 when guests may see it", Is.Flag),
        Fact("created", FactNames.Created, "when it was created", Is.Time));

    /// <summary>Access packages.</summary>
    public static readonly AuditView Packages = Named("access_packages", "one access package", EntityKind.AccessPackage, "package",
        Fact("description", FactNames.Description, "what it is for", Is.Text),
        new("catalog", ViewText.LinkedName(FactNames.Catalog, EntityKind.Catalog), "name of its catalog"),
        Fact("catalog_id", FactNames.Catalog, "its catalog", Is.Text),
        Fact("is_hidden", FactNames.IsHidden, "1 when nobody finds it in My Access", Is.Flag),
        Fact("created", FactNames.Created, "when it was created", Is.Time),
        Fact("modified", FactNames.Modified, "when it was last changed", Is.Time));

    /// <summary>Assignment policies.</summary>
    public static readonly AuditView Policies = Named("assignment_policies", "one assignment policy", EntityKind.Policy, "policy",
        new("package", ViewText.LinkedName(FactNames.Package, EntityKind.AccessPackage), "name of its access package"),
        Fact("package_id", FactNames.Package, "its access package", Is.Text), Fact("scope", FactNames.Scope, "who may request", Is.Word),
        Fact("accepts_requests", FactNames.AcceptsRequests, "1 when requests are taken", Is.Flag),
        Fact("approval_required", FactNames.ApprovalRequired, "1 when somebody must approve", Is.Flag),
        Fact("expiration_type", FactNames.ExpirationType, "noExpiration, afterDateTime, afterDuration…", Is.Word),
        Fact("expiration_end", FactNames.ExpirationEnd, "when its assignments end", Is.Time),
        Fact("expiration_duration", FactNames.ExpirationDuration, "how long its assignments last, as ISO 8601 writes it", Is.Word),
        Fact("is_automatic", FactNames.IsAutomatic, "1 when it assigns by a rule", Is.Flag));

    /// <summary>Assignments.</summary>
    public static readonly AuditView Assignments = new("assignments",
        "one assignment of an access package, of any state; a row of the portal's download is one of its own (is_portal_row)",
        "assignment a JOIN entity e ON e.id = a.entity")
    {
        Since = EntitySchema.Since,
        Kind = KindNames.AccessPackageAssignment,
        Columns =
        [
            new("assignment_id", ViewText.Id("e.object_id"), "id of the assignment", Is.Text),
            new("package", ViewText.Entity("a.package", "x.name"), "name of the access package"),
            new("package_id", ViewText.EntityId("a.package"), "the access package", Is.Text),
            new("subject", ViewText.Entity("a.subject", "coalesce(x.upn, x.name)"), "who has it: UPN, else the name"),
            new("subject_id", ViewText.EntityId("a.subject"), "object id of who has it", Is.Text),
            new("policy", ViewText.Entity("a.policy", "x.name"), "name of the policy"),
            new("policy_id", ViewText.EntityId("a.policy"), "the policy", Is.Text),
            new("state", ViewText.Term("a.state"), "delivered, expired, delivering…", Is.Word),
            new("starts", ViewText.Time("a.starts"), "when it begins", Is.Time),
            new("ends", ViewText.Time("a.ends"), "when it ends as planned; null for never and unknown (is_end_known)", Is.Time),
            new("is_end_known", "a.end_known", "1 when an export says whether it ends", Is.Flag),
            new("expired", ViewText.Time("a.expired"), "when it ended", Is.Time),
            new("gone_since", ViewText.Time("a.gone"), "the complete export that lacked it", Is.Time),
            new("is_portal_row", "a.portal", "1 for a row of the portal's download, which has no id", Is.Flag),
            Tenant,
        ],
    };

    /// <summary>Requests, as Graph exports them.</summary>
    public static readonly AuditView Requests = Objects("request_objects",
        "one request for an access package as Graph exports it; what the audit log says of requests, the commands put together",
        EntityKind.Request, "request",
        Fact("request_type", FactNames.RequestType, "userAdd, adminAdd, userRemove…", Is.Word),
        Fact("state", FactNames.State, "delivered, denied…", Is.Word),
        Fact("status", FactNames.Status, "the state in words", Is.Word),
        Fact("package_id", FactNames.Package, "the access package", Is.Text),
        Fact("policy_id", FactNames.Policy, "the policy", Is.Text), Fact("assignment_id", FactNames.Assignment, "the assignment", Is.Text),
        Fact("subject_id", FactNames.Subject, "object id of whom it is for", Is.Text),
        new("requestor_id", $"coalesce({ViewText.Fact(FactNames.Requestor)}, {ViewText.Fact(FactNames.Subject)})",
            "object id of who asked", Is.Text),
        Fact("created", FactNames.Created, "when it was made", Is.Time),
        Fact("completed", FactNames.Completed, "when it was done", Is.Time),
        Fact("justification", FactNames.Justification, "why, as written", Is.Text));

    /// <summary>Connected organizations.</summary>
    public static readonly AuditView Organizations = Named("connected_organizations", "one connected organization",
        EntityKind.ConnectedOrganization, "organization",
        Fact("state", FactNames.State, "configured, proposed", Is.Word),
        Fact("description", FactNames.Description, "what it is for", Is.Text),
        Fact("created", FactNames.Created, "when it was created", Is.Time),
        Fact("identity_sources", FactNames.IdentitySources, "its tenants and domains, as JSON", Is.Text));

    /// <summary>Users.</summary>
    public static readonly AuditView Users = Named("users", "one user of the directory", EntityKind.User, "user",
        new("user_principal_name", "e.upn", "UPN"), Fact("mail", FactNames.Mail, "mail address"),
        Fact("user_type", FactNames.UserType, "Member, Guest", Is.Word),
        Fact("account_enabled", FactNames.Enabled, "1 when it can sign in", Is.Flag),
        Fact("created", FactNames.Created, "when it was created", Is.Time));

    /// <summary>Groups.</summary>
    public static readonly AuditView Groups = Named("groups", "one group of the directory", EntityKind.Group, "group",
        Fact("description", FactNames.Description, "what it is for", Is.Text), Fact("mail", FactNames.Mail, "mail address"),
        Fact("group_types", FactNames.GroupTypes, "Unified, DynamicMembership, as JSON", Is.Word));

    /// <summary>Service principals.</summary>
    public static readonly AuditView ServicePrincipals = Named("service_principals", "one service principal of the directory",
        EntityKind.ServicePrincipal, "service_principal",
        Fact("app_id", FactNames.AppId, "application id", Is.Text),
        Fact("service_principal_type", FactNames.ServicePrincipalType, "Application…", Is.Word),
        Fact("account_enabled", FactNames.Enabled, "1 when it can sign in", Is.Flag));

    /// <summary>Members of groups.</summary>
    public static readonly AuditView Members = Items("group_members", "one direct member of a group", "group", EdgeRole.Member, "member");

    /// <summary>Roles of resources that packages give.</summary>
    public static readonly AuditView Roles = new("package_roles", "one role of a resource that an access package gives",
        string.Create(CultureInfo.InvariantCulture, $"edge g JOIN entity e ON e.id = g.target WHERE g.role = {(int)EdgeRole.RoleScope}"))
    {
        Since = EntitySchema.Since,
        Kind = KindNames.AccessPackageResourceRoleScope,
        Columns =
        [
            new("package", ViewText.Entity("g.source", "x.name"), "name of the access package"),
            new("package_id", ViewText.EntityId("g.source"), "the access package", Is.Text),
            new("resource", ViewText.LinkedName(FactNames.Resource, EntityKind.Resource), "name of the group, application or site"),
            new("resource_id", ViewText.Fact(FactNames.Resource), "its id where it comes from: object id of a group", Is.Text),
            new("role", ViewText.Fact(FactNames.Role), "the role: Member, Owner, a role of the application"),
            .. Seen,
        ],
    };

    /// <summary>Packages that must not be held together.</summary>
    public static readonly AuditView Incompatible = Items("incompatible_packages", "one access package that must not be held with another",
        "package", EdgeRole.IncompatiblePackage, "other_package");


    private static ViewColumn Fact(string name, string fact, string meaning, Is holds = Is.Name) =>
        new(name, ViewText.Fact(fact), meaning, holds);

    private static AuditView Named(string name, string meaning, EntityKind kind, string noun, params ViewColumn[] columns) =>
        Objects(name, meaning, kind, noun, [new("name", "e.name", "its name"), .. columns]);

    private static AuditView Objects(string name, string meaning, EntityKind kind, string noun, params ViewColumn[] columns) =>
        new(name, meaning, string.Create(CultureInfo.InvariantCulture,
            $"entity e WHERE e.kind = {(int)kind} AND EXISTS (SELECT 1 FROM entity_state s WHERE s.entity = e.id)"))
        {
            Since = EntitySchema.Since,
            Kind = EntityKinds.Name(kind),
            Columns = [new($"{noun}_id", ViewText.Id("e.object_id"), "its id", Is.Text), .. columns, .. Ends],
        };

    private static AuditView Items(string name, string meaning, string noun, EdgeRole role, string item) =>
        new(name, meaning, string.Create(CultureInfo.InvariantCulture, $"edge g WHERE g.role = {(int)role}"))
        {
            Since = EntitySchema.Since,
            Columns =
            [
                // "group" alone is a word of SQL.
                new(noun == "group" ? "group_name" : noun, ViewText.Entity("g.source", "coalesce(x.upn, x.name)"), $"name of the {noun}"),
                new($"{noun}_id", ViewText.EntityId("g.source"), $"the {noun}", Is.Text),
                new(item, ViewText.Entity("g.target", "coalesce(x.upn, x.name)"), "its name, of a person the UPN"),
                new($"{item}_id", ViewText.EntityId("g.target"), "its id", Is.Text),
                .. Seen,
            ],
        };
}
