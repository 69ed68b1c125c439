namespace EntraAuditTools.SampleTenant;

/// <summary>The objects that a request of the audit log leaves: its assignment, itself, and the later request that changed or ended it.</summary>
internal static class LoggedRequest
{
    /// <param name="request">What truly happened.</param>
    /// <param name="labels">What the log's events say of each request, by its id: approvals stage by stage.</param>
    public static (PackageAssignment? Assignment, IReadOnlyList<PackageRequest> Requests) Read(EntitlementRequest request, IReadOnlyDictionary<string, RequestLabel> labels)
    {
        var subject = EntitlementSubject.Of(request.Subject);
        long? delivered = request.Start + request.DeliveredAfter;
        bool failed = request.Outcome == RequestOutcome.Failed;
        bool extended = request.Outcome == RequestOutcome.Extended;
        long? made = request.HasAssignment ? delivered ?? request.Start + request.DecidedAfter : null;
        long? ended = extended ? null : request.Start + request.EndedAfter;
        PackageAssignment? assignment = made is null ? null : new(request.AssignmentId, request.RequestId, subject, request.Package, request.Policy, made.Value, request.ScheduledEnd)
        {
            Delivered = delivered,
            Failed = failed ? request.Start + request.DecidedAfter + TimeSpan.TicksPerHour : null,
            Partial = request.Outcome == RequestOutcome.PartiallyDelivered,
            Ended = ended,
            EndReason = ended is null ? null : Reason(request.Outcome),
            Changes = extended && request.EndedAfter is { } after
                ? [new(request.Start + after + TimeSpan.TicksPerMinute, request.Policy, request.ScheduledEnd + request.Policy.DurationInDays * TimeSpan.TicksPerDay)]
                : [],
            InAuditLog = true,
        };
        var label = labels.GetValueOrDefault(request.RequestId);
        List<PackageRequest> requests = [First(request, subject, made, delivered, label)];
        if (request.SecondRequestId is { } second && (request.Start + request.EndedAfter ?? labels.GetValueOrDefault(second)?.RequestedAt?.UtcTicks) is { } at)
        {
            requests.Add(new PackageRequest(second, SecondType(request.Outcome), subject, request.Package, request.Policy, request.AssignmentId)
            {
                Steps = [new(at, "submitted", "Submitted"), new(at + TimeSpan.TicksPerSecond, "delivering", "Delivering"), new(at + TimeSpan.TicksPerMinute, "delivered", "Fulfilled")],
                ScheduledStart = at,
                ScheduledEnd = extended ? assignment!.Changes[0].End : null,
                InAuditLog = true,
            });
        }

        return (assignment, requests);
    }

    private static PackageRequest First(EntitlementRequest request, EntitlementSubject subject, long? made, long? delivered, RequestLabel? label)
    {
        bool approval = request is { Kind: RequestLabelKind.UserRequest, Policy.ApprovalRequired: true };
        long? decided = request.Start + request.DecidedAfter;
        var steps = new List<RequestStep> { new(request.Start, "submitted", "Submitted") };
        if (approval)
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
                    steps.Add(request.Story == RequestStory.ScheduledThenDelivered ? new(at, "scheduled", "Scheduled") : new(at, "delivering", "ReadyToFulfill"));
                    break;
            }
        }

        if (delivered is { } given)
            steps.Add(request.Outcome == RequestOutcome.PartiallyDelivered ? new(given, "partiallyDelivered", "PartiallyDelivered") : new(given, "delivered", "Fulfilled"));
        bool onBehalf = request.RequestedBy is { } by && request.Kind == RequestLabelKind.UserRequest && by.Id != request.Subject.Id;
        return new PackageRequest(request.RequestId, request.Kind switch { RequestLabelKind.DirectAssignment => "adminAdd", RequestLabelKind.AutoAssignment => "systemAdd", _ => onBehalf ? "onBehalfAdd" : "userAdd" }, subject, request.Package, request.Policy, made is null ? null : request.AssignmentId)
        {
            Steps = steps,
            AssignmentMade = made,
            Requestor = onBehalf ? EntitlementSubject.Of(request.RequestedBy!) : null,
            Justification = request.Justification.Length == 0 ? null : request.Justification,
            ScheduledStart = made ?? request.Start,
            ScheduledEnd = request.ScheduledEnd,
            Approvals = approval ? Approvals(request, decided, label) : [],
            InAuditLog = true,
        };
    }

    // By the log's own events; where those are missing, the one approver's decision.
    private static List<ApprovalTruth> Approvals(EntitlementRequest request, long? decided, RequestLabel? label)
    {
        bool open = request.Outcome is RequestOutcome.Pending or RequestOutcome.TimedOut or RequestOutcome.Canceled;
        List<ApprovalTruth> stages = [.. (label?.Approvals ?? []).Select(stage => new ApprovalTruth(StageId(request, stage.Stage), stage.Approver, stage.Time.UtcTicks, stage.Decision == ApprovalLabelDecision.Approved ? "Approve" : "Deny", stage.Justification))];
        if (open)
            stages.Add(new(StageId(request, stages.Count + 1), null, null, "NotReviewed", null));
        else if (stages.Count == 0)
            stages.Add(new(request.RequestId, request.Approver, decided, request.Outcome == RequestOutcome.Denied ? "Deny" : "Approve", null));
        return stages;
    }

    private static string StageId(EntitlementRequest request, int stage) => stage == 1 ? request.RequestId : SampleRandom.Of($"stage/{request.RequestId}/{stage}").NewId();

    private static AssignmentEnd Reason(RequestOutcome outcome) => outcome switch
    {
        RequestOutcome.RemovedByUser => AssignmentEnd.RemovedByUser,
        RequestOutcome.RemovedByAdministrator => AssignmentEnd.RemovedByAdministrator,
        RequestOutcome.RemovedByRule => AssignmentEnd.PolicyRule,
        RequestOutcome.RemovedByReview => AssignmentEnd.AccessReview,
        RequestOutcome.UserDeleted => AssignmentEnd.UserDeleted,
        _ => AssignmentEnd.Expired,
    };

    private static string SecondType(RequestOutcome outcome) => outcome switch
    {
        RequestOutcome.RemovedByUser => "userRemove",
        RequestOutcome.RemovedByAdministrator => "adminRemove",
        RequestOutcome.Expired or RequestOutcome.RemovedByRule or RequestOutcome.RemovedByReview or RequestOutcome.UserDeleted => "systemRemove",
        _ => "userUpdate",
    };
}
