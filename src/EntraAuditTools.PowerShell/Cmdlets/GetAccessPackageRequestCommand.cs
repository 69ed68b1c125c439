using System.Management.Automation;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Questions.Entitlement;
using EntraAuditTools.PowerShell.Completion;
using EntraAuditTools.PowerShell.Parameters;

namespace EntraAuditTools.PowerShell.Cmdlets;

/// <summary>What is the status of this request, and how did it get there?</summary>
[Cmdlet(VerbsCommon.Get, "AccessPackageRequest", SupportsPaging = true)]
[Alias("gaccreq")]
[OutputType(typeof(AccessPackageRequest))]
public sealed class GetAccessPackageRequestCommand : TimedEntitlementCmdlet<AccessPackageRequest>
{
    /// <summary>PendingApproval, Fulfilled…</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RequestStatusCompleter))]
    [ClosedList(typeof(RequestStatusCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Status { get; set; }

    /// <summary>UserRequest, DirectAssignment…</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RequestTypeCompleter))]
    [ClosedList(typeof(RequestTypeCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Type { get; set; }

    /// <summary>The time to answer for; now when not given.</summary>
    [Parameter]
    [TimeArgument]
    public DateTimeOffset? AsOf { get; set; }

    /// <summary>Id of the request.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RequestIdCompleter))]
    [EntitlementArgument("RequestId")]
    public string[]? RequestId { get; set; }

    /// <summary>Id of the assignment that it gave, changed or removed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(AssignmentIdCompleter))]
    [EntitlementArgument("AssignmentId")]
    public string[]? AssignmentId { get; set; }

    /// <inheritdoc/>
    private protected override RecordQuestion<AccessPackageRequest> Question => RequestsQuestion.Instance;

    /// <inheritdoc/>
    private protected override string[]? AssignmentIds => AssignmentId;

    /// <inheritdoc/>
    private protected override string[]? RequestIds => RequestId;
}
