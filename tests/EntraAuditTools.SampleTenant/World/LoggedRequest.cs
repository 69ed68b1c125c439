namespace EntraAuditTools.SampleTenant;

/// <summary>The objects that a request of the audit log leaves: its assignment, itself, and the later request that removed or extended it.</summary>
internal static class LoggedRequest
{
    /// <param name="request">What the audit log tells.</param>
    /// <param name="end">The end of the period: what comes later has not happened.</param>
    public static (PackageAssignment? Assignment, IReadOnlyList<PackageRequest> Requests) Read(EntitlementRequest request, long end)
    {
        var subject = EntitlementSubject.Of(request.Subject);
        long? delivered = request.Start + request.DeliveredAfter;
        bool failed = request.Outcome == RequestOutcome.Failed;
        long? made = request.HasAssignment ? delivered ?? request.Start + request.DecidedAfter : null;
        long? ended = request.Outcome == RequestOutcome.Extended ? null : request.Start + request.EndedAfter;
        var reason = request.Outcome switch { RequestOutcome.RemovedByUser => AssignmentEnd.RemovedByUser, RequestOutcome.RemovedByAdministrator => AssignmentEnd.RemovedByAdministrator, _ => AssignmentEnd.Expired };
        PackageAssignment? assignment = made is null ? null : new(request.AssignmentId, request.RequestId, subject, request.Package, request.Policy, made.Value, request.ScheduledEnd)
        {
            Delivered = delivered,
            Failed = failed ? request.Start + request.DecidedAfter + TimeSpan.TicksPerHour : null,
            Partial = request.Outcome == RequestOutcome.PartiallyDelivered,
            Ended = ended <= end ? ended : null,
            EndReason = ended <= end ? reason : null,
            Changes = request is { Outcome: RequestOutcome.Extended, EndedAfter: { } extended }
                ? [new(request.Start + extended + TimeSpan.TicksPerMinute, request.Policy, request.ScheduledEnd + request.Policy.DurationInDays * TimeSpan.TicksPerDay)]
                : [],
            InAuditLog = true,
        };
        List<PackageRequest> requests = [First(request, subject, made, delivered)];
        if (request is { SecondRequestId: { } second, EndedAfter: { } after })
        {
            long at = request.Start + after;
            requests.Add(new PackageRequest(second, SecondType(request.Outcome), subject, request.Package, request.Policy, request.AssignmentId)
            {
                Steps = [new(at, "submitted", "Submitted"), new(at + TimeSpan.TicksPerSecond, "delivering", "Delivering"), new(at + TimeSpan.TicksPerMinute, "delivered", "Fulfilled")],
                ScheduledStart = at,
                ScheduledEnd = request.Outcome == RequestOutcome.Extended ? assignment!.Changes[0].End : null,
            });
        }

        return (assignment, requests);
    }

    private static PackageRequest First(EntitlementRequest request, EntitlementSubject subject, long? made, long? delivered)
    {
        bool direct = request.Outcome == RequestOutcome.DirectAssignment;
        long? decided = request.Start + request.DecidedAfter;
        var steps = new List<RequestStep> { new(request.Start, "submitted", "Submitted") };
        if (request.Policy.ApprovalRequired && !direct)
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
                case RequestOutcome.Scheduled:
                    steps.Add(new(at, "scheduled", "Scheduled"));
                    break;
                case RequestOutcome.Failed:
                    steps.Add(new(at, "delivering", "Delivering"));
                    steps.Add(new(at + TimeSpan.TicksPerHour, "deliveryFailed", "Failed"));
                    break;
                default:
                    steps.Add(new(at, "delivering", "ReadyToFulfill"));
                    break;
            }
        }

        if (delivered is { } given)
            steps.Add(request.Outcome == RequestOutcome.PartiallyDelivered ? new(given, "partiallyDelivered", "PartiallyDelivered") : new(given, "delivered", "Fulfilled"));
        var decision = request.Outcome switch { RequestOutcome.Denied => "Deny", RequestOutcome.Pending or RequestOutcome.TimedOut or RequestOutcome.Canceled => "NotReviewed", _ => "Approve" };
        bool acted = decision != "NotReviewed";
        return new PackageRequest(request.RequestId, direct ? "adminAdd" : "userAdd", subject, request.Package, request.Policy, made is null ? null : request.AssignmentId)
        {
            Steps = steps,
            AssignmentMade = made,
            Justification = direct ? null : request.Justification,
            ScheduledStart = request.Start,
            ScheduledEnd = request.ScheduledEnd,
            Approvals = direct || !request.Policy.ApprovalRequired ? [] : [new(request.RequestId, acted ? request.Approver : null, acted ? decided : null, decision, null)],
        };
    }

    private static string SecondType(RequestOutcome outcome) => outcome switch
    {
        RequestOutcome.RemovedByUser => "userRemove",
        RequestOutcome.RemovedByAdministrator => "adminRemove",
        RequestOutcome.Extended => "userUpdate",
        _ => "systemRemove",
    };
}
