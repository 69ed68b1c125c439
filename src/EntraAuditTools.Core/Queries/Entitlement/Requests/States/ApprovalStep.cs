namespace EntraAuditTools.Core.Queries.Entitlement.Requests.States;

/// <summary>A stage of an approval: who decided what, or somebody who is asked.</summary>
/// <param name="Stage">Number of the stage, from 1.</param>
/// <param name="Decision">What was decided.</param>
internal sealed record ApprovalStep(int Stage, ApprovalDecision Decision)
{
    /// <summary>Who decided or is asked; null when nothing shows it.</summary>
    public EntitlementSubject? Approver { get; init; }

    /// <summary>For whom <see cref="Approver"/> decided as delegate; null where nobody delegated, or nothing shows it.</summary>
    public EntitlementSubject? OnBehalfOf { get; init; }

    /// <summary>When it was decided; null while it is open, or nothing shows it.</summary>
    public DateTimeOffset? Time { get; init; }

    public string? Justification { get; init; }
}
