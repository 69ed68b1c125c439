using System.Management.Automation;
using System.Xml.Linq;

namespace EntraAuditTools.PowerShell.Views.Declaring;

/// <summary>What a column or an item shows.</summary>
/// <param name="Label">Its heading.</param>
/// <param name="Property">The element that names the property.</param>
/// <param name="Local">The same in local time; null where nothing changes.</param>
/// <param name="ShownAs">Its format; null for none.</param>
/// <param name="StaysUtc">Whether its heading is the same in local time.</param>
internal sealed record ShownCell(string Label, XElement Property, XElement? Local = null, string? ShownAs = null, bool StaysUtc = false)
{
    /// <summary>The element for one of the two renderings.</summary>
    public XElement In(bool local) => local && Local != null ? Local : Property;

    /// <summary>What shows it, where that is a method; null for a property.</summary>
    public Func<PSObject, object?>? Method { get; init; }

    /// <summary>Whether the heading changes.</summary>
    public bool IsLocal(bool local) => local && !StaysUtc;
}
