namespace EntraAuditTools.SampleTenant;

/// <summary>A trail with those of its events that are in the log.</summary>
internal sealed class LoggedTrail
{
    private readonly RequestTrail trail;
    private readonly (RequestEvent Event, AuditEvent Audit)[] present;

    public LoggedTrail(RequestTrail trail, LongScenario scenario)
    {
        this.trail = trail;
        // The same seeds by position as when the log is written.
        present =
        [
            .. trail.Events.Where(happened => !happened.Missing).Take(scenario.Count)
                .Select((happened, index) =>
                    (happened, happened.Make(new SampleRandom(SampleRandom.Mix(scenario.Seed, (ulong)index)),
                        scenario.Start + happened.At))),
        ];
    }

    public IEnumerable<AppRoleGrantLabel> Grants() =>
        present.Where(item => item.Event.Application is not null).Select(item => new AppRoleGrantLabel
    {
        EventId = item.Audit.Id,
        Time = Time(item.Audit),
        Activity = item.Audit.Activity,
        Granted = item.Audit.OperationType == "Assign",
        Success = true,
        Application = item.Event.Application!,
        Role = item.Event.Application!.Roles[0],
        PrincipalType = "User",
        PrincipalId = item.Event.Part!.Subject.Id,
        PrincipalName = item.Event.Part.Subject.UserPrincipalName,
        Actor = item.Audit.Actor,
        ViaEntitlement = true,
        RequestId = item.Event.Part.Id,
    });

    public IEnumerable<(RequestLabel Label, long First, long Last)> Labels()
    {
        foreach (var part in trail.Parts)
        {
            var all = present.Where(item => item.Event.Part == part).ToList();
            if (all.Exists(item => !item.Event.IsDirectory))
                yield return (Label(part, all), all[0].Audit.Ticks, all[^1].Audit.Ticks);
        }
    }

    private RequestLabel Label(RequestPart part, List<(RequestEvent Event, AuditEvent Audit)> all)
    {
        var own = all.Where(item => !item.Event.IsDirectory).ToList();
        var removal = trail.Parts.FirstOrDefault(candidate => candidate.Of == part && candidate.Kind == RequestLabelKind.Removal);
        var first = own.Find(item => item.Event.Moment == RequestMoment.Requested).Audit;
        var approvals = Approvals(own);
        var expected = Status(own.Select(item => item.Event));
        var delivered = own.Find(item => item.Event.Moment == (part.Kind == RequestLabelKind.Removal ? RequestMoment.Ended
            : RequestMoment.Delivered)).Audit;
        var endRequested = present.FirstOrDefault(item => item.Event.Part == removal && item.Event.Moment == RequestMoment.Requested).Audit;
        var ended = part.Of is not null ? null
            : present.FirstOrDefault(item => item.Event.Moment == RequestMoment.Ended
                && (item.Event.Part == part || (removal is not null && item.Event.Part == removal))).Audit;
        return new RequestLabel
        {
            RequestId = part.Id,
            RequestIdInEvents = own.Exists(item => NamesRequest(item.Audit, part)),
            AssignmentId = part.Of is not null || part.Delivered is not null || part.Outcome == RequestOutcome.Failed
            && trail.Scenario != RequestScenario.Refused ? part.AssignmentId : null,
            AssignmentIdInEvents = own.Exists(item => NamesAssignment(item.Audit, part)),
            Scenario = trail.Scenario,
            Kind = part.Kind,
            Subject = part.Subject,
            RequestedBy = part.RequestedBy,
            Package = part.Package,
            Policy = part.Policy,
            RequestedAt = first is null ? null : Time(first),
            Justification = first is null ? null : part.Justification,
            ExpectedStatus = expected,
            TrueStatus = Status(trail.Events.Where(happened => happened.Part == part && !happened.IsDirectory))!.Value,
            Approvals = approvals,
            WaitingFor = expected != RequestLabelStatus.PendingApproval
                ? []
                : [.. own.Where(item => item.Event.Moment == RequestMoment.ApproverAdded
                    && !approvals.Any(approval => approval.Stage == item.Event.Stage)).Select(item => item.Event.Approver!)],
            DeliveredAt = delivered is null ? null : Time(delivered),
            EndedByRequestId = removal?.Id,
            EndRequestedAt = removal is null || endRequested is null ? null : Time(endRequested),
            AssignmentEndedAt = ended is null ? null : Time(ended),
            EndReason = part.Of is null ? EndReason(part, removal) : null,
            EventIds = [.. own.Select(item => item.Audit.Id)],
            DirectoryEventIds = [.. all.Where(item => item.Event.IsDirectory).Select(item => item.Audit.Id)],
            MissingEvents = trail.Events.Count(happened => happened.Part == part && !happened.IsDirectory) - own.Count,
            CorrelationChange = part.CorrelationChange,
            DocumentationNames = trail.DocumentationNames,
            Links = Links(part, all),
        };
    }

