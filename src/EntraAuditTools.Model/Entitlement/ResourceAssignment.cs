namespace EntraAuditTools;

/// <summary>
/// A role of a resource that a user has through entitlement management, with every grant of it: the portal's report "Resource assignments
/// for a user".
/// </summary>
public sealed class ResourceAssignment
{
    private readonly Lazy<RecordList<AuditEvidence>> evidence;

    /// <summary>Creates an assignment whose evidence is read on first use.</summary>
    public ResourceAssignment(Func<RecordList<AuditEvidence>> evidence) => this.evidence = new Lazy<RecordList<AuditEvidence>>(evidence);

    /// <summary>Who has the role; null when no export contains it.</summary>
    public EntitlementSubject? User { get; init; }

    /// <summary>The group, application or site.</summary>
    public EntitlementResource Resource { get; init; } = new();

    /// <summary>Name of the role; null when no export contains it.</summary>
    public string? Role { get; init; }

    /// <summary>Each package and policy that gives it.</summary>
    public RecordList<ResourceGrant> Grants { get; init; } = new([]);

    /// <summary>Since when by the earliest grant, UTC; null when no export contains it.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary><see cref="Start"/> as ISO 8601 text in UTC with seven digits, for files; null when it is.</summary>
    public string? StartUtc => IsoText.Of(Start);

    /// <summary>
    /// Until when by the latest grant, UTC; null when one of them has no end, or (<see cref="EndKnown"/> false) the end of one is not
    /// known.
    /// </summary>
    public DateTimeOffset? End { get; init; }

    /// <summary><see cref="End"/> as ISO 8601 text in UTC with seven digits, for files; null when it is.</summary>
    public string? EndUtc => IsoText.Of(End);

    /// <summary>
    /// Whether the end is known: true as well when one grant has no end, since then the role has none, independently of the others.
    /// </summary>
    public bool EndKnown { get; init; }

    /// <summary>Object id of the user; null when no export contains it.</summary>
    public string? UserId => User?.Id;

    /// <summary>Id of the resource where it comes from; null when no export contains it.</summary>
    public string? ResourceId => Resource.Id;

    /// <summary>Ids of the packages that give it.</summary>
    public RecordList<string> AccessPackageId { get; init; } = new([]);

    /// <summary>Ids of the assignments that give it.</summary>
    public RecordList<string> AssignmentId { get; init; } = new([]);

    /// <summary>Tenant; null when no export names it.</summary>
    public string? TenantId { get; init; }

    /// <summary>Where it comes from: each import that brought the assignments.</summary>
    public RecordList<AuditEvidence> Evidence => evidence.Value;

    /// <summary>"user: role of resource".</summary>
    public override string ToString() => $"{User}: {Role} of {Resource}";
}
