using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Entitlement.Assignments;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Packages;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Trail;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Entitlement.Resources;

/// <summary>Which resource roles does this user have through packages, and who reaches this resource?</summary>
internal static class ResourceAssignmentQuery
{
    /// <summary>
    /// One object for each user, resource and role, with every grant of it; by user, resource and role. A role is had when a package that
    /// gives it is assigned at the time asked for, or an export of resource assignments (beta) says so.
    /// </summary>
    /// <exception cref="AuditToolException">InvalidWildcard, or what can be wrong with a mirror.</exception>
    public static IEnumerable<ResourceAssignment> Run(MirrorReader mirror, ResourceAssignmentFilter filter) =>
        Run(mirror, filter, AuditedAssignments.TrailOf(mirror));

    /// <inheritdoc cref="Run(MirrorReader, ResourceAssignmentFilter)"/>
    internal static IEnumerable<ResourceAssignment> Run(MirrorReader mirror, ResourceAssignmentFilter filter, AssignmentTrail? trail)
    {
        var at = new MirrorReaderAt(mirror, filter.AsOf);
        var reader = at.NewReader();
        var selection = new AssignmentSelection(reader);
        // For users, the packages that they have are found first; for resources, those that give them.
        var byUser = filter.Selectors?.All(selector => selector.User != null || selector.AssignmentId != null
            || selector.RequestId != null) == true;
        var scopes = new PackageRoles(reader, filter.Resource, filter.Role, findsPackages: !byUser);
        var reading = new AssignmentReading(at, trail, selection.ForTrail(filter.Selectors) ?? Of(reader, scopes.Packages));
        var held = reading.AtWithTrail(selection.Rows(filter.Selectors, scopes.Packages))
            .Where(assignment => assignment.At.IsHeld && scopes.Packages?.Contains(assignment.Facts.Package) != false);

        var repeated = new PortalRows();
        var assignments = new List<KnownAssignment>();
        foreach (var assignment in held)
        {
            repeated.Saw(assignment);
            assignments.Add(assignment);
        }

        if (repeated.Repeated(reader, reading) is { Count: > 0 } others)
            assignments.RemoveAll(assignment => others.Contains(assignment.Facts.Entity));
        var observed = new ObservedRoles(reader, selection, filter, scopes);
        var found = Users(reader, assignments, observed).SelectMany(user => OfUser(at, user, scopes, observed));
        if (filter.Skip > 0) found = found.Skip((int)Math.Min(filter.Skip, int.MaxValue));
        return filter.First is { } first ? found.Take((int)Math.Min(first, int.MaxValue)) : found;
    }

    private static EntitlementSelector[]? Of(EntitlementReader reader, IReadOnlyCollection<long>? packages) =>
        packages == null ? null
        : [new() { AccessPackage = [.. packages.Select(package => reader.Ref(package)?.Id).OfType<string>().Select(WildcardText.Escape)] }];

    // Users by name, each with what is assigned.
    private static IEnumerable<(long User, List<KnownAssignment> Assignments)> Users(EntitlementReader reader,
        List<KnownAssignment> assignments, ObservedRoles observed)
    {
        var byUser = assignments.GroupBy(assignment => assignment.Facts.Subject).ToDictionary(group => group.Key, group => group.ToList());
        foreach (var user in observed.Users) byUser.TryAdd(user, []);
        reader.Prefetch(byUser.Keys, withStates: false);
        return byUser
            .OrderBy(pair => reader.Ref(pair.Key)?.Name, StringComparer.OrdinalIgnoreCase)
            .ThenBy(pair => reader.Ref(pair.Key)?.Id, StringComparer.Ordinal)
            .Select(pair => (pair.Key, pair.Value));
    }

    private static IEnumerable<ResourceAssignment> OfUser(MirrorReaderAt at, (long User, List<KnownAssignment> Assignments) user,
        PackageRoles scopes, ObservedRoles observed)
    {
        var reader = at.NewReader();
        var subject = new Subjects(reader).Of(user.User);
        var gathered = new Dictionary<(string Resource, string Role), Gathered>();
        foreach (var assignment in user.Assignments)
        {
            foreach (var role in scopes.RolesOf(assignment.Facts.Package)) Of(gathered, role).Add(new Grant(assignment, "Derived", null));
        }

        foreach (var (role, assignments, status) in observed.Of(user.User))
        {
            // For assignments that were not asked for, or that nothing but this shows: a grant all the same.
            var known = assignments.Select(id => user.Assignments.Find(assignment => assignment.Facts.Entity == id))
                .OfType<KnownAssignment>().ToList();
            if (known.Count == 0 && assignments.Count > 0) continue;
            var ofRole = Of(gathered, role);
            foreach (var assignment in known) ofRole.Observe(assignment, status);
            if (assignments.Count == 0) ofRole.Add(new Grant(null, "Observed", status));
        }

        return gathered.Values
            .OrderBy(item => item.Role.Shown.ToString(), StringComparer.OrdinalIgnoreCase)
            .ThenBy(item => item.Role.Shown.Id, StringComparer.Ordinal).ThenBy(item => item.Role.Role, StringComparer.OrdinalIgnoreCase)
            .ThenBy(item => item.Role.RoleKey, StringComparer.Ordinal)
            .Select(item => Show(at, reader, subject, item, scopes));
    }

