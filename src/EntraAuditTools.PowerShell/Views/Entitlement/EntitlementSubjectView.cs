using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Entitlement;

/// <summary>Users and others who have access (Graph: accessPackageSubject).</summary>
public static class EntitlementSubjectView
{
    internal static void Declare(RecordViews<EntitlementSubject> record)
    {
        record.Alias("ObjectId", it => it.Id);
        record.Alias("PrincipalName", it => it.UserPrincipalName);
        record.Serialized();

        record.Table("Subject")
            .Column("DisplayName", 24, SharedCells.DisplayName)
            .Column("UserPrincipalName", SharedCells.UserPrincipalName)
            .Column("Type", 16, it => it.Type)
            .Column("Id", SharedCells.Id);
    }
}
