using static EntraAuditTools.SampleTenant.EventParts;

namespace EntraAuditTools.SampleTenant;

/// <summary>
/// A scenario of requests with the request that each event belongs to. It is made from the seed alone, so that the log, the request
/// objects and the labels all come from the same run.
/// </summary>
internal sealed partial class RequestTrail
{
    private const long Second = TimeSpan.TicksPerSecond;
    private const long Minute = TimeSpan.TicksPerMinute;
    private const long Hour = TimeSpan.TicksPerHour;
    private const long Day = TimeSpan.TicksPerDay;

    private static readonly string[] Justifications =
        ["Needed for the quarter close", "Covering for a colleague until Friday", "New in the team, please see ticket HD-1180",
            "Projekt Laterne, Phase 2", "Bitte um Zugriff – Prüfung läuft", "=SUM(1,1) is what the sheet says",
                "Access review said \"keep\"\r\nsecond line"];

    private static readonly string?[] Agreements = ["Fine, agreed in the stand-up", "OK", "Genehmigt – siehe Ticket", null];

    private static readonly string?[] Refusals =
        ["Not needed for this role", "Ask your manager first", "Only for \"Finance\"\r\nplease use the other package", null];

    private readonly ScenarioContext scenario;
    private readonly SampleRandom random;
    private readonly Tenant tenant;
    private readonly RequestScenario kind;
    private readonly EventActor userManagement;
    private readonly EventActor accessReviews;
    private readonly List<RequestPart> parts = [];
    private List<RequestEvent> events = [];

    private RequestTrail(ScenarioContext scenario, RequestScenario kind)
    {
        this.scenario = scenario;
        this.kind = kind;
        random = scenario.Random;
        tenant = scenario.Tenant;
        // A tenant mostly writes one set of names.
        bool usual = new SampleRandom(SampleRandom.Mix((ulong)tenant.Options.Seed, 66)).Chance(50);
        DocumentationNames = random.Chance(15) ? !usual : usual;
        userManagement = new(false, SampleRandom.Of(tenant.Id + " user management").NewId(),
            "Azure AD Identity Governance - User Management");
        accessReviews = new(false, SampleRandom.Of(tenant.Id + " access reviews").NewId(), "Azure AD Identity Governance - Access Reviews");
    }

    /// <summary>Whether this trail has the names of the documentation instead of the catalog's.</summary>
    public bool DocumentationNames { get; }

    public RequestScenario Scenario => kind;

    /// <summary>The requests, those that follow on others included.</summary>
    public IReadOnlyList<RequestPart> Parts => parts;

    /// <summary>All that happened in time order, missing events included.</summary>
    public IReadOnlyList<RequestEvent> Events => events;

    /// <summary>Runs the scenario, up to the point of writing it.</summary>
    public static RequestTrail Of(ScenarioContext scenario, RequestScenario kind)
    {
        var trail = new RequestTrail(scenario, kind);
        trail.Run();
        trail.events = [.. trail.events.OrderBy(happened => happened.At)];
        trail.Lose();
        return trail;
    }

    /// <summary>Adds what is not missing to the scenario.</summary>
    public void Write()
    {
        foreach (var happened in events.Where(happened => !happened.Missing))
            scenario.Step(happened.At, happened.Make);
    }

    /// <summary>The requests that left a request object of their own kind.</summary>
    public IEnumerable<EntitlementRequest> Requests() =>
        kind == RequestScenario.Refused ? [] : parts.Where(part => part.Of is null).Select(Request);

    private EntitlementRequest Request(RequestPart part)
    {
        var second = parts.Find(candidate => candidate.Of == part);
        return new EntitlementRequest(part.Id, part.AssignmentId, part.CorrelationId, part.Outcome, part.Subject, part.Package, part.Policy,
            part.Approvers.Count > 0 ? part.Approvers[0] : part.Administrator, part.Justification ?? "")
        {
            Start = scenario.Start + part.At,
            DecidedAfter = part.Decided - part.At,
            DeliveredAfter = part.Delivered - part.At,
            EndedAfter = part.Ended - part.At,
            Administrator = part.Administrator,
            ApprovalCorrelationId = part.ApprovalCorrelationId,
            SecondRequestId = second?.Id,
            SecondKind = second?.Kind,
            SecondAfter = second?.At - part.At,
            SecondFulfilledAfter = second is null ? null : events.FindLast(happened => happened.Part == second)!.At - part.At,
            Kind = part.Kind,
            RequestedBy = part.RequestedBy,
            Scenario = kind,
            StageApprovers = part.Approvers,
            Decisions =
            [
                .. events.Where(happened => happened.Part == part && happened.Moment == RequestMoment.Decided)
                    .GroupBy(happened => happened.Stage)
                    .Select(stage => stage.First())
                    .Select(first => new RequestDecision(first.Stage, first.Approver!, first.Decision, first.At - part.At, first.Words)),
            ],
            FailedAfter = events.Find(happened => happened.Part == part
                && happened.Activity == "Failed access package assignment request")?.At - part.At,
        };
    }

    // Logs have holes: what was not exported, what is older than the log, what has not arrived yet.
    private void Lose()
    {
        bool certain = kind == RequestScenario.RecordsMissing;
        var candidates = events.Where(happened => happened.Part is not null && !happened.IsDirectory).ToList();
        if ((!certain && !random.Chance(8)) || candidates.Count < 4)
            return;
        int where = random.Below(20);
        if (where < 3)
            candidates[0].Missing = true;
        else if (where < 6)
            candidates[^1].Missing = true;
        else
            for (int count = random.Between(1, 2); count > 0; count--)
                candidates[random.Between(1, candidates.Count - 2)].Missing = true;
    }

