namespace EntraAuditTools.Core.Eligibility;

/// <summary>
/// Whether a policy's scope includes a subject. Sources: Graph v1.0 <c>accessPackageAssignmentPolicy.allowedTargetScope</c> and
/// <c>specificAllowedTargets</c>; Graph beta <c>requestorSettings</c> (table "Who can request"); entitlement-management-access-package-
/// request-policy, quoted below as "request policy".
/// </summary>
internal static class TargetScopeRules
{
    /// <summary>
    /// Whether the scope includes the subject; the reason has the subject as its unwritten grammatical subject ("is a guest").
    /// </summary>
    public static Finding Includes(RequestPolicy policy, RequestSubject subject, RequestCircumstances circumstances) => policy.Scope switch
    {
        // requestorSettings: "No one: NoSubjects". Request policy: "None (administrator direct assignments only)".
        "notSpecified" => Finding.No("nobody can: only administrators assign through it"),

        // Request policy: "Specific users and groups: only the users and groups in your directory that you specify".
        "specificDirectoryUsers" => ForUsers(subject, () => Specific(policy, subject, circumstances)),

        // Request policy: "All users from the selected organizations". Organization, "State property": proposed ones can be used so too.
        "specificConnectedOrganizationUsers" => ForUsers(subject, () => Specific(policy, subject, circumstances)),

        // Graph: specificDirectoryServicePrincipals with singleServicePrincipal.
        "specificDirectoryServicePrincipals" => Of(subject, SubjectKind.ServicePrincipal, "a service principal")
            ?? Specific(policy, subject, circumstances),

        // requestorSettings: "Users in your directory with userType value of member". Request policy: "doesn't include any guest users".
        "allMemberUsers" => ForUsers(subject, () => subject.IsGuest switch
        {
            Answer.No => Finding.Yes("is a member"),
            Answer.Yes => Finding.No("is a guest, and it is for members"),
            _ => Finding.Unknown("no export tells whether the user is a member or a guest (export users with userType)"),
        }),

        // Request policy: "All users (including guests): all member users and guest users in your directory".
        "allDirectoryUsers" => Of(subject, SubjectKind.User, "a user") ?? Finding.Yes("is a user of this directory"),

        // Graph: allDirectoryServicePrincipals. Portal: "All service principals".
        "allDirectoryServicePrincipals" => Of(subject, SubjectKind.ServicePrincipal, "a service principal")
            ?? Finding.Yes("is a service principal of this directory"),

        // requestorSettings: "any connected organizations that have the state property set to configured".
        "allConfiguredConnectedOrganizationUsers" => ForUsers(subject, () => OrganizationRules.BelongsToConfigured(subject, circumstances)),

        // Request policy: "All users (All connected organizations + any new external users)", under "For users not in your directory";
        // and: "a single policy can't be used to assign internal and external users".
        "allExternalUsers" => ForUsers(subject, () => subject.IsExternal switch
        {
            Answer.Yes => Finding.Yes("is an external user"),
            Answer.No => Finding.No("is a member of this directory, and it is for external users"),
            _ => Finding.Unknown(subject.WhyExternalIsUnknown),
        }),

        // Graph: allDirectoryAgentIdentities. Portal: "All agents".
        "allDirectoryAgentIdentities" => Of(subject, SubjectKind.AgentIdentity, "an agent identity")
            ?? Finding.Yes("is an agent identity of this directory"),

        null => Finding.Unknown("no export tells who can request through it (export assignmentPolicies)"),
        _ => Finding.Unknown($"its scope \"{policy.Scope}\" is not known to this version"),
    };

    /// <summary>How particular a scope is, 1 first. Source: entitlement-management-troubleshoot, "Multiple policies".</summary>
    public static int Priority(string? scope) => scope switch
    {
        "specificDirectoryUsers" or "specificConnectedOrganizationUsers" or "specificDirectoryServicePrincipals" => 1,
        "allMemberUsers" => 2,
        "allDirectoryUsers" or "allDirectoryServicePrincipals" or "allDirectoryAgentIdentities" => 3,
        "allConfiguredConnectedOrganizationUsers" or "allExternalUsers" => 4,
        _ => 5,
    };

    /// <summary>Whether a scope is for service principals, agent identities among them.</summary>
    public static bool IsForServicePrincipals(string? scope) =>
        scope is "specificDirectoryServicePrincipals" or "allDirectoryServicePrincipals" or "allDirectoryAgentIdentities";

    private static Finding Specific(RequestPolicy policy, RequestSubject subject, RequestCircumstances circumstances)
    {
        if (policy.Targets == null) return Finding.Unknown("no export tells whom it lists (export assignmentPolicies)");
        var best = Finding.No(policy.Targets.Count == 0 ? "it lists nobody" : "is not among those it lists");
        foreach (var target in policy.Targets)
        {
            var finding = IsTarget(target, subject, circumstances);
            if (finding.Answer > best.Answer) best = finding;
            if (best.Answer == Answer.Yes) break;
        }

        return best;
    }

    // Graph v1.0 subjectSet and its derived types.
    private static Finding IsTarget(RequestTarget target, RequestSubject subject, RequestCircumstances circumstances)
    {
        switch (target.Type.ToUpperInvariant())
        {
            case "SINGLEUSER":
            case "SINGLESERVICEPRINCIPAL":
                if (target.Id == null) return Finding.Unknown("it lists somebody without an id");
                return target.Id.Equals(subject.Id, StringComparison.OrdinalIgnoreCase) ? Finding.Yes("is listed by name")
                    : Finding.No("is not listed by name");
            case "GROUPMEMBERS":
                // Request policy: "If that group is added in the policy …, then any member of that group can then request access."
                return target.Id == null ? Finding.Unknown("it lists a group without an id") : circumstances.MemberOf(target.Id);
            case "CONNECTEDORGANIZATIONMEMBERS":
                return target.Id == null
                    ? Finding.Unknown("it lists a connected organization without an id")
                    : OrganizationRules.BelongsToListed(subject, target.Id, target.Name, circumstances);
            case "ATTRIBUTERULEMEMBERS":
                return Finding.Unknown("it lists users by a rule, which only the service evaluates");
            default:
                return Finding.Unknown($"it lists \"{target.Type}\", which exports don't decide");
        }
    }

    // Only users count; what may be none is in no scope for certain.
    private static Finding ForUsers(RequestSubject subject, Func<Finding> included)
    {
        if (subject.Kind is SubjectKind.ServicePrincipal or SubjectKind.AgentIdentity)
            return Finding.No("is not a user, and it is for users");
        var finding = included();
        return subject.Kind == SubjectKind.Unknown && finding.Answer == Answer.Yes
            ? Finding.Unknown($"{finding.Reason}, but no export tells whether it is a user") : finding;
    }

    // Null when the subject is of the kind: the caller says what follows.
    private static Finding? Of(RequestSubject subject, SubjectKind wanted, string words)
    {
        if (subject.Kind == wanted) return null;
        if (subject.Kind == SubjectKind.Unknown) return Finding.Unknown($"no export tells whether it is {words}");

        // An agent identity is a special kind of service principal: not every export of service principals distinguishes them.
        if (subject.Kind == SubjectKind.ServicePrincipal && wanted == SubjectKind.AgentIdentity && !subject.IsNoAgentIdentity)
            return Finding.Unknown("no export tells whether the service principal is an agent identity");
        return Finding.No($"is not {words}");
    }
}
