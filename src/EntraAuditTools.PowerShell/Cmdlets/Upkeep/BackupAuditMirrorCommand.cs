using System.Management.Automation;
using EntraAuditTools.Core.Upkeep.Backup;
using EntraAuditTools.Core.Upkeep.Salvage;
using EntraAuditTools.PowerShell.Messages;
using EntraAuditTools.PowerShell.Parameters;

namespace EntraAuditTools.PowerShell.Cmdlets.Upkeep;

/// <summary>Copies a mirror into one file, also while it is in use, and checks the copy.</summary>
[Cmdlet(VerbsData.Backup, "AuditMirror", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(AuditMirrorBackup))]
public sealed class BackupAuditMirrorCommand : MirrorCmdlet
{
    /// <summary>The file of the backup, or a folder for it.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("Destination", "LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Replace a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Save what can be read of a damaged mirror.</summary>
    [Parameter]
    public SwitchParameter Salvage { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var mirror = Attempt(Location).Path;
        var backup = Attempt(() => BackupPlace.Of(mirror, FilePaths.Unresolved(SessionState.Path, Path), DateTimeOffset.UtcNow));
        if (!ShouldProcess(backup, $"{(Salvage ? "Salvage" : "Back up")} the mirror '{mirror}'")) return;
        var work = new WorkProgress(Salvage ? "Salvaging the mirror" : "Backing up the mirror");
        WriteObject(Attempt(() => Salvage
            ? MirrorSalvage.Run(mirror, backup, Force, progress => WriteProgress(work.Of(progress)), Stopped)
            : MirrorBackup.Run(mirror, backup, Force, progress => WriteProgress(work.Of(progress)), Stopped)));
    }
}
