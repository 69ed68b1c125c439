using EntraAuditTools.Core.Eligibility;
using EntraAuditTools.Core.Mirror.Entities;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Entitlement.Assignments;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Trail;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Entitlement.Packages;

/// <summary>Everything about one user that decides on requests independently of the package, and what follows for packages.</summary>
internal sealed class RequestPosition
{
    private readonly RequestCircumstances circumstances;
    private readonly Dictionary<string, List<HeldAssignment>> held = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<long, List<KnownAssignment>> assignments = [];
    private readonly List<long> pendingPackages = [];
    private readonly Dictionary<string, PendingRequest> pending = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads what is known of a user.</summary>
    /// <param name="user">The user's number.</param>
    /// <param name="world">What all users share.</param>
    /// <param name="requestor">Who asks for the user; null where the user asks.</param>
    public RequestPosition(long user, RequestWorld world, long? requestor = null)
    {
        var reader = world.Reader;
        User = user;
        var subjects = new Subjects(reader);
        Subject = subjects.ForRules(user);
        var rows = world.Selection.Rows([new() { User = [WildcardText.Escape(Subject.Id)] }]).ToList();
        reader.Prefetch(rows.Select(row => row.Package), withStates: false);
        foreach (var assignment in world.Reading.AtWithTrail(rows, Subject.Id))
        {
            if (!assignments.TryGetValue(assignment.Facts.Package, out var ofPackage))
                assignments.Add(assignment.Facts.Package, ofPackage = []);
            ofPackage.Add(assignment);
            if (reader.Ref(assignment.Facts.Package) is not { } package) continue;
            if (!held.TryGetValue(package.Id, out var states)) held.Add(package.Id, states = []);
            states.Add(new(assignment.At.State, assignment.At.Start is { } start ? UtcTime.Of(start) : null));
        }

        ReadPending(reader, world.Reading.RequestsOf(Subject.Id).ToList());
        var memberships = new Memberships(reader, subjects.Numbers(user));
        circumstances = new RequestCircumstances
        {
            At = UtcTime.Of(reader.Time),
            OnBehalf = requestor is { } asker ? world.OnBehalf(asker, user) : null,
            MemberOf = memberships.Of,
            AssignmentsOf = package => held.GetValueOrDefault(package) ?? (IReadOnlyList<HeldAssignment>)[],
            AssignmentsAreKnown = world.AssignmentsAreKnown,
            IncompatiblePackagesAreKnown = world.IncompatiblePackagesAreKnown,
            IncompatibleGroupsAreKnown = world.IncompatibleGroupsAreKnown,
            PendingFor = package => pending.GetValueOrDefault(package),
            Organizations = world.Organizations,
        };
    }

    public long User { get; }

    public RequestSubject Subject { get; }

    /// <summary>Packages of which the user has or had an assignment, or has asked for.</summary>
    public IEnumerable<long> Packages => assignments.Keys.Concat(pendingPackages).Where(package => package != 0).Distinct();

    /// <summary>The user's assignment of a package: the current one, newest first; null when there is none.</summary>
    public KnownAssignment? AssignmentOf(long package)
    {
        KnownAssignment? best = null;
        foreach (var assignment in assignments.GetValueOrDefault(package) ?? [])
        {
            if (!assignment.At.IsCurrent) continue;
            if (best is not { } other || Rank(assignment).CompareTo(Rank(other)) > 0) best = assignment;
        }

        return best;

        // Graph's own object before a row of a download, access before the rest.
        static (bool, bool, long) Rank(KnownAssignment assignment) =>
            (assignment.At.IsHeld, !assignment.Facts.IsPortal, assignment.At.Start ?? 0);
    }

    /// <summary>Whether the user has a package, is about to, or has asked for it.</summary>
    public bool HasOrAwaits(long package, string id) => AssignmentOf(package) != null || pending.ContainsKey(id);

    /// <summary>Whether a policy of a package is for the user, or may be.</summary>
    public bool IsIncluded(RequestPackage package) =>
        package.Policies?.Any(policy => TargetScopeRules.Includes(policy, Subject, circumstances).Answer != Answer.No) == true;

    /// <summary>Whether the user finds a package in My Access.</summary>
    public Finding Sees(RequestPackage package) => VisibilityRules.Sees(Subject, package, circumstances);

    /// <summary>Whether the user can request a package.</summary>
    public RequestDecision Decide(RequestPackage package) => RequestRules.Decide(Subject, package, circumstances);

    // For requests that are in both, the audit trail counts, which has been compared with the object already.
    private void ReadPending(EntitlementReader reader, List<TrailRequest> trailRequests)
    {
        foreach (var request in trailRequests.Where(request => request.IsOpen).OrderByDescending(request => request.RequestedTicks))
        {
            if (reader.Ref(EntityKind.AccessPackage, request.PackageId) is { } known)
            {
                if (HasBegunSince(known.Number, request.RequestedTicks)) continue;
                pendingPackages.Add(known.Number);
            }

            pending.TryAdd(request.PackageId, new(request.RequestId, $"{request.Status}, by the audit log"));
        }

        var closed = trailRequests.Where(request => !request.IsOpen).Select(request => request.RequestId).OfType<string>()
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var requests = reader.Referring(User, EntityKind.Request);
        reader.Prefetch(requests, withStates: true);
        foreach (var number in requests)
        {
            if (closed.Contains(reader.Ref(number)!.Id)) continue;
            if (reader.StateOf(number) is not { } state || state.Text(FactNames.Package) is not { } package
                || !IsOpen(state, reader.Time, reader.AsOf != null)) continue;
            if (state.Text(FactNames.Subject) is { } subject && !subject.Equals(Subject.Id, StringComparison.OrdinalIgnoreCase)) continue;
            if (reader.Ref(EntityKind.AccessPackage, package) is { } known) pendingPackages.Add(known.Number);
            pending.TryAdd(package, new(reader.Ref(number)!.Id, state.Text(FactNames.State) ?? "submitted"));
        }
    }

    // The requested assignment has begun: only the log lacks how the request ended.
    private bool HasBegunSince(long package, long requested) =>
        assignments.GetValueOrDefault(package)?.Exists(assignment => assignment.Facts.Entity > 0 && assignment.Facts.Starts is { } start
            && start >= requested - TimeSpan.TicksPerHour && assignment.At.State != "Scheduled") == true;

    // accessPackageAssignmentRequest: completedDateTime is empty while it is open. A request to add that is open then; one whose end is
    // known only by its state is open when that state says so.
    private static bool IsOpen(EntityState state, long time, bool isPast)
    {
        if (state.Text(FactNames.RequestType) is { } type && !type.EndsWith("Add", StringComparison.OrdinalIgnoreCase)) return false;
        if (state.Ticks(FactNames.Completed) is { } completed) return isPast && completed > time;
        return state.Text(FactNames.State) is { } word
            && (word.Equals("submitted", StringComparison.OrdinalIgnoreCase)
                || word.Equals("pendingApproval", StringComparison.OrdinalIgnoreCase)
            || word.Equals("scheduled", StringComparison.OrdinalIgnoreCase)
            || word.Equals("delivering", StringComparison.OrdinalIgnoreCase));
    }
}