    private static RequestLabelStatus? Status(IEnumerable<RequestEvent> events)
    {
        RequestLabelStatus? status = null;
        foreach (var happened in events)
        {
            if (happened.Moment == RequestMoment.Requested && happened.Failed)
                status = RequestLabelStatus.Failed;
            else if (RequestLabel.StatusByActivity.TryGetValue(happened.Activity, out var next))
                status = next;
        }

        return status;
    }

    private static List<ApprovalLabel> Approvals(List<(RequestEvent Event, AuditEvent Audit)> own) =>
    [
        .. own.Where(item => item.Event.Moment == RequestMoment.Decided).GroupBy(item => item.Event.Stage).OrderBy(stage => stage.Key)
            .Select(stage =>
            new ApprovalLabel(stage.Key, stage.First().Event.Approver!, stage.First().Event.Decision, Time(stage.First().Audit),
                stage.Select(item => item.Event.Words).FirstOrDefault(words => words is not null),
                    [.. stage.Select(item => item.Audit.Id)])),
    ];

    private AssignmentEndLabel? EndReason(RequestPart part, RequestPart? removal)
    {
        if (removal is null)
            return present.Any(item => item.Event.Part == part && item.Event.Moment == RequestMoment.Ended) ? AssignmentEndLabel.UserDeleted
                : null;
        var removals = present.Where(item => item.Event.Part == removal).Select(item => item.Event).ToList();
        if (removals.Exists(happened => happened.Moment == RequestMoment.Reviewed))
            return AssignmentEndLabel.AccessReview;
        return removals.Find(happened => happened.Moment == RequestMoment.Requested)?.Activity switch
        {
            null => null,
            "User requests to remove access package assignment" => AssignmentEndLabel.CanceledByUser,
            "Administrator directly removes user access package assignment" => AssignmentEndLabel.RemovedByAdministrator,
            _ => part.Kind == RequestLabelKind.AutoAssignment
            && present.Any(item => item.Event.Part == part && item.Event.Moment == RequestMoment.Requested) ? AssignmentEndLabel.PolicyRule
            : AssignmentEndLabel.Expired,
        };
    }

    private static Dictionary<string, RequestLink> Links(RequestPart part, List<(RequestEvent Event, AuditEvent Audit)> all)
    {
        bool assignmentKnown = all.Exists(item => NamesRequest(item.Audit, part) && NamesAssignment(item.Audit, part));
        var links = new Dictionary<string, RequestLink>();
        var correlations = new HashSet<string>();
        foreach (var (happened, audit) in all)
        {
            links[audit.Id] = NamesRequest(audit, part) ? RequestLink.RequestId
                : assignmentKnown && NamesAssignment(audit, part) ? RequestLink.AssignmentId
                : RequestLink.PersonPackageTime;
            if (links[audit.Id] != RequestLink.PersonPackageTime)
                correlations.Add(audit.CorrelationId);
        }

        foreach (var (_, audit) in all.Where(item =>
            links[item.Audit.Id] == RequestLink.PersonPackageTime && correlations.Contains(item.Audit.CorrelationId)))
            links[audit.Id] = RequestLink.CorrelationId;
        return links;
    }

    private static bool NamesRequest(AuditEvent audit, RequestPart part) =>
        audit.Targets.Any(target => target.Id == part.Id && target.Type is "AccessPackageAssignmentRequest" or "Other");

    private static bool NamesAssignment(AuditEvent audit, RequestPart part) =>
        audit.Targets.Any(target => target.Id == part.AssignmentId)
        || audit.Details.Any(detail => detail.Key == "AssignmentId" && detail.Value == part.AssignmentId);

    private static DateTimeOffset Time(AuditEvent audit) => new(audit.Ticks, TimeSpan.Zero);
}
