namespace EntraAuditTools;

/// <summary>Whether a policy lets a user request its access package, and why.</summary>
public sealed class AccessPackageRequestDecision
{
    /// <summary>The policy; null for a reason that no policy changes (an unpublished catalog, an assignment that exists).</summary>
    public EntitlementReference? Policy { get; init; }

    /// <summary><c>Yes</c>, <c>No</c> or <c>Unknown</c>.</summary>
    public string CanRequest { get; init; } = "Unknown";

    /// <summary>
    /// Whether the policy asks for approval; null where it lets the user not request, for what is no policy, and when no export says.
    /// </summary>
    public bool? ApprovalRequired { get; init; }

    /// <summary>Why.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>"policy: Yes (reason)".</summary>
    public override string ToString() => Policy is null ? $"{CanRequest} ({Reason})" : $"{Policy}: {CanRequest} ({Reason})";
}
