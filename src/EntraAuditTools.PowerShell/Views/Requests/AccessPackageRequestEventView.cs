using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Requests;

/// <summary>AccessPackageRequestEvent</summary>
public static class AccessPackageRequestEventView
{
    internal static void Declare(RecordViews<AccessPackageRequestEvent> record)
    {
        record.Serialized(depth: 2);

        record.Table("Event", wrap: true)
            .Column("Time (UTC)", 19, RequestView.Time)
            .Column("Phase", 8, RequestView.Phase)
            .Column("By", RequestView.By)
            .Column("Activity", RequestView.What)
            .Column("Result", 8, RequestView.Result)
            .Column("MatchedBy", 17, RequestView.MatchedBy);

        record.List("Event")
            .Item("Time (UTC)", RequestView.Time)
            .Item("Phase", RequestView.Phase)
            .Item("Activity", RequestView.Activity)
            .Item("By", RequestView.By)
            .Item("Result", RequestView.Result)
            .Item("Detail", RequestView.Detail)
            .Item("MatchedBy", RequestView.MatchedBy)
            .Item("CorrelationId", it => it.CorrelationId)
            .Item("RecordId", it => it.RecordId);
    }
}
