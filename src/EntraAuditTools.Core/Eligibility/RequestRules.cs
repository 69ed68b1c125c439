using System.Globalization;

namespace EntraAuditTools.Core.Eligibility;

/// <summary>
/// Who can request an access package. Every rule names the public document (of learn.microsoft.com/entra/id-governance, or Graph's resource
/// and property) that it is taken from. The answer is No as soon as something forbids it, Yes only when every fact that decides is known,
/// else Unknown with what is missing. Some exceptions are assumed not to hold when no export contains them: a request that is already
/// pending, an account whose sign-in is blocked. So are incompatible packages, incompatible groups and assignments where no export has any
/// of them, since the usual exports leave them out and no answer would ever be Yes: of these the reason of a Yes says "Not checked".
/// </summary>
internal static class RequestRules
{
    /// <summary>Decides for one subject and one package.</summary>
    public static RequestDecision Decide(RequestSubject subject, RequestPackage package, RequestCircumstances circumstances)
    {
        var decisions = new List<PolicyDecision>();
        foreach (var obstacle in Obstacles(subject, package, circumstances))
            decisions.Add(new PolicyDecision(null, obstacle.Answer, obstacle.Reason));
        var obstacles = decisions.Count;
        if (package.Policies == null)
            decisions.Add(new PolicyDecision(null, Answer.Unknown,
                "No export tells its policies: export assignmentPolicies with accessPackage."));
        else foreach (var policy in package.Policies) decisions.Add(Decide(policy, subject, circumstances));

        return Combine(package, decisions, obstacles, NotChecked(package, circumstances));
    }

    /// <summary>What one policy says by itself.</summary>
    public static PolicyDecision Decide(RequestPolicy policy, RequestSubject subject, RequestCircumstances circumstances)
    {
        // accessPackageAssignmentPolicy.automaticRequestSettings: "only present for an auto assignment policy".
        if (policy.IsAutomatic == true) return No("assigns by a rule and takes no requests.");

        // request-policy, "None (administrator direct assignments only)": "Users won't have to request".
        if (policy.Scope == "notSpecified") return No("is for direct assignment by administrators only.");

        // accessPackageAssignmentRequestorSettings.enableTargetsToSelfAddAccess: "True allows requestors to create a request to add access
        // for themselves"; beta requestorSettings.acceptRequests: "whether new requests are accepted on this policy".
        if (circumstances.OnBehalf == null && policy.AcceptsRequests == false) return No("accepts no requests.");

        // Lifecycle policy: with an explicit end date "they won't be able to request the access package after the specified date".
        if (policy.EndsOn is { } end && end <= circumstances.At) return No($"has expired: its assignments ended on {Date(end)}.");

        Finding? may = circumstances.OnBehalf is { } asker ? OnBehalfRules.MayAsk(policy, asker) : null;
        if (may is { Answer: Answer.No } not) return No($"{not.Reason}.");

        var included = TargetScopeRules.Includes(policy, subject, circumstances);
        if (included.Answer == Answer.No) return No($"does not apply: {included.Reason}.");
        if (included.Answer == Answer.Unknown)
            return new PolicyDecision(policy, Answer.Unknown, $"Policy {policy.Label} may apply: {included.Reason}.");
        if (may is { Answer: Answer.Unknown } doubt)
            return new PolicyDecision(policy, Answer.Unknown, $"Policy {policy.Label} applies, but {doubt.Reason}.");
        if (may == null && policy.AcceptsRequests == null)
            return new PolicyDecision(policy, Answer.Unknown,
                $"Policy {policy.Label} applies, but no export tells whether it accepts requests.");

        var approval = policy.ApprovalRequired switch { true => ", with approval", false => ", without approval", null => string.Empty };
        var by = may is { } yes ? $", and {circumstances.OnBehalf!.Label} {yes.Reason}" : string.Empty;
        return new PolicyDecision(policy, Answer.Yes, $"Policy {policy.Label} applies: {included.Reason}{by}{approval}.");

        PolicyDecision No(string words) => new(policy, Answer.No, $"Policy {policy.Label} {words}");
    }

