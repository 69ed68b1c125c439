using System.Management.Automation;
using EntraAuditTools.Core.Upkeep.Checking;
using EntraAuditTools.PowerShell.Messages;
using EntraAuditTools.PowerShell.Parameters;

namespace EntraAuditTools.PowerShell.Cmdlets.Upkeep;

/// <summary>Finds what is damaged in a mirror, or was changed in it since it was imported.</summary>
[Cmdlet(VerbsDiagnostic.Test, "AuditMirror")]
[OutputType(typeof(AuditMirrorTest), typeof(bool))]
public sealed class TestAuditMirrorCommand : MirrorCmdlet
{
    /// <summary>A head of the mirror's chain that was kept elsewhere: nothing up to it may have been changed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ChainHead")]
    [ChainHead]
    public string? ExpectedHead { get; set; }

    /// <summary>Leave out the longest check: whether the rows are what the originals give.</summary>
    [Parameter]
    public SwitchParameter Quick { get; set; }

    /// <summary>Return true or false.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var path = Attempt(() => Location(anew: true)).Path;
        var work = new WorkProgress("Checking the mirror", "records");
        var test = Attempt(() => MirrorCheck.Run(path, new(ExpectedHead, Quick),
            progress => WriteProgress(work.Of(progress)), Stopped));
        if (Quiet) WriteObject(test.Problems.Count == 0);
        else WriteObject(test);
    }
}
