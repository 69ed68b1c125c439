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
public static class AccessPackageConflictQuery
{
    private const int ChunkSize = 256;

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
    /// <param name="trail">What the audit trail tells of assignments; null for nothing.</param>
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
            users = filter.Selectors?.All(one => one is { User: not null, AssignmentId: null, RequestId: null }) == true
                ? [.. filter.Selectors.Select(one => new EntitlementSelector { User = one.User })] : null;
            asked = filter.Selectors?.All(one => one is { AccessPackage: not null, AssignmentId: null, RequestId: null }) == true
                ? [.. filter.Selectors.SelectMany(one => selection.Packages(one)!)] : null;
            reading = new(at, trail, selection.ForTrail(users));
        }

        public IEnumerable<AccessPackageConflict> Run(bool withPackages, bool withGroups)
        {
            var excludes = withPackages ? Pairs(EdgeRole.IncompatiblePackage) : Array.Empty<long>().ToLookup(n => n);
            var groups = withGroups ? Pairs(EdgeRole.IncompatibleGroup) : Array.Empty<long>().ToLookup(n => n);
            var involved = excludes.SelectMany(one => one.Append(one.Key)).Concat(groups.Select(one => one.Key)).Distinct().ToList();
            if (asked != null) involved = With(asked, involved, excludes);
            if (involved.Count == 0) return [];

            var conflicts = new List<Conflict>();
            foreach (var held in Held(involved).GroupBy(one => one.Facts.Subject).Where(group => group.Key != 0))
            {
                var own = held.ToList();
                conflicts.AddRange(Packages(own, excludes));
                conflicts.AddRange(own.SelectMany(one => groups[one.Facts.Package].Select(group => new Conflict(one, null, group))));
            }

            conflicts = WithMembersOnly(conflicts);
            if (Selected() is { } selected) conflicts.RemoveAll(one => !selected(one));
            reader.Prefetch(conflicts.Select(one => one.Held.Facts.Subject), withStates: false);
            var ordered = conflicts
                .OrderBy(one => reader.Ref(one.Held.Facts.Subject)?.Name, StringComparer.OrdinalIgnoreCase).ThenBy(one => one.Held.Facts.Subject)
                .ThenByDescending(one => Since(one)).ThenBy(one => one.Held.Facts.Entity).ThenBy(one => one.Other?.Facts.Entity ?? one.Group);
            return ordered.Chunk(ChunkSize).SelectMany(Show);
        }

        // What excludes what at the time asked for.
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
            involved.FindAll(one => packages.Contains(one) || excludes[one].Any(packages.Contains) || packages.Any(package => excludes[package].Contains(one)));

        private List<KnownAssignment> Held(List<long> involved)
        {
            var repeated = new PortalRows();
            var held = new List<KnownAssignment>();
            foreach (var one in reading.AtWithTrail(selection.Rows(users, involved)))
            {
                if (!one.At.IsHeld) continue;
                repeated.Saw(one);
                held.Add(one);
            }

            if (repeated.Repeated(reader, reading) is { Count: > 0 } others) held.RemoveAll(one => others.Contains(one.Facts.Entity));
            return held;
        }

        private static IEnumerable<Conflict> Packages(List<KnownAssignment> own, ILookup<long, long> excludes)
        {
            foreach (var one in own)
            {
                foreach (var other in own.Where(other => excludes[one.Facts.Package].Contains(other.Facts.Package)))
                {
                    // Where each excludes the other, the package that came later is the one that should not have been given.
                    var isMutual = excludes[other.Facts.Package].Contains(one.Facts.Package);
                    if (!isMutual || (one.At.Start ?? 0, one.Facts.Entity).CompareTo((other.At.Start ?? 0, other.Facts.Entity)) > 0)
                        yield return new Conflict(one, other, 0);
                }
            }
        }

        private List<Conflict> WithMembersOnly(List<Conflict> conflicts)
        {
            var members = new Dictionary<long, HashSet<long>>();
            foreach (var group in conflicts.Where(one => one.Group != 0).Select(one => one.Group).Distinct())
                members.Add(group, Memberships.MembersOf(reader, group));
            return conflicts.FindAll(one => one.Group == 0 || members[one.Group].Contains(one.Held.Facts.Subject));
        }

        // Either side may be what is asked for.
        private Func<Conflict, bool>? Selected()
        {
            var tenants = TenantScope.Of(reader.Mirror, filter.Tenant);
            bool OfTenant(Conflict one) => tenants?.Has(reader.Term(reader.Ref(one.Held.Facts.Entity)?.Tenant ?? 0)) != false;
            if (filter.Selectors == null) return tenants == null ? null : OfTenant;
            var wanted = filter.Selectors.Select(one => (
                Users: selection.Users(one)?.ToHashSet(),
                Packages: selection.Packages(one)?.ToHashSet(),
                Entities: one.AssignmentId != null || one.RequestId != null ? selection.Rows([one]).Select(row => row.Entity).ToHashSet() : null)).ToList();
            return one => OfTenant(one) && wanted.Exists(part => part.Entities != null
                ? part.Entities.Contains(one.Held.Facts.Entity) || (one.Other is { } twin && part.Entities.Contains(twin.Facts.Entity))
                : part.Users?.Contains(one.Held.Facts.Subject) != false
                && (part.Packages == null || part.Packages.Contains(one.Held.Facts.Package)
                    || (one.Other is { } other && part.Packages.Contains(other.Facts.Package))));
        }

        private IEnumerable<AccessPackageConflict> Show(Conflict[] chunk)
        {
            var entities = chunk.Select(one => one.Held.Facts.Entity).Concat(chunk.Select(one => one.Other?.Facts.Entity).OfType<long>()).Distinct();
            var shown = AccessPackageAssignmentQuery.Rows(at, reader, selection, reading, entities).ToDictionary(one => one.Entity, one => one.Shown);
            reader.Prefetch(chunk.Select(one => one.Group), withStates: false);
            foreach (var one in chunk)
            {
                var held = shown.GetValueOrDefault(one.Held.Facts.Entity);
                var other = one.Other is { } twin ? shown.GetValueOrDefault(twin.Facts.Entity) : null;
                var against = one.Group != 0 ? reader.Ref(one.Group)?.ToReference() : other?.AccessPackage;
                yield return new AccessPackageConflict
                {
                    Kind = one.Group != 0 ? "IncompatibleGroup" : "IncompatibleAccessPackage",
                    User = held?.User,
                    AccessPackage = held?.AccessPackage,
                    ConflictsWith = against,
                    Since = Since(one) is { } since ? UtcTime.Of(since) : null,
                    Reason = one.Group != 0
                        ? $"Access package \"{held?.AccessPackage}\" is not for members of group \"{against}\", and the holder is one."
                        : $"Access package \"{held?.AccessPackage}\" must not be held together with \"{against}\", and both are.",
                    Assignment = held,
                    OtherAssignment = other,
                };
            }
        }

        // Since when somebody is a member no export tells.
        private static long? Since(Conflict one) => one.Other is { At.Start: { } other } && one.Held.At.Start is { } start ? Math.Max(start, other) : null;
    }
}
