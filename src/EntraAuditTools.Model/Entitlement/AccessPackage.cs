namespace EntraAuditTools;

/// <summary>
/// An access package (Graph <c>accessPackage</c>) with its resource roles and policies. Asked for a user, also whether that user can
/// request it or has it: the portal's report "Access packages for a user".
/// </summary>
public sealed class AccessPackage
{
    private readonly Lazy<RecordList<AuditEvidence>> evidence;
    private readonly Func<string> original;

    /// <summary>Creates a package whose evidence and original are read on first use.</summary>
    public AccessPackage(Func<RecordList<AuditEvidence>> evidence, Func<string> original)
    {
        this.original = original;
        this.evidence = new Lazy<RecordList<AuditEvidence>>(evidence);
    }

    /// <summary>Display name; null when no export contains it.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Whether the user can request it: <c>Yes</c>, <c>No</c> or <c>Unknown</c>; null when no user was asked for.</summary>
    public string? CanRequest { get; init; }

    /// <summary>Why; null when no user was asked for.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// Whether a request of the user would have to be approved, by the policy that decides; null when no user was asked for, the user
    /// cannot request it, or no export says.
    /// </summary>
    public bool? ApprovalRequired { get; init; }

    /// <summary>
    /// Whether the user finds it in the My Access portal: <c>Yes</c>, <c>No</c> or <c>Unknown</c>; null when no user was asked for. What a
    /// user finds and what a user can request differ: see <see cref="VisibilityReason"/>.
    /// </summary>
    public string? VisibleInMyAccess { get; init; }

    /// <summary>Why; null when no user was asked for.</summary>
    public string? VisibilityReason { get; init; }

    /// <summary>The policy that decides; null when no user was asked for, or no policy decides.</summary>
    public EntitlementReference? Policy { get; init; }

    /// <summary>The user asked for; null when none was.</summary>
    public EntitlementSubject? User { get; init; }

    /// <summary>Who would request it for the user; null where the user would.</summary>
    public EntitlementSubject? RequestedBy { get; init; }

    /// <summary>The catalog; null when no export contains it.</summary>
    public EntitlementReference? Catalog { get; init; }

    /// <summary>Description; null when there is none or no export contains it.</summary>
    public string? Description { get; init; }

    /// <summary>Whether it is hidden in My Access; null when no export contains it.</summary>
    public bool? IsHidden { get; init; }

    /// <summary>When it was created, UTC; null when no export contains it.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>When it was modified last, UTC; null when no export contains it.</summary>
    public DateTimeOffset? Modified { get; init; }

    /// <summary>Id of the package.</summary>
    public string? AccessPackageId { get; init; }

    /// <summary>Id of the package, as Graph calls it.</summary>
    public string? Id => AccessPackageId;

    /// <summary>Object id of the user asked for; null when none was.</summary>
    public string? UserId => User?.Id;

    /// <summary>Tenant; null when no export names it.</summary>
    public string? TenantId { get; init; }

    /// <summary>When the export was taken, UTC.</summary>
    public DateTimeOffset? ObservedAt { get; init; }

    /// <summary>Whether <see cref="ObservedAt"/> is assumed (from the records' own dates or the file's).</summary>
    public bool ObservedAtAssumed { get; init; }

    /// <summary>The user's assignment (current or pending); null when there is none, or no user was asked for.</summary>
    public AccessPackageAssignment? Assignment { get; init; }

    /// <summary>What it gives; empty also when no export contains it (<see cref="ResourceRolesKnown"/> false).</summary>
    public RecordList<AccessPackageResourceRole> ResourceRoles { get; init; } = new([]);

    /// <summary>Whether an export contains the resource roles.</summary>
    public bool ResourceRolesKnown { get; init; }

    /// <summary>Its assignment policies; empty also when no export contains them (<see cref="PoliciesKnown"/> false).</summary>
    public RecordList<AccessPackagePolicy> Policies { get; init; } = new([]);

    /// <summary>Whether an export contains the policies.</summary>
    public bool PoliciesKnown { get; init; }

    /// <summary>Packages that must not be held together with it.</summary>
    public RecordList<EntitlementReference> IncompatibleAccessPackages { get; init; } = new([]);

    /// <summary>Groups whose members may not request it.</summary>
    public RecordList<EntitlementReference> IncompatibleGroups { get; init; } = new([]);

    /// <summary>Policy by policy, whether the user can request it and why; empty when no user was asked for.</summary>
    public RecordList<AccessPackageRequestDecision> Decisions { get; init; } = new([]);

    /// <summary>Where it comes from: each import that brought it, with file and SHA-256.</summary>
    public RecordList<AuditEvidence> Evidence => evidence.Value;

    /// <summary>The original record as JSON text.</summary>
    public string GetOriginal() => original();

    /// <summary>Display name, else id.</summary>
    public override string ToString() => DisplayName ?? AccessPackageId ?? string.Empty;
}
