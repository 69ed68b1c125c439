using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Trail;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Queries.Entitlement.Assignments;

/// <summary>Who is or was assigned to which access package?</summary>
internal static class AccessPackageAssignmentQuery
{
    private const int ChunkSize = 256;

    /// <summary>The assignments, newest start first; of the same start in the order of their ids.</summary>
    /// <exception cref="AuditToolException">InvalidWildcard, or what can be wrong with a mirror.</exception>
    public static IEnumerable<AccessPackageAssignment> Run(MirrorReader mirror, AccessPackageAssignmentFilter filter) =>
        Run(mirror, filter, AuditedAssignments.TrailOf(mirror));

    /// <inheritdoc cref="Run(MirrorReader, AccessPackageAssignmentFilter)"/>
    internal static IEnumerable<AccessPackageAssignment> Run(MirrorReader mirror, AccessPackageAssignmentFilter filter,
        AssignmentTrail? trail)
    {
        var at = new MirrorReaderAt(mirror, filter.AsOf);
        var reader = at.NewReader();
        var selection = new AssignmentSelection(reader);
        var reading = new AssignmentReading(at, trail, selection.ForTrail(filter.Selectors));
        var ends = Ends(reader, filter);
        var packages = PackagesOf(reader, filter);
        if (trail == null && filter is { Selectors: null, AsOf: null } && ends == null && packages == null
            && !reader.HasPortalAssignments()) return InOrder(at, reader, filter, reading, selection);
        var found = Matching(reader, filter, reading, selection.Rows(filter.Selectors, packages, ends));
        var ordered = found
            .OrderByDescending(row => row.Start).ThenBy(row => row.Entity)
            .Skip((int)Math.Min(filter.Skip, int.MaxValue))
            .Take(filter.First is { } first ? (int)Math.Min(first, int.MaxValue) : int.MaxValue)
            .Select(row => row.Entity);
        return Rows(at, reader, selection, reading, ordered).Select(row => row.Shown);
    }

    /// <summary>How many there are, without paging.</summary>
    /// <inheritdoc cref="Run(MirrorReader, AccessPackageAssignmentFilter)" path="/exception"/>
    public static long Count(MirrorReader mirror, AccessPackageAssignmentFilter filter) =>
        Count(mirror, filter, AuditedAssignments.TrailOf(mirror));

    /// <inheritdoc cref="Count(MirrorReader, AccessPackageAssignmentFilter)"/>
    internal static long Count(MirrorReader mirror, AccessPackageAssignmentFilter filter, AssignmentTrail? trail)
    {
        var at = new MirrorReaderAt(mirror, filter.AsOf);
        var reader = at.NewReader();
        var selection = new AssignmentSelection(reader);
        var reading = new AssignmentReading(at, trail, selection.ForTrail(filter.Selectors));
        if (trail == null && AssignmentCount.Suits(reader, filter))
            return new AssignmentCount(reader, reading).Of(StateCondition(filter.State));
        return Matching(reader, filter, reading,
            selection.Rows(filter.Selectors, PackagesOf(reader, filter), Ends(reader, filter))).Count;
    }

    /// <summary>The assignments counted by package; of those that end in a time only the first are made objects.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="filter">Which assignments, without selectors and paging.</param>
    /// <param name="trail">What the audit trail contains about them; null for nothing.</param>
    /// <param name="ending">The time, both ends included.</param>
    /// <param name="most">How many are made objects.</param>
    internal static AssignmentSurvey Survey(MirrorReader mirror, AccessPackageAssignmentFilter filter, AssignmentTrail? trail,
        (DateTimeOffset From, DateTimeOffset To) ending, int most)
    {
        var at = new MirrorReaderAt(mirror, filter.AsOf);
        var reader = at.NewReader();
        var selection = new AssignmentSelection(reader);
        var reading = new AssignmentReading(at, trail, null);
        var found = Matching(reader, filter, reading, selection.Rows(null), SurveyedAssignment.Of, row => row.Entity);
        var ends = found.FindAll(row => row.End >= ending.From.UtcTicks && row.End <= ending.To.UtcTicks);
        var first = ends.OrderBy(row => row.End).ThenByDescending(row => row.Start).ThenBy(row => row.Entity).Take(most)
            .Select(row => row.Entity);
        return new(found.Count, ByPackage(reader, found), ends.Count, ByPackage(reader, ends),
            [.. Rows(at, reader, selection, reading, first).Select(row => row.Shown)]);
    }

