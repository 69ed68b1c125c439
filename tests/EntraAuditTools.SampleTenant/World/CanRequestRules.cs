namespace EntraAuditTools.SampleTenant;

/// <summary>Why somebody can or cannot request.</summary>
public enum CanRequestReason
{
    Allowed,
    CatalogUnpublished,
    AlreadyAssigned,
    RequestPending,
    IncompatiblePackage,
    IncompatibleGroup,

    /// <summary>Whether a member of a group cannot be told from the lists that are exported.</summary>
    MembersUnknown,
    NoPolicy,

    /// <summary>Administrators or a rule assign, or the policy accepts no requests.</summary>
    NoRequests,
    PolicyExpired,

    /// <summary>For people outside, in a catalog that they cannot see.</summary>
    CatalogNotExternal,

    /// <summary>The policy is for others.</summary>
    NotInScope,
}

/// <summary>What one policy says.</summary>
/// <param name="Policy">As it stood.</param>
/// <param name="Answer">Yes, No or Unknown.</param>
/// <param name="Reason">Why.</param>
public sealed record PolicyTruth(PackagePolicy Policy, string Answer, CanRequestReason Reason);

/// <summary>Whether somebody could request a package.</summary>
/// <param name="Answer">Yes, No or Unknown.</param>
/// <param name="Reason">The first that decides: package before policy.</param>
/// <param name="Policy">The first policy with this answer; null when the package decides before its policies.</param>
/// <param name="Policies">What each says by itself.</param>
/// <param name="Firm">
/// False where public documentation leaves room for another answer: no user type, a delivery that failed, an organization that exports show
/// for a guest neither by the domain of the mail address nor by the subject.
/// </param>
public sealed record CanRequestTruth(string Answer, CanRequestReason Reason, PackagePolicy? Policy, IReadOnlyList<PolicyTruth> Policies, bool Firm);

/// <summary>Who can request, from the world alone.</summary>
internal static class CanRequestRules
{
    public static CanRequestTruth Decide(EntitlementWorld world, Person person, AccessPackageModel package, long at, IEnumerable<AssignmentTruth> own, IEnumerable<PackageRequest> open, bool asExported)
    {
        bool failed = own.Any(assignment => assignment.Package.Id == package.Id && assignment.State == "deliveryFailed");
        bool missingType = person.UserTypeMissing && package.PoliciesAt(at).Any(policy => policy.AllowedTargetScope == "allMemberUsers");
        bool unseenHome = person.IsGuest && !SeesHome(world, person, at) && package.PoliciesAt(at).Any(policy => policy.AllowedTargetScope is "specificConnectedOrganizationUsers" or "allConfiguredConnectedOrganizationUsers");
        bool firm = !(failed || missingType || unseenHome);
        var policies = package.PoliciesAt(at).Select(policy => Ask(world, person, package, policy, at, asExported)).ToList();

        if (!package.Catalog.Published)
            return No(CanRequestReason.CatalogUnpublished);
        if (own.Any(assignment => assignment.Package.Id == package.Id && assignment.Current))
            return No(CanRequestReason.AlreadyAssigned);
        if (open.Any(request => request.Package.Id == package.Id))
            return No(CanRequestReason.RequestPending);
        if (own.Any(assignment => assignment.Current && package.IncompatiblePackages.Contains(assignment.Package.Id)))
            return No(CanRequestReason.IncompatiblePackage);
        var excluded = package.IncompatibleGroups.Select(group => IsMember(group, person, asExported)).ToList();
        if (excluded.Contains(true))
            return No(CanRequestReason.IncompatibleGroup);
        if (policies.Count == 0)
            return No(CanRequestReason.NoPolicy);
        foreach (string answer in (string[])["Yes", "Unknown", "No"])
        {
            if (policies.Find(policy => policy.Answer == answer) is not { } decides)
                continue;
            return answer == "Yes" && excluded.Contains(null)
                ? new CanRequestTruth("Unknown", CanRequestReason.MembersUnknown, decides.Policy, policies, firm)
                : new CanRequestTruth(answer, decides.Reason, decides.Policy, policies, firm);
        }

        throw new InvalidOperationException("A policy answers Yes, No or Unknown.");

        CanRequestTruth No(CanRequestReason reason) => new("No", reason, null, policies, firm);
    }

