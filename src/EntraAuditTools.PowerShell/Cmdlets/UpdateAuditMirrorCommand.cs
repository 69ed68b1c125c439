using System.Diagnostics;
using System.Management.Automation;
using EntraAuditTools.Core.Importing.Upgrading;
using EntraAuditTools.PowerShell.Completion;
using EntraAuditTools.PowerShell.Importing;
using EntraAuditTools.PowerShell.Parameters;

namespace EntraAuditTools.PowerShell.Cmdlets;

/// <summary>Reads what the mirror holds anew, from its originals, where an older version read it.</summary>
[Cmdlet(VerbsData.Update, "AuditMirror", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(AuditMirrorUpdate))]
public sealed class UpdateAuditMirrorCommand : MirrorCmdlet
{
    /// <summary>
    /// How dates are written in exports that do not give it away: DayFirst, MonthFirst, YearFirst, or a format such as dd/MM/yyyy.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(DateFormatCompleter))]
    [ValidateNotNullOrEmpty]
    public string? DateFormat { get; set; }

    /// <summary>Do it although this version read everything.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var location = Attempt(Location);
        if (!ShouldProcess(location.Name, "Derive anew what an older version read")) return;
        var clock = Stopwatch.StartNew();
        var update = Attempt(() => MirrorUpgrade.Run(
            location.Path,
            new() { Server = location.Server, DateFormat = DateFormat, Force = Force, Waiting = () => WriteProgress(ProgressDisplay.Waiting()) },
            progress => WriteProgress(ProgressDisplay.Update(progress, Math.Max(clock.Elapsed.TotalSeconds, 0.001))),
            Stopped));
        if (update == null)
        {
            WriteVerbose($"'{location.Name}' is up to date: this version read all of it.");
            return;
        }

        WriteObject(update);
        foreach (var import in update.ImportAgain) WriteWarning($"Import it again if the file is still there: {import}");
    }
}
