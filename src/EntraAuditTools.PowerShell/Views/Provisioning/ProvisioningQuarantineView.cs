using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Provisioning;

/// <summary>ProvisioningQuarantine</summary>
public static class ProvisioningQuarantineView
{
    internal static void Declare(RecordViews<ProvisioningQuarantine> record)
    {

        record.List("ProvisioningQuarantine")
            .Item("Since (UTC)", it => it.Since, ShownAs.Second)
            .Item("Reason", RecordView.Reason)
            .Item("Error", ProvisioningView.Error)
            .Item("NextAttempt (UTC)", it => it.NextAttempt, ShownAs.Second)
            .Item("LastImposed (UTC)", it => it.LastImposed, ShownAs.Second)
            .Item("Attempts", it => it.Attempts);
    }
}
