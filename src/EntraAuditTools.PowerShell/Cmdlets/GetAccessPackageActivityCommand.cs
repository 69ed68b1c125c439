using System.Management.Automation;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Activities;
using EntraAuditTools.PowerShell.Completion;
using EntraAuditTools.PowerShell.Parameters;

namespace EntraAuditTools.PowerShell.Cmdlets;

/// <summary>What happened to this access package? The portal's workbook "Access Package Activity", with failures.</summary>
[Cmdlet(VerbsCommon.Get, "AccessPackageActivity", SupportsPaging = true)]
[OutputType(typeof(AccessPackageActivity))]
public sealed class GetAccessPackageActivityCommand : TimedEntitlementCmdlet<AccessPackageActivity>
{
    /// <summary>Name of the activity.</summary>
    [Parameter]
    [Alias("Activity", "ActivityDisplayName", "OperationName")]
    [ArgumentCompleter(typeof(OperationCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Operation { get; set; }

    /// <summary>success, failure.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ActivityFieldCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Result { get; set; }

    /// <inheritdoc/>
    private protected override IEnumerable<AccessPackageActivity> Query(MirrorReader mirror) =>
        AccessPackageActivityQuery.Run(mirror, Filter(paged: true));

    /// <inheritdoc/>
    private protected override long? Count(MirrorReader mirror) => AccessPackageActivityQuery.Run(mirror, Filter(paged: false)).LongCount();

    /// <inheritdoc/>
    private protected override string? Describe(MirrorReader mirror) =>
        Question("Events of access packages").Add("operation", Operation).Add("result", AnyValue.Unless(Result)).Add(Window).ToString();

    private AccessPackageActivityFilter Filter(bool paged) => new()
    {
        Selectors = Selectors,
        Operation = Operation,
        Result = AnyValue.Unless(Result),
        After = Window.After,
        Before = Window.Before,
        Tenant = Tenant,
        Skip = paged ? PagingParameters.Skip() : 0,
        First = paged ? PagingParameters.First() : null,
    };
}
