using EntraAuditTools.Core.Formats.Entitlement;
using EntraAuditTools.Core.Mirror.Entities;

namespace EntraAuditTools.Core.Queries.Entitlement;

/// <summary>An assignment and how it is at a time.</summary>
internal readonly record struct KnownAssignment(AssignmentFacts Facts, AssignmentAt At, TrailAssignment? Trail);

/// <summary>Puts rows of assignments, their states and the audit trail together, at the reader's time.</summary>
/// <param name="mirror">What is read, and at what time.</param>
/// <param name="trail">The audit trail; null for none.</param>
internal sealed class AssignmentReading(MirrorReaderAt mirror, IAssignmentTrail? trail)
{
    private const int ChunkSize = 512;

    /// <summary>
    /// The assignments of some rows at the time asked for, in their order; those that did not exist yet are left out.
    /// </summary>
    public IEnumerable<KnownAssignment> At(IEnumerable<AssignmentRow> rows)
    {
        foreach (var chunk in rows.Chunk(ChunkSize))
        {
            // Its own reader: what was read of a million assignments is not to be kept.
            var reader = mirror.NewReader();
            var told = Trail(reader, chunk);
            reader.Prefetch(chunk.Where(row => Needs(row, told.GetValueOrDefault(row.Entity), reader)).Select(row => row.Entity), withStates: true);
            foreach (var row in chunk)
            {
                var own = told.GetValueOrDefault(row.Entity);
                var state = Needs(row, own, reader) ? reader.StateOrGone(row.Entity) : null;
                var facts = state != null && row.Versions > 1 && reader.AsOf != null ? AssignmentFacts.Of(row, state, reader) : AssignmentFacts.Of(row);
                if (AssignmentAt.At(facts, state == null ? null : AssignmentSightings.Of(state), own, reader.Time, reader.AsOf != null) is { } at) yield return new(facts, at, own);
            }
        }
    }

    /// <summary>An assignment with all that is known of it, for showing: as <see cref="At(IEnumerable{AssignmentRow})"/>, its state included.</summary>
    public static (KnownAssignment Assignment, EntityState State)? Whole(in AssignmentRow row, TrailAssignment? trail, EntitlementReader reader)
    {
        var state = reader.StateOrGone(row.Entity);
        var facts = row.Versions > 1 && reader.AsOf != null ? AssignmentFacts.Of(row, state, reader) : AssignmentFacts.Of(row);
        return AssignmentAt.At(facts, AssignmentSightings.Of(state), trail, reader.Time, reader.AsOf != null) is { } at ? (new(facts, at, trail), state) : null;
    }

    /// <summary>What the trail tells of some assignments, by their numbers.</summary>
    public Dictionary<long, TrailAssignment> Trail(EntitlementReader reader, IReadOnlyCollection<AssignmentRow> rows)
    {
        var found = new Dictionary<long, TrailAssignment>();
        if (trail == null || rows.Count == 0) return found;
        reader.Prefetch(rows.SelectMany(row => new[] { row.Entity, row.Subject, row.Package }), withStates: false);
        var byId = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        foreach (var row in rows)
        {
            if (!row.IsPortal && reader.Ref(row.Entity) is { } own) byId[own.Id] = row.Entity;
        }

        foreach (var one in trail.For(byId.Keys, null, null))
        {
            if (one.AssignmentId is { } id && byId.TryGetValue(id, out var entity)) found[entity] = one;
        }

        Nameless(reader, rows.Where(row => !found.ContainsKey(row.Entity) && row is { Subject: not 0, Package: not 0 }).ToList(), found);
        return found;
    }

    // Events that name no assignment are tied by user and package, and only where there is one such assignment: of several it is not known
    // which.
    private void Nameless(EntitlementReader reader, List<AssignmentRow> rows, Dictionary<long, TrailAssignment> found)
    {
        if (rows.Count == 0) return;
        var byPair = rows.ToLookup(row => (reader.Ref(row.Subject)!.Id, reader.Ref(row.Package)!.Id));
        var told = trail!.For(null, [.. byPair.Select(pair => pair.Key.Item1).Distinct()], [.. byPair.Select(pair => pair.Key.Item2).Distinct()])
            .Where(one => one is { AssignmentId: null, UserId: not null, PackageId: not null })
            .GroupBy(one => (one.UserId!.ToLowerInvariant(), one.PackageId!.ToLowerInvariant()));
        foreach (var pair in told)
        {
            if (pair.Count() == 1 && byPair[pair.Key].Count() == 1) found[byPair[pair.Key].First().Entity] = pair.First();
        }
    }

    private static bool Needs(in AssignmentRow row, TrailAssignment? trail, EntitlementReader reader) =>
        (row.Versions > 1 && reader.AsOf != null) || AssignmentAt.NeedsSightings(AssignmentFacts.Of(row), trail, reader.Time, reader.AsOf != null);
}
