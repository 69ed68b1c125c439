namespace EntraAuditTools;

/// <summary>
/// An organization whose users can request access (Graph <c>connectedOrganization</c>): what the portal's download lists.
/// </summary>
public sealed class ConnectedOrganization
{
    private readonly Lazy<RecordList<AuditEvidence>> evidence;
    private readonly Func<string> original;

    /// <summary>Creates an organization whose evidence and original are read on first use.</summary>
    public ConnectedOrganization(Func<RecordList<AuditEvidence>> evidence, Func<string> original)
    {
        this.original = original;
        this.evidence = new Lazy<RecordList<AuditEvidence>>(evidence);
    }

    /// <summary>Display name; null when no export contains it.</summary>
    public string? DisplayName { get; init; }

    /// <summary><c>configured</c>, <c>proposed</c>; <c>removed</c> when it is known to be gone; null when no export contains it.</summary>
    public string? State { get; init; }

    /// <summary>Description; null when there is none or no export contains it.</summary>
    public string? Description { get; init; }

    /// <summary>Domains of its identity sources.</summary>
    public RecordList<string> Domains { get; init; } = new([]);

    /// <summary>Identity sources as text: kind and tenant id or domain.</summary>
    public RecordList<string> IdentitySources { get; init; } = new([]);

    /// <summary>Sponsors inside the tenant; empty also when no export contains them.</summary>
    public RecordList<EntitlementSubject> InternalSponsors { get; init; } = new([]);

    /// <summary>Sponsors of the organization; empty also when no export contains them.</summary>
    public RecordList<EntitlementSubject> ExternalSponsors { get; init; } = new([]);

    /// <summary>When it was created, UTC; null when no export contains it.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>When it was modified last, UTC; null when no export contains it.</summary>
    public DateTimeOffset? Modified { get; init; }

    /// <summary>Graph's id; null when only a portal download contains it.</summary>
    public string? ConnectedOrganizationId { get; init; }

    /// <summary>Graph's id.</summary>
    public string? Id => ConnectedOrganizationId;

    /// <summary>When the export was taken, UTC.</summary>
    public DateTimeOffset? ObservedAt { get; init; }

    /// <summary>Whether <see cref="ObservedAt"/> is assumed (from the records' own dates or the file's).</summary>
    public bool ObservedAtAssumed { get; init; }

    /// <summary>Tenant of the mirror's records, not of the organization; null when no export names it.</summary>
    public string? TenantId { get; init; }

    /// <summary>Where it comes from: each import that brought it, with file and SHA-256.</summary>
    public RecordList<AuditEvidence> Evidence => evidence.Value;

    /// <summary>The original record as JSON text.</summary>
    public string GetOriginal() => original();

    /// <summary>Display name, else id.</summary>
    public override string ToString() => DisplayName ?? ConnectedOrganizationId ?? string.Empty;
}
