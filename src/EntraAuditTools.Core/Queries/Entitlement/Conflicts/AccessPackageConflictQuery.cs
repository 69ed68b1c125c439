using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Entitlement.Assignments;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Trail;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Entitlement.Conflicts;

/// <summary>Who holds what must not go together?</summary>
internal static class AccessPackageConflictQuery
{
    private const int ChunkSize = 256;
    private const int FirstChunkSize = 16;

    /// <summary>
    /// Held packages that another held one, or a group of which the holder is a member, excludes; by user. Two packages that exclude each
    /// other are one conflict.
    /// </summary>
    /// <exception cref="AuditToolException">InvalidWildcard, or what can be wrong with a mirror.</exception>
    public static IEnumerable<AccessPackageConflict> Run(MirrorReader mirror, AccessPackageConflictFilter filter) =>
        Run(mirror, filter, AuditedAssignments.TrailOf(mirror), () => SelfApprovals.Find(mirror, filter));

    /// <inheritdoc cref="Run(MirrorReader, AccessPackageConflictFilter)"/>
    /// <param name="mirror">The mirror.</param>
    /// <param name="filter">Which conflicts.</param>
    /// <param name="trail">What the audit trail contains about assignments; null for nothing.</param>
    /// <param name="selfApprovals">Requests that their requestor approved, for the same filter; null for none.</param>
    internal static IEnumerable<AccessPackageConflict> Run(MirrorReader mirror, AccessPackageConflictFilter filter, AssignmentTrail? trail,
        Func<IEnumerable<AccessPackageConflict>>? selfApprovals)
    {
        var kinds = filter.Kind is { Count: > 0 } some ? some.Select(kind => new WildcardText(kind)).ToList() : null;
        bool Wanted(string kind) => kinds == null || kinds.Exists(pattern => pattern.IsMatch(kind));
        var at = new MirrorReaderAt(mirror, filter.AsOf);
        var found = new Search(at, filter, trail).Run(Wanted("IncompatibleAccessPackage"), Wanted("IncompatibleGroup"));
        if (selfApprovals != null && Wanted("SelfApproval")) found = found.Concat(selfApprovals());
        if (filter.Skip > 0) found = found.Skip((int)Math.Min(filter.Skip, int.MaxValue));
        return filter.First is { } first ? found.Take((int)Math.Min(first, int.MaxValue)) : found;
    }

    private sealed record Conflict(KnownAssignment Held, KnownAssignment? Other, long Group);

    private sealed class Search
    {
        private readonly MirrorReaderAt at;
        private readonly AccessPackageConflictFilter filter;
        private readonly EntitlementReader reader;
        private readonly AssignmentSelection selection;
        private readonly AssignmentReading reading;
        private readonly EntitlementSelector[]? users;

        // The packages asked for, where nothing but packages or users is; null for any.
        private readonly HashSet<long>? asked;

        public Search(MirrorReaderAt at, AccessPackageConflictFilter filter, AssignmentTrail? trail)
        {
            (this.at, this.filter) = (at, filter);
            reader = at.NewReader();
            selection = new(reader);
            // Those of the users asked for, also of packages that were not: they are the other side.
            users = filter.Selectors?.All(selector => selector is { User: not null, AssignmentId: null, RequestId: null }) == true
                ? [.. filter.Selectors.Select(selector => new EntitlementSelector { User = selector.User })] : null;
            asked = filter.Selectors?.All(selector => selector is { AccessPackage: not null, AssignmentId: null, RequestId: null }) == true
                ? [.. filter.Selectors.SelectMany(selector => selection.Packages(selector)!)] : null;
            reading = new(at, trail, selection.ForTrail(users));
        }

