using System.Management.Automation;

namespace EntraAuditTools.PowerShell.Views.Provisioning;

/// <summary>What several views of provisioning show.</summary>
public static class ProvisioningCells
{
    /// <summary>create, update…</summary>
    public static object Action(PSObject instance) => Cell.Line(instance, "Action");

    /// <summary>The status in its colour.</summary>
    public static object Status(PSObject instance) =>
        Palette.State(instance.BaseObject is ProvisioningLogEntry entry ? Cell.Line(entry.Status) : Cell.Line(instance, "Status"));
}
