using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Provisioning;

/// <summary>An identity on either side of provisioning (Graph: provisionedIdentity).</summary>
public static class ProvisioningIdentityView
{
    internal static void Declare(RecordViews<ProvisioningIdentity> record)
    {
        record.Alias("IdentityType", it => it.Type);

        record.Table("ProvisioningIdentity")
            .Column("Type", 12, SharedCells.Type)
            .Column("DisplayName", SharedCells.DisplayName)
            .Column("UPN", SharedCells.UserPrincipalName)
            .Column("Id", SharedCells.Id);
    }
}