        public IEnumerable<AccessPackageConflict> Run(bool withPackages, bool withGroups)
        {
            var excludes = withPackages ? Pairs(EdgeRole.IncompatiblePackage) : Array.Empty<long>().ToLookup(n => n);
            var groups = withGroups ? Pairs(EdgeRole.IncompatibleGroup) : Array.Empty<long>().ToLookup(n => n);
            var involved = excludes.SelectMany(numbers => numbers.Append(numbers.Key)).Concat(groups.Select(numbers => numbers.Key))
                .Distinct().ToList();
            if (asked != null) involved = With(asked, involved, excludes);
            if (involved.Count == 0) return [];

            var excluded = excludes.ToDictionary(numbers => numbers.Key, numbers => numbers.ToHashSet());
            var conflicts = new List<Conflict>();
            foreach (var held in Held(involved).GroupBy(assignment => assignment.Facts.Subject).Where(group => group.Key != 0))
            {
                var ofSubject = held.ToList();
                AddPackages(conflicts, ofSubject, excluded);
                foreach (var assignment in ofSubject)
                    conflicts.AddRange(groups[assignment.Facts.Package].Select(group => new Conflict(assignment, null, group)));
            }

            conflicts = WithMembersOnly(conflicts);
            if (Selected() is { } selected) conflicts.RemoveAll(conflict => !selected(conflict));
            reader.Prefetch(conflicts.Select(conflict => conflict.Held.Facts.Subject), withStates: false);
            var ordered = conflicts
                .OrderBy(conflict => reader.Ref(conflict.Held.Facts.Subject)?.Name, StringComparer.OrdinalIgnoreCase)
                .ThenBy(conflict => conflict.Held.Facts.Subject)
                .ThenByDescending(conflict => Since(conflict)).ThenBy(conflict => conflict.Held.Facts.Entity)
                .ThenBy(conflict => conflict.Other?.Facts.Entity ?? conflict.Group);
            // The first few at once, and those after them together.
            var inOrder = ordered.ToList();
            var (first, others) = (inOrder.Take(FirstChunkSize), inOrder.Skip(FirstChunkSize));
            return first.Chunk(FirstChunkSize).Concat(others.Chunk(ChunkSize)).SelectMany(Show);
        }

        // Which package or group excludes which at the time asked for.
        private ILookup<long, long> Pairs(EdgeRole role)
        {
            var sql = new SqlText();
            sql.Add($"SELECT DISTINCT e.source, e.target FROM entity p JOIN edge e ON e.source = p.id AND e.role = {(int)role} WHERE "
                + $"p.kind = {(int)EntityKind.AccessPackage} AND {EdgeTime.Condition(sql, reader.Time)}");
            return reader.Mirror.Query(sql, row => (Source: row.GetInt64(0), Target: row.GetInt64(1))).ToList()
                .Where(pair => reader.StateOf(pair.Source) != null).ToLookup(pair => pair.Source, pair => pair.Target);
        }

        // Those among some packages, and those that exclude one or are excluded by it.
        private static List<long> With(HashSet<long> packages, List<long> involved, ILookup<long, long> excludes) =>
            involved.FindAll(number => packages.Contains(number) || excludes[number].Any(packages.Contains)
                || packages.Any(package => excludes[package].Contains(number)));

        private List<KnownAssignment> Held(List<long> involved)
        {
            var repeated = new PortalRows();
            var held = new List<KnownAssignment>();
            foreach (var assignment in reading.AtWithTrail(selection.Rows(users, involved)))
            {
                if (!assignment.At.IsHeld) continue;
                repeated.Saw(assignment);
                held.Add(assignment);
            }

            if (repeated.Repeated(reader, reading) is { Count: > 0 } others)
                held.RemoveAll(assignment => others.Contains(assignment.Facts.Entity));
            return held;
        }

        private static void AddPackages(List<Conflict> conflicts, List<KnownAssignment> ofSubject, Dictionary<long, HashSet<long>> excludes)
        {
            foreach (var assignment in ofSubject)
            {
                if (!excludes.TryGetValue(assignment.Facts.Package, out var excluded)) continue;
                foreach (var other in ofSubject)
                {
                    if (!excluded.Contains(other.Facts.Package)) continue;
                    // Where each excludes the other, the package that was assigned later is the one that should not have been given.
                    var isMutual = excludes.TryGetValue(other.Facts.Package, out var back) && back.Contains(assignment.Facts.Package);
                    if (!isMutual
                        || (assignment.At.Start ?? 0, assignment.Facts.Entity).CompareTo((other.At.Start ?? 0, other.Facts.Entity)) > 0)
                        conflicts.Add(new Conflict(assignment, other, 0));
                }
            }
        }

