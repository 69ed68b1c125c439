namespace EntraAuditTools.SampleTenant;

/// <summary>Who an assignment or request is for: a user, a service principal, or somebody who is not yet in the tenant.</summary>
/// <param name="Id">The subject's own id: not the id of the user. The beta's targetId is this one.</param>
/// <param name="ObjectId">Of the user or service principal; null for somebody who is not yet in the tenant.</param>
/// <param name="DisplayName">Name.</param>
/// <param name="PrincipalName">User principal name; null for others.</param>
/// <param name="Email">Null for service principals.</param>
/// <param name="Organization">The organization that an external user comes from; null for others.</param>
public sealed record EntitlementSubject(string Id, string? ObjectId, string DisplayName, string? PrincipalName, string? Email,
    PartnerOrganization? Organization)
{
    public bool IsServicePrincipal { get; init; }

    public static EntitlementSubject Of(Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return new(SampleRandom.Of(person.Id).NewId(), person.Id, person.DisplayName, person.UserPrincipalName, person.Mail, person.Home);
    }

    public static EntitlementSubject Of(EnterpriseApplication application)
    {
        ArgumentNullException.ThrowIfNull(application);
        return new(SampleRandom.Of(application.ServicePrincipalId).NewId(), application.ServicePrincipalId, application.DisplayName, null,
            null, null) { IsServicePrincipal = true };
    }
}

/// <summary>Why an assignment ended.</summary>
public enum AssignmentEnd
{
    Expired,
    RemovedByUser,
    RemovedByAdministrator,

    /// <summary>The rule of an automatic policy no longer holds.</summary>
    PolicyRule,

    /// <summary>A reviewer said no.</summary>
    AccessReview,

    /// <summary>The assignment is gone with its user: no later export has it.</summary>
    UserDeleted,
}

/// <summary>A later end or another policy that an assignment was given.</summary>
/// <param name="At">UTC ticks.</param>
/// <param name="Policy">From then on.</param>
/// <param name="End">From then on, in UTC ticks; null for never.</param>
public sealed record AssignmentChange(long At, PackagePolicy Policy, long? End);

/// <summary>An assignment over its whole life. Times are UTC ticks.</summary>
/// <param name="Id">Id of the assignment.</param>
/// <param name="RequestId">The request that it came of.</param>
/// <param name="Subject">Who holds the package.</param>
/// <param name="Package">The package.</param>
/// <param name="Policy">By which policy, at first.</param>
/// <param name="Start">When it begins.</param>
/// <param name="End">When it is to end, at first; null for never.</param>
public sealed record PackageAssignment(string Id, string RequestId, EntitlementSubject Subject, AccessPackageModel Package,
    PackagePolicy Policy, long Start, long? End)
{
    /// <summary>When everything was given; null when it was not (yet).</summary>
    public long? Delivered { get; init; }

    /// <summary>When delivery failed; null when it did not. What was delivered later was tried again.</summary>
    public long? Failed { get; init; }

    /// <summary>Only the first resource could be given.</summary>
    public bool Partial { get; init; }

    /// <summary>When it ended; null when it did not.</summary>
    public long? Ended { get; init; }

    public AssignmentEnd? EndReason { get; init; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<AssignmentChange> Changes { get; init; } = [];

    /// <summary>The audit log has it.</summary>
    public bool InAuditLog { get; init; }

    /// <summary>The schedule gives a duration instead of an end.</summary>
    public bool EndAsDuration { get; init; }

    /// <summary>
    /// Whether an export of a time, in UTC ticks, has it: from when its request is decided until its user or its package is deleted.
    /// </summary>
    public bool ExistsAt(long ticks) => Start <= ticks && Package.ExistsAt(ticks)
        && !(EndReason == AssignmentEnd.UserDeleted && Ended <= ticks);

    /// <summary>How it stood at a time.</summary>
    public ExpectedAssignment At(long ticks)
    {
        var change = Changes.LastOrDefault(change => change.At <= ticks);
        var (state, status) = this switch
        {
            _ when Ended <= ticks => ("expired", "ExpiredNotificationTriggered"),
            _ when Failed <= ticks && !(Delivered > Failed && Delivered <= ticks) => ("deliveryFailed", "DeliveryFailed"),
            _ when Delivered is null || Delivered > ticks => ("delivering", "Delivering"),
            _ when Partial => ("partiallyDelivered", "PartiallyDelivered"),
            _ when (change is null ? End : change.End) is { } end
            && end - ticks <= TimeSpan.TicksPerDay => ("delivered", "NearExpiry1DayNotificationTriggered"),
            _ => ("delivered", "Delivered"),
        };
        return new ExpectedAssignment(Id, RequestId, Subject, Package, (change?.Policy ?? Policy).At(ticks), Start, change is null ? End
            : change.End, state, status, Ended <= ticks ? Ended : null, Ended <= ticks ? EndReason : null, change is not null);
    }
}

/// <summary>How an assignment stood at a time: what an export of that time says. Times are UTC ticks.</summary>
/// <param name="AssignmentId">Id of the assignment.</param>
/// <param name="RequestId">The request that it came of.</param>
/// <param name="Subject">Who holds the package.</param>
/// <param name="Package">The package.</param>
/// <param name="Policy">By which policy.</param>
/// <param name="Start">When it began.</param>
/// <param name="End">When it is to end; null for never.</param>
/// <param name="State">delivering, partiallyDelivered, delivered, expired or deliveryFailed.</param>
/// <param name="Status">More words for it.</param>
/// <param name="Ended">When it ended; null when it had not.</param>
/// <param name="EndReason">Why it ended; null when it had not.</param>
/// <param name="Extended">Whether its end or policy was changed before.</param>
public sealed record ExpectedAssignment(string AssignmentId, string RequestId, EntitlementSubject Subject, AccessPackageModel Package,
    PackagePolicy Policy, long Start, long? End, string State, string Status, long? Ended, AssignmentEnd? EndReason, bool Extended)
{
    /// <summary>Access, or some of it, is given.</summary>
    public bool Holds => State is "delivered" or "partiallyDelivered";

    /// <summary>In the way of another request for the same package.</summary>
    public bool Current => State is "delivered" or "partiallyDelivered" or "delivering";
}
