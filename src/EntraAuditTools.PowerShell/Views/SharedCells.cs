using System.Management.Automation;

namespace EntraAuditTools.PowerShell.Views;

/// <summary>Properties of several kinds of records, each shown under its own name.</summary>
public static class SharedCells
{
    /// <summary>The status in its colour.</summary>
    public static object Status(PSObject instance) => Palette.State(Cell.Line(instance, "Status"));

    /// <summary>Why.</summary>
    public static object Reason(PSObject instance) => Cell.Line(instance, "Reason");

    /// <summary>The name.</summary>
    public static object Name(PSObject instance) => Cell.Line(instance, "Name");

    /// <summary>The display name.</summary>
    public static object DisplayName(PSObject instance) => Cell.Line(instance, "DisplayName");

    /// <summary>The user principal name.</summary>
    public static object UserPrincipalName(PSObject instance) => Cell.Line(instance, "UserPrincipalName");

    /// <summary>The id.</summary>
    public static object Id(PSObject instance) => Cell.Line(instance, "Id");

    /// <summary>Imports that brought it, a line each.</summary>
    public static object Evidence(PSObject instance) => DetailText.Evidence(instance);

    /// <summary>The path, which whoever named a folder may have made up.</summary>
    public static object Path(PSObject instance) => Cell.Line(instance, "Path");

    /// <summary>The description.</summary>
    public static object Description(PSObject instance) => Cell.Line(instance, "Description");

    /// <summary>Name of the activity.</summary>
    public static object Activity(PSObject instance) => Cell.Line(instance, "Activity");

    /// <summary>The type.</summary>
    public static object Type(PSObject instance) => Cell.Line(instance, "Type");

    /// <summary>Why it failed or was denied.</summary>
    public static object StatusReason(PSObject instance) => Cell.Line(instance, "StatusReason");
}
