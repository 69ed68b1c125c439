using System.Management.Automation;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Questions.Provisioning;
using EntraAuditTools.PowerShell.Completion;
using EntraAuditTools.PowerShell.Parameters;

namespace EntraAuditTools.PowerShell.Cmdlets;

/// <summary>Is the provisioning job of this application healthy? Those in quarantine first, then those with most failures.</summary>
[Cmdlet(VerbsCommon.Get, "ProvisioningSummary", SupportsPaging = true)]
[Alias("gprovsum")]
[OutputType(typeof(ProvisioningSummary))]
public sealed class GetProvisioningSummaryCommand : TimedCmdlet<ProvisioningSummary>
{
    /// <summary>Name of the application, or object id of its service principal.</summary>
    [Parameter(Position = 0)]
    [Alias("ServicePrincipal", "ApplicationId")]
    [ArgumentCompleter(typeof(ProvisioningFieldCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Application { get; set; }

    /// <summary>The job.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProvisioningFieldCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? JobId { get; set; }

    /// <inheritdoc/>
    private protected override RecordQuestion<ProvisioningSummary> Question => SummaryQuestion.Instance;
}
