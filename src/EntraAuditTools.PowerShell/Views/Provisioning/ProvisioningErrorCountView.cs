using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Provisioning;

/// <summary>ProvisioningErrorCount</summary>
public static class ProvisioningErrorCountView
{
    internal static void Declare(RecordViews<ProvisioningErrorCount> record)
    {

        record.Table("ProvisioningErrorCount")
            .Column("ErrorCode", ProvisioningView.ErrorCode)
            .Number("Count", 7, it => it.Count)
            .Number("Identities", 10, it => it.Identities)
            .Column("FirstSeen (UTC)", 16, it => it.FirstSeen, ShownAs.Minute)
            .Column("LastSeen (UTC)", 16, it => it.LastSeen, ShownAs.Minute);
    }
}
