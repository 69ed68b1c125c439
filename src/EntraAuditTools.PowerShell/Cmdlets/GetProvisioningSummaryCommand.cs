using EntraAuditTools.Core.Queries.Logs;
using System.Management.Automation;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Provisioning;
using EntraAuditTools.Core.Queries.Values;
using EntraAuditTools.PowerShell.Completion;
using EntraAuditTools.PowerShell.Parameters;

namespace EntraAuditTools.PowerShell.Cmdlets;

/// <summary>Is the provisioning job of this application healthy? Those in quarantine first, then those with most failures.</summary>
[Cmdlet(VerbsCommon.Get, "ProvisioningSummary", SupportsPaging = true)]
[Alias("gprovsum")]
[OutputType(typeof(ProvisioningSummary))]
public sealed class GetProvisioningSummaryCommand : ProvisioningCmdlet<ProvisioningSummary>
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
    private protected override IEnumerable<AskedValue> Asked =>
    [
        .. base.Asked,
        new("application", ProvisioningColumn.Application, MyInvocation.ExpectingInput ? null : AnyValue.Unless(Application)),
        new("job", ProvisioningColumn.Job, JobId),
    ];

    /// <inheritdoc/>
    private protected override IEnumerable<ProvisioningSummary> Query(MirrorReader mirror) =>
        ProvisioningSummaryQuery.Run(mirror, Filter());

    /// <inheritdoc/>
    private protected override string? Describe(MirrorReader mirror) => ProvisioningSummaryQuery.Describe(Filter());

    private ProvisioningSummaryFilter Filter() => new()
    {
        Application = AnyValue.Unless(Application),
        JobId = JobId,
        Tenant = Tenant,
        After = Window.After,
        Before = Window.Before,
    };
}
