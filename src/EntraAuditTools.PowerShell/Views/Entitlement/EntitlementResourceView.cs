using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Entitlement;

/// <summary>Groups, applications and sites (Graph: accessPackageResource).</summary>
public static class EntitlementResourceView
{
    internal static void Declare(RecordViews<EntitlementResource> record)
    {
        record.Alias("OriginId", it => it.Id);
        record.Alias("OriginSystem", it => it.System);
        record.Serialized();

        record.Table("Resource")
            .Column("DisplayName", 40, SharedCells.DisplayName)
            .Column("System", 12, EntitlementCells.System)
            .Column("Id", SharedCells.Id);
    }
}
