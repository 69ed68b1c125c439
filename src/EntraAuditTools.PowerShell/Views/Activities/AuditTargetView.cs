using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Activities;

/// <summary>What an activity is about (Graph: targetResource).</summary>
public static class AuditTargetView
{
    internal static void Declare(RecordViews<AuditTarget> record)
    {
        record.Table("Target")
            .Column("Type", 16, it => it.Type)
            .Column("DisplayName", SharedCells.DisplayName)
            .Column("UPN", SharedCells.UserPrincipalName)
            .Column("Id", SharedCells.Id)
            .Number("Changes", 7, Changes);
    }

    /// <summary>How many properties changed.</summary>
    public static object Changes(PSObject instance) => Cell.Items(instance, "ModifiedProperties").Count();
}
