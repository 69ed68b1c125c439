using EntraAuditTools.Core.Mirror.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Trail;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Queries.Entitlement.Assignments;

/// <summary>An assignment and how it is at a time. The number of one that only the audit trail contains is negative.</summary>
internal sealed record KnownAssignment(AssignmentFacts Facts, AssignmentAt At, TrailAssignment? Trail);

/// <summary>Puts rows of assignments, their states and the audit trail together, at one time.</summary>
internal sealed class AssignmentReading
{
    private const int ChunkSize = 512;

    private readonly MirrorReaderAt mirror;
    private readonly Lazy<TrailIndex?> index;
    private readonly Lazy<ILookup<string, TrailRequest>> requests;
    private readonly List<TrailAssignment> unexported = [];

    /// <summary>Reads assignments.</summary>
    /// <param name="mirror">What is read, and at what time.</param>
    /// <param name="trail">The audit trail; null for none.</param>
    /// <param name="selectors">The users and packages that the trail is asked about; null for everything.</param>
    public AssignmentReading(MirrorReaderAt mirror, AssignmentTrail? trail, IReadOnlyList<EntitlementSelector>? selectors)
    {
        this.mirror = mirror;
        requests = new(() => (trail?.Requests(selectors, mirror.AsOf) ?? [])
            .ToLookup(request => request.UserId, StringComparer.OrdinalIgnoreCase));
        index = new(() => trail == null ? null : new TrailIndex(trail, selectors));
    }

    /// <summary>
    /// The assignments of some rows at the time asked for, in their order; those that did not exist yet are left out.
    /// </summary>
    public IEnumerable<KnownAssignment> At(IEnumerable<AssignmentRow> rows) => Judge(rows).Select(row => row.Assignment);

    /// <summary>As <see cref="At"/>, each with its row.</summary>
    public IEnumerable<(AssignmentRow Row, KnownAssignment Assignment)> Judge(IEnumerable<AssignmentRow> rows)
    {
        foreach (var chunk in rows.Chunk(ChunkSize))
        {
            // Its own reader: what was read of a million assignments is not to be kept.
            var reader = mirror.NewReader();
            var trails = Trail(reader, chunk);
            reader.Prefetch([.. chunk.Where(row => Needs(row, trails.GetValueOrDefault(row.Entity), reader))]);
            foreach (var row in chunk)
            {
                var ofRow = trails.GetValueOrDefault(row.Entity);
                var state = Needs(row, ofRow, reader) ? reader.StateOrGone(row.Entity) : null;
                var facts = state != null && row.Versions > 1 && reader.AsOf != null
                    ? AssignmentFacts.Of(row, state, reader) : AssignmentFacts.Of(row);
                if (AssignmentAt.At(facts, state == null ? null : AssignmentSightings.Of(state), ofRow, reader.Time,
                    reader.AsOf != null) is { } at) yield return (row, new(facts, at, ofRow));
            }
        }
    }

    /// <summary>As <see cref="At"/>, and after them those that only the audit trail contains.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="user">User of the latter, by id; null for all users.</param>
    public IEnumerable<KnownAssignment> AtWithTrail(IEnumerable<AssignmentRow> rows, string? user = null)
    {
        foreach (var assignment in At(rows)) yield return assignment;
        if (index.Value is not { IsEmpty: false } trail) yield break;
        var reader = mirror.NewReader();
        foreach (var assignment in trail.Unexported(reader, user))
        {
            var facts = new AssignmentFacts(-unexported.Count - 1, Number(EntityKind.AccessPackage, assignment.PackageId),
                Number(EntityKind.Policy, assignment.PolicyId), Number(EntityKind.User, assignment.UserId), 0, null, null, null, false,
                    null, assignment.GoneTicks, false);
            unexported.Add(assignment);
            if (AssignmentAt.OfTrail(assignment, reader.Time) is { } at) yield return new(facts, at, assignment);
        }

        long Number(EntityKind kind, string? id) => reader.Ref(kind, id)?.Number ?? 0;
    }

    /// <summary>An assignment that only the audit trail contains, by its negative number.</summary>
    public TrailAssignment Unexported(long entity) => unexported[(int)(-entity - 1)];

    /// <summary>Requests for access by the audit trail, of a user by id, at the time asked for.</summary>
    public IEnumerable<TrailRequest> RequestsOf(string user) => requests.Value[user];

    /// <summary>An assignment with all that is known of it, for showing: as <see cref="At"/>, its state included.</summary>
    public static (KnownAssignment Assignment, EntityState State)? WithState(AssignmentRow row, TrailAssignment? trail,
        EntitlementReader reader)
    {
        var state = reader.StateOrGone(row.Entity);
        var facts = row.Versions > 1 && reader.AsOf != null ? AssignmentFacts.Of(row, state, reader) : AssignmentFacts.Of(row);
        return AssignmentAt.At(facts, AssignmentSightings.Of(state), trail, reader.Time, reader.AsOf != null) is { } at
            ? (new(facts, at, trail), state) : null;
    }

    /// <summary>What the trail contains about some assignments, by their numbers.</summary>
    public Dictionary<long, TrailAssignment> Trail(EntitlementReader reader, IReadOnlyCollection<AssignmentRow> rows) =>
        index.Value?.Of(reader, rows) ?? [];

    private static bool Needs(AssignmentRow row, TrailAssignment? trail, EntitlementReader reader) =>
        (row.Versions > 1 && reader.AsOf != null)
            || AssignmentAt.NeedsSightings(AssignmentFacts.Of(row), trail, reader.Time, reader.AsOf != null);
}