    /// <summary>Objects of some assignments by number, in their order.</summary>
    internal static IEnumerable<(long Entity, AccessPackageAssignment Shown)> Rows(MirrorReaderAt at, EntitlementReader shared,
        AssignmentSelection selection, AssignmentReading reading, IEnumerable<long> entities)
    {
        var objects = new AssignmentObjects(shared);
        foreach (var chunk in entities.Chunk(ChunkSize))
        {
            var chunkReader = at.NewReader();
            var rows = selection.Link(chunkReader.Assignments(entities: [.. chunk.Where(entity => entity > 0)])).ToList();
            var shown = objects.Of(rows, reading.Trail(chunkReader, rows), chunkReader)
                .ToDictionary(row => row.Row.Entity, row => row.Shown);
            foreach (var entity in chunk)
            {
                if (entity < 0) yield return (entity, objects.OfTrail(reading.Unexported(entity), chunkReader));
                else if (shown.TryGetValue(entity, out var assignment)) yield return (entity, assignment);
            }
        }
    }

    /// <summary>Conditions on an assignment that do not depend on the time.</summary>
    internal static Func<AssignmentFacts, bool> Condition(EntitlementReader reader, AccessPackageAssignmentFilter filter)
    {
        var policies = filter.Policy is { Count: > 0 } some ? reader.Find(EntityKind.Policy, some).ToHashSet() : null;
        var catalogs = filter.Catalog is { Count: > 0 } names ? reader.Find(EntityKind.Catalog, names).ToHashSet() : null;
        var tenants = TenantScope.Of(reader.Mirror, filter.Tenant);
        var catalogOf = new Dictionary<long, long>();
        return facts =>
        {
            if (policies?.Contains(facts.Policy) == false) return false;
            if (catalogs != null && !catalogs.Contains(facts.Catalog != 0 ? facts.Catalog : CatalogOf(facts.Package))) return false;
            return tenants?.Has(reader.Term(reader.Ref(facts.Entity)?.Tenant ?? 0)) != false;
        };

        long CatalogOf(long package)
        {
            if (!catalogOf.TryGetValue(package, out var catalog))
                catalogOf.Add(package, catalog = AssignmentObjects.CatalogOf(package, reader));
            return catalog;
        }
    }

    /// <summary>Whether a state is asked for.</summary>
    internal static Func<AssignmentAt, bool> StateCondition(IReadOnlyList<string>? states)
    {
        if (states is not { Count: > 0 }) return at => at.IsCurrent;
        var patterns = states.Select(state => new WildcardText(state)).ToList();
        return at => patterns.Any(pattern => pattern.IsMatch(at.State));
    }

    /// <summary>The packages that a filter by policy or catalog leaves when no user and nothing else is asked for; null for any.</summary>
    internal static IReadOnlyCollection<long>? PackagesOf(EntitlementReader reader, AccessPackageAssignmentFilter filter)
    {
        if (filter.Selectors != null) return null;
        if (filter.Policy is { Count: > 0 } policies)
        {
            var found = reader.Find(EntityKind.Policy, policies);
            reader.Prefetch(found, withStates: true);
            var ids = found.Select(policy => reader.StateOrGone(policy).Text(FactNames.Package)).ToList();
            // A policy that does not name its package can be any's.
            if (!ids.Contains(null)) return EntityIds.Numbers(reader.Mirror, EntityKind.AccessPackage, ids.OfType<string>()).Values;
        }

        if (filter.Catalog is { Count: > 0 } catalogs)
        {
            var packages = EntityIds.Referring(reader.Mirror, [.. reader.Find(EntityKind.Catalog, catalogs)], EntityKind.AccessPackage)
                .SelectMany(group => group).Distinct().ToList();
            reader.Prefetch(packages, withStates: true);
            return packages;
        }

        return null;
    }

