namespace EntraAuditTools;

/// <summary>How an assignment changed between two dates.</summary>
public sealed class AccessPackageAssignmentChange
{
    /// <summary><c>Added</c>, <c>Removed</c> or <c>Changed</c>.</summary>
    public string Change { get; init; } = string.Empty;

    /// <summary>Who has or had the package; null when no export contains it.</summary>
    public EntitlementSubject? User { get; init; }

    /// <summary>The package; null when no export contains it.</summary>
    public EntitlementReference? AccessPackage { get; init; }

    /// <summary>What is different: policy, end, state; empty for what was added or removed.</summary>
    public RecordList<ModifiedProperty> Changes { get; init; } = new([]);

    /// <summary>When it began or ended within the period, UTC; null when not known.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary><see cref="Time"/> as ISO 8601 text in UTC with seven digits, for files; null when it is.</summary>
    public string? TimeUtc => IsoText.Of(Time);

    /// <summary>
    /// Whether only the times of two files say that it changed within the period: neither a date of its own nor <c>-ObservedAt</c>.
    /// </summary>
    public bool TimeAssumed { get; init; }

    /// <summary>Object id of the user; null when no export contains it.</summary>
    public string? UserId => User?.Id;

    /// <summary>Id of the package; null when no export contains it.</summary>
    public string? AccessPackageId => AccessPackage?.Id;

    /// <summary>Id of the assignment; null when no export contains it.</summary>
    public string? AssignmentId { get; init; }

    /// <summary>The assignment at the earlier time; null when it was added.</summary>
    public AccessPackageAssignment? Reference { get; init; }

    /// <summary>The assignment at the later time; null when it was removed.</summary>
    public AccessPackageAssignment? Difference { get; init; }

    /// <summary>"Added user: package".</summary>
    public override string ToString() => $"{Change} {User}: {AccessPackage}";
}
