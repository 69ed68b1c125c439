using System.Globalization;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Entities;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Trail;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Entitlement.Assignments;

/// <summary>What changed between two dates in who is assigned?</summary>
internal static class AssignmentComparison
{
    /// <summary>
    /// What was added, removed or changed (policy, state, start, end) from one time to another, the newest change first; what has no known
    /// time comes last. Without a filter by state, those that are held or about to be are compared.
    /// </summary>
    /// <exception cref="AuditToolException">InvalidWildcard, or what can be wrong with a mirror.</exception>
    public static IEnumerable<AccessPackageAssignmentChange> Run(MirrorReader mirror, AccessPackageAssignmentFilter filter,
        DateTimeOffset reference, DateTimeOffset difference) =>
        Run(mirror, filter, reference, difference, AuditedAssignments.TrailOf(mirror), null);

    /// <inheritdoc cref="Run(MirrorReader, AccessPackageAssignmentFilter, DateTimeOffset, DateTimeOffset)"/>
    /// <param name="mirror">The mirror.</param>
    /// <param name="filter">Which assignments.</param>
    /// <param name="reference">The earlier time.</param>
    /// <param name="difference">The later time.</param>
    /// <param name="warn">
    /// Called with a sentence that says what is left out because nothing but the time of a file says when it changed.
    /// </param>
    public static IEnumerable<AccessPackageAssignmentChange> Run(MirrorReader mirror, AccessPackageAssignmentFilter filter,
        DateTimeOffset reference, DateTimeOffset difference, Action<string>? warn) =>
        Run(mirror, filter, reference, difference, AuditedAssignments.TrailOf(mirror), warn);

    /// <inheritdoc cref="Run(MirrorReader, AccessPackageAssignmentFilter, DateTimeOffset, DateTimeOffset)"/>
    internal static IEnumerable<AccessPackageAssignmentChange> Run(MirrorReader mirror, AccessPackageAssignmentFilter filter,
        DateTimeOffset reference, DateTimeOffset difference, AssignmentTrail? trail, Action<string>? warn = null)
    {
        var before = new Side(mirror, reference, filter, trail);
        var after = new Side(mirror, difference, filter, trail);
        var changes = Candidates(before, after, reference.UtcTicks);
        var timing = new ChangeTiming(before, after, reference.UtcTicks);
        timing.Decide(changes.Where(candidate => candidate.Time == null));
        var left = changes.RemoveAll(candidate => timing.Of(candidate) == Timing.NotInPeriod);
        if (left > 0)
        {
            warn?.Invoke($"{left:N0} {(left == 1 ? "assignment differs" : "assignments differ")} between exports of which nothing but "
                + $"the time of a file says when they were taken, "
                + $"and that is no change within this time: left out. Give {Caller.Option("ObservedAt")} when they are imported "
                + $"({Caller.Option("Force")} imports them again).");
        }

        changes.Sort(static (a, b) => a.Time == b.Time
            ? (a.Change, a.Entity).CompareTo((b.Change, b.Entity)) : Nullable.Compare(b.Time, a.Time));
        IEnumerable<Candidate> page = changes;
        if (filter.Skip > 0) page = page.Skip((int)Math.Min(filter.Skip, int.MaxValue));
        if (filter.First is { } first) page = page.Take((int)Math.Min(first, int.MaxValue));
        return page.Chunk(256).SelectMany(chunk => Show(chunk, before, after, timing));
    }

    private static List<Candidate> Candidates(Side before, Side after, long reference)
    {
        var changes = new List<Candidate>();
        foreach (var (entity, assignment) in after.Assignments)
        {
            if (!before.Assignments.TryGetValue(entity, out var other))
                changes.Add(new(assignment.At.Start is { } start && start > reference ? start : null, entity, "Added"));
            else if (IsChanged(other, assignment)) changes.Add(new(null, entity, "Changed"));
        }

        foreach (var entity in before.Assignments.Keys)
        {
            if (!after.Assignments.ContainsKey(entity))
                changes.Add(new(after.Others.TryGetValue(entity, out var ended) ? ended.At.EndedAt : null, entity, "Removed"));
        }

        return changes;
    }

    private static IEnumerable<AccessPackageAssignmentChange> Show(Candidate[] changes, Side before, Side after, ChangeTiming timing)
    {
        var old = before.Objects(changes.Where(candidate => candidate.Change != "Added").Select(candidate => candidate.Entity));
        var now = after.Objects(changes.Where(candidate => candidate.Change != "Removed").Select(candidate => candidate.Entity));
        foreach (var change in changes)
        {
            var (was, became) = (old.GetValueOrDefault(change.Entity), now.GetValueOrDefault(change.Entity));
            if ((became ?? was) is not { } either) continue;
            yield return new AccessPackageAssignmentChange
            {
                Change = change.Change,
                User = either.User,
                AccessPackage = either.AccessPackage,
                AssignmentId = either.AssignmentId,
                Time = change.Time is { } ticks ? UtcTime.Of(ticks) : null,
                TimeAssumed = timing.Of(change) == Timing.Assumed,
                Reference = was,
                Difference = became,
                Changes = was != null && became != null ? new([.. Differences(was, became)]) : new([]),
            };
        }
    }

