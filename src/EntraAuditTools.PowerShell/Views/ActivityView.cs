using System.Management.Automation;

namespace EntraAuditTools.PowerShell.Views;

/// <summary>Code properties of activities.</summary>
public static class ActivityView
{
    /// <summary>The original record.</summary>
    public static object? Original(PSObject instance) => (instance?.BaseObject as AuditActivity)?.GetOriginal();
}
