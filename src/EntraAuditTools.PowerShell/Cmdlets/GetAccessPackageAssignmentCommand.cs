using System.Management.Automation;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Questions.Entitlement;
using EntraAuditTools.PowerShell.Completion;
using EntraAuditTools.PowerShell.Parameters;

namespace EntraAuditTools.PowerShell.Cmdlets;

/// <summary>Who is or was assigned an access package, through which policy, from when to when?</summary>
[Cmdlet(VerbsCommon.Get, "AccessPackageAssignment", SupportsPaging = true)]
[Alias("gaccasg")]
[OutputType(typeof(AccessPackageAssignment))]
public sealed class GetAccessPackageAssignmentCommand : TimedEntitlementCmdlet<AccessPackageAssignment>
{
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

    /// <summary>Delivered, Expired…; those that are held when not given, any with <c>*</c>.</summary>
    [Parameter]
    [Alias("AssignmentState")]
    [ArgumentCompleter(typeof(AssignmentStateCompleter))]
    [ClosedList(typeof(AssignmentStateCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? State { get; set; }

    /// <summary>The time to answer for; now when not given.</summary>
    [Parameter]
    [TimeArgument]
    public DateTimeOffset? AsOf { get; set; }

    /// <summary>Only those that end within so long. A string so that an unquoted 14d stays what was typed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SpanCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ExpiringWithin { get; set; }

    /// <summary>Id of the assignment.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(AssignmentIdCompleter))]
    [EntitlementArgument("AssignmentId")]
    public string[]? AssignmentId { get; set; }

    /// <summary>Id of a request that led to it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RequestIdCompleter))]
    [EntitlementArgument("RequestId")]
    public string[]? RequestId { get; set; }

    /// <inheritdoc/>
    private protected override RecordQuestion<AccessPackageAssignment> Question => AssignmentsQuestion.Instance;

    /// <inheritdoc/>
    private protected override string[]? AssignmentIds => AssignmentId;

    /// <inheritdoc/>
    private protected override string[]? RequestIds => RequestId;
}
