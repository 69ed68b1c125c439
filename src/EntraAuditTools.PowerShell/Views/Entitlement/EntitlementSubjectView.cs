using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Entitlement;

/// <summary>Graph: accessPackageSubject</summary>
public static class EntitlementSubjectView
{
    internal static void Declare(RecordViews<EntitlementSubject> record)
    {
        record.Alias("ObjectId", it => it.Id);
        record.Alias("PrincipalName", it => it.UserPrincipalName);
        record.Serialized();

        record.Table("Subject")
            .Column("DisplayName", 24, RecordView.DisplayName)
            .Column("UserPrincipalName", RecordView.UserPrincipalName)
            .Column("Type", 16, it => it.Type)
            .Column("Id", RecordView.Id);
    }
}
