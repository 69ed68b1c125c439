using System.Management.Automation;
using EntraAuditTools.Core.Questions.Activities;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.PowerShell.Parameters;

namespace EntraAuditTools.PowerShell.Cmdlets;

/// <summary>What happened in the directory?</summary>
[Cmdlet(VerbsCommon.Get, "AuditActivity", SupportsPaging = true)]
[Alias("gaudit")]
[OutputType(typeof(AuditActivity))]
public sealed class GetAuditActivityCommand : ImportedActivityCmdlet<AuditActivity>
{
    /// <summary>Show values that can hold key material instead of masking them.</summary>
    [Parameter]
    public SwitchParameter ShowSecret { get; set; }

    /// <inheritdoc/>
    private protected override RecordQuestion<AuditActivity> Question => ActivityQuestion.Instance;
}
