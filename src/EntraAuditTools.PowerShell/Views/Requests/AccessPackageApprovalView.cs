using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Requests;

/// <summary>AccessPackageApproval</summary>
public static class AccessPackageApprovalView
{
    internal static void Declare(RecordViews<AccessPackageApproval> record)
    {
        record.Serialized(depth: 3);

        record.Table("Approval", wrap: true)
            .Column("Stage", 5, it => it.Stage)
            .Column("Approver", 26, RequestView.Approver)
            .Column("Decision", 12, RequestView.Decision)
            .Column("Time (UTC)", 19, RequestView.Time)
            .Column("Justification", RequestView.Justification);

        record.List("Approval")
            .Item("Stage", it => it.Stage)
            .Item("Approver", RequestView.ApproverWhole)
            .Item("Decision", RequestView.Decision)
            .Item("Time (UTC)", RequestView.Time)
            .Item("Justification", RequestView.Justification);
    }
}