    // A request with all that is drawn for it; one that follows on another has no variants of its own.
    private RequestPart Part(RequestLabelKind what, long at, Person subject, Person? by, AccessPackageModel package, PackagePolicy policy,
        string? justification = null, IReadOnlyList<Person>? approvers = null, RequestPart? of = null)
    {
        bool shared = kind == RequestScenario.TwoAtOnce;
        // Two requests sent in one batch share what they begin with; only ids keep them apart then.
        string correlation = shared && parts.Count == 1 && random.Chance(30) ? parts[0].CorrelationId : random.NewId();
        string approval = random.NewId();
        string fulfilment = random.NewId();
        var change = of is not null ? CorrelationChange.None
            : random.Below(10) switch { < 4 => CorrelationChange.None, < 7 => CorrelationChange.AtFulfilment, _ =>
                CorrelationChange.AtApproval };
        var nameless = of is not null || shared || !random.Chance(20)
            ? []
            : new[] { RequestPhase.Decision, RequestPhase.Ready, RequestPhase.Delivery, RequestPhase.Fulfilment }
                .Where(_ => random.Chance(50)).ToArray();
        if (change == CorrelationChange.None && random.Chance(50))
            approval = correlation;
        return Add(new RequestPart(what, at, subject, by, package, policy, random.NewId(), of?.AssignmentId ?? random.NewId())
        {
            CorrelationId = correlation,
            ApprovalCorrelationId = approval,
            FulfilmentCorrelationId = fulfilment,
            DirectoryCorrelationId = random.Chance(10) ? random.NewId()
            : change switch { CorrelationChange.AtApproval => approval, CorrelationChange.AtFulfilment => fulfilment, _ => correlation },
            CorrelationChange = change,
            Nameless = nameless,
            NamesAssignment = of is not null || random.Chance(nameless.Length > 0 ? 50 : 80),
            NamesSubjectTwice = random.Chance(70),
            FulfilledBySubject = random.Chance(60),
            Administrator = random.Pick(tenant.Administrators),
            Justification = justification,
            Approvers = approvers ?? [],
            Of = of,
        });
    }

    private RequestPart Add(RequestPart part)
    {
        parts.Add(part);
        return part;
    }

    // An event of entitlement management.
    private void Add(RequestPart part, long at, RequestPhase phase, string activity, string operation, Person? by,
        RequestMoment moment = RequestMoment.None, EventDetail[]? details = null, EventTarget? more = null, string? failure = null,
        bool byName = true, RequestEvent? like = null)
    {
        bool names = byName && !part.Nameless.Contains(phase);
        events.Add(new RequestEvent(part, at,
            (random, ticks) => Record("EntitlementManagement", "Entitlement Management", random, ticks, part.Correlation(phase),
                "EntitlementManagement", activity, operation,
            by is null ? tenant.Services.Entitlement : Actor(random, by),
            [
                .. names ? [new EventTarget("AccessPackageAssignmentRequest", part.Id, null)] : Array.Empty<EventTarget>(),
                .. more is null ? Array.Empty<EventTarget>() : [more],
                PackageTarget(part),
                .. by == part.Subject && !part.NamesSubjectTwice ? Array.Empty<EventTarget>() : [Named(part.Subject)],
                new("AccessPackageAssignmentPolicy", part.Policy.Id, part.Policy.DisplayName),
            ],
            details ?? [], failure is null ? "success" : "failure", failure ?? "", by is null ? null : random.Pick(UserAgents)))
        {
            Activity = activity,
            Moment = moment,
            Failed = failure is not null,
            Stage = like?.Stage ?? 0,
            Approver = like?.Approver,
            Decision = like?.Decision ?? default,
            Words = details?.FirstOrDefault(detail => detail.Key == "Justification").Value,
        });
    }

    // An event of the access reviews service, which does the approvals: the request is a target of type Other there.
    private void Review(RequestPart part, long at, string category, string activity, string operation, Person? by,
        RequestMoment moment = RequestMoment.None, Person? added = null, string? words = null, int stage = 0,
            ApprovalLabelDecision decision = default)
    {
        events.Add(new RequestEvent(part, at,
            (random, ticks) => Record("AccessReviews", "Access Reviews", random, ticks, part.Correlation(RequestPhase.Approval), category,
                activity, operation,
            by is null ? tenant.Services.Entitlement : Actor(random, by),
            [new("Other", part.Id, null), Named(added ?? part.Subject)],
            words is null ? [new("ApprovalId", part.Id)] : [new("ApprovalId", part.Id), new("Justification", words)], "success", null))
        {
            Activity = activity,
            Moment = moment,
            Stage = stage,
            Approver = added ?? by,
            Decision = decision,
            Words = words,
        });
    }

    private void Directory(RequestPart? part, long at, string activity, Func<SampleRandom, long, AuditEvent> make,
        EnterpriseApplication? application = null) =>
        events.Add(new RequestEvent(part, at, make) { Activity = activity, IsDirectory = true, Application = application });

    private static EventTarget PackageTarget(RequestPart part) => new("AccessPackage", part.Package.Id, part.Package.DisplayName);

    private static EventTarget AssignmentTarget(RequestPart part) => new("AccessPackageAssignment", part.AssignmentId, null);
}
