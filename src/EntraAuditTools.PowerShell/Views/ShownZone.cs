using System.Collections.Concurrent;
using System.Management.Automation.Runspaces;

namespace EntraAuditTools.PowerShell.Views;

/// <summary>
/// In which zone views show times: UTC, or that of the machine (Set-AuditMirror -TimeZone). Each runspace has its own, as it has its own
/// views: headings and cells agree everywhere.
/// </summary>
internal static class ShownZone
{
    private static readonly ConcurrentDictionary<Guid, bool> Local = new();

    /// <summary>Whether the runspace that runs now shows the machine's zone.</summary>
    public static bool IsLocal
    {
        get => !Local.IsEmpty && Runspace.DefaultRunspace is { } session && Local.ContainsKey(session.InstanceId);
        set
        {
            if (Runspace.DefaultRunspace is not { } session) return;
            if (value) Local[session.InstanceId] = true;
            else Local.TryRemove(session.InstanceId, out _);
        }
    }
}
