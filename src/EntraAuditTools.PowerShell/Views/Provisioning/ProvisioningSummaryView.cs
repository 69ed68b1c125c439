using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Provisioning;

/// <summary>ProvisioningSummary</summary>
public static class ProvisioningSummaryView
{
    internal static void Declare(RecordViews<ProvisioningSummary> record)
    {
        record.Serialized(depth: 3);

        // Many jobs at a glance; what does not fit in 80 columns comes last
        record.Table("Job", wrap: true)
            .Column("Application", 23, Views.ProvisioningSummaryView.Application)
            .Column("State", 10, Views.ProvisioningSummaryView.ShortState)
            .Column("Quarantine", 10, Views.ProvisioningSummaryView.QuarantineSince)
            .Number("Failures", 8, Views.ProvisioningSummaryView.ShortFailures)
            .Number("Success", 7, Views.ProvisioningSummaryView.ShortRate)
            .Column("LastRun (UTC)", 16, Views.ProvisioningSummaryView.ShortLastRun)
            .Number("Entries", 7, it => it.Entries)
            .Number("Escrow", 6, Views.ProvisioningSummaryView.ShortEscrow)
            .Number("Synced", 6, Views.ProvisioningSummaryView.ShortSynchronized);

        // Format-List: an operator's health page of one job
        record.List("Health")
            .Item("Application", Views.ProvisioningSummaryView.Application)
            .Item("State", Views.ProvisioningSummaryView.State)
            .Item("Quarantine", Views.ProvisioningSummaryView.Quarantine)
            .Item("In scope", Views.ProvisioningSummaryView.InScope)
            .Item("Synchronized", Views.ProvisioningSummaryView.Synchronized)
            .Item("In escrow", Views.ProvisioningSummaryView.InEscrow)
            .Item("Last run (UTC)", Views.ProvisioningSummaryView.LastRun)
            .Item("Last run counted", Views.ProvisioningSummaryView.LastRunCounters)
            .Item("Initial cycle", Views.ProvisioningSummaryView.InitialCycle)
            .Item("Log entries", Views.ProvisioningSummaryView.Entries)
            .Item("Outcomes", Views.ProvisioningSummaryView.Outcomes)
            .Item("Success rate", Views.ProvisioningSummaryView.SuccessRate)
            .Item("Failures", Views.ProvisioningSummaryView.Failures)
            .Item("Durations", Views.ProvisioningSummaryView.Durations)
            .Item("Top errors", Views.ProvisioningSummaryView.TopErrors)
            .Item("Failing identities", Views.ProvisioningSummaryView.Failing)
            .Item("Basis", Views.ProvisioningSummaryView.Basis)
            .Item("JobId", it => it.JobId)
            .Item("ApplicationId", it => it.ApplicationId)
            .Item("TenantId", it => it.TenantId);
    }
}
