using System.Globalization;
using System.Management.Automation;
using EntraAuditTools.Core.Upkeep.Moving;
using EntraAuditTools.PowerShell.Importing;
using EntraAuditTools.PowerShell.Messages;
using EntraAuditTools.PowerShell.Parameters;

namespace EntraAuditTools.PowerShell.Cmdlets.Upkeep;

/// <summary>Copies a mirror as a whole to a server or from one, and verifies that every row arrived.</summary>
[Cmdlet(VerbsCommon.Copy, "AuditMirror", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(AuditMirrorCopy))]
public sealed class CopyAuditMirrorCommand : MirrorCmdlet
{
    /// <summary>The server or the file that the copy goes to.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = string.Empty;

    /// <summary>Replace what is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var source = Attempt(Location);
        var destination = Attempt(() => MirrorMove.To(FilePaths.MirrorName(SessionState.Path, Destination), source));
        var held = Force ? Attempt(() => MirrorMove.Held(destination)) : null;
        var what = held == null ? $"Copy the mirror '{source.Name}'"
            : string.Create(CultureInfo.InvariantCulture, $"Replace all that it holds ({held:N0} imports) by the mirror '{source.Name}'");
        if (!ShouldProcess(destination.Name, what)) return;
        // What others imported goes: asked about like any change of high impact, unless -Confirm was asked, and answered, already.
        if (held != null && !MyInvocation.BoundParameters.ContainsKey("Confirm") && AsksAtHighImpact
            && !ShouldContinue($"{what}? It is not kept.", destination.Name)) return;
        var work = new WorkProgress("Copying the mirror");
        var options = new MoveOptions
        {
            Force = Force,
            OnProgress = progress => WriteProgress(work.Of(progress)),
            Doing = step => WriteProgress(work.Of(step)),
            Waiting = () => WriteProgress(ProgressDisplay.Waiting()),
        };
        WriteObject(Attempt(() => MirrorMove.Run(source, destination, options, Stopped)));
    }

    private bool AsksAtHighImpact => GetVariableValue("ConfirmPreference") is not (ConfirmImpact.None or "None");
}
