using System.Management.Automation;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Questions.Entitlement;
using EntraAuditTools.PowerShell.Completion;
using EntraAuditTools.PowerShell.Parameters;

namespace EntraAuditTools.PowerShell.Cmdlets;

/// <summary>Which assignments of access packages came, went or changed between two times?</summary>
[Cmdlet(VerbsData.Compare, "AccessPackageAssignment", SupportsPaging = true)]
[OutputType(typeof(AccessPackageAssignmentChange))]
public sealed class CompareAccessPackageAssignmentCommand : EntitlementCmdlet<AccessPackageAssignmentChange>
{
    /// <summary>The earlier time.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("After", "Since")]
    [TimeArgument]
    public DateTimeOffset ReferenceTime { get; set; }

    /// <summary>The later time; now when not given.</summary>
    [Parameter(Position = 1)]
    [Alias("Before", "Until")]
    [TimeArgument]
    public DateTimeOffset? DifferenceTime { get; set; }

    /// <inheritdoc/>
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true)]
    [Alias("AccessPackageId")]
    [EntitlementArgument("AccessPackageId")]
    [ArgumentCompleter(typeof(AccessPackageCompleter))]
    [SupportsWildcards]
    public override string[]? AccessPackage { get; set; }

    /// <summary>Name or id of the policy.</summary>
    [Parameter]
    [Alias("AssignmentPolicy")]
    [EntitlementArgument("AssignmentPolicyId")]
    [ArgumentCompleter(typeof(PolicyCompleter))]
    [SupportsWildcards]
    public string[]? Policy { get; set; }

    /// <summary>Name or id of the catalog.</summary>
    [Parameter]
    [EntitlementArgument("CatalogId")]
    [ArgumentCompleter(typeof(CatalogCompleter))]
    [SupportsWildcards]
    public string[]? Catalog { get; set; }

    /// <inheritdoc/>
    private protected override RecordQuestion<AccessPackageAssignmentChange> Question => CompareQuestion.Instance;
}
