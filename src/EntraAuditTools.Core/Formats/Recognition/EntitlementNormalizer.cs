using System.Text.Json;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Entitlement;
using EntraAuditTools.Core.Formats.Entitlement.Objects;
using EntraAuditTools.Core.Formats.Entitlement.Portal;
using EntraAuditTools.Core.Schema;
using P = EntraAuditTools.Core.Formats.Entitlement.EntitlementProperty;

namespace EntraAuditTools.Core.Formats.Recognition;

/// <summary>
/// Reads records of entitlement management and of the directory, in every shape that they come in, as observations of entities.
/// </summary>
internal static class EntitlementNormalizer
{
    /// <summary>The observation that a record makes; null when it is about nothing that is kept.</summary>
    /// <param name="record">The record.</param>
    /// <param name="kind">What <see cref="RecordRecognizer"/> found it to be.</param>
    /// <param name="shape">How it is written.</param>
    /// <param name="hints">What the admin or the page says.</param>
    /// <exception cref="RecordException">It has no id.</exception>
    public static EntityObservation? Read(JsonElement record, EntityKind kind, RecordShape shape, EntitlementHints hints)
    {
        switch (shape)
        {
            case RecordShape.PortalAssignmentRow:
                return PortalAssignmentRow.Read(record, hints);
            case RecordShape.PortalConnectedOrganizationRow:
                return PortalConnectedOrganizationRow.Read(record);
        }

        var node = RecordNode.Of(record);
        // A record's own address is closer to it than its page's.
        var address = ODataAddress.Parse(node.Text(P.ODataContext) ?? hints.Context);
        if (kind is EntityKind.User or EntityKind.Group or EntityKind.ServicePrincipal or EntityKind.Application)
        {
            // Members are of several kinds, not all of which are kept.
            if (DirectoryReader.IsOther(node)) return null;
            kind = DirectoryReader.KindOf(node) ?? kind;
        }

        var read = kind == EntityKind.ApproverDelegate ? ApprovalReader.Delegate(node, address) : Entity(node, kind);
        if (read == null && kind == EntityKind.ApproverDelegate)
            throw new RecordException(
                "has no address that says whose approvals it delegates: @odata.context, users('id')/identityGovernance/approverDelegate");
        if (read == null) throw new RecordException(kind == EntityKind.Resource ? "has no originId, by which a resource is known"
            : $"has no id: no {EntityKinds.Label(kind)} is without");
        ParentFacts.Add(read, address, hints);
        return read;
    }

    /// <summary>An entity by its kind; null when it has no id.</summary>
    private static EntityObservation? Entity(in RecordNode node, EntityKind kind) => kind switch
    {
        EntityKind.Catalog => PackageReader.Catalog(node),
        EntityKind.AccessPackage => PackageReader.Package(node),
        EntityKind.Policy => PolicyReader.Read(node, null),
        EntityKind.ResourceRoleScope => ResourceReader.RoleScope(node),
        EntityKind.Resource => ResourceReader.Resource(node),
        EntityKind.Assignment => AssignmentReader.Read(node),
        EntityKind.Request => RequestReader.Read(node),
        EntityKind.ResourceAssignment => ResourceReader.Assignment(node),
        EntityKind.ConnectedOrganization => ConnectedOrganizationReader.Read(node),
        EntityKind.Approval => ApprovalReader.Read(node),
        EntityKind.AppRoleAssignment => DirectoryReader.AppRoleAssignment(node),
        _ => DirectoryReader.Read(node, kind),
    };
}
