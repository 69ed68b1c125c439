namespace EntraAuditTools.SampleTenant;

/// <summary>
/// The objects that a request of the audit log leaves: its assignment, itself, and the later request that removed or extended it.
/// </summary>
internal static class LoggedRequest
{
    /// <param name="request">The request as the audit log has it.</param>
    /// <param name="end">The end of the period: what comes later has not happened.</param>
    public static (PackageAssignment? Assignment, IReadOnlyList<PackageRequest> Requests) Read(EntitlementRequest request, long end)
    {
        var subject = EntitlementSubject.Of(request.Subject);
        long? delivered = request.Start + request.DeliveredAfter;
        // A delivery that failed leaves the assignment there, to be tried again or not.
        long? made = !request.HasAssignment ? null : request.FailedAfter is null ? delivered ?? request.Start + request.DecidedAfter
            : request.Start + request.DecidedAfter;
        long? ended = request.Outcome == RequestOutcome.Extended ? null : request.Start + request.EndedAfter;
        var reason = request.Outcome switch
        {
            RequestOutcome.RemovedByUser => AssignmentEnd.RemovedByUser,
            RequestOutcome.RemovedByAdministrator => AssignmentEnd.RemovedByAdministrator,
            RequestOutcome.RemovedByRule => AssignmentEnd.PolicyRule,
            RequestOutcome.RemovedByReview => AssignmentEnd.AccessReview,
            RequestOutcome.UserDeleted => AssignmentEnd.UserDeleted,
            _ => AssignmentEnd.Expired,
        };
        PackageAssignment? assignment = made is null ? null
            : new(request.AssignmentId, request.RequestId, subject, request.Package, request.Policy, made.Value, request.ScheduledEnd)
        {
            Delivered = delivered,
            Failed = request.Start + request.FailedAfter,
            Partial = request.Outcome == RequestOutcome.PartiallyDelivered,
            Ended = ended <= end ? ended : null,
            EndReason = ended <= end ? reason : null,
            Changes = request is { SecondKind: RequestLabelKind.Extension, SecondFulfilledAfter: { } extended }
                ? [new(request.Start + extended, request.Policy,
                    request.ScheduledEnd + request.Policy.DurationInDays * TimeSpan.TicksPerDay)]
                : [],
            InAuditLog = true,
        };
        List<PackageRequest> requests = [First(request, subject, made, delivered)];
        if (request is { SecondRequestId: { } second, SecondAfter: { } after, SecondFulfilledAfter: { } fulfilled })
        {
            long at = request.Start + after;
            requests.Add(new PackageRequest(second, SecondType(request), subject, request.Package, request.Policy, request.AssignmentId)
            {
                Steps = [new(at, "submitted", "Submitted"), new(at + TimeSpan.TicksPerSecond, "delivering", "Delivering"),
                    new(request.Start + fulfilled, "delivered", "Fulfilled")],
                ScheduledStart = at,
                ScheduledEnd = request.SecondKind == RequestLabelKind.Extension ? assignment!.Changes[0].End : null,
                InAuditLog = true,
            });
        }

        return (assignment, requests);
    }

    private static PackageRequest First(EntitlementRequest request, EntitlementSubject subject, long? made, long? delivered)
    {
        long? decided = request.Start + request.DecidedAfter;
        var steps = new List<RequestStep> { new(request.Start, "submitted", "Submitted") };
        if (request.StageApprovers.Count > 0)
            steps.Add(new(request.Start + 4 * TimeSpan.TicksPerSecond, "pendingApproval", "PendingApproval"));
        if (decided is { } at)
        {
            switch (request.Outcome)
            {
                case RequestOutcome.Denied:
                    steps.Add(new(at, "denied", "Denied"));
                    break;
                case RequestOutcome.TimedOut:
                    steps.Add(new(at, "denied", "ApprovalTimedOut"));
                    break;
                case RequestOutcome.Canceled:
                    steps.Add(new(at, "canceled", "Canceled"));
                    break;
                case RequestOutcome.Scheduled or RequestOutcome.Approved when request.Scenario is RequestScenario.Scheduled or RequestScenario.ScheduledThenDelivered:
                    steps.Add(new(at, "scheduled", "Scheduled"));
                    break;
                default:
                    steps.Add(new(at, "delivering", "ReadyToFulfill"));
                    break;
            }
        }

        if (request.FailedAfter is { } failed)
            steps.Add(new(request.Start + failed, "deliveryFailed", "Failed"));
        if (delivered is { } given)
            steps.Add(request.Outcome == RequestOutcome.PartiallyDelivered ? new(given, "partiallyDelivered", "PartiallyDelivered")
                : new(given, "delivered", "Fulfilled"));
        return new PackageRequest(request.RequestId, FirstType(request), subject, request.Package, request.Policy, made is null ? null
            : request.AssignmentId)
        {
            Steps = steps,
            AssignmentMade = made,
            Requestor = FirstType(request) == "onBehalfAdd" && request.RequestedBy is { } by ? EntitlementSubject.Of(by) : null,
            Justification = request.Justification.Length == 0 ? null : request.Justification,
            ScheduledStart = request.Start,
            ScheduledEnd = request.ScheduledEnd,
            Approvals = [.. request.StageApprovers.Select((_, index) => Stage(request, index + 1))],
            InAuditLog = true,
        };
    }

    // The first stage has the id of the request.
    private static ExpectedApproval Stage(EntitlementRequest request, int stage)
    {
        string id = stage == 1 ? request.RequestId : SampleRandom.Of($"{request.RequestId}/stage {stage}").NewId();
        return request.Decisions.FirstOrDefault(decision => decision.Stage == stage) is { } made
            ? new(id, made.Approver, request.Start + made.After, made.Decision == ApprovalLabelDecision.Denied ? "Deny" : "Approve",
                made.Justification)
            : new(id, null, null, "NotReviewed", null);
    }

    private static string FirstType(EntitlementRequest request) => request.Kind switch
    {
        RequestLabelKind.DirectAssignment => "adminAdd",
        RequestLabelKind.AutoAssignment => "systemAdd",
        _ => request.RequestedBy == request.Subject ? "userAdd" : "onBehalfAdd",
    };

    private static string SecondType(EntitlementRequest request) => (request.SecondKind, request.Outcome) switch
    {
        (RequestLabelKind.Extension or RequestLabelKind.Update, _) => "userUpdate",
        (_, RequestOutcome.RemovedByUser) => "userRemove",
        (_, RequestOutcome.RemovedByAdministrator) => "adminRemove",
        _ => "systemRemove",
    };
}