        private List<Conflict> WithMembersOnly(List<Conflict> conflicts)
        {
            var members = new Dictionary<long, HashSet<long>>();
            foreach (var group in conflicts.Where(conflict => conflict.Group != 0).Select(conflict => conflict.Group).Distinct())
                members.Add(group, Memberships.MembersOf(reader, group));
            return conflicts.FindAll(conflict => conflict.Group == 0 || members[conflict.Group].Contains(conflict.Held.Facts.Subject));
        }

        // Either side may be the one asked for.
        private Func<Conflict, bool>? Selected()
        {
            var tenants = TenantScope.Of(reader.Mirror, filter.Tenant);
            bool OfTenant(Conflict conflict) => tenants?.Has(reader.Term(reader.Ref(conflict.Held.Facts.Entity)?.Tenant ?? 0)) != false;
            if (filter.Selectors == null) return tenants == null ? null : OfTenant;
            var wanted = filter.Selectors.Select(selector => (
                Users: selection.Users(selector)?.ToHashSet(),
                Packages: selection.Packages(selector)?.ToHashSet(),
                Entities: selector.AssignmentId != null || selector.RequestId != null
                ? selection.Rows([selector]).Select(row => row.Entity).ToHashSet() : null)).ToList();
            return conflict => OfTenant(conflict) && wanted.Exists(part => part.Entities != null
                ? part.Entities.Contains(conflict.Held.Facts.Entity)
                || (conflict.Other is { } twin && part.Entities.Contains(twin.Facts.Entity))
                : part.Users?.Contains(conflict.Held.Facts.Subject) != false
                && (part.Packages == null || part.Packages.Contains(conflict.Held.Facts.Package)
                    || (conflict.Other is { } other && part.Packages.Contains(other.Facts.Package))));
        }

        private IEnumerable<AccessPackageConflict> Show(Conflict[] chunk)
        {
            var entities = chunk.Select(conflict => conflict.Held.Facts.Entity)
                .Concat(chunk.Select(conflict => conflict.Other?.Facts.Entity).OfType<long>()).Distinct();
            var shown = AccessPackageAssignmentQuery.Rows(at, reader, selection, reading, entities)
                .ToDictionary(row => row.Entity, row => row.Shown);
            reader.Prefetch(chunk.Select(conflict => conflict.Group), withStates: false);
            foreach (var conflict in chunk)
            {
                var held = shown.GetValueOrDefault(conflict.Held.Facts.Entity);
                var other = conflict.Other is { } twin ? shown.GetValueOrDefault(twin.Facts.Entity) : null;
                var against = conflict.Group != 0 ? reader.Ref(conflict.Group)?.ToReference() : other?.AccessPackage;
                yield return new AccessPackageConflict
                {
                    Kind = conflict.Group != 0 ? "IncompatibleGroup" : "IncompatibleAccessPackage",
                    User = held?.User,
                    AccessPackage = held?.AccessPackage,
                    ConflictsWith = against,
                    Since = Since(conflict) is { } since ? UtcTime.Of(since) : null,
                    Reason = conflict.Group != 0
                        ? $"Access package \"{held?.AccessPackage}\" is not for members of group \"{against}\", and the holder is one."
                        : $"Access package \"{held?.AccessPackage}\" must not be held together with \"{against}\", and both are.",
                    Assignment = held,
                    OtherAssignment = other,
                };
            }
        }

        // No export says since when somebody is a member.
        private static long? Since(Conflict conflict) =>
            conflict.Other is { At.Start: { } other } && conflict.Held.At.Start is { } start ? Math.Max(start, other) : null;
    }
}
