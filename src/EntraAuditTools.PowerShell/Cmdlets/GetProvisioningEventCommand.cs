using System.Management.Automation;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Questions.Provisioning;
using EntraAuditTools.PowerShell.Completion;
using EntraAuditTools.PowerShell.Parameters;

namespace EntraAuditTools.PowerShell.Cmdlets;

/// <summary>The trail of an identity: imported, matched, ruled on, exported, retried; pass by pass, oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "ProvisioningEvent", SupportsPaging = true)]
[OutputType(typeof(ProvisioningEvent))]
public sealed class GetProvisioningEventCommand : ProvisionedIdentityCmdlet<ProvisioningEvent>
{
    /// <summary>Import, Synchronization rule action, Export, Process escrow.</summary>
    [Parameter]
    [Alias("ActivityDisplayName")]
    [ArgumentCompleter(typeof(ProvisioningActivityCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Activity { get; set; }

    /// <inheritdoc/>
    private protected override RecordQuestion<ProvisioningEvent> Question => TrailQuestion.Instance;
}
