using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Activities;

/// <summary>Graph: keyValue</summary>
public static class AuditDetailView
{
    internal static void Declare(RecordViews<AuditDetail> record)
    {

        record.Table("AdditionalDetail")
            .Column("Key", 32, RecordView.Key)
            .Column("Value", RecordView.Value);
    }
}
