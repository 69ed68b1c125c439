using System.Management.Automation;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Provisioning;
using EntraAuditTools.Core.Schema;
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
    protected override bool PagesItself => true;

    /// <inheritdoc/>
    private protected override IEnumerable<ProvisioningEvent> Query(MirrorReader mirror) => ProvisioningEventQuery.Run(mirror, Question());

    /// <inheritdoc/>
    private protected override long? Count(MirrorReader mirror) => ProvisioningEventQuery.Count(mirror, Question());

    /// <inheritdoc/>
    private protected override string? Describe(MirrorReader mirror) => ProvisioningEventQuery.Describe(Question());

    /// <summary>A trail comes from two logs.</summary>
    private protected override IReadOnlyList<string> Logs => [KindNames.ProvisioningLog, KindNames.AuditActivity];

    private ProvisioningEventFilter Question() => new()
    {
        Identity = Piped(nameof(Identity)),
        Application = Applications,
        Activity = AnyValue.Unless(Activity),
        Status = AnyValue.Unless(Status),
        Tenant = Tenant,
        After = Window.After,
        Before = Window.Before,
        Skip = PagingParameters.Skip(),
        First = PagingParameters.First(),
        ShowSecret = ShowSecret,
    };
}
