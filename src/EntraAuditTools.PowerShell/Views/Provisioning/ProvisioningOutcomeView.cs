using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Provisioning;

/// <summary>Results of a job's actions.</summary>
public static class ProvisioningOutcomeView
{
    internal static void Declare(RecordViews<ProvisioningOutcome> record)
    {
        record.Table("ProvisioningOutcome")
            .Column("Action", 14, ProvisioningCells.Action)
            .Column("Status", 14, ProvisioningCells.Status)
            .Number("Count", 9, it => it.Count);
    }
}
