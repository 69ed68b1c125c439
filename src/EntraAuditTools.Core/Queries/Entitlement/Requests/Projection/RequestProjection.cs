using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Objects;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Reconstruction;
using EntraAuditTools.Core.Queries.Entitlement.Requests.States;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Projection;

/// <summary>Shows requests in the words of the Model: the one place where they are made.</summary>
/// <param name="mirror">The mirror, which stays open meanwhile.</param>
/// <param name="objects">What was exported as objects.</param>
/// <param name="directory">Writes to the directory that share correlation ids.</param>
/// <param name="now">The time asked for.</param>
internal sealed class RequestProjection(MirrorReader mirror, RequestObjects objects, DirectoryWrites directory, DateTimeOffset now)
{
    private readonly ApprovalProjection approvals = new(objects, now);
    private readonly RequestTimeline timeline = new(directory);

    /// <summary>A request as an object that outlives the mirror's reader.</summary>
    /// <param name="request">The request.</param>
    /// <param name="withEvents">Whether with its events, which are most of the work, and what they came from.</param>
    public AccessPackageRequest Project(ReconstructedRequest request, bool withEvents = true)
    {
        var (group, fromObject) = (request.Group, request.Object);
        var status = request.Status;
        var isPending = status == RequestStatus.PendingApproval;
        var package = request.Package is { Id: { } id, DisplayName: null } ? objects.Package(id) ?? request.Package : request.Package;
        var steps = approvals.Steps(request);
        var requested = request.RequestedAt;
        var decided = request.Approvals.DecidedAt is { } ticks && !isPending ? UtcTime.Of(ticks) : (DateTimeOffset?)null;
        var delivered = request.DeliveredTicks is { } at ? UtcTime.Of(at) : status.IsDelivered() ? fromObject?.Completed : null;
        var ended = !status.IsEnd() ? null
            : request.StatusIsOfObject || request.DecidedBy == null ? fromObject?.Completed : UtcTime.Of(request.DecidedBy.Ticks);
        var (events, rows) = withEvents ? timeline.Of(request) : (new([]), []);
        var (path, entities) = (mirror.Path, fromObject?.Entities ?? []);
        return new AccessPackageRequest(() => RequestEvidence.Read(path, rows, entities))
        {
            User = objects.Complete(request.User),
            AccessPackage = package,
            Policy = request.Policy,
            Type = request.Type.ToString(),
            Status = status.ToString(),
            RequestedBy = objects.Complete(request.RequestedBy),
            RequestedAt = requested,
            Justification = request.Start?.Justification ?? fromObject?.Justification,
            Answers = new([.. fromObject?.Answers ?? []]),
            Approvals = new([.. steps.Select(ApprovalProjection.Show)]),
            ApprovalBypassed = fromObject?.BypassesApproval,
            WaitingFor = isPending ? approvals.WaitingFor(request, steps) : null,
            Waiting = isPending && (request.Approvals.AskedSince is { } since ? UtcTime.Of(since) : requested) is { } began && began <= now
                ? now - began : null,
            DeliveredAt = delivered,
            AssignmentEndedAt = request.End?.EndedTicks is { } end ? UtcTime.Of(end) : null,
            EndReason = request.End?.Reason.ToString(),
            StatusReason = StatusReason(request),
            TimeToDecision = decided - requested,
            TimeToDelivery = delivered - decided,
            Elapsed = ended - requested,
            RequestId = request.RequestId,
            AssignmentId = request.AssignmentId,
            Source = group == null ? "RequestObject" : fromObject == null ? "AuditLog" : "AuditLog, RequestObject",
            Disagreement = request.Disagreement,
            TenantId = request.TenantId,
            Events = events,
        };
    }

    private static string? StatusReason(ReconstructedRequest request) => request.Status switch
    {
        RequestStatus.Denied => request.Approvals.DenialReason ?? request.DecidedBy?.Reason,
        RequestStatus.Fulfilled => null,
        _ => (request.StatusIsOfObject ? null : request.DecidedBy?.Reason) ?? FailedCallout(request)
        ?? (request.StatusIsOfObject ? request.Object?.Words : null),
    };

    private static string? FailedCallout(ReconstructedRequest request) =>
        request.Status is RequestStatus.Failed or RequestStatus.PartiallyFulfilled or RequestStatus.Canceled
        && request.Object?.Callouts.FirstOrDefault(call => call.Failed) is { } callout
            ? callout.Words + (callout.Detail == null ? string.Empty : $" ({callout.Detail})") : null;
}
