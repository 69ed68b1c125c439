using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Provisioning;

/// <summary>Graph: provisionedIdentity</summary>
public static class ProvisioningIdentityView
{
    internal static void Declare(RecordViews<ProvisioningIdentity> record)
    {
        record.Alias("IdentityType", it => it.Type);

        record.Table("ProvisioningIdentity")
            .Column("Type", 12, ProvisioningView.Type)
            .Column("DisplayName", RecordView.DisplayName)
            .Column("UPN", RecordView.UserPrincipalName)
            .Column("Id", RecordView.Id);
    }
}