    // What forbids a request independently of the policies (No), or may forbid it (Unknown).
    private static IEnumerable<Finding> Obstacles(RequestSubject subject, RequestPackage package, RequestCircumstances circumstances)
    {
        foreach (var finding in OwnAccess(package, circumstances)) yield return finding;

        if (subject.IsGone) yield return Finding.No("The account is no longer in the directory.");

        // troubleshoot, "Requests": "If a user is blocked from signing in to the resource directory, they won't be able to request access".
        // On behalf, the requestor signs in; a new employee's account may well be blocked until the first day.
        if (circumstances.OnBehalf is { } asker)
        {
            if (asker.Requestor.IsGone) yield return Finding.No($"The account of {asker.Label} is no longer in the directory.");
            if (asker.Requestor.Enabled == false) yield return Finding.No($"The account of {asker.Label} is blocked from signing in.");
        }
        else if (subject.Enabled == false)
        {
            yield return Finding.No("The account is blocked from signing in.");
        }

        // process, "Who can request": "The catalog setting of Enabled determines whether users can request access packages in the catalog."
        if (package.CatalogState == null)
            yield return Finding.Unknown(
                "No export tells whether its catalog is enabled: export catalogs, and accessPackages with catalog.");
        else if (package.CatalogState.Equals("unpublished", StringComparison.OrdinalIgnoreCase))
            yield return Finding.No("Its catalog is not enabled (unpublished).");
        else if (!package.CatalogState.Equals("published", StringComparison.OrdinalIgnoreCase))
            yield return Finding.Unknown($"The state \"{package.CatalogState}\" of its catalog is not known to this version.");

        if (External(subject, package) is { } external) yield return external;
        foreach (var finding in Separation(package, circumstances)) yield return finding;
    }

    // process, states: while access lasts, or is being delivered, there is nothing to request; "Access expired: to get access again, the
    // user has to submit a request". A delivery that failed left no access.
    private static IEnumerable<Finding> OwnAccess(RequestPackage package, RequestCircumstances circumstances)
    {
        var has = Holds(circumstances.AssignmentsOf(package.Id), circumstances.At);
        if (has.Answer == Answer.Yes) yield return Finding.No($"Already assigned ({has.Reason}).");
        else if (has.Answer == Answer.Unknown) yield return Finding.Unknown($"There is an assignment, but {has.Reason}.");

        // request-access: a request that is not decided yet can be cancelled, not made again.
        if (circumstances.PendingFor(package.Id) is { } pending) yield return Finding.No($"Already requested ({pending.State}).");
    }

    // process: "The catalog setting of Enabled for external users determines whether users who are from external directories can request";
    // accessPackageCatalog.isExternallyVisible.
    private static Finding? External(RequestSubject subject, RequestPackage package)
    {
        if (package.CatalogIsExternallyVisible == true || subject.IsExternal == Answer.No) return null;
        if (package.CatalogIsExternallyVisible == false)
        {
            return subject.IsExternal == Answer.Yes
                ? Finding.No("Its catalog is not enabled for external users.")
                : Finding.Unknown($"Its catalog is not enabled for external users, and {subject.WhyExternalIsUnknown}.");
        }

        return subject.IsExternal == Answer.Yes
            ? Finding.Unknown(
                "No export tells whether its catalog is enabled for external users: export catalogs, and accessPackages with catalog.")
            : Finding.Unknown($"No export tells whether its catalog is enabled for external users (export catalogs, and accessPackages "
                + $"with catalog), and {subject.WhyExternalIsUnknown}.");
    }

    // access-package-incompatible: "If a user already has an assignment to an access package on that list, they won't be allowed to request
    // this access package", alike for "an existing group membership". The relation is one-way ("unidirectional").
    private static IEnumerable<Finding> Separation(RequestPackage package, RequestCircumstances circumstances)
    {
        if (package.IncompatiblePackages == null && circumstances.IncompatiblePackagesAreKnown)
            yield return Finding.Unknown(
                "No export tells its incompatible access packages: export accessPackages with incompatibleAccessPackages.");
        foreach (var other in package.IncompatiblePackages ?? [])
        {
            var has = Holds(circumstances.AssignmentsOf(other.Id), circumstances.At);
            if (has.Answer == Answer.Yes) yield return Finding.No($"Access package {other.Label} is assigned, which is incompatible.");
            else if (has.Answer == Answer.Unknown)
                yield return Finding.Unknown(
                    $"There is an assignment of access package {other.Label}, which is incompatible, but {has.Reason}.");
        }

        if (package.IncompatibleGroups == null && circumstances.IncompatibleGroupsAreKnown)
            yield return Finding.Unknown("No export tells its incompatible groups: export accessPackages with incompatibleGroups.");
        foreach (var group in package.IncompatibleGroups ?? [])
        {
            var member = circumstances.MemberOf(group.Id);
            if (member.Answer == Answer.Yes) yield return Finding.No($"Is a member of group {group.Label}, which is incompatible.");
            else if (member.Answer == Answer.Unknown)
                yield return Finding.Unknown($"Group {group.Label} is incompatible, and {member.Reason}.");
        }
    }

