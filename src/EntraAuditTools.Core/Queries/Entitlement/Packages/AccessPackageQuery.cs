using EntraAuditTools.Core.Eligibility;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Entitlement.Assignments;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Trail;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Queries.Entitlement.Packages;

/// <summary>Which access packages are there; which has this user, and which can she request?</summary>
internal static class AccessPackageQuery
{
    private const int ChunkSize = 256;
    private const int FewUsers = 100;

    /// <summary>
    /// The packages by name; for users, one after the other by name, each with whether the user can request it. With both switches, what
    /// the user has and what the user can request.
    /// </summary>
    /// <exception cref="AuditToolException">InvalidWildcard, or what can be wrong with a mirror.</exception>
    public static IEnumerable<AccessPackage> Run(MirrorReader mirror, AccessPackageFilter filter) =>
        Run(mirror, filter, AuditedAssignments.TrailOf(mirror));

    /// <summary>Whether any export says who manages whom: else nobody can be asked for as their manager.</summary>
    public static bool HasManagers(MirrorReader mirror) => new Managers(new MirrorReaderAt(mirror, null).NewReader()).AreKnown;

    /// <inheritdoc cref="Run(MirrorReader, AccessPackageFilter)"/>
    internal static IEnumerable<AccessPackage> Run(MirrorReader mirror, AccessPackageFilter filter, AssignmentTrail? trail)
    {
        var at = new MirrorReaderAt(mirror, filter.AsOf);
        var reader = at.NewReader();
        var selection = new AssignmentSelection(reader);
        var requestor = filter.RequestedBy is { } by ? Requestor(reader, by) : null;
        if (filter.RequestedBy != null && requestor == null) return [];
        var wanted = Wanted(reader, selection, filter.Selectors);
        if (requestor is { } asker) wanted = ForOthers(reader, wanted, asker);
        var users = wanted.Where(part => part.Users != null).SelectMany(part => part.Users!).Distinct().ToList();
        // Who was never named as a subject has nothing.
        if (filter is { Assigned: true, CanRequest: false }) users.RemoveAll(user => reader.Ref(user) is not { Kind: EntityKind.User });
        reader.Prefetch(users, withStates: true);
        // All that the users have: other packages can be in the way of one.
        var reading = new AssignmentReading(at, users.Count > 0 ? trail : null,
            [new() { User = [.. users.Select(user => reader.Ref(user)?.Id).OfType<string>().Select(WildcardText.Escape)] }]);
        var isOfUsers = wanted.Exists(part => part.Users != null);
        var positions = new Positions(new RequestWorld(reader, selection, reading), requestor);
        var giving = filter.Resource is { Count: > 0 } resources
            ? new PackageRoles(reader, resources, role: null, findsPackages: true).Packages : null;
        var all = wanted.TrueForAll(part => part.Packages != null) ? [.. wanted.SelectMany(part => part.Packages!).Distinct()]
            // The packages that a few users have are few of all that there are.
            : isOfUsers && filter is { Assigned: true, CanRequest: false } && users.Count <= FewUsers
                ? [.. users.Where(user => reader.Ref(user) != null).SelectMany(user => positions.Of(user).Packages).Distinct()
                    .Where(reader.IsObserved)]
            : giving != null ? [.. giving] : reader.All(EntityKind.AccessPackage);
        var facts = new PackageFacts(reader, giving == null ? all : [.. all.Where(giving.Contains)]);
        var packages = Filtered(reader, facts, filter);
        var found = isOfUsers
            ? ForUsers(reader, positions, facts, packages, wanted, users, filter)
            : packages.Select(package => new Row(package, null, null, null));
        if (filter.Skip > 0) found = found.Skip((int)Math.Min(filter.Skip, int.MaxValue));
        if (filter.First is { } first) found = found.Take((int)Math.Min(first, int.MaxValue));
        return Show(at, reader, selection, reading, facts, found, requestor);
    }

    // The requestor for others: one person.
    private static long? Requestor(EntitlementReader reader, string text)
    {
        var found = reader.Find(EntityKind.User, [text]);
        if (found.Count > 1)
        {
            var names = string.Join(", ",
                found.Take(5).Select(number => reader.Ref(number)!).Select(entity => entity.UserPrincipalName ?? entity.Id));
            throw new AuditToolException("RequestorAmbiguous", AuditErrorKind.InvalidArgument,
                $"'{text}' means several people: {names}{(found.Count > 5 ? ", …" : string.Empty)}.",
                    "Say who asks by user principal name or id.", text);
        }

        return found.Count == 1 ? found[0] : null;
    }

    // Without users: those whom the requestor manages. Others for whom a policy allows requests are asked for with -User.
    private static List<Part> ForOthers(EntitlementReader reader, List<Part> wanted, long requestor) =>
        wanted.TrueForAll(part => part.Users != null) ? wanted
        : [.. wanted.Select(part => part.Users != null ? part : part with { Users = new Managers(reader).ReportsOf(requestor) })];

