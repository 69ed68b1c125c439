using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Activities;

/// <summary>Who did an activity (Graph: auditActivityInitiator, with its user and its app).</summary>
public static class AuditInitiatorView
{
    internal static void Declare(RecordViews<AuditInitiator> record)
    {
        record.Alias("ServicePrincipalId", it => it.Id);
        record.Code("User", User);
        record.Code("App", App);

        record.Table("Initiator")
            .Column("Type", 11, it => it.Type)
            .Column("UPN", SharedCells.UserPrincipalName)
            .Column("DisplayName", SharedCells.DisplayName)
            .Column("Id", SharedCells.Id)
            .Column("IPAddress", 15, it => it.IPAddress);
    }

    /// <summary>The Graph SDK's InitiatedBy.User: the initiator when it is a user, else null.</summary>
    public static object? User(PSObject instance) => instance?.BaseObject is AuditInitiator { Type: "User" } initiator ? initiator : null;

    /// <summary>The Graph SDK's InitiatedBy.App: the initiator when it is an application, else null.</summary>
    public static object? App(PSObject instance) =>
        instance?.BaseObject is AuditInitiator { Type: "Application" } initiator ? initiator : null;
}
