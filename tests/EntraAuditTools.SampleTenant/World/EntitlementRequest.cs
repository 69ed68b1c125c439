namespace EntraAuditTools.SampleTenant;

/// <summary>What truly became of a request: the label that answers are checked against.</summary>
public enum RequestOutcome
{
    /// <summary>Approved, delivered, still assigned.</summary>
    Approved,

    /// <summary>Needed no approval; delivered.</summary>
    AutoApproved,
    Denied,

    /// <summary>No approver acted.</summary>
    TimedOut,

    /// <summary>Delivered, and ended when its time was over.</summary>
    Expired,

    /// <summary>Cancelled by the requestor before a decision.</summary>
    Canceled,

    /// <summary>Approved, but delivery failed.</summary>
    Failed,

    /// <summary>Approved; one resource of several could not be given.</summary>
    PartiallyDelivered,

    /// <summary>Delivered; later given back by the user.</summary>
    RemovedByUser,

    /// <summary>Delivered; later taken away by an administrator.</summary>
    RemovedByAdministrator,

    /// <summary>Assigned by an administrator without a request.</summary>
    DirectAssignment,

    /// <summary>Delivered; extended by a second request.</summary>
    Extended,

    /// <summary>Approved for a day to come.</summary>
    Scheduled,

    /// <summary>Waiting for the approver at the end of the log.</summary>
    Pending,
}

/// <summary>One request for an access package with its true outcome. Offsets are ticks after the request; null did not happen.</summary>
public sealed record EntitlementRequest(string RequestId, string AssignmentId, string CorrelationId, RequestOutcome Outcome, Person Subject, AccessPackageModel Package, PackagePolicy Policy, Person Approver, string Justification)
{
    /// <summary>UTC ticks of the request.</summary>
    public required long Start { get; init; }

    public long? DecidedAfter { get; init; }

    public long? DeliveredAfter { get; init; }

    public long? EndedAfter { get; init; }

    /// <summary>An administrator who takes part: assigns directly, or removes.</summary>
    public required Person Administrator { get; init; }

    /// <summary>The access reviews service works under a correlation id of its own.</summary>
    public required string ApprovalCorrelationId { get; init; }

    /// <summary>The later request that removed or extended the assignment; null when there was none.</summary>
    public string? SecondRequestId { get; init; }

    /// <summary>Whether an assignment object came of it; a failed delivery leaves one too.</summary>
    public bool HasAssignment => DeliveredAfter is not null || Outcome == RequestOutcome.Failed;

    /// <summary>When the assignment is to end (UTC ticks): by the policy, or on the day that was asked for.</summary>
    public long ScheduledEnd => Outcome == RequestOutcome.Expired ? Start + EndedAfter!.Value : Start + Policy.DurationInDays * TimeSpan.TicksPerDay;

    private static readonly string[] Justifications =
        ["Needed for the quarter close", "Covering for a colleague until Friday", "New in the team, please see ticket HD-1180", "Projekt Laterne, Phase 2", "Bitte um Zugriff – Prüfung läuft", "=SUM(1,1) is what the sheet says", "Access review said \"keep\"\r\nsecond line"];

    /// <summary>Every request in the log, in the order they were made.</summary>
    public static IEnumerable<EntitlementRequest> All(Tenant tenant)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return tenant.Plan.Long
            .Where(story => StoryCatalog.Outcome(story.Kind) is not null)
            .Select(story => From(new StoryContext(tenant, story.Seed, story.Start), StoryCatalog.Outcome(story.Kind)!.Value));
    }

    internal static EntitlementRequest From(StoryContext story, RequestOutcome outcome)
    {
        var random = story.Random;
        bool direct = outcome == RequestOutcome.DirectAssignment;
        bool approval = outcome is not (RequestOutcome.AutoApproved or RequestOutcome.DirectAssignment);
        // Nobody can ask for what is in an unpublished catalog.
        var package = random.Pick(story.Tenant.RequestablePackages);
        var policy = package.Policies[approval ? 0 : 1];
        var subject = policy.AllowedTargetScope switch
        {
            "allMemberUsers" => random.Pick(story.Tenant.Members),
            "allDirectoryUsers" => random.Pick(story.Tenant.People),
            _ => random.Pick(story.Tenant.ConnectedGuests),
        };
        long decided = story.About(direct ? 2 : approval ? 9 * 3600 : 3);
        long delivered = decided + story.About(240);
        bool isDelivered = outcome is not (RequestOutcome.Denied or RequestOutcome.TimedOut or RequestOutcome.Canceled or RequestOutcome.Failed or RequestOutcome.Pending or RequestOutcome.Scheduled);
        bool ends = outcome is RequestOutcome.Expired or RequestOutcome.RemovedByUser or RequestOutcome.RemovedByAdministrator;
        return new EntitlementRequest(random.NewId(), random.NewId(), random.NewId(), outcome, subject, package, policy, policy.Approver ?? random.Pick(story.Tenant.Administrators), random.Pick(Justifications))
        {
            Start = story.Start,
            DecidedAfter = outcome switch { RequestOutcome.Pending => null, RequestOutcome.TimedOut => 14 * TimeSpan.TicksPerDay, _ => decided },
            DeliveredAfter = isDelivered ? delivered : null,
            EndedAfter = ends ? delivered + story.About(6 * 86_400) : outcome == RequestOutcome.Extended ? delivered + story.About(86_400) : null,
            Administrator = random.Pick(story.Tenant.Administrators),
            ApprovalCorrelationId = random.NewId(),
            SecondRequestId = outcome is RequestOutcome.RemovedByUser or RequestOutcome.RemovedByAdministrator or RequestOutcome.Expired or RequestOutcome.Extended ? random.NewId() : null,
        };
    }
}