    // That nothing was known of it before is no change of its state.
    private static bool IsChanged(KnownAssignment a, KnownAssignment b) =>
        (a.At.State != b.At.State && a.At.State != "Unknown") || a.At.Start != b.At.Start
        || (a.At.EndKnown && b.At.EndKnown && a.At.End != b.At.End)
        || (a.Facts.Policy != b.Facts.Policy && a.Facts.Policy != 0 && b.Facts.Policy != 0);

    private static IEnumerable<ModifiedProperty> Differences(AccessPackageAssignment a, AccessPackageAssignment b)
    {
        if (a.Policy?.Id != b.Policy?.Id && a.Policy != null && b.Policy != null)
            yield return Property("Policy", a.Policy.ToString(), b.Policy.ToString());
        if (a.State != b.State && a.State != "Unknown") yield return Property("State", a.State, b.State);
        if (a.Start != b.Start) yield return Property("Start", Text(a.Start), Text(b.Start));
        if (a.EndKnown && b.EndKnown && a.End != b.End) yield return Property("End", Text(a.End), Text(b.End));
    }

    private static ModifiedProperty Property(string name, string? old, string? now) =>
        new() { Name = name, OldValue = old, NewValue = now, RawOldValue = old, RawNewValue = now };

    private static string? Text(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>What says that a change lies between the two times.</summary>
    private enum Timing
    {
        /// <summary>A date of its own, a schedule, the audit trail, or when an export was taken, as given at its import.</summary>
        Known,

        /// <summary>Two exports, one from before and one from within, by the times of their files.</summary>
        Assumed,

        /// <summary>Nothing: it may have been earlier.</summary>
        NotInPeriod,
    }

    private readonly record struct Candidate(long? Time, long Entity, string Change);

    /// <summary>Decides whether a change without a date of its own lies between the two times.</summary>
    private sealed class ChangeTiming(Side before, Side after, long reference)
    {
        private readonly Dictionary<long, Timing> known = [];

        public Timing Of(in Candidate change) => known.GetValueOrDefault(change.Entity, Timing.Known);

        public void Decide(IEnumerable<Candidate> changes)
        {
            // What only the audit trail contains has dates.
            foreach (var chunk in changes.Where(candidate => candidate.Entity >= 0).Chunk(512))
            {
                var entities = chunk.Select(candidate => candidate.Entity).ToList();
                var (old, now) = (before.States(entities), after.States(entities));
                foreach (var (_, entity, change) in chunk) known[entity] = Judge(entity, change, old[entity], now[entity]);
            }
        }

        private Timing Judge(long entity, string change, EntityState old, EntityState now)
        {
            if (old.Current is not { } was || now.Current is not { } current) return Timing.Known;
            if (change == "Removed")
            {
                if (!after.Others.TryGetValue(entity, out var ended)) return Timing.Known;
                if (before.Assignments[entity].At.State == "Unknown") return Timing.NotInPeriod;
                if (ended.At.Source == AssignmentAt.NotInCompleteExport)
                    return !now.IsGoneAssumed ? Timing.Known : was.Seen <= reference ? Timing.Assumed : Timing.NotInPeriod;
            }

            // The same export covers both times: it is the schedule that makes the difference.
            if (was.Id == current.Id || !now.IsBegunByFileTime) return Timing.Known;
            return (old.IsGone ? old.GoneSince ?? was.Seen : was.Seen) <= reference ? Timing.Assumed : Timing.NotInPeriod;
        }
    }

    // The assignments at one of the two times.
    private sealed class Side
    {
        private readonly MirrorReaderAt at;
        private readonly EntitlementReader reader;
        private readonly AssignmentSelection selection;
        private readonly AssignmentReading reading;

        public Side(MirrorReader mirror, DateTimeOffset time, AccessPackageAssignmentFilter filter, AssignmentTrail? trail)
        {
            at = new(mirror, time);
            reader = at.NewReader();
            selection = new(reader);
            reading = new(at, trail, selection.ForTrail(filter.Selectors));
            var condition = AccessPackageAssignmentQuery.Condition(reader, filter);
            var state = AccessPackageAssignmentQuery.StateCondition(filter.State);
            var repeated = new PortalRows();
            foreach (var assignment in reading.AtWithTrail(selection.Rows(filter.Selectors,
                AccessPackageAssignmentQuery.PackagesOf(reader, filter))))
            {
                repeated.Saw(assignment);
                if (state(assignment.At) && condition(assignment.Facts)) Assignments.Add(assignment.Facts.Entity, assignment);
                else Others[assignment.Facts.Entity] = assignment;
            }

            foreach (var entity in repeated.Repeated(reader, reading)) Assignments.Remove(entity);
        }

        public Dictionary<long, KnownAssignment> Assignments { get; } = [];

        /// <summary>Those that are there too, but not asked for: ended ones, nearly always.</summary>
        public Dictionary<long, KnownAssignment> Others { get; } = [];

        public Dictionary<long, EntityState> States(List<long> entities)
        {
            var chunkReader = at.NewReader();
            chunkReader.Prefetch(entities, withStates: true);
            return entities.ToDictionary(entity => entity, chunkReader.StateOrGone);
        }

        public Dictionary<long, AccessPackageAssignment> Objects(IEnumerable<long> entities)
        {
            var some = entities.ToList();
            var shown = AccessPackageAssignmentQuery.Rows(at, reader, selection, reading, some);
            return shown.ToDictionary(row => row.Entity, row => row.Shown);
        }
    }
}
