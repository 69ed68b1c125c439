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

    /// <summary>A guest, and a catalog that is not enabled for external users.</summary>
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
/// False where exports or public documentation leave room for another answer: it hangs on the organization of a guest whom no export
/// places by a subject's connectedOrganization (a mail domain proves only the organization that it matches), or on whether a policy for
/// this directory admits guests to a catalog that is not visible from outside.
/// </param>
public sealed record CanRequestTruth(string Answer, CanRequestReason Reason, PackagePolicy? Policy, IReadOnlyList<PolicyTruth> Policies,
    bool Firm);

/// <summary>Who can request, from the entitlement alone.</summary>
internal static class CanRequestRules
{
    public static CanRequestTruth Decide(EntitlementManagement entitlement, Person person, AccessPackageModel package, long at,
        IEnumerable<ExpectedAssignment> own, IEnumerable<PackageRequest> open, bool asExported)
    {
        // "Multiple policies": the more particular comes first.
        var policies = package.PoliciesAt(at).OrderBy(policy => Priority(policy.AllowedTargetScope))
            .Select(policy => Ask(entitlement, person, policy, at, asExported)).ToList();
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
        if (person.IsGuest && !package.Catalog.ExternallyVisible)
            return No(CanRequestReason.CatalogNotExternal) with { Firm = policies
                .TrueForAll(policy => policy.Answer == "No" || IsForOutside(policy.Policy)) };
        var decides = policies.Find(policy => policy.Answer == "Yes") ?? policies.Find(policy => policy.Answer == "Unknown") ?? policies[0];
        bool firm = !person.IsGuest || !HangsOnHome(policies, decides) || SeesHome(entitlement, person, at, alone: decides.Answer != "Yes");
        return decides.Answer == "Yes" && excluded.Contains(null)
            ? new CanRequestTruth("Unknown", CanRequestReason.MembersUnknown, decides.Policy, policies, firm)
            : new CanRequestTruth(decides.Answer, decides.Reason, decides.Policy, policies, firm);

        CanRequestTruth No(CanRequestReason reason) => new("No", reason, null, policies, true);
    }

    private static int Priority(string scope) => scope switch
    {
        "specificDirectoryUsers" or "specificConnectedOrganizationUsers" => 1,
        "allMemberUsers" => 2,
        "allDirectoryUsers" => 3,
        "allConfiguredConnectedOrganizationUsers" or "allExternalUsers" => 4,
        _ => 5,
    };

    private static bool IsForOutside(PackagePolicy policy) => policy.AllowedTargetScope is "allExternalUsers" || IsForOrganizations(policy);

    private static bool IsForOrganizations(PackagePolicy policy) =>
        policy.AllowedTargetScope is "specificConnectedOrganizationUsers" or "allConfiguredConnectedOrganizationUsers";

    // A policy for organizations says yes, or is the only kind that might.
    private static bool HangsOnHome(List<PolicyTruth> policies, PolicyTruth decides) =>
        decides.Answer == "Yes" ? policies.TrueForAll(policy => policy.Answer != "Yes" || IsForOrganizations(policy.Policy))
        || IsForOrganizations(decides.Policy)
        || policies.Exists(policy => IsForOrganizations(policy.Policy)
            && Priority(policy.Policy.AllowedTargetScope) <= Priority(decides.Policy.AllowedTargetScope))
            : policies.Exists(policy => policy.Reason == CanRequestReason.NotInScope && IsForOrganizations(policy.Policy));

    private static PolicyTruth Ask(EntitlementManagement entitlement, Person person, PackagePolicy policy, long at, bool asExported)
    {
        PolicyTruth Answer(bool? yes, CanRequestReason no = CanRequestReason.NotInScope) =>
            yes switch { true => new(policy, "Yes", CanRequestReason.Allowed),
                null => new(policy, "Unknown", CanRequestReason.MembersUnknown), _ => new(policy, "No", no) };
        if (policy.AllowedTargetScope == "notSpecified" || policy.Automatic || !policy.AcceptsRequests)
            return Answer(false, CanRequestReason.NoRequests);
        if (policy.Expiration.Type == "afterDateTime" && policy.Expiration.End <= at)
            return Answer(false, CanRequestReason.PolicyExpired);
        var organization = entitlement.ConnectedOrganizations
            .FirstOrDefault(organization => organization.Home.Id == person.Home?.Id && organization.ExistsAt(at));
        return policy.AllowedTargetScope switch
        {
            "allDirectoryUsers" => Answer(true),
            "allMemberUsers" => Answer(!person.IsGuest),
            "allExternalUsers" => Answer(person.IsGuest),
            "allConfiguredConnectedOrganizationUsers" => Answer(organization?.StateAt(at) == "configured"),
            "specificConnectedOrganizationUsers" =>
                Answer(organization is not null && policy.Targets.Any(target => target.Id == organization.Id)),
            "specificDirectoryUsers" => Answer(Listed(entitlement, person, policy, asExported)),
            _ => Answer(false),
        };
    }

    private static bool? Listed(EntitlementManagement entitlement, Person person, PackagePolicy policy, bool asExported)
    {
        bool? any = false;
        foreach (var target in policy.Targets)
        {
            bool? one = target.Kind switch
            {
                PolicyTargetKind.SingleUser => target.Id == person.Id,
                PolicyTargetKind.GroupMembers => IsMember(entitlement.Groups.First(group => group.Id == target.Id), person, asExported),
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

    // What exports show of where a guest is from: the organization beside the subject or, if that may do, the domain of the mail address.
    private static bool SeesHome(EntitlementManagement entitlement, Person person, long at, bool alone)
    {
        var organization = entitlement.ConnectedOrganizations
            .FirstOrDefault(organization => organization.Home.Id == person.Home!.Id && organization.ExistsAt(at));
        return organization is not null
            && ((!alone && organization.Sources.Any(source => source.Type == "domainIdentitySource"
                && person.Mail.EndsWith("@" + source.Value, StringComparison.OrdinalIgnoreCase)))
                || entitlement.Assignments.Any(assignment => assignment.Subject.ObjectId == person.Id && assignment.ExistsAt(at))
                || entitlement.Requests.Any(request => request.Subject.ObjectId == person.Id && request.Requestor is null
                    && request.ExistsAt(at)));
    }
}