    private static IEnumerable<Row> ForUsers(EntitlementReader reader, Positions positions, PackageFacts facts, List<long> packages,
        List<Part> wanted, List<long> users, AccessPackageFilter filter)
    {
        var rules = new Dictionary<long, RequestPackage>();
        RequestPackage Rules(long package)
        {
            if (!rules.TryGetValue(package, out var known)) rules.Add(package, known = facts.ForRules(package));
            return known;
        }

        var subjects = new Subjects(reader);
        var forPrincipals = new Lazy<List<RequestPolicy>>(() =>
            [.. packages.SelectMany(package => Rules(package).Policies ?? [])
                .Where(policy => TargetScopeRules.IsForServicePrincipals(policy.Scope))]);
        bool IsLetIn(long principal) => subjects.ForRules(principal) is var subject
            && forPrincipals.Value.Exists(policy =>
                TargetScopeRules.Includes(policy, subject, RequestCircumstances.NothingKnown).Answer != Answer.No);

        foreach (var user in users.Where(user => reader.Ref(user) != null)
            .OrderBy(user => reader.Ref(user)!.Name, StringComparer.OrdinalIgnoreCase)
            .ThenBy(user => reader.Ref(user)!.Id, StringComparer.Ordinal))
        {
            var ofUser = wanted.Where(part => part.Users?.Contains(user) == true).ToList();
            var isByPattern = ofUser.TrueForAll(part => part.ByPattern?.Contains(user) == true);
            // One that was never named as a subject has nothing.
            if (isByPattern && reader.Ref(user)!.Kind == EntityKind.ServicePrincipal && !IsLetIn(user)) continue;
            var position = positions.Of(user);
            foreach (var package in packages.Where(package => ofUser.Exists(part => part.Packages?.Contains(package) != false)))
            {
                var has = position.HasOrAwaits(package, reader.Ref(package)!.Id);
                if (isByPattern && !has && !position.IsIncluded(Rules(package))) continue;
                if (filter is { Assigned: true, CanRequest: false } && !has) continue;
                var decision = position.Decide(Rules(package));
                if (filter.CanRequest && decision.Answer == Answer.No && !(filter.Assigned && has)) continue;
                yield return new Row(package, user, decision, position.AssignmentOf(package)?.Facts.Entity, position.Sees(Rules(package)));
            }
        }
    }

    private static IEnumerable<AccessPackage> Show(MirrorReaderAt at, EntitlementReader reader, AssignmentSelection selection,
        AssignmentReading reading, PackageFacts facts, IEnumerable<Row> rows, long? requestor)
    {
        var subjects = new Subjects(reader);
        var by = requestor is { } asker ? subjects.Of(asker) : null;
        foreach (var chunk in rows.Chunk(ChunkSize))
        {
            var objects = new PackageObjects(reader, at.NewReader(), facts, [.. chunk.Select(row => row.Package).Distinct()]);
            var assignments = AccessPackageAssignmentQuery.Rows(at, reader, selection, reading, chunk.Select(row => row.Assignment)
                .OfType<long>().Distinct()).ToDictionary(pair => pair.Entity, pair => pair.Shown);
            foreach (var row in chunk)
            {
                yield return objects.Show(row.Package, row.User is { } user ? subjects.Of(user) : null, row.Decision,
                    row.Assignment is { } entity ? assignments.GetValueOrDefault(entity) : null, by, row.Visibility);
            }
        }
    }

    private static List<Part> Wanted(EntitlementReader reader, AssignmentSelection selection, IReadOnlyList<EntitlementSelector>? selectors)
    {
        if (selectors == null) return [new(null, null)];
        var parts = new List<Part>();
        foreach (var selector in AssignmentSelection.Merge(selectors))
        {
            if (selector.AssignmentId == null && selector.RequestId == null)
            {
                var requestors = selection.Requestors(selector);
                parts.Add(new(requestors?.All, Set(selection.Packages(selector)), requestors?.ByPattern));
            }

            // Of an assignment: its package, and whether its user could request that.
            else parts.AddRange(selection.Rows([selector]).Where(row => row.Package != 0)
                .Select(row => new Part(row.Subject == 0 ? null : [row.Subject], [row.Package])));
        }

        return parts.Count > 0 ? parts : [new([], [])];

        static HashSet<long>? Set(IReadOnlyCollection<long>? numbers) => numbers == null ? null : [.. numbers];
    }

    private static List<long> Filtered(EntitlementReader reader, PackageFacts facts, AccessPackageFilter filter)
    {
        var catalogs = filter.Catalog is { Count: > 0 } names ? reader.Find(EntityKind.Catalog, names).ToHashSet() : null;
        var tenants = TenantScope.Of(reader.Mirror, filter.Tenant);
        return [.. facts.Packages
            .Where(package => catalogs?.Contains(facts.CatalogOf(package)) != false)
            .Where(package => tenants?.Has(reader.Term(reader.Ref(package)!.Tenant)) != false)
            .OrderBy(package => reader.Ref(package)!.Name, StringComparer.OrdinalIgnoreCase)
            .ThenBy(package => reader.Ref(package)!.Id, StringComparer.Ordinal)];
    }

    // The users and packages that a selector means; null for any.
    private sealed record Part(HashSet<long>? Users, HashSet<long>? Packages, HashSet<long>? ByPattern = null);

    // Those of a few users are asked for twice.
    private sealed class Positions(RequestWorld world, long? requestor)
    {
        private readonly Dictionary<long, RequestPosition> few = [];

        public RequestPosition Of(long user)
        {
            if (few.TryGetValue(user, out var known)) return known;
            var position = new RequestPosition(user, world, requestor);
            if (few.Count < FewUsers) few.Add(user, position);
            return position;
        }
    }

    private sealed record Row(long Package, long? User, RequestDecision? Decision, long? Assignment, Finding? Visibility = null);
}
