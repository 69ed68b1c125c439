using System.Management.Automation;
using EntraAuditTools.Core.Upkeep.Rebuilding;
using EntraAuditTools.PowerShell.Importing;
using EntraAuditTools.PowerShell.Messages;
using EntraAuditTools.PowerShell.Parameters;

namespace EntraAuditTools.PowerShell.Cmdlets.Upkeep;

/// <summary>Makes a mirror as small and quick as it can be.</summary>
[Cmdlet(VerbsCommon.Optimize, "AuditMirror", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(AuditMirrorOptimization))]
public sealed class OptimizeAuditMirrorCommand : MirrorCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var path = Attempt(Location).Path;
        if (!ShouldProcess(path, "Write the mirror anew, without what is free in it")) return;
        WriteObject(Attempt(() => MirrorOptimization.Run(path, what => WriteProgress(new WorkProgress("Optimizing the mirror").Of(what)),
            () => WriteProgress(ProgressDisplay.Waiting()), null, Stopped)));
    }
}
