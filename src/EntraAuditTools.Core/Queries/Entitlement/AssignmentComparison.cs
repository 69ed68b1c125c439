using System.Globalization;
using EntraAuditTools.Core.Mirror;
using EntraAuditTools.Core.Queries.Entitlement.Requests;

namespace EntraAuditTools.Core.Queries.Entitlement;

/// <summary>What changed between two dates in who is assigned?</summary>
public static class AssignmentComparison
{
    /// <summary>
    /// What was added, removed or changed (policy, state, start, end) from one time to another, the newest change first; what has no known
    /// time comes last. Without a filter by state, those that are held or about to be are compared.
    /// </summary>
    /// <exception cref="AuditToolException">InvalidWildcard, or what can be wrong with a mirror.</exception>
    public static IEnumerable<AccessPackageAssignmentChange> Run(MirrorReader mirror, AccessPackageAssignmentFilter filter, DateTimeOffset reference, DateTimeOffset difference) =>
        Run(mirror, filter, reference, difference, AuditedAssignments.TrailOf(mirror));

    /// <inheritdoc cref="Run(MirrorReader, AccessPackageAssignmentFilter, DateTimeOffset, DateTimeOffset)"/>
    internal static IEnumerable<AccessPackageAssignmentChange> Run(MirrorReader mirror, AccessPackageAssignmentFilter filter, DateTimeOffset reference, DateTimeOffset difference, IAssignmentTrail? trail)
    {
        var before = new Side(mirror, reference, filter, trail);
        var after = new Side(mirror, difference, filter, trail);
        var changes = new List<(long? Time, long Entity, string Change)>();
        foreach (var (entity, one) in after.Assignments)
        {
            if (!before.Assignments.TryGetValue(entity, out var other)) changes.Add((one.At.Start is { } start && start > reference.UtcTicks ? start : null, entity, "Added"));
            else if (IsChanged(other, one)) changes.Add((null, entity, "Changed"));
        }

        foreach (var entity in before.Assignments.Keys)
        {
            if (!after.Assignments.ContainsKey(entity)) changes.Add((after.EndOf(entity), entity, "Removed"));
        }

        changes.Sort(static (a, b) => a.Time == b.Time ? (a.Change, a.Entity).CompareTo((b.Change, b.Entity)) : Nullable.Compare(b.Time, a.Time));
        IEnumerable<(long? Time, long Entity, string Change)> page = changes;
        if (filter.Skip > 0) page = page.Skip((int)Math.Min(filter.Skip, int.MaxValue));
        if (filter.First is { } first) page = page.Take((int)Math.Min(first, int.MaxValue));
        return page.Chunk(256).SelectMany(chunk => Show(chunk, before, after));
    }

    private static IEnumerable<AccessPackageAssignmentChange> Show((long? Time, long Entity, string Change)[] changes, Side before, Side after)
    {
        var old = before.Objects(changes.Where(one => one.Change != "Added").Select(one => one.Entity));
        var now = after.Objects(changes.Where(one => one.Change != "Removed").Select(one => one.Entity));
        foreach (var (time, entity, change) in changes)
        {
            var (was, became) = (old.GetValueOrDefault(entity), now.GetValueOrDefault(entity));
            if ((became ?? was) is not { } either) continue;
            yield return new AccessPackageAssignmentChange
            {
                Change = change,
                User = either.User,
                AccessPackage = either.AccessPackage,
                AssignmentId = either.AssignmentId,
                Time = time is { } ticks ? UtcTime.Of(ticks) : null,
                Reference = was,
                Difference = became,
                Changes = was != null && became != null ? new([.. Differences(was, became)]) : new([]),
            };
        }
    }

    private static bool IsChanged(in KnownAssignment a, in KnownAssignment b) =>
        a.At.State != b.At.State || a.At.Start != b.At.Start || (a.At.EndKnown && b.At.EndKnown && a.At.End != b.At.End) || (a.Facts.Policy != b.Facts.Policy && a.Facts.Policy != 0 && b.Facts.Policy != 0);

    private static IEnumerable<ModifiedProperty> Differences(AccessPackageAssignment a, AccessPackageAssignment b)
    {
        if (a.Policy?.Id != b.Policy?.Id && a.Policy != null && b.Policy != null) yield return Property("Policy", a.Policy.ToString(), b.Policy.ToString());
        if (a.State != b.State) yield return Property("State", a.State, b.State);
        if (a.Start != b.Start) yield return Property("Start", Text(a.Start), Text(b.Start));
        if (a.EndKnown && b.EndKnown && a.End != b.End) yield return Property("End", Text(a.End), Text(b.End));
    }

    private static ModifiedProperty Property(string name, string? old, string? now) => new() { Name = name, OldValue = old, NewValue = now, RawOldValue = old, RawNewValue = now };

    private static string? Text(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    // The assignments at one of the two times.
    private sealed class Side
    {
        private readonly MirrorReaderAt at;
        private readonly EntitlementReader reader;
        private readonly AssignmentSelection selection;
        private readonly AssignmentReading reading;
        private readonly Dictionary<long, long?> ends = [];

        public Side(MirrorReader mirror, DateTimeOffset time, AccessPackageAssignmentFilter filter, IAssignmentTrail? trail)
        {
            at = new(mirror, time);
            reader = at.NewReader();
            selection = new(reader);
            reading = new(at, trail, selection.ForTrail(filter.Selectors));
            var condition = AccessPackageAssignmentQuery.Condition(reader, filter);
            var state = AccessPackageAssignmentQuery.StateCondition(filter.State);
            var repeated = new PortalRows();
            foreach (var one in reading.AtWithTrail(selection.Rows(filter.Selectors, AccessPackageAssignmentQuery.PackagesOf(reader, filter))))
            {
                repeated.Saw(one);
                if (state(one.At) && condition(one.Facts)) Assignments.Add(one.Facts.Entity, one);
                else if (one.At.EndedAt is { } ended) ends[one.Facts.Entity] = ended;
            }

            foreach (var entity in repeated.Repeated(reader, reading)) Assignments.Remove(entity);
        }

        public Dictionary<long, KnownAssignment> Assignments { get; } = [];

        public long? EndOf(long entity) => ends.GetValueOrDefault(entity);

        public Dictionary<long, AccessPackageAssignment> Objects(IEnumerable<long> entities)
        {
            var some = entities.ToList();
            var shown = AccessPackageAssignmentQuery.Rows(at, reader, selection, reading, some);
            return shown.ToDictionary(one => one.Entity, one => one.Shown);
        }
    }
}
