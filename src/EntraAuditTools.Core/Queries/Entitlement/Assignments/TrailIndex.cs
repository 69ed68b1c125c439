using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Trail;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Queries.Entitlement.Assignments;

/// <summary>What the audit trail contains about the assignments of a question, looked up by assignment, or by user and package.</summary>
internal sealed class TrailIndex
{
    private readonly Dictionary<string, TrailAssignment> byId = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(string User, string Package), List<TrailAssignment>> byPair = [];
    private readonly Dictionary<string, List<TrailAssignment>> byUser = [];
    private readonly Dictionary<(string User, string Package), HashSet<long>> exported = [];
    private readonly List<TrailAssignment> all = [];
    private readonly HashSet<TrailAssignment> matched = new(ReferenceEqualityComparer.Instance);

    // Numbers of the entities that the trail names as assignments or users: of all other rows it says nothing. Empty for any.
    private HashSet<long>? named;

    /// <summary>Reads the trail once.</summary>
    public TrailIndex(AssignmentTrail trail, IReadOnlyList<EntitlementSelector>? selectors)
    {
        foreach (var assignment in trail.Find(selectors))
        {
            all.Add(assignment);
            if (assignment.AssignmentId is { } id) byId[id] = assignment;
            if (assignment is not { UserId: { } user, PackageId: { } package }) continue;
            if (!byPair.TryGetValue(Key(user, package), out var list)) byPair.Add(Key(user, package), list = []);
            list.Add(assignment);
            if (!byUser.TryGetValue(user.ToLowerInvariant(), out var ofUser)) byUser.Add(user.ToLowerInvariant(), ofUser = []);
            ofUser.Add(assignment);
        }
    }

    public bool IsEmpty => all.Count == 0;

    /// <summary>
    /// What the trail contains about some assignments, by their numbers. Events that name no assignment are tied by user and package, to
    /// the assignment that began nearest to the delivery.
    /// </summary>
    public Dictionary<long, TrailAssignment> Of(EntitlementReader reader, IReadOnlyCollection<AssignmentRow> rows)
    {
        var found = new Dictionary<long, TrailAssignment>();
        if (IsEmpty) return found;
        named ??= Named(reader);
        var some = named.Count == 0 ? rows : rows.Where(row => named.Contains(row.Entity) || named.Contains(row.Subject)).ToList();
        reader.Prefetch(some.SelectMany(row => new[] { row.Entity, row.Subject, row.Package }), withStates: false);
        foreach (var row in some)
        {
            NoteExported(reader, row);
            var assignment = !row.IsPortal && reader.Ref(row.Entity) is { } entity && byId.TryGetValue(entity.Id, out var byItsId)
                ? byItsId : Nearest(reader, row);
            if (assignment == null) continue;
            found[row.Entity] = assignment;
            matched.Add(assignment);
        }

        return found;
    }

    /// <summary>
    /// Those that no export contains. That others of the package were exported since says nothing about them, unless the export was
    /// declared complete.
    /// </summary>
    /// <param name="reader">Reads packages.</param>
    /// <param name="user">Their user, by id; null for all users.</param>
    public IReadOnlyList<TrailAssignment> Unexported(EntitlementReader reader, string? user = null)
    {
        var some = user == null ? all : byUser.GetValueOrDefault(user.ToLowerInvariant()) ?? [];
        var left = some.Where(assignment => !matched.Contains(assignment)
            && assignment is { DeliveredAt: not null, UserId: not null, PackageId: not null }).ToList();
        for (var i = 0; i < left.Count; i++)
        {
            var package = reader.Ref(EntityKind.AccessPackage, left[i].PackageId);
            var delivered = left[i].DeliveredAt!.Value.UtcTicks;
            var lacked = reader.CompleteExports.FirstAfter(EntityKind.Assignment, package?.Number ?? 0, package?.Tenant ?? 0, delivered);
            var next = NextExported(left[i], delivered);
            if (lacked == null && next == null) continue;
            left[i] = left[i] with { GoneTicks = Math.Min(lacked ?? long.MaxValue, next ?? long.MaxValue), IsGoneByExport = lacked != null
                && !(next <= lacked) };
        }

        return left;
    }

    // A person has one assignment of a package at a time: where the next begins, the one before has ended.
    private long? NextExported(TrailAssignment assignment, long delivered)
    {
        long? next = null;
        foreach (var start in exported.GetValueOrDefault(Key(assignment.UserId!, assignment.PackageId!)) ?? [])
        {
            if (start > delivered && !(next <= start)) next = start;
        }

        return next;
    }

    private void NoteExported(EntitlementReader reader, AssignmentRow row)
    {
        if (row.Starts is not { } start || reader.Ref(row.Subject) is not { } user || reader.Ref(row.Package) is not { } package) return;
        var key = Key(user.Id, package.Id);
        if (!byPair.ContainsKey(key)) return;
        if (!exported.TryGetValue(key, out var starts)) exported.Add(key, starts = []);
        starts.Add(start);
    }

    private TrailAssignment? Nearest(EntitlementReader reader, AssignmentRow row)
    {
        if (reader.Ref(row.Subject) is not { } user || reader.Ref(row.Package) is not { } package
            || !byPair.TryGetValue(Key(user.Id, package.Id), out var some)) return null;
        // A row of a download has no id by which the trail could name it.
        var isNameless = row.IsPortal;
        var candidates = some.Where(assignment => assignment.AssignmentId == null || isNameless).ToList();
        if (row.Starts is not { } start)
            return candidates.Count <= 1 ? candidates.FirstOrDefault() : candidates.MaxBy(assignment => assignment.DeliveredAt);
        var delivered = candidates.Where(assignment => assignment.DeliveredAt != null)
            .OrderBy(assignment => Math.Abs(assignment.DeliveredAt!.Value.UtcTicks - start)).ToList();
        // A delivery takes hours at most, unless the user has to accept an invitation first: then it is within the assignment.
        if (delivered.Count > 0 && Math.Abs(delivered[0].DeliveredAt!.Value.UtcTicks - start) <= TimeSpan.TicksPerDay) return delivered[0];
        var end = row.Expired ?? row.Gone ?? (row.EndKnown ? row.Ends : null) ?? long.MaxValue;
        return delivered.Find(assignment => assignment.DeliveredAt!.Value.UtcTicks is var ticks && ticks >= start && ticks <= end);
    }

    // Ids that are no GUIDs are stored as they were written first, and compared without regard to case.
    private HashSet<long> Named(EntitlementReader reader)
    {
        var ids = byId.Keys.Concat(byUser.Keys).ToList();
        return ids.TrueForAll(id => Guid.TryParseExact(id, "D", out _)) ? EntityIds.Any(reader.Mirror, ids) : [];
    }

    private static (string User, string Package) Key(string user, string package) => (user.ToLowerInvariant(), package.ToLowerInvariant());
}