    // Facts that would forbid a request, and that no export contains.
    private static string NotChecked(RequestPackage package, RequestCircumstances circumstances)
    {
        var missing = new List<string>(3);
        if (!circumstances.AssignmentsAreKnown)
            missing.Add("whether it is assigned already (export assignments with accessPackage and target)");
        if (package.IncompatiblePackages == null)
            missing.Add("incompatible access packages (export accessPackages with incompatibleAccessPackages)");
        if (package.IncompatibleGroups == null) missing.Add("incompatible groups (export accessPackages with incompatibleGroups)");
        return missing.Count == 0 ? string.Empty : $" Not checked: {string.Join(", ", missing)}.";
    }

    // accessPackageAssignment.state. Yes: access lasts or is being delivered; No: it ended or was never given.
    private static Finding Holds(IReadOnlyList<HeldAssignment> assignments, DateTimeOffset at)
    {
        var best = Finding.No(string.Empty);
        foreach (var assignment in assignments)
        {
            var finding = assignment.State.ToUpperInvariant() switch
            {
                "DELIVERED" or "DELIVERING" or "PARTIALLYDELIVERED" => Finding.Yes(assignment.State),
                "SCHEDULED" => Finding.Yes(assignment.Start is { } start && start > at ? $"from {Date(start)}" : assignment.State),
                "EXPIRED" or "DELIVERYFAILED" or "REMOVED" => Finding.No(string.Empty),
                _ => Finding.Unknown("no export tells its state"),
            };
            if (finding.Answer > best.Answer) best = finding;
        }

        return best;
    }

    // Any policy that says Yes suffices; what no policy changes can only make it worse.
    private static RequestDecision Combine(RequestPackage package, List<PolicyDecision> decisions, int obstacles, string notChecked)
    {
        for (var i = 0; i < obstacles; i++)
        {
            if (decisions[i].Answer == Answer.No) return new RequestDecision(Answer.No, decisions[i].Reason, null, decisions);
        }

        if (decisions.Count == obstacles) return new RequestDecision(Answer.No, "It has no policy.", null, decisions);
        var best = decisions[obstacles];
        for (var i = obstacles + 1; i < decisions.Count; i++)
        {
            if (decisions[i].Answer > best.Answer || (decisions[i].Answer == best.Answer && Precedes(decisions[i], best)))
                best = decisions[i];
        }

        if (best.Answer == Answer.No)
        {
            var policies = decisions.Skip(obstacles).ToList();
            return policies.Count == 1
                ? new RequestDecision(Answer.No, best.Reason, best.Policy, decisions)
                : new RequestDecision(Answer.No, string.Join(" ", policies.Select(decision => decision.Reason)), null, decisions);
        }

        if (best.Answer == Answer.Yes && obstacles > 0)
        {
            var doubts = string.Join(" ", decisions.Take(obstacles).Select(decision => decision.Reason));
            return new RequestDecision(Answer.Unknown, $"{best.Reason} {doubts}", best.Policy, decisions);
        }

        // process: "Hidden … does not limit whether a user who has a link to the access package can request it."
        var note = best.Answer == Answer.Yes && package.IsHidden == true ? " It is hidden: only its link leads there." : string.Empty;
        return new RequestDecision(best.Answer, best.Reason + note + (best.Answer == Answer.Yes ? notChecked : string.Empty), best.Policy,
            decisions);
    }

    private static bool Precedes(PolicyDecision one, PolicyDecision other) =>
        TargetScopeRules.Priority(one.Policy?.Scope) < TargetScopeRules.Priority(other.Policy?.Scope);

    private static string Date(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
