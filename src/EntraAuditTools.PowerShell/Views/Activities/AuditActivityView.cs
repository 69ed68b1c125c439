using EntraAuditTools.PowerShell.Serialization;
using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Activities;

/// <summary>Graph: directoryAudit</summary>
public static class AuditActivityView
{
    internal static void Declare(RecordViews<AuditActivity> record)
    {
        record.Alias("ActivityDateTime", it => it.Time);
        record.Alias("ActivityDisplayName", it => it.Activity);
        record.Alias("LoggedByService", it => it.Service);
        record.Alias("TargetResources", it => it.Targets);
        record.Code("Original", ActivityView.Original);
        record.Serialized<AuditActivityConverter>(depth: 3);

        record.Table("Activity")
            .Column("Time (UTC)", 19, it => it.Time, ShownAs.Second)
            .Column("Activity", ActivityView.Activity)
            .Column("Result", 8, ActivityView.Result)
            .Column("InitiatedBy", ActivityView.InitiatedBy)
            .Column("Target", ActivityView.Target);

        // Format-Table -View Change: what became of what
        record.Table("Change", wrap: true)
            .Column("Time (UTC)", 16, it => it.Time, ShownAs.Minute)
            .Column("Activity, target, initiator", 32, ActivityView.Deed)
            .Column("Change", ActivityView.Change);

        // Format-Table -View Service: where it was logged
        record.Table("Service")
            .Column("Time (UTC)", 19, it => it.Time, ShownAs.Second)
            .Column("Service", ActivityView.Service)
            .Column("Category", ActivityView.Category)
            .Column("Result", 8, ActivityView.Result)
            .Column("Activity", ActivityView.Activity);

        // Format-Table -View Reason: why it failed
        record.Table("Reason", wrap: true)
            .Column("Time (UTC)", 16, it => it.Time, ShownAs.Minute)
            .Column("Activity, target, initiator", 32, ActivityView.Deed)
            .Column("Result, reason", ActivityView.Outcome);

        // Format-Table -View StatusReason: the columns that the portal's documentation recommends for provisioning events
        record.Table("StatusReason", wrap: true)
            .Column("Date (UTC)", 16, it => it.Time, ShownAs.Minute)
            .Column("Target(s)", ActivityView.TargetLines)
            .Column("Activity", 15, ActivityView.Activity)
            .Column("Status", 7, ActivityView.Result)
            .Column("Status Reason", ActivityView.ResultReason);

        record.List("Detail")
            .Item("Time (UTC)", it => it.Time, ShownAs.Exact)
            .Item("Activity", ActivityView.Activity)
            .Item("Result", ActivityView.Result)
            .Item("ResultReason", ActivityView.ResultReason)
            .Item("Service", ActivityView.Service)
            .Item("Category", ActivityView.Category)
            .Item("OperationType", it => it.OperationType)
            .Item("InitiatedBy", ActivityView.Initiator)
            .Item("Targets", ActivityView.Targets)
            .Item("AdditionalDetails", ActivityView.Details)
            .Item("UserAgent", ActivityView.UserAgent)
            .Item("CorrelationId", it => it.CorrelationId)
            .Item("TenantId", it => it.TenantId)
            .Item("Id", it => it.Id)
            .Item("Origin", it => it.Origin)
            .Item("Evidence", ActivityView.Evidence);
    }
}
