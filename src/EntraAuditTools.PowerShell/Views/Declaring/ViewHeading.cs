using System.Management.Automation;

namespace EntraAuditTools.PowerShell.Views.Declaring;

/// <summary>A heading over rows that have a value in common, as it is shown where there is no engine.</summary>
/// <param name="Value">The value: another one makes a new heading.</param>
/// <param name="Text">The heading.</param>
internal sealed record ViewHeading(Func<PSObject, object?> Value, Func<PSObject, string> Text);
