namespace EntraAuditTools.PowerShell.Views;

/// <summary>In which zone views show times: the program's are UTC, as its headings say.</summary>
internal static class ShownZone
{
    /// <summary>Whether the machine's zone is shown.</summary>
    public static bool IsLocal => false;
}
