using System.Management.Automation;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Questions.Mirrors;
using EntraAuditTools.PowerShell.Parameters;

namespace EntraAuditTools.PowerShell.Cmdlets;

/// <summary>Where is the mirror, and what does it hold?</summary>
[Cmdlet(VerbsCommon.Get, "AuditMirror")]
[OutputType(typeof(AuditMirrorInfo))]
public sealed class GetAuditMirrorCommand : MirrorCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing() =>
        WriteAll(() => MirrorQuestion.Instance.Run(null!, new QuestionInput { Location = NamedMirror() }));
}
