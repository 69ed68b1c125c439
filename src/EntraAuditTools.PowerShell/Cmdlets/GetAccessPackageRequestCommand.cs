using System.Management.Automation;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Requests;
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
    private protected override string[]? AssignmentIds => AssignmentId;

    /// <inheritdoc/>
    private protected override string[]? RequestIds => RequestId;

    /// <inheritdoc/>
    private protected override IEnumerable<AccessPackageRequest> Query(MirrorReader mirror) =>
        AccessPackageRequestQuery.Run(mirror, Filter(paged: true));

    /// <inheritdoc/>
    private protected override long? Count(MirrorReader mirror) => AccessPackageRequestQuery.Run(mirror, Filter(paged: false)).LongCount();

    /// <inheritdoc/>
    private protected override IEnumerable<string> Warnings(MirrorReader mirror) =>
        KnownSince.Warning(mirror, AsOf) is { } early ? base.Warnings(mirror).Append(early) : base.Warnings(mirror);

    /// <inheritdoc/>
    private protected override string? Describe(MirrorReader mirror) =>
        Question("Requests for access packages").Add("status", Status).Add("type", Type).Add("as of", AsOf).Add(Window).ToString();

    private AccessPackageRequestFilter Filter(bool paged) => new()
    {
        Selectors = Selectors,
        Status = AnyValue.Unless(Status),
        Type = AnyValue.Unless(Type),
        AsOf = AsOf?.ToUniversalTime(),
        After = Window.After,
        Before = Window.Before,
        Tenant = Tenant,
        Skip = paged ? PagingParameters.Skip() : 0,
        First = paged ? PagingParameters.First() : null,
    };
}
