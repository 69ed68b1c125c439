using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Entitlement;

/// <summary>Roles that users have by their packages.</summary>
public static class ResourceAssignmentView
{
    internal static void Declare(RecordViews<ResourceAssignment> record)
    {
        record.Serialized(depth: 4);

        // A line for each grant; dates are UTC
        record.Table("ResourceAssignment", wrap: true)
            .Column("User", 14, EntitlementCells.User)
            .Column("Resource", ResourceOfSystem)
            .Column("Role", 12, EntitlementCells.Role)
            .Column("AccessPackage via policy", GrantNames)
            .Column("Start", 10, GrantStarts)
            .Column("End", 10, GrantEnds);

        record.List("ResourceAssignment")
            .Item("User", EntitlementCells.Person)
            .Item("Resource", ResourceWhole)
            .Item("System", EntitlementCells.System)
            .Item("Role", EntitlementCells.Role)
            .Item("Grants (UTC)", Grants)
            .Item("TenantId", it => it.TenantId)
            .Item("Evidence", SharedCells.Evidence);
    }

    /// <summary>The resource with everything known.</summary>
    public static object ResourceWhole(PSObject instance) => EntitlementText.Named(Cell.Value(instance, "Resource"));

    /// <summary>The resource by name, and below it its kind.</summary>
    public static object ResourceOfSystem(PSObject instance) =>
        EntitlementCells.System(instance) is string { Length: > 0 } system
        ? $"{EntitlementCells.Resource(instance)} ({system})"
        : EntitlementCells.Resource(instance);

    /// <summary>
    /// Each package and policy that gives it. The dates of the first are in columns beside it, those of others with their names: columns
    /// are as wide as the screen lets them.
    /// </summary>
    public static object GrantNames(PSObject instance) =>
        string.Join('\n', Cell.Items(instance, "Grants")
            .Select((grant, i) => i == 0 ? Cell.Line(grant) : $"and {Cell.Line(grant)}, {GrantStart(grant)} to {GrantEnd(grant)}"));

    /// <summary>Since when by the first grant.</summary>
    public static object GrantStarts(PSObject instance) => OfFirstGrant(instance, GrantStart);

    /// <summary>Until when by the first grant.</summary>
    public static object GrantEnds(PSObject instance) => OfFirstGrant(instance, GrantEnd);

    /// <summary>Each grant with everything known, a line each.</summary>
    public static object Grants(PSObject instance) => EntitlementText.Lines(instance, "Grants", EntitlementText.Grant);

    private static string GrantStart(PSObject grant) => EntitlementText.Day(grant, "Start", "unknown");

    private static string GrantEnd(PSObject grant) => EntitlementText.Day(grant, "End", EntitlementText.NoEnd(grant));

    private static string OfFirstGrant(PSObject instance, Func<PSObject, string> part) =>
        Cell.Items(instance, "Grants").Select(part).FirstOrDefault() ?? string.Empty;
}
