using System.Management.Automation;

namespace EntraAuditTools.PowerShell.Views.Declaring;

/// <summary>A column of a table, or an item of a list, as it is shown where there is no engine.</summary>
/// <param name="Label">What stands above or before it.</param>
/// <param name="Show">What it shows of a record.</param>
internal sealed record ViewPart(string Label, Func<PSObject, object?> Show)
{
    /// <summary>How wide the column is; null where it shares what is left.</summary>
    public int? Width { get; init; }

    /// <summary>Whether it stands to the right, as numbers do.</summary>
    public bool IsRight { get; init; }

    /// <summary>Whether the item is there; null for always.</summary>
    public Func<PSObject, object?>? When { get; init; }
}
