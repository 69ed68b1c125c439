using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Activities;

/// <summary>What an activity changed (Graph: modifiedProperty).</summary>
public static class ModifiedPropertyView
{
    internal static void Declare(RecordViews<ModifiedProperty> record)
    {
        record.Alias("DisplayName", it => it.Name);

        record.Table("ModifiedProperty")
            .Column("Name", 32, SharedCells.Name)
            .Column("OldValue", OldValue)
            .Column("NewValue", NewValue);
    }

    /// <summary>The value before.</summary>
    public static object OldValue(PSObject instance) => Cell.Line(instance, "OldValue");

    /// <summary>The value after.</summary>
    public static object NewValue(PSObject instance) => Cell.Line(instance, "NewValue");
}
