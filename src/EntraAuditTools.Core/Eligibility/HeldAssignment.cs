namespace EntraAuditTools.Core.Eligibility;

/// <summary>An assignment that the subject has at the time asked for.</summary>
/// <param name="State">v1.0's state or the product's, in any case.</param>
/// <param name="Start">When it begins, UTC; null when not given.</param>
internal sealed record HeldAssignment(string State, DateTimeOffset? Start);
