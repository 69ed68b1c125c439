using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Activities;

/// <summary>Graph: modifiedProperty</summary>
public static class ModifiedPropertyView
{
    internal static void Declare(RecordViews<ModifiedProperty> record)
    {
        record.Alias("DisplayName", it => it.Name);

        record.Table("ModifiedProperty")
            .Column("Name", 32, RecordView.Name)
            .Column("OldValue", RecordView.OldValue)
            .Column("NewValue", RecordView.NewValue);
    }
}
