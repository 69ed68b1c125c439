using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Entitlement;

/// <summary>What several views of entitlement management show.</summary>
public static class EntitlementCells
{
    private const int PolicyWidth = 16;

    /// <summary>When an object was made and changed, and which imports it comes from.</summary>
    internal static ListView<T> Origin<T>(this ListView<T> list) => list
        .Item("Created (UTC)", Created)
        .Item("Modified (UTC)", Modified)
        .Item("Observed (UTC)", Observed)
        .Item("TenantId", nameof(ConnectedOrganization.TenantId))
        .Item("Evidence", SharedCells.Evidence);

    /// <summary>Graph's id of the catalog.</summary>
    public static object? CatalogId(PSObject instance) => EntitlementText.IdOf(instance, "Catalog");

    /// <summary>The display name, else the id.</summary>
    public static object Name(PSObject instance) =>
        Cell.Line(instance, "DisplayName") is { Length: > 0 } name ? name
        : Cell.Line(instance, "Id") is { Length: > 0 } id ? id : EntitlementText.Unknown;

    /// <summary>Who, by name.</summary>
    public static object User(PSObject instance) => EntitlementText.Known(instance, "User");

    /// <summary>Who, with everything known.</summary>
    public static object Person(PSObject instance) => EntitlementText.Named(Cell.Value(instance, "User"));

    /// <summary>The package by name.</summary>
    public static object AccessPackage(PSObject instance) =>
        Cell.Line(instance, "AccessPackage") is { Length: > 0 } name ? name : EntitlementText.Known(instance, "AccessPackageId");

    /// <summary>The package by name and id.</summary>
    public static object Package(PSObject instance) =>
        EntitlementText.Named(Cell.Value(instance, "AccessPackage") ?? Cell.Value(instance, "AccessPackageId"));

    /// <summary>The policy by name.</summary>
    public static object Policy(PSObject instance) => EntitlementText.Known(instance, "Policy");

    /// <summary>The policy that decides, in lines of a narrow column; nothing where none does.</summary>
    public static object DecidingPolicy(PSObject instance) =>
        string.Join('\n', EntitlementText.Wrap(Cell.Line(instance, "Policy"), PolicyWidth));

    /// <summary>The catalog by name.</summary>
    public static object Catalog(PSObject instance) => EntitlementText.Known(instance, "Catalog");

    /// <summary>The state in its colour, marked where only the time of a file says that it had begun.</summary>
    public static object State(PSObject instance) =>
        Palette.State(EntitlementText.Known(instance, "State"))
            + (Cell.Value(instance, "StateAssumed") is true ? " (assumed)" : string.Empty);

    /// <summary>Since when.</summary>
    public static object Start(PSObject instance) => EntitlementText.Minute(instance, "Start");

    /// <summary>Until when.</summary>
    public static object End(PSObject instance) => EntitlementText.End(instance);

    /// <summary>When it was observed, and whether that is assumed.</summary>
    public static object Observed(PSObject instance) =>
        EntitlementText.Second(instance, "ObservedAt")
            + (EntitlementText.IsTrue(instance, "ObservedAtAssumed") ? " (time assumed)" : string.Empty);

    /// <summary>When it was created.</summary>
    public static object Created(PSObject instance) => EntitlementText.Second(instance, "Created");

    /// <summary>When it was modified last.</summary>
    public static object Modified(PSObject instance) => EntitlementText.Second(instance, "Modified");

    /// <summary>What another source says.</summary>
    public static object Disagreement(PSObject instance) =>
        Cell.Line(instance, "Disagreement") is { Length: > 0 } text ? Palette.Warning(text) : string.Empty;

    /// <summary>Whether the user can request it, coloured.</summary>
    public static object CanRequest(PSObject instance) => Palette.State(Cell.Line(instance, "CanRequest"));

    /// <summary>Whether a request would have to be approved, in the portal's words; nothing where nobody can request.</summary>
    public static object ApprovalRequired(PSObject instance) =>
        Cell.Value(instance, "ApprovalRequired") switch { true => "required", false => "not required", _ => string.Empty };

    /// <summary>The reason beside a column that names the policy already.</summary>
    public static object ShortReason(PSObject instance)
    {
        var reason = Cell.Line(instance, "Reason");
        var named = $"Policy \"{Cell.Line(instance, "Policy")}\" ";
        return reason.Length > named.Length && reason.StartsWith(named, StringComparison.Ordinal)
            ? char.ToUpperInvariant(reason[named.Length]) + reason[(named.Length + 1)..] : reason;
    }

    /// <summary>The user's assignment.</summary>
    public static object Assignment(PSObject instance) => EntitlementText.Assignment(Cell.Value(instance, "Assignment"));

    /// <summary>The resource by name.</summary>
    public static object Resource(PSObject instance) => EntitlementText.Known(instance, "Resource");

    /// <summary>The kind of the resource.</summary>
    public static object System(PSObject instance) => Cell.Value(instance, "Resource") is { } resource
        ? EntitlementText.System(Cell.Line(PSObject.AsPSObject(resource), "System"))
        : EntitlementText.System(Cell.Line(instance, "System"));

    /// <summary>Name of the role.</summary>
    public static object Role(PSObject instance) => EntitlementText.Known(instance, "Role");

    /// <summary>What it is based on.</summary>
    public static object Basis(PSObject instance) => Cell.Line(instance, "Basis");
}
