using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Activities;

/// <summary>Graph: auditActivityInitiator, with its user and its app</summary>
public static class AuditInitiatorView
{
    internal static void Declare(RecordViews<AuditInitiator> record)
    {
        record.Alias("ServicePrincipalId", it => it.Id);
        record.Code("User", ActivityView.User);
        record.Code("App", ActivityView.App);

        record.Table("Initiator")
            .Column("Type", 11, it => it.Type)
            .Column("UPN", RecordView.UserPrincipalName)
            .Column("DisplayName", RecordView.DisplayName)
            .Column("Id", RecordView.Id)
            .Column("IPAddress", 15, it => it.IPAddress);
    }
}
