using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Entitlement;

/// <summary>EntitlementReference</summary>
public static class EntitlementReferenceView
{
    internal static void Declare(RecordViews<EntitlementReference> record)
    {
        record.Serialized();

        record.Table("Reference")
            .Column("DisplayName", 40, RecordView.DisplayName)
            .Column("Id", RecordView.Id);
    }
}
