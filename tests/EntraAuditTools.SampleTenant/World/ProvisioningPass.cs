namespace EntraAuditTools.SampleTenant;

/// <summary>How an attempt to provision one person ended.</summary>
public enum ProvisioningOutcome
{
    Created,
    Updated,
    Disabled,
    Skipped,
    Failed,
}

/// <summary>One person in one cycle of a provisioning job. The audit events and the provisioning log tell of the same passes.</summary>
public sealed record ProvisioningPass(
    string ChangeId,
    string CycleId,
    string RecordId,
    ProvisioningJob Job,
    Person Person,
    ProvisioningOutcome Outcome,
    string? ErrorCode,
    string? ErrorReason,
    int DurationMilliseconds,
    string TargetId)
{
    /// <summary>UTC ticks of the first import.</summary>
    public long Start { get; init; }

    private static readonly (string Code, string Reason)[] Errors =
    [
        ("SystemForCrossDomainIdentityManagementServiceIncompatible", "The target system did not understand the request: 400 Bad Request"),
        ("LedgerlineEntryConflict", "An entry with the same userName already exists in the target system."),
        ("InsufficientRights", "The credentials may not write users in the target system."),
        ("Timeout", "The target system did not answer within 60 seconds."),
        ("MandatoryFieldsMissing", "A required attribute (employeeId) has no value."),
    ];

    /// <summary>Every pass in the log: those that take seconds, oldest first, then those that went to escrow.</summary>
    public static IEnumerable<ProvisioningPass> All(Tenant tenant)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        int escrow = Array.IndexOf(StoryCatalog.Long, StoryCatalog.Escrow);
        return tenant.Plan.ShortOf(StoryCatalog.ProvisioningPass).Select(story => From(story))
            .Concat(tenant.Plan.Long.Where(story => story.Kind == escrow).Select(story => From(new StoryContext(tenant, story.Seed, story.Start), ProvisioningOutcome.Failed)));
    }

    internal static ProvisioningPass From(StoryContext story, ProvisioningOutcome? outcome = null, ProvisioningJob? job = null)
    {
        var random = story.Random;
        int chance = random.Below(100);
        var ended = outcome ?? (chance < 40 ? ProvisioningOutcome.Updated : chance < 62 ? ProvisioningOutcome.Created : chance < 72 ? ProvisioningOutcome.Disabled : chance < 90 ? ProvisioningOutcome.Skipped : ProvisioningOutcome.Failed);
        var error = random.Pick(Errors);
        bool failed = ended == ProvisioningOutcome.Failed;
        return new ProvisioningPass(random.NewId(), random.NewId(), random.NewId(), job ?? random.Pick(story.Tenant.Jobs), random.Pick(story.Tenant.Members), ended, failed ? error.Code : null, failed ? error.Reason : null, random.Between(200, 9000), random.NewId())
        {
            Start = story.Start,
        };
    }
}
