namespace EntraAuditTools;

/// <summary>A stage of an approval: who decided what, or who is asked.</summary>
public sealed class AccessPackageApproval
{
    /// <summary>Number of the stage, from 1.</summary>
    public int Stage { get; init; }

    /// <summary>Who decided or is asked; null when not known.</summary>
    public EntitlementSubject? Approver { get; init; }

    /// <summary>The approver for whom <see cref="Approver"/> decided as delegate; null where nobody delegated, or when not known.</summary>
    public EntitlementSubject? OnBehalfOf { get; init; }

    /// <summary><c>Approved</c>, <c>Denied</c>, <c>TimedOut</c>, <c>NotRequired</c>, <c>Bypassed</c> or <c>Pending</c>.</summary>
    public string Decision { get; init; } = "Pending";

    /// <summary>When it was decided, UTC; null while it is pending.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The approver's justification; null when there is none or it is not known.</summary>
    public string? Justification { get; init; }

    /// <summary>"approver: decision (justification)".</summary>
    public override string ToString() =>
        (Approver is null ? Decision
            : $"{Approver}{(OnBehalfOf is null ? string.Empty : $" for {OnBehalfOf}")}: {Decision}") + (Justification is null
            ? string.Empty : $" ({Justification})");
}
