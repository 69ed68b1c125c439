namespace EntraAuditTools.Core.Eligibility;

/// <summary>What one policy says, or (without policy) something that no policy changes.</summary>
internal sealed record PolicyDecision(RequestPolicy? Policy, Answer Answer, string Reason);

/// <summary>Whether the subject can request the package.</summary>
/// <param name="Answer">Yes, No or Unknown.</param>
/// <param name="Reason">Why, as one or more sentences.</param>
/// <param name="Policy">The policy that decides; null when something else does, or several do alike.</param>
/// <param name="Decisions">Everything that was considered: what no policy changes first, then policy by policy.</param>
internal sealed record RequestDecision(Answer Answer, string Reason, RequestPolicy? Policy, IReadOnlyList<PolicyDecision> Decisions);
