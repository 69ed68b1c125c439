using System.Management.Automation;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Questions.Entitlement;
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
    private protected override RecordQuestion<AccessPackageActivity> Question => PackageActivityQuestion.Instance;
}
