using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Queries.Entitlement.Assignments;

/// <summary>Which rows of assignments a question's selectors mean.</summary>
internal sealed class AssignmentSelection
{
    private readonly EntitlementReader reader;
    private readonly Lazy<(long Entity, string SubjectId)[]> unlinked;
    private readonly Lazy<Dictionary<string, long>> bySubjectId;
    private readonly Lazy<PortalLinks> portal;

    public AssignmentSelection(EntitlementReader reader)
    {
        this.reader = reader;
        unlinked = new(ReadUnlinked);
        bySubjectId = new(() => Subjects.BySubjectId(reader.Mirror));
        portal = new(() => new(reader));
    }

    /// <summary>The rows that any of the selectors means, each once; all for no selector.</summary>
    /// <param name="selectors">Users and packages; null for everything.</param>
    /// <param name="packages">Only of these packages; null for any.</param>
    /// <param name="ends">Only those whose newest scheduled end is in a span; null for any.</param>
    public IEnumerable<AssignmentRow> Rows(IReadOnlyList<EntitlementSelector>? selectors, IReadOnlyCollection<long>? packages = null,
        (long From, long To)? ends = null)
    {
        if (selectors == null)
            return Link(Also(reader.Assignments(packages, ends: ends), portal.Value.Meant(null, null, packages, null), ends));
        var parts = Merge(selectors);
        var rows = parts.SelectMany(selector => Rows(selector, packages, ends));
        return Link(parts.Count == 1 ? rows : rows.DistinctBy(row => row.Entity));
    }

    /// <summary>Numbers of the users that a selector means; null for any.</summary>
    public IReadOnlyCollection<long>? Users(EntitlementSelector selector)
    {
        if (selector.User == null) return null;
        // A service principal holds access under a number of its own, which need not have its name.
        var users = reader.Find(EntityKind.User, selector.User).ToHashSet();
        var principals = Principals(selector.User);
        users.UnionWith(principals.Where(number => reader.Ref(number)?.Kind == EntityKind.User));
        return users.Count > 0 ? users : principals;
    }

    /// <summary>
    /// Numbers of the principals that a selector means as requestors: users, and service principals with agent identities among them, by
    /// the number under which they hold access where they have one. Null for any.
    /// </summary>
    public Requestors? Requestors(EntitlementSelector selector)
    {
        if (selector.User == null) return null;
        var users = reader.Find(EntityKind.User, selector.User).ToHashSet();
        var byName = Principals(selector.User.Where(text => new WildcardText(text).Literal != null));
        var byPattern = Principals(selector.User.Where(text => new WildcardText(text).Literal == null));
        byPattern.UnionWith(users.Where(user => reader.Ref(EntityKind.ServicePrincipal, reader.Ref(user)?.Id) != null));
        byPattern.ExceptWith(byName);
        users.UnionWith(byName);
        users.UnionWith(byPattern);
        return new(users, byPattern);
    }

    /// <summary>Numbers of the packages that a selector means; null for any.</summary>
    public IReadOnlyCollection<long>? Packages(EntitlementSelector selector) =>
        selector.AccessPackage == null ? null : reader.Find(EntityKind.AccessPackage, selector.AccessPackage);

    private HashSet<long> Principals(IEnumerable<string> texts)
    {
        var found = reader.Find(EntityKind.ServicePrincipal, [.. texts]);
        reader.Prefetch(found, withStates: false);
        return [.. found.Select(number => reader.Ref(EntityKind.User, reader.Ref(number)!.Id)?.Number ?? number)];
    }

    /// <summary>Selectors for the audit trail: by ids too, since it may have other names.</summary>
    public IReadOnlyList<EntitlementSelector>? ForTrail(IReadOnlyList<EntitlementSelector>? selectors)
    {
        if (selectors == null) return null;
        return [.. Merge(selectors)
            .Select(selector => new EntitlementSelector { User = With(selector.User, Users(selector)),
                AccessPackage = With(selector.AccessPackage, Packages(selector)), AssignmentId = selector.AssignmentId,
                    RequestId = selector.RequestId })];

        IReadOnlyList<string>? With(IReadOnlyList<string>? texts, IReadOnlyCollection<long>? numbers)
        {
            if (texts == null || numbers is not { Count: > 0 }) return texts;
            reader.Prefetch(numbers, withStates: false);
            return [.. texts.Concat(numbers.Select(number => reader.Ref(number)?.Id).OfType<string>().Select(WildcardText.Escape))
                .Distinct(StringComparer.OrdinalIgnoreCase)];
        }
    }

