namespace EntraAuditTools.Core.Eligibility;

/// <summary>Somebody who asks for the subject instead of the subject itself.</summary>
internal sealed record OnBehalf
{
    /// <summary>Who asks.</summary>
    public required RequestSubject Requestor { get; init; }

    /// <summary>How reasons call who asks.</summary>
    public required string Label { get; init; }

    /// <summary>By a number of levels: whether who asks is the subject's manager, directly (1) or over others. The reason has who asks as
    /// its unwritten subject.</summary>
    public required Func<int, Finding> Manages { get; init; }

    /// <summary>By group id: whether who asks is a member.</summary>
    public required Func<string, Finding> MemberOf { get; init; }
}

/// <summary>
/// Whether somebody may ask for another. Sources: Graph v1.0 <c>accessPackageAssignmentRequestorSettings</c>, <c>targetManager</c> ("the
/// manager, including indirect managers of a user may request on behalf of that user"); request-behalf.
/// </summary>
internal static class OnBehalfRules
{
    /// <summary>Whether a policy lets who asks ask for the subject; a whole sentence.</summary>
    public static Finding MayAsk(RequestPolicy policy, OnBehalf asker)
    {
        // enableOnBehalfRequestorsToAddAccess: "True allows on-behalf-of requestors to create a request to add access for another
        // principal."
        if (policy.AcceptsOnBehalf == false) return Finding.No("accepts no requests on behalf of others");
        if (policy.AcceptsOnBehalf == null || policy.OnBehalfRequestors == null)
            return Finding.Unknown("no export tells who may request through it on behalf of others (export assignmentPolicies of v1.0)");
        var best = Finding.No(policy.OnBehalfRequestors.Count == 0 ? "names nobody who may request on behalf of others"
            : $"does not let {asker.Label} request for this user");
        foreach (var target in policy.OnBehalfRequestors)
        {
            var finding = Is(target, asker);
            if (finding.Answer > best.Answer) best = finding;
        }

        return best;
    }

    private static Finding Is(RequestTarget target, OnBehalf asker)
    {
        switch (target.Type.ToUpperInvariant())
        {
            case "TARGETMANAGER" or "REQUESTORMANAGER":
                return asker.Manages(target.Level ?? 1);
            case "SINGLEUSER":
                return asker.Requestor.Id.Equals(target.Id, StringComparison.OrdinalIgnoreCase) ? Finding.Yes("is listed by name")
                    : Finding.No("is not listed by name");
            case "GROUPMEMBERS":
                return target.Id == null ? Finding.Unknown("it lists a group without an id") : asker.MemberOf(target.Id);
            default:
                // targetApplicationOwners, sponsors and kinds not known yet: no export that is taken in contains them.
                return Finding.Unknown($"\"{target.Type}\" may request on behalf of others, which exports don't decide");
        }
    }
}
