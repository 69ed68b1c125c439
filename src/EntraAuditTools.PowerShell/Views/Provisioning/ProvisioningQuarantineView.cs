using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Provisioning;

/// <summary>Why a job is in quarantine.</summary>
public static class ProvisioningQuarantineView
{
    internal static void Declare(RecordViews<ProvisioningQuarantine> record)
    {
        record.List("ProvisioningQuarantine")
            .Item("Since (UTC)", it => it.Since, ShownAs.Second)
            .Item("Reason", SharedCells.Reason)
            .Item("Error", Error)
            .Item("NextAttempt (UTC)", it => it.NextAttempt, ShownAs.Second)
            .Item("LastImposed (UTC)", it => it.LastImposed, ShownAs.Second)
            .Item("Attempts", it => it.Attempts);
    }

    /// <summary>Code and message of an error.</summary>
    public static object Error(PSObject instance) => Cell.Line(instance, "Error");
}
