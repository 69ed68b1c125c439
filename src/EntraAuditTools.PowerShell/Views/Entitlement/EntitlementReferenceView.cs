using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Entitlement;

/// <summary>Packages, policies and catalogs by name and id.</summary>
public static class EntitlementReferenceView
{
    internal static void Declare(RecordViews<EntitlementReference> record)
    {
        record.Serialized();

        record.Table("Reference")
            .Column("DisplayName", 40, SharedCells.DisplayName)
            .Column("Id", SharedCells.Id);
    }
}