    private static Gathered Of(Dictionary<(string Resource, string Role), Gathered> gathered, ResourceRole role)
    {
        var key = ((role.Shown.Id ?? role.Scope.Id).ToUpperInvariant(), role.RoleKey);
        if (!gathered.TryGetValue(key, out var item)) gathered.Add(key, item = new Gathered(role));
        return item;
    }

    private static ResourceAssignment Show(MirrorReaderAt at, EntitlementReader reader, EntitlementSubject? subject, Gathered gathered,
        PackageRoles scopes)
    {
        var grants = gathered.Grants.OrderBy(grant => grant.Assignment?.At.Start ?? long.MaxValue)
            .ThenBy(grant => grant.Assignment?.Facts.Entity).ToList();
        var shown = grants.ConvertAll(grant => Show(reader, grant, scopes));
        var numbers = grants.Select(grant => grant.Assignment?.Facts.Entity).OfType<long>().Where(number => number > 0)
            .Append(gathered.Role.Scope.Number).ToList();
        var path = at.Mirror.Path;
        var tenant = reader.Term(grants.Select(grant => grant.Assignment is { } assignment
            ? reader.Ref(assignment.Facts.Entity)?.Tenant : null)
            .FirstOrDefault(term => term > 0) ?? gathered.Role.Scope.Tenant);
        return new ResourceAssignment(() => EntityEvidence.Read(path, numbers))
        {
            User = subject,
            Resource = gathered.Role.Shown,
            Role = gathered.Role.Role,
            Grants = new(shown),
            Start = shown.Min(grant => grant.Start),
            // Ends when the last of them does, if that is known of all; one without end is enough to know that there is none.
            End = shown.TrueForAll(grant => grant is { EndKnown: true, End: not null }) ? shown.Max(grant => grant.End) : null,
            EndKnown = shown.TrueForAll(grant => grant.EndKnown) || shown.Exists(grant => grant is { EndKnown: true, End: null }),
            AccessPackageId = new([.. shown.Select(grant => grant.AccessPackage?.Id).OfType<string>().Distinct()]),
            AssignmentId = new([.. shown.Select(grant => grant.AssignmentId).OfType<string>().Distinct()]),
            TenantId = tenant,
        };
    }

    private static ResourceGrant Show(EntitlementReader reader, Grant grant, PackageRoles scopes) => grant.Assignment is not { } assignment
        ? new() { State = grant.Status ?? "Unknown", Basis = grant.Basis }
        : new()
        {
            AccessPackage = scopes.Reference(assignment.Facts.Package),
            Policy = scopes.Reference(assignment.Facts.Policy),
            Start = assignment.At.Start is { } start ? UtcTime.Of(start) : null,
            End = assignment.At.End is { } end ? UtcTime.Of(end) : null,
            EndKnown = assignment.At.EndKnown,
            State = grant.Status ?? assignment.At.State,
            AssignmentId = assignment.Facts.Entity < 0 ? assignment.Trail?.AssignmentId : assignment.Facts.IsPortal ? null
            : reader.Ref(assignment.Facts.Entity)?.Id,
            Basis = grant.Basis,
        };

    private sealed record Grant(KnownAssignment? Assignment, string Basis, string? Status);

    // A role of one user's with its grants.
    private sealed class Gathered(ResourceRole role)
    {
        public ResourceRole Role { get; } = role;

        public List<Grant> Grants { get; } = [];

        // A package can hold one role twice, by two scopes of the same resource.
        public void Add(Grant grant)
        {
            if (!Grants.Exists(known => known.Assignment?.Facts.Entity == grant.Assignment?.Facts.Entity && known.Basis == grant.Basis))
                Grants.Add(grant);
        }

        public void Observe(KnownAssignment assignment, string? status)
        {
            Grants.RemoveAll(grant => grant.Assignment?.Facts.Entity == assignment.Facts.Entity);
            Grants.Add(new Grant(assignment, "Observed", status));
        }
    }
}
