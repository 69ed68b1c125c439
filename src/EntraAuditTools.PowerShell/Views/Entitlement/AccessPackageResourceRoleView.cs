using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Entitlement;

/// <summary>What packages give (Graph: accessPackageResourceRoleScope).</summary>
public static class AccessPackageResourceRoleView
{
    internal static void Declare(RecordViews<AccessPackageResourceRole> record)
    {
        record.Serialized(depth: 3);

        record.Table("ResourceRole")
            .Column("Role", 16, EntitlementCells.Role)
            .Column("Resource", EntitlementCells.Resource)
            .Column("System", 12, EntitlementCells.System)
            .Column("Id", it => it.Id);
    }
}