    /// <summary>Selectors with the same single criterion are merged: a pipeline of ten thousand users is one question.</summary>
    public static IReadOnlyList<EntitlementSelector> Merge(IReadOnlyList<EntitlementSelector> selectors)
    {
        if (selectors.Count == 1) return selectors;
        var merged = new List<EntitlementSelector>();
        foreach (var group in selectors.GroupBy(selector =>
            (selector.User != null, selector.AccessPackage != null, selector.AssignmentId != null, selector.RequestId != null)))
        {
            switch (group.Key)
            {
                case (true, false, false, false):
                    merged.Add(new() { User = [.. group.SelectMany(selector => selector.User!).Distinct()] });
                    break;
                case (false, true, false, false):
                    merged.Add(new() { AccessPackage = [.. group.SelectMany(selector => selector.AccessPackage!).Distinct()] });
                    break;
                case (_, _, true, _):
                    merged.Add(new() { AssignmentId = [.. group.SelectMany(selector => selector.AssignmentId!).Distinct()] });
                    break;
                default:
                    merged.AddRange(group);
                    break;
            }
        }

        return merged;
    }

    private IEnumerable<AssignmentRow> Rows(EntitlementSelector selector, IReadOnlyCollection<long>? packages, (long From, long To)? ends)
    {
        if (selector.AssignmentId is { } ids)
            return reader.Assignments(packages, entities: [.. EntityIds.Numbers(reader.Mirror, EntityKind.Assignment, ids).Values],
                ends: ends);
        if (selector.RequestId is { } requests) return reader.Assignments(packages, entities: OfRequests(requests), ends: ends);
        var users = Users(selector);
        var some = Packages(selector);
        if (some != null && packages != null) some = [.. some.Intersect(packages)];
        some ??= packages;
        var rows = Also(reader.Assignments(some, users, ends: ends), portal.Value.Meant(users, selector.User, some, selector.AccessPackage),
            ends);
        if (users is not { Count: > 0 } || unlinked.Value.Length == 0) return rows;
        // Records that name their subject only by entitlement management's own id.
        var wanted = new HashSet<long>(users);
        var joined = unlinked.Value.Where(link => bySubjectId.Value.TryGetValue(link.SubjectId, out var user) && wanted.Contains(user))
            .Select(link => link.Entity).ToList();
        return joined.Count == 0 ? rows : rows.Concat(reader.Assignments(some, entities: joined, ends: ends));
    }

    private IEnumerable<AssignmentRow> Also(IEnumerable<AssignmentRow> rows, List<long> others, (long From, long To)? ends) =>
        others.Count == 0 ? rows : rows.Concat(reader.Assignments(entities: others, ends: ends));

    private List<long> OfRequests(IReadOnlyList<string> requests)
    {
        var found = EntityIds.Numbers(reader.Mirror, EntityKind.Request, requests).Values;
        reader.Prefetch(found, withStates: true);
        return [.. EntityIds.Numbers(reader.Mirror, EntityKind.Assignment,
            found.Select(request => reader.StateOrGone(request).Text(FactNames.Assignment)).OfType<string>()).Values];
    }

    /// <summary>
    /// Rows with their subject also where the record names it by entitlement management's own id, or, in a portal download, by words.
    /// </summary>
    public IEnumerable<AssignmentRow> Link(IEnumerable<AssignmentRow> rows)
    {
        Dictionary<long, string>? ids = null;
        foreach (var row in rows)
        {
            if (row.Subject != 0 || row.IsPortal)
            {
                yield return row.IsPortal ? portal.Value.Link(row) : row;
                continue;
            }

            ids ??= unlinked.Value.ToDictionary(link => link.Entity, link => link.SubjectId);
            yield return ids.TryGetValue(row.Entity, out var id) && bySubjectId.Value.TryGetValue(id, out var user)
                ? row with { Subject = user } : row;
        }
    }

    private (long Entity, string SubjectId)[] ReadUnlinked()
    {
        var sql = $"""
            SELECT a.entity, json_extract(s.facts, '$.{FactNames.SubjectId}') FROM assignment a JOIN entity_state s ON s.entity = a.entity
            WHERE a.subject = 0 AND json_extract(s.facts, '$.{FactNames.SubjectId}') IS NOT NULL
            ORDER BY a.entity, s.observed DESC, s.seen DESC
            """;
        return [.. reader.Mirror.Query(sql, row => (Entity: row.GetInt64(0), SubjectId: row.GetString(1))).DistinctBy(link => link.Entity)];
    }
}
