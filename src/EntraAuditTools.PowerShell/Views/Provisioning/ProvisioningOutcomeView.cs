using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Provisioning;

/// <summary>ProvisioningOutcome</summary>
public static class ProvisioningOutcomeView
{
    internal static void Declare(RecordViews<ProvisioningOutcome> record)
    {

        record.Table("ProvisioningOutcome")
            .Column("Action", 14, ProvisioningView.Action)
            .Column("Status", 14, ProvisioningView.Status)
            .Number("Count", 9, it => it.Count);
    }
}