    private static PolicyTruth Ask(EntitlementWorld world, Person person, AccessPackageModel package, PackagePolicy policy, long at, bool asExported)
    {
        PolicyTruth Answer(bool? yes, CanRequestReason no = CanRequestReason.NotInScope) =>
            yes switch { true => new(policy, "Yes", CanRequestReason.Allowed), null => new(policy, "Unknown", CanRequestReason.MembersUnknown), _ => new(policy, "No", no) };
        if (policy.AllowedTargetScope == "notSpecified" || policy.Automatic || !policy.AcceptsRequests)
            return Answer(false, CanRequestReason.NoRequests);
        if (policy.Expiration.Type == "afterDateTime" && policy.Expiration.End <= at)
            return Answer(false, CanRequestReason.PolicyExpired);
        bool forOutside = policy.AllowedTargetScope is "specificConnectedOrganizationUsers" or "allConfiguredConnectedOrganizationUsers" or "allExternalUsers";
        if (forOutside && person.IsGuest && !package.Catalog.ExternallyVisible)
            return Answer(false, CanRequestReason.CatalogNotExternal);
        var organization = world.ConnectedOrganizations.FirstOrDefault(organization => organization.Home.Id == person.Home?.Id && organization.ExistsAt(at));
        return policy.AllowedTargetScope switch
        {
            "allDirectoryUsers" => Answer(true),
            "allMemberUsers" => Answer(!person.IsGuest),
            "allExternalUsers" => Answer(person.IsGuest),
            "allConfiguredConnectedOrganizationUsers" => Answer(organization?.StateAt(at) == "configured"),
            "specificConnectedOrganizationUsers" => Answer(organization is not null && policy.Targets.Any(target => target.Id == organization.Id)),
            "specificDirectoryUsers" => Answer(Listed(world, person, policy, asExported)),
            _ => Answer(false),
        };
    }

    private static bool? Listed(EntitlementWorld world, Person person, PackagePolicy policy, bool asExported)
    {
        bool? any = false;
        foreach (var target in policy.Targets)
        {
            bool? one = target.Kind switch
            {
                PolicyTargetKind.SingleUser => target.Id == person.Id,
                PolicyTargetKind.GroupMembers => IsMember(world.Groups.First(group => group.Id == target.Id), person, asExported),
                _ => false,
            };
            if (one == true)
                return true;
            any = one is null ? null : any;
        }

        return any;
    }

    private static bool? IsMember(DirectoryGroup group, Person person, bool asExported)
    {
        if (!asExported)
            return group.TransitiveMembers.Any(member => member.Id == person.Id);
        if (group.Export == MemberExport.None)
            return null;
        if (group.Members.Take(group.Export == MemberExport.Cut ? 20 : int.MaxValue).Any(member => member.Id == person.Id))
            return true;
        bool? nested = group.Export == MemberExport.Cut ? null : false;
        foreach (var inner in group.Groups)
        {
            bool? one = IsMember(inner, person, asExported);
            if (one == true)
                return true;
            nested = one is null ? null : nested;
        }

        return nested;
    }

    // What exports show of where a guest is from: the domain of the mail address, or the organization beside the subject.
    private static bool SeesHome(EntitlementWorld world, Person person, long at)
    {
        var organization = world.ConnectedOrganizations.FirstOrDefault(organization => organization.Home.Id == person.Home!.Id && organization.ExistsAt(at));
        return organization is not null
            && (organization.Sources.Any(source => source.Type == "domainIdentitySource" && person.Mail.EndsWith("@" + source.Value, StringComparison.OrdinalIgnoreCase))
                || world.Assignments.Any(assignment => assignment.Subject.ObjectId == person.Id && assignment.ExistsAt(at) && assignment.Package.ExistsAt(at)));
    }
}
