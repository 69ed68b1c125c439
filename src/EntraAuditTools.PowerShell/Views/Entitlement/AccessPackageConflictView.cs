using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Entitlement;

/// <summary>Access that must not be held together.</summary>
public static class AccessPackageConflictView
{
    internal static void Declare(RecordViews<AccessPackageConflict> record)
    {
        record.Serialized(depth: 4);

        record.Table("Conflict")
            .Column("User", 17, EntitlementCells.User)
            .Column("Kind", Kind)
            .Column("AccessPackage", EntitlementCells.AccessPackage)
            .Column("ConflictsWith", ConflictsWith)
            .Column("Since (UTC)", 16, Since);

        record.List("Conflict")
            .Item("Kind", Kind)
            .Item("User", EntitlementCells.Person)
            .Item("AccessPackage", EntitlementCells.Package)
            .Item("ConflictsWith", ConflictsWith)
            .Item("Since (UTC)", Since)
            .Item("Reason", SharedCells.Reason)
            .Item("Assignment", EntitlementCells.Assignment)
            .Item("OtherAssignment", OtherAssignment)
            .Item("RequestId", it => it.RequestId);
    }

    /// <summary>The other package, or the group.</summary>
    public static object ConflictsWith(PSObject instance) => Cell.Line(instance, "ConflictsWith");

    /// <summary>Kind of a conflict.</summary>
    public static object Kind(PSObject instance) => Cell.Line(instance, "Kind");

    /// <summary>Since when it conflicts.</summary>
    public static object Since(PSObject instance) => EntitlementText.Minute(instance, "Since");

    /// <summary>The assignment of the other package.</summary>
    public static object OtherAssignment(PSObject instance) => EntitlementText.Assignment(Cell.Value(instance, "OtherAssignment"));
}
