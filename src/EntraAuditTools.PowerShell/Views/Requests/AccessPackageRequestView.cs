using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Requests;

/// <summary>Graph: accessPackageAssignmentRequest. Its requestor is the one who is to get access.</summary>
public static class AccessPackageRequestView
{
    internal static void Declare(RecordViews<AccessPackageRequest> record)
    {
        record.Alias("Id", it => it.RequestId);
        record.Alias("Requestor", it => it.User);
        record.Alias("CreatedDateTime", it => it.RequestedAt);
        record.Serialized(depth: 4);

        record.Table("Request")
            .Column("Requested (UTC)", 10, RequestView.RequestedDay)
            .Column("User", EntitlementView.User)
            .Column("AccessPackage", EntitlementView.AccessPackage)
            .Column("Type", 11, RequestView.Type)
            .Column("Status", 15, RequestView.Status)
            .Column("Outcome", RequestView.Outcome);

        // Format-Table -View Waiting: how long, and for whom
        record.Table("Waiting")
            .Column("Requested (UTC)", 16, RequestView.Requested)
            .Column("User", EntitlementView.User)
            .Column("AccessPackage", EntitlementView.AccessPackage)
            .Column("Waiting", 12, RequestView.WaitingTime)
            .Column("WaitingFor", RequestView.WaitingFor);

        record.List("Request")
            .Item("User", EntitlementView.Person)
            .Item("AccessPackage", EntitlementView.Package)
            .Item("Policy", EntitlementView.Policy)
            .Item("Type", RequestView.Type)
            .Item("Status", RequestView.Status)
            .Item("StatusReason", RequestView.StatusReason)
            .Item("Requested (UTC)", RequestView.RequestedAt)
            .Item("RequestedBy", RequestView.RequestedBy)
            .Item("Justification", RequestView.Justification)
            .Item("Answers", RequestView.Answers)
            .Item("Approvals", RequestView.Approvals)
            .Item("Waiting", RequestView.Waiting)
            .Item("Delivered (UTC)", RequestView.DeliveredAt)
            .Item("Ended (UTC)", RequestView.Ended)
            .Item("Elapsed", RequestView.Elapsed)
            .Item("Events", RequestView.EventLines)
            .Item("Source", it => it.Source)
            .Item("Disagreement", EntitlementView.Disagreement)
            .Item("RequestId", it => it.RequestId)
            .Item("AssignmentId", it => it.AssignmentId)
            .Item("TenantId", it => it.TenantId)
            .Item("Evidence", EntitlementView.Evidence);

        // Format-Custom: the whole story of a request
        record.Custom("Timeline", text => text
            .Show(RequestView.Title).NewLine()
            .Show(RequestView.Subtitle).NewLine()
            .Indented(2, story => story.Show(RequestView.Story).NewLine())
            .Show(RequestView.Ending).NewLine());
    }
}
