using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Entitlement;

/// <summary>Graph: accessPackageResourceRoleScope</summary>
public static class AccessPackageResourceRoleView
{
    internal static void Declare(RecordViews<AccessPackageResourceRole> record)
    {
        record.Serialized(depth: 3);

        record.Table("ResourceRole")
            .Column("Role", 16, EntitlementView.Role)
            .Column("Resource", EntitlementView.Resource)
            .Column("System", 12, EntitlementView.System)
            .Column("Id", it => it.Id);
    }
}