    // Only for now: of earlier times the newest end says nothing.
    private static (long From, long To)? Ends(EntitlementReader reader, AccessPackageAssignmentFilter filter) =>
        filter.ExpiringWithin is { } span && filter.AsOf == null ? (reader.Time, reader.Time + span.Ticks + 1) : null;

    // Sixteen bytes each until they are in order: there can be a million.
    private static List<(long Start, long Entity)> Matching(EntitlementReader reader, AccessPackageAssignmentFilter filter,
        AssignmentReading reading, IEnumerable<AssignmentRow> rows) =>
        Matching(reader, filter, reading, rows, row => (row.At.Start ?? long.MinValue, row.Facts.Entity), row => row.Entity);

    private static List<T> Matching<T>(EntitlementReader reader, AccessPackageAssignmentFilter filter, AssignmentReading reading,
        IEnumerable<AssignmentRow> rows, Func<KnownAssignment, T> kept, Func<T, long> entityOf)
    {
        var isMatch = Match(reader, filter);
        var found = new List<T>();
        var repeated = new PortalRows();
        foreach (var assignment in reading.AtWithTrail(rows))
        {
            repeated.Saw(assignment);
            if (isMatch(assignment)) found.Add(kept(assignment));
        }

        if (repeated.Repeated(reader, reading) is { Count: > 0 } others) found.RemoveAll(row => others.Contains(entityOf(row)));
        return found;
    }

    private static Dictionary<string, int> ByPackage(EntitlementReader reader, List<SurveyedAssignment> rows)
    {
        var counts = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var package in rows.GroupBy(row => row.Package))
        {
            if (reader.Ref(package.Key)?.Id is { } id) counts[id] = counts.GetValueOrDefault(id) + package.Count();
        }

        return counts;
    }

    // All conditions on an assignment.
    private static Func<KnownAssignment, bool> Match(EntitlementReader reader, AccessPackageAssignmentFilter filter)
    {
        var isInPeriod = filter.After != null || filter.Before != null;
        var condition = Condition(reader, filter);
        var state = isInPeriod && filter.State is not { Count: > 0 } ? _ => true : StateCondition(filter.State);
        var until = filter.ExpiringWithin is { } span ? reader.Time + span.Ticks : long.MaxValue;
        return assignment =>
        {
            if (!state(assignment.At) || !condition(assignment.Facts)) return false;
            if (filter.ExpiringWithin != null
                && (assignment.At is not { End: { } end, EndedAt: null } || end <= reader.Time || end > until)) return false;
            return !isInPeriod || WasHeld(assignment, filter);
        };
    }

    // Where the starts come from exports alone, and nothing can turn out to repeat another, the first is there before the last has been
    // read.
    private static IEnumerable<AccessPackageAssignment> InOrder(MirrorReaderAt at, EntitlementReader reader,
        AccessPackageAssignmentFilter filter, AssignmentReading reading, AssignmentSelection selection)
    {
        var isMatch = Match(reader, filter);
        var rows = reading.Judge(selection.Link(reader.AssignmentsByStart())).Where(row => isMatch(row.Assignment)).Select(row => row.Row);
        if (filter.Skip > 0) rows = rows.Skip((int)Math.Min(filter.Skip, int.MaxValue));
        if (filter.First is { } first) rows = rows.Take((int)Math.Min(first, int.MaxValue));
        var objects = new AssignmentObjects(reader);
        foreach (var chunk in rows.Chunk(ChunkSize))
        {
            foreach (var (_, shown) in objects.Of(chunk, [], at.NewReader())) yield return shown;
        }
    }

    private static bool WasHeld(KnownAssignment assignment, AccessPackageAssignmentFilter filter) =>
        AssignmentAt.Span(assignment.Facts, assignment.Trail) is var (from, to)
        && (filter.Before is not { } before || from is not { } start || start < before.UtcTicks)
        && (filter.After is not { } after || to is not { } end || end > after.UtcTicks);
}
