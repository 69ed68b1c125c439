namespace EntraAuditTools.Core.Schema;

/// <summary>What has states. The numbers are stored in mirrors: never change one.</summary>
internal enum EntityKind : byte
{
    Catalog = 1,
    AccessPackage = 2,
    Policy = 3,

    /// <summary>A role of a resource as a package gives it; its id is Graph's resource role scope's.</summary>
    ResourceRoleScope = 4,

    /// <summary>
    /// A group, application or site; its id is the one where it comes from (<c>originId</c>), since each catalog can give it another.
    /// </summary>
    Resource = 5,
    Assignment = 6,
    Request = 7,

    /// <summary>A person's role of one resource (beta <c>accessPackageAssignmentResourceRole</c>).</summary>
    ResourceAssignment = 8,
    ConnectedOrganization = 9,

    /// <summary>
    /// A user (or another subject) by its directory object id; <c>accessPackageSubject</c> is one too, by its <c>objectId</c>.
    /// </summary>
    User = 10,
    Group = 11,
    ServicePrincipal = 12,
    Application = 13,

    /// <summary>An approval; its id is the request's.</summary>
    Approval = 14,
    AppRoleAssignment = 15,

    /// <summary>To whom an approver delegates (beta <c>approverDelegate</c>); its id is the approver's.</summary>
    ApproverDelegate = 16,
}
