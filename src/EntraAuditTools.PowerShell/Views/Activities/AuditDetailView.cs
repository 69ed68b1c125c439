using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Activities;

/// <summary>Additional details of activities and of steps (Graph: keyValue).</summary>
public static class AuditDetailView
{
    internal static void Declare(RecordViews<AuditDetail> record)
    {
        record.Table("AdditionalDetail")
            .Column("Key", 32, Key)
            .Column("Value", Value);
    }

    /// <summary>The key.</summary>
    public static object Key(PSObject instance) => Cell.Line(instance, "Key");

    /// <summary>The value.</summary>
    public static object Value(PSObject instance) => Cell.Line(instance, "Value");
}
