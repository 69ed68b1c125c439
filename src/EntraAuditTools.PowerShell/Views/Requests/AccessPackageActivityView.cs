using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Requests;

/// <summary>Graph: directoryAudit; OperationName is the workbook's</summary>
public static class AccessPackageActivityView
{
    internal static void Declare(RecordViews<AccessPackageActivity> record)
    {
        record.Alias("ActivityDateTime", it => it.Time);
        record.Alias("ActivityDisplayName", it => it.Operation);
        record.Alias("OperationName", it => it.Operation);
        record.Alias("AdditionalDetails", it => it.Details);
        record.Alias("TargetResources", it => it.Targets);
        record.Code("Original", EntitlementView.Original);
        record.Serialized(depth: 4);

        record.Table("AccessPackageActivity")
            .Column("Time (UTC)", 19, RequestView.Time)
            .Column("AccessPackage", EntitlementView.AccessPackage)
            .Column("Operation", RequestView.Operation)
            .Column("Initiator", RequestView.Initiator)
            .Column("Result", RequestView.Result);

        record.List("AccessPackageActivity")
            .Item("Time (UTC)", RequestView.Time)
            .Item("AccessPackageId", it => it.AccessPackageId)
            .Item("AccessPackage", EntitlementView.AccessPackage)
            .Item("Operation", RequestView.Operation)
            .Item("Initiator", RequestView.InitiatorWhole)
            .Item("Result", RequestView.Result)
            .Item("Details", RequestView.Details)
            .Item("Targets", RequestView.Targets)
            .Item("CorrelationId", it => it.CorrelationId)
            .Item("TenantId", it => it.TenantId)
            .Item("Evidence", EntitlementView.Evidence);
    }
}
