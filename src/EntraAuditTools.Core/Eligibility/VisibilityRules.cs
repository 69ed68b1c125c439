namespace EntraAuditTools.Core.Eligibility;

/// <summary>
/// Whether somebody finds an access package in the My Access portal ("Available", "View all", search). Source: access-package-visibility,
/// whose steps these are, in its order. What one can find and what one can request differ: a hidden package can be requested by its link,
/// and all members find what only some can request.
/// </summary>
internal static class VisibilityRules
{
    /// <summary>
    /// Since when all members find packages that are for specific users and groups: "Effective October 10, 2025", "Access packages
    /// configured for 'Specific users and groups' will be visible to all members (excluding guests)". (Earlier versions of the page said
    /// September 30.)
    /// </summary>
    public static readonly DateTimeOffset MembersSeeSpecific = new(2025, 10, 10, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Decides for one subject and one package; the reason is one or more sentences.</summary>
    public static Finding Sees(RequestSubject subject, RequestPackage package, RequestCircumstances circumstances)
    {
        if (subject.Kind is SubjectKind.ServicePrincipal or SubjectKind.AgentIdentity)
            return Finding.No("Service principals and agent identities don't use My Access.");
        var doubts = new List<string>(3);
        foreach (var obstacle in Obstacles(subject, package))
        {
            if (obstacle.Answer == Answer.No) return obstacle;
            doubts.Add(obstacle.Reason);
        }

        var policy = ByPolicies(subject, package, circumstances);
        return policy.Answer == Answer.Yes && doubts.Count > 0 ? Finding.Unknown(string.Join(" ", doubts)) : policy;
    }

    private static IEnumerable<Finding> Obstacles(RequestSubject subject, RequestPackage package)
    {
        // "Is the catalog enabled?"
        if (package.CatalogState == null)
            yield return Finding.Unknown(
                "No export tells whether its catalog is enabled: export catalogs, and accessPackages with catalog.");
        else if (!package.CatalogState.Equals("published", StringComparison.OrdinalIgnoreCase))
            yield return Finding.No("Its catalog is not enabled.");

        // "Is the end-user an external user? … Is the catalog enabled for external users?"
        if (package.CatalogIsExternallyVisible != true && subject.IsExternal != Answer.No)
        {
            if (package.CatalogIsExternallyVisible == null)
                yield return Finding.Unknown(
                    "No export tells whether its catalog is enabled for external users: export catalogs, and accessPackages with catalog.");
            else if (subject.IsExternal == Answer.Yes) yield return Finding.No("Its catalog is not enabled for external users.");
            else yield return Finding.Unknown($"Its catalog is not enabled for external users, and {subject.WhyExternalIsUnknown}.");
        }

        // "Is the access package hidden?" Edit page: "The only way a user can view the access package is if they have the direct My Access
        // portal link."
        if (package.IsHidden == true) yield return Finding.No("It is hidden: only its link leads there.");
        else if (package.IsHidden == null) yield return Finding.Unknown("No export tells whether it is hidden: export accessPackages.");
    }

    // "Does at least one enabled policy exist for the access package where 'Who can request' matches the end-user?"
    private static Finding ByPolicies(RequestSubject subject, RequestPackage package, RequestCircumstances circumstances)
    {
        if (package.Policies == null) return Finding.Unknown("No export tells its policies: export assignmentPolicies with accessPackage.");
        var best = Finding.No("No policy that takes requests is for this user.");
        foreach (var policy in package.Policies)
        {
            var finding = ByPolicy(policy, subject, circumstances);
            if (finding.Answer > best.Answer) best = finding;
        }

        return best;
    }

    private static Finding ByPolicy(RequestPolicy policy, RequestSubject subject, RequestCircumstances circumstances)
    {
        // "The policy itself is enabled"; "None (Administrator direct assignments only)" doesn't count; automatic policies take no
        // requests.
        if (policy.AcceptsRequests == false || policy.IsAutomatic == true || policy.Scope == "notSpecified")
            return Finding.No(string.Empty);
        var included = TargetScopeRules.Includes(policy, subject, circumstances);
        var finding = included.Answer switch
        {
            Answer.Yes => Finding.Yes($"Policy {policy.Label} is for this user: {included.Reason}."),
            Answer.Unknown => Finding.Unknown($"Policy {policy.Label} may be for this user: {included.Reason}."),
            _ => Finding.No(string.Empty),
        };
        if (finding.Answer != Answer.Yes && policy.Scope == "specificDirectoryUsers" && circumstances.At >= MembersSeeSpecific)
        {
            if (subject.IsGuest == Answer.No)
                finding = Finding.Yes(
                    $"Policy {policy.Label} is for specific users and groups: since 10 October 2025 all members find such packages.");
            else if (subject.IsGuest == Answer.Unknown)
                finding = Finding.Unknown(
                    $"Policy {policy.Label} is for specific users and groups, which all members find since 10 October 2025, and no "
                        + $"export tells whether the user is a member (export users with userType).");
        }

        return finding.Answer == Answer.Yes && policy.AcceptsRequests == null
            ? Finding.Unknown($"{finding.Reason} No export tells whether it takes requests.") : finding;
    }
}
