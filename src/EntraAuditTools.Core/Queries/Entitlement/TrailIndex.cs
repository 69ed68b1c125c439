using EntraAuditTools.Core.Formats.Entitlement;
using EntraAuditTools.Core.Queries.Entitlement.Requests;

namespace EntraAuditTools.Core.Queries.Entitlement;

/// <summary>What the audit trail tells of the assignments of a question, looked up by assignment, or by user and package.</summary>
internal sealed class TrailIndex
{
    private readonly Dictionary<string, TrailAssignment> byId = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(string User, string Package), List<TrailAssignment>> byPair = [];
    private readonly List<TrailAssignment> all = [];
    private readonly HashSet<TrailAssignment> matched = new(ReferenceEqualityComparer.Instance);

    /// <summary>Asks the trail once.</summary>
    public TrailIndex(IAssignmentTrail trail, IReadOnlyList<EntitlementSelector>? selectors)
    {
        foreach (var one in trail.Find(selectors))
        {
            all.Add(one);
            if (one.AssignmentId is { } id) byId[id] = one;
            if (one is not { UserId: { } user, PackageId: { } package }) continue;
            if (!byPair.TryGetValue(Key(user, package), out var list)) byPair.Add(Key(user, package), list = []);
            list.Add(one);
        }
    }

    public bool IsEmpty => all.Count == 0;

    /// <summary>
    /// What it tells of some assignments, by their numbers. Events that name no assignment are tied by user and package, to the assignment
    /// that began nearest to the delivery.
    /// </summary>
    public Dictionary<long, TrailAssignment> Of(EntitlementReader reader, IReadOnlyCollection<AssignmentRow> rows)
    {
        var found = new Dictionary<long, TrailAssignment>();
        if (IsEmpty) return found;
        reader.Prefetch(rows.SelectMany(row => new[] { row.Entity, row.Subject, row.Package }), withStates: false);
        foreach (var row in rows)
        {
            var one = !row.IsPortal && reader.Ref(row.Entity) is { } own && byId.TryGetValue(own.Id, out var named) ? named : Nearest(reader, row);
            if (one == null) continue;
            found[row.Entity] = one;
            matched.Add(one);
        }

        return found;
    }

    /// <summary>Those that no export tells of: neither the assignment, nor any of the package that was seen after the delivery.</summary>
    public IReadOnlyList<TrailAssignment> Unexported(EntitlementReader reader)
    {
        var left = all.Where(one => !matched.Contains(one) && one is { DeliveredAt: not null, UserId: not null, PackageId: not null }).ToList();
        if (left.Count == 0) return left;
        var packages = EntityIds.Numbers(reader.Mirror, EntityKind.AccessPackage, left.Select(one => one.PackageId!));
        var seen = LastSeen(reader, packages.Values);
        return left.FindAll(one => !packages.TryGetValue(one.PackageId!, out var package) || !seen.TryGetValue(package, out var last) || last < one.DeliveredAt!.Value.UtcTicks);
    }

    // When assignments of some packages were exported last.
    private static Dictionary<long, long> LastSeen(EntitlementReader reader, Dictionary<string, long>.ValueCollection packages)
    {
        if (packages.Count == 0) return [];
        var sql = new SqlText();
        sql.Add($"SELECT a.package, max(s.last_seen) FROM assignment a JOIN entity_state s ON s.entity = a.entity WHERE {sql.In("a.package", packages)} GROUP BY a.package");
        return reader.Mirror.Query(sql, row => (Package: row.GetInt64(0), Seen: row.GetInt64(1))).ToDictionary(one => one.Package, one => one.Seen);
    }

    private TrailAssignment? Nearest(EntitlementReader reader, in AssignmentRow row)
    {
        if (reader.Ref(row.Subject) is not { } user || reader.Ref(row.Package) is not { } package || !byPair.TryGetValue(Key(user.Id, package.Id), out var some)) return null;
        var start = row.Starts;
        var nameless = some.Where(one => one.AssignmentId == null).ToList();
        if (start == null) return nameless.Count == 1 ? nameless[0] : null;
        // A delivery takes hours at most, unless somebody has to accept an invitation first.
        return nameless.Where(one => one.DeliveredAt is { } time && Math.Abs(time.UtcTicks - start.Value) <= TimeSpan.TicksPerDay).MinBy(one => Math.Abs(one.DeliveredAt!.Value.UtcTicks - start.Value));
    }

    private static (string User, string Package) Key(string user, string package) => (user.ToLowerInvariant(), package.ToLowerInvariant());
}
