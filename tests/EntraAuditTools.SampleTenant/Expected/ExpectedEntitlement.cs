namespace EntraAuditTools.SampleTenant;

/// <summary>One package that gives a resource role. Times are UTC ticks.</summary>
/// <param name="AssignmentId">The assignment.</param>
/// <param name="Package">Through which package.</param>
/// <param name="Policy">By which policy.</param>
/// <param name="Start">When it began.</param>
/// <param name="End">When it is to end; null for never.</param>
public sealed record ExpectedGrant(string AssignmentId, AccessPackageModel Package, PackagePolicy Policy, long Start, long? End);

/// <summary>A resource role that somebody has through packages.</summary>
/// <param name="Subject">Who.</param>
/// <param name="Resource">One of the resource's entries: they are alike but for the package.</param>
/// <param name="Grants">Every package that gives it, oldest first.</param>
public sealed record ExpectedResource(EntitlementSubject Subject, PackageResource Resource, IReadOnlyList<ExpectedGrant> Grants);

/// <summary>Somebody holds what must not go together.</summary>
/// <param name="Held">The package that forbids the other.</param>
/// <param name="Other">The other package that is held; null when it is a group.</param>
/// <param name="Group">The group of whose members it is not for; null when it is a package.</param>
public sealed record ExpectedConflict(ExpectedAssignment Held, ExpectedAssignment? Other, DirectoryGroup? Group);

/// <summary>A connected organization as it stood. Times are UTC ticks.</summary>
public sealed record ExpectedOrganization(string Id, string DisplayName, string Description, string State,
    IReadOnlyList<OrganizationSource> Sources, IReadOnlyList<string> Domains, IReadOnlyList<Person> InternalSponsors,
    IReadOnlyList<Person> ExternalSponsors, long Created, long Modified);

/// <summary>
/// What was true of entitlement management at a time, from what happened alone. Assignments and requests of a package that was
/// deleted are gone with it, as in exports.
/// </summary>
public sealed class ExpectedEntitlement
{
    private readonly EntitlementManagement entitlement;
    private readonly Lazy<ILookup<string, ExpectedAssignment>> bySubject;

    private ExpectedEntitlement(EntitlementManagement entitlement, long at)
    {
        this.entitlement = entitlement;
        At = at;
        Assignments = [.. entitlement.Assignments.Where(assignment => assignment.ExistsAt(at)).Select(assignment => assignment.At(at))];
        bySubject = new(() => Assignments.ToLookup(assignment => assignment.Subject.Id, StringComparer.Ordinal));
    }

    /// <summary>What was true then, however much or little any export holds.</summary>
    public static ExpectedEntitlement Of(Tenant tenant, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return new ExpectedEntitlement(tenant.Entitlement, at.UtcTicks);
    }

    /// <summary>UTC ticks.</summary>
    public long At { get; }

    /// <summary>Every assignment there was, ended ones too.</summary>
    public IReadOnlyList<ExpectedAssignment> Assignments { get; }

    /// <summary>Those that gave access.</summary>
    public IEnumerable<ExpectedAssignment> Held => Assignments.Where(assignment => assignment.Holds);

    /// <summary>Every request that had been made.</summary>
    public IEnumerable<PackageRequest> Requests => entitlement.Requests.Where(request => request.ExistsAt(At));

    /// <summary>Resource roles that people had through packages, by subject and then resource. A partly delivered assignment gives the
    /// package's first.</summary>
    public IReadOnlyList<ExpectedResource> Resources =>
    [
        .. Held
            .SelectMany(held => held.Package.ResourcesAt(At).Take(held.State == "partiallyDelivered" ? 1 : int.MaxValue)
                .Select(resource => (held, resource)))
            .GroupBy(pair => (pair.held.Subject.Id, pair.resource.OriginId, pair.resource.RoleOriginId))
            .OrderBy(group => group.First().held.Subject.DisplayName, StringComparer.Ordinal)
            .ThenBy(group => group.Key.OriginId, StringComparer.Ordinal).ThenBy(group => group.Key.RoleOriginId, StringComparer.Ordinal)
            .Select(group => new ExpectedResource(group.First().held.Subject, group.First().resource,
                [.. group.OrderBy(pair => pair.held.Start)
                    .Select(pair => new ExpectedGrant(pair.held.AssignmentId, pair.held.Package, pair.held.Policy, pair.held.Start,
                        pair.held.End))])),
    ];

    /// <summary>
    /// Held packages that exclude another held one, or a group that the holder is a member of; each pair once, from the side that says so.
    /// </summary>
    public IReadOnlyList<ExpectedConflict> Conflicts
    {
        get
        {
            var found = new List<ExpectedConflict>();
            var pairs = new HashSet<string>(StringComparer.Ordinal);
            foreach (var held in Held)
            {
                foreach (var other in bySubject.Value[held.Subject.Id].Where(other => other.Holds
                    && held.Package.IncompatiblePackages.Contains(other.Package.Id)))
                {
                    if (pairs.Add(string.CompareOrdinal(held.AssignmentId, other.AssignmentId) < 0 ? held.AssignmentId + other.AssignmentId
                        : other.AssignmentId + held.AssignmentId))
                        found.Add(new ExpectedConflict(held, other, null));
                }

                found.AddRange(held.Package.IncompatibleGroups.Where(group =>
                    group.TransitiveMembers.Any(member => member.Id == held.Subject.ObjectId))
                        .Select(group => new ExpectedConflict(held, null, group)));
            }

            return found;
        }
    }

    /// <summary>Organizations that were connected, in the order they were.</summary>
    public IReadOnlyList<ExpectedOrganization> Organizations =>
    [
        .. entitlement.ConnectedOrganizations.Where(organization => organization.ExistsAt(At)).OrderBy(organization => organization.Created)
        .Select(organization => new ExpectedOrganization(
            organization.Id, organization.DisplayName, organization.Description, organization.StateAt(At), organization.Sources,
            [.. organization.Sources.Where(source => source.Type is "domainIdentitySource" or "externalDomainFederation")
                .Select(source => source.Value)],
            organization.InternalSponsors, organization.ExternalSponsors, organization.Created, organization.ModifiedAt(At))),
    ];
}
