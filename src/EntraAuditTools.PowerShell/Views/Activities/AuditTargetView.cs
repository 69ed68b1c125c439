using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Activities;

/// <summary>Graph: targetResource</summary>
public static class AuditTargetView
{
    internal static void Declare(RecordViews<AuditTarget> record)
    {

        record.Table("Target")
            .Column("Type", 16, it => it.Type)
            .Column("DisplayName", RecordView.DisplayName)
            .Column("UPN", RecordView.UserPrincipalName)
            .Column("Id", RecordView.Id)
            .Number("Changes", 7, RecordView.Changes);
    }
}
