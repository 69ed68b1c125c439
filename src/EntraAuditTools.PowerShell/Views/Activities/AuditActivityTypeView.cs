using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Activities;

/// <summary>Kinds of activities that are known or were seen.</summary>
public static class AuditActivityTypeView
{
    internal static void Declare(RecordViews<AuditActivityType> record)
    {
        record.Serialized(depth: 2);

        record.Table("ActivityType")
            .Column("Service", 16, it => it.Service)
            .Column("Category", it => it.Category)
            .Number("Count", 7, it => it.Count)
            .Column("LastSeen", 10, it => it.LastSeen, ShownAs.Day)
            .Column("Activity", SharedCells.Activity);

        record.List("ActivityType")
            .Item("Service", it => it.Service)
            .Item("Category", it => it.Category)
            .Item("Activity", it => it.Activity)
            .Item("Description", it => it.Description)
            .Item("Listed", it => it.Listed)
            .Item("Count", it => it.Count)
            .Item("FirstSeen (UTC)", it => it.FirstSeen, ShownAs.Second)
            .Item("LastSeen (UTC)", it => it.LastSeen, ShownAs.Second);
    }
}
