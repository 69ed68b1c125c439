using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Identities;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Events;

/// <summary>An activity of Entitlement Management or Access Reviews, as far as it is about requests; read without its original.</summary>
internal sealed class EntitlementEvent
{
    private string? packageId;
    private string? recordId;
    private IReadOnlyList<IdentityText>? subjects;

    /// <summary>Row of the activity.</summary>
    public required long Row { get; init; }

    /// <summary>UTC ticks.</summary>
    public required long Ticks { get; init; }

    public required ActivityTypeText ActivityType { get; init; }

    /// <summary>What the activity means for requests; null for a name that the list lacks.</summary>
    public required RequestActivity? Meaning { get; init; }

    public required string? Result { get; init; }

    public required IdentityText Actor { get; init; }

    public required IReadOnlyList<IdentityText> Targets { get; init; }

    public required string? RequestId { get; init; }

    public required string? AssignmentId { get; init; }

    public required string? Justification { get; init; }

    /// <summary>The result's reason, else the detail Reason.</summary>
    public required string? Reason { get; init; }

    public required string? CorrelationId { get; init; }

    /// <summary>The record id as the mirror has it; see <see cref="StoredId.Record"/>.</summary>
    public required string? StoredRecordId { get; init; }

    public string? RecordId => recordId ??= TerminalText.Visible(StoredId.Record(StoredRecordId, CorrelationId));

    public required string? TenantId { get; init; }

    /// <summary>Block of its original, by which the import is found.</summary>
    public required long Block { get; init; }

    public RequestEffect Effect => Meaning?.Effect ?? RequestEffect.None;

    public RequestPhase Phase => Meaning?.Phase ?? RequestPhase.Other;

    /// <summary>Whether it says that what it names did not succeed.</summary>
    public bool Failed => IsFailure(Result);

    /// <summary>Whether the access reviews service wrote it, which does the approvals too.</summary>
    public required bool IsReview { get; init; }

    public bool ActorIsUser => Actor.Type is { } type && Utf8.Is(type, "User") && (Actor.ObjectId ?? Actor.UserPrincipalName) != null;

    /// <summary>Whether it takes access to a resource away.</summary>
    public bool IsTaking => Meaning is { } meaning && Takes(meaning);

    /// <summary>Whether it says that access was given.</summary>
    public bool Delivers => !Failed
        && (Effect is RequestEffect.Fulfill or RequestEffect.PartlyFulfill || (Phase == RequestPhase.Resource && !IsTaking));

    /// <summary>Whether it is of a request that gives access.</summary>
    public bool IsGiving => Phase == RequestPhase.Approval
        || (Phase == RequestPhase.Delivery
            && Effect is not (RequestEffect.Fulfill or RequestEffect.Fail or RequestEffect.Ready or RequestEffect.Retry))
            || (Phase == RequestPhase.Resource && !IsTaking);

    /// <summary>Whether a result says so; what has none did not fail.</summary>
    public static bool IsFailure(string? result) => result != null && !result.Equals("success", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether an activity asks for the end of an assignment, reports it, or takes what it gave.</summary>
    public static bool Ends(RequestActivity activity) =>
        activity.Type == RequestType.Removal || activity.Effect == RequestEffect.End || Takes(activity);

    /// <summary>Whether an event of an activity that names no request can be linked by person, package and time.</summary>
    public static bool LinksByPerson(RequestActivity activity) =>
        activity.Effect is not (RequestEffect.Review or RequestEffect.AddApprover);

    /// <summary>Whether an activity takes access to a resource away.</summary>
    public static bool Takes(RequestActivity activity) =>
        activity.Phase == RequestPhase.Resource && activity.Name.StartsWith("Remove", StringComparison.OrdinalIgnoreCase);

    /// <summary>Targets of a type.</summary>
    public IEnumerable<IdentityText> TargetsOf(string type) => Targets.Where(t => t.Type is { } found && Utf8.Is(found, type));

    /// <summary>The first target of a type; null when there is none.</summary>
    public IdentityText? TargetOf(string type)
    {
        foreach (var target in Targets)
        {
            if (target.Type is { } found && Utf8.Is(found, type)) return target;
        }

        return null;
    }

    /// <summary>The package's id; null when it is not named.</summary>
    public string? PackageId => packageId ??= TargetOf("AccessPackage")?.ObjectId;

    /// <summary>
    /// Whom it is about: its users among the targets, but for those it asks to approve. Without any, the initiator of what users do for
    /// themselves, and of a fulfilment, whose initiator is who got access by the documentation.
    /// </summary>
    public IReadOnlyList<IdentityText> Subjects() => subjects ??= FindSubjects();

    private IdentityText[] FindSubjects()
    {
        if (Effect == RequestEffect.AddApprover) return [];
        // Mostly there is one; this is asked of every event.
        IdentityText? first = null;
        foreach (var target in Targets)
        {
            if (target.Type is not { } type || !Utf8.Is(type, "User") || (target.ObjectId ?? target.UserPrincipalName) == null) continue;
            if (first != null) return [.. TargetsOf("User").Where(u => (u.ObjectId ?? u.UserPrincipalName) != null)];
            first = target;
        }

        // On behalf of a service principal it is that one who gets access; of a resource that is given it is the resource.
        if (first == null && Phase is RequestPhase.Request or RequestPhase.Delivery or RequestPhase.End
            && TargetOf("AccessPackageAssignmentRequest") != null
            && TargetOf("ServicePrincipal") is { ObjectId: not null } principal) first = principal;
        return first != null ? [first] : ActorIsUser && ActsForThemselves ? [Actor] : [];
    }

    private bool ActsForThemselves => Effect switch
    {
        RequestEffect.Submit => Meaning is { Type: RequestType.UserRequest or RequestType.Extension or RequestType.Update }
            or { End: EndReason.CanceledByUser },
        RequestEffect.Fulfill or RequestEffect.PartlyFulfill or RequestEffect.Cancel => true,
        _ => false,
    };

    /// <summary>The order of events, also of those at the same moment and whatever the order of their import.</summary>
    public static int Compare(EntitlementEvent a, EntitlementEvent b)
    {
        var order = a.Ticks.CompareTo(b.Ticks);
        if (order == 0) order = a.Effect.CompareTo(b.Effect);
        if (order == 0) order = a.Phase.CompareTo(b.Phase);
        if (order == 0) order = string.CompareOrdinal(a.ActivityType.Activity, b.ActivityType.Activity);
        if (order == 0) order = string.CompareOrdinal(a.RequestId, b.RequestId);
        if (order == 0) order = string.CompareOrdinal(a.RecordId, b.RecordId);
        return order != 0 ? order : a.Row.CompareTo(b.Row);
    }
}
