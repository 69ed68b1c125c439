using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Provisioning;

/// <summary>Graph: provisioningObjectSummary</summary>
public static class ProvisioningLogEntryView
{
    internal static void Declare(RecordViews<ProvisioningLogEntry> record)
    {
        record.Alias("ActivityDateTime", it => it.Time);
        record.Alias("ProvisioningAction", it => it.Action);
        record.Alias("ProvisioningSteps", it => it.Steps);
        record.Code("DurationInMilliseconds", ProvisioningView.DurationInMilliseconds);
        record.Code("ProvisioningStatusInfo", ProvisioningView.ProvisioningStatusInfo);
        record.Code("ServicePrincipal", ProvisioningView.ServicePrincipal);
        record.Code("Original", ProvisioningView.Original);
        record.Serialized(depth: 3);

        record.Table("ProvisioningLog")
            .Column("Time (UTC)", 19, it => it.Time, ShownAs.Second)
            .Column("Identity", ProvisioningView.Identity)
            .Column("Action", 9, ProvisioningView.Action)
            .Column("Source", ProvisioningView.Source)
            .Column("Target", ProvisioningView.Target)
            .Column("Status", 8, ProvisioningView.Status);

        // Format-Table -View Step: how far it came
        record.Table("Step", wrap: true)
            .Column("Time (UTC)", 19, it => it.Time, ShownAs.Second)
            .Column("Identity", 16, ProvisioningView.Identity)
            .Column("Status", 8, ProvisioningView.Status)
            .Column("Steps", ProvisioningView.StepLines);

        // Format-Table -View ModifiedProperty: what became of what
        record.Table("ModifiedProperty", wrap: true)
            .Column("Time (UTC)", 19, it => it.Time, ShownAs.Second)
            .Column("Identity", 16, ProvisioningView.Identity)
            .Column("Action", 9, ProvisioningView.Action)
            .Column("ModifiedProperties (old → new)", ProvisioningView.Changes);

        // Format-Table -View Troubleshooting: why it failed, and what to do
        record.Table("Troubleshooting", wrap: true)
            .Column("Time (UTC)", 19, it => it.Time, ShownAs.Second)
            .Column("Identity", 16, ProvisioningView.Identity)
            .Column("Status", 8, ProvisioningView.Status)
            .Column("Troubleshooting", ProvisioningView.Troubleshooting);

        // The portal's drawer
        record.List("Drawer")
            .Item("Time (UTC)", it => it.Time, ShownAs.Exact)
            .Item("Status", ProvisioningView.Status)
            .Item("Action", ProvisioningView.Action)
            .Item("Identity", ProvisioningView.Identity)
            .Item("IdentityType", it => it.IdentityType)
            .Item("Application", ProvisioningView.Application)
            .Item("Steps", ProvisioningView.Steps)
            .ItemIfAny("Troubleshooting", ProvisioningView.Troubleshooting)
            .Item("ModifiedProperties", ProvisioningView.Changes)
            .Item("Summary", ProvisioningView.Summary)
            .Item("Id", it => it.Id)
            .Item("Evidence", ProvisioningView.Evidence);
    }
}
