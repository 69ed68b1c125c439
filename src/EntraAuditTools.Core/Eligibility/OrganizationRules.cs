namespace EntraAuditTools.Core.Eligibility;

/// <summary>
/// Whether a subject belongs to a connected organization. Source: entitlement-management-organization ("What is a connected organization",
/// "Select directories + domains", "State property of connected organizations") and Graph's <c>identitySource</c> types.
/// </summary>
internal static class OrganizationRules
{
    /// <summary>Whether the subject belongs to one organization, in any state.</summary>
    public static Answer BelongsTo(RequestSubject subject, RequestOrganization organization)
    {
        // accessPackageSubject.connectedOrganization is the service's own finding, and a subject has one organization.
        if (subject.ConnectedOrganizationId is { } connected) return Same(connected, organization.Id) ? Answer.Yes : Answer.No;
        if (subject.Kind is SubjectKind.ServicePrincipal or SubjectKind.AgentIdentity || subject.IsExternal == Answer.No) return Answer.No;
        if (organization.Sources == null) return Answer.Unknown;

        var any = organization.Sources.Count == 0 ? Answer.No : organization.Sources.Max(source => ComesFrom(subject, source));
        // A member may well have such a mail address; without a match, "no" holds for anybody.
        return any < subject.IsExternal ? any : subject.IsExternal;
    }

    /// <summary>Whether the subject belongs to a listed organization.</summary>
    public static Finding BelongsToListed(RequestSubject subject, string organizationId, string? name, RequestCircumstances circumstances)
    {
        var organization = circumstances.Organizations?.FirstOrDefault(candidate => Same(candidate.Id, organizationId))
            ?? new RequestOrganization(organizationId, name, null, null);
        return BelongsTo(subject, organization) switch
        {
            Answer.Yes => Finding.Yes($"is from connected organization {organization.Label}"),
            Answer.No => Finding.No($"is not from connected organization {organization.Label}"),
            _ => Finding.Unknown(organization.Sources == null
                ? $"no export tells the identity sources of connected organization {organization.Label} (export connectedOrganizations)"
                : WhereFrom(subject, organization)),
        };
    }

    /// <summary>
    /// Whether the subject belongs to an organization in state <c>configured</c>. "Proposed connected organizations are not in scope for
    /// the 'all configured connected organizations' setting"; "only users from configured connected organizations can request".
    /// </summary>
    public static Finding BelongsToConfigured(RequestSubject subject, RequestCircumstances circumstances)
    {
        if (subject.IsExternal == Answer.No) return Finding.No("is a member of this directory, not a user of a connected organization");
        if (circumstances.Organizations == null)
            return Finding.Unknown("no export tells the connected organizations (export connectedOrganizations)");

        Finding best = subject.ConnectedOrganizationId is { } connected
            && !circumstances.Organizations.Any(candidate => Same(candidate.Id, connected))
            ? Finding.Unknown($"no export tells the state of connected organization {connected}")
            : Finding.No("is not from a configured connected organization");
        foreach (var organization in circumstances.Organizations)
        {
            var belongs = BelongsTo(subject, organization);
            if (belongs == Answer.No) continue;
            var state = IsConfigured(organization.State);
            if (state == Answer.No)
            {
                if (belongs == Answer.Yes && best.Answer == Answer.No)
                    best = Finding.No($"is from connected organization {organization.Label}, whose state is {organization.State}");
                continue;
            }

            if (belongs == Answer.Yes && state == Answer.Yes) return Finding.Yes($"is from connected organization {organization.Label}");
            if (best.Answer == Answer.No)
            {
                best = Finding.Unknown(belongs == Answer.Yes ? $"no export tells the state of connected organization {organization.Label}"
                    : WhereFrom(subject, organization));
            }
        }

        return best;
    }

    // "Users who have an email address that has the same domain as a connected organization configured for Microsoft Entra authentication,
    // but who do not authenticate to that directory, will not be recognized", and any verified domain of the tenant will do: a domain
    // neither proves nor disproves a tenant.
    private static Answer ComesFrom(RequestSubject subject, OrganizationSource source)
    {
        switch (source.Type.ToUpperInvariant())
        {
            case "AZUREACTIVEDIRECTORYTENANT":
            case "CROSSCLOUDAZUREACTIVEDIRECTORYTENANT":
                if (source.TenantId == null) return Answer.Unknown;
                if (subject.HomeTenantId is { } tenant) return Same(tenant, source.TenantId) ? Answer.Yes : Answer.No;
                return SignsInElsewhere(subject) ? Answer.No : Answer.Unknown;
            case "DOMAINIDENTITYSOURCE":
            case "EXTERNALDOMAINFEDERATION":
                return source.Domain == null || subject.Domain == null ? Answer.Unknown : Same(subject.Domain, source.Domain) ? Answer.Yes
                    : Answer.No;
            default:
                // Social identities, and what is not known yet.
                return Answer.Unknown;
        }
    }

    // Identities of a guest whose issuer is not a Microsoft Entra tenant (user-properties, "Issuer"/"Identities").
    private static bool SignsInElsewhere(RequestSubject subject) =>
        subject.Issuers is { Count: > 0 } issuers && issuers.All(issuer => issuer.Equals("mail", StringComparison.OrdinalIgnoreCase)
            || issuer.Equals("MicrosoftAccount", StringComparison.OrdinalIgnoreCase)
            || issuer.Equals("google.com", StringComparison.OrdinalIgnoreCase)
            || issuer.Equals("facebook.com", StringComparison.OrdinalIgnoreCase)
            || issuer.Equals("phone", StringComparison.OrdinalIgnoreCase));

    private static Answer IsConfigured(string? state) => state switch
    {
        null => Answer.Unknown,
        _ when Same(state, "configured") => Answer.Yes,
        _ when Same(state, "proposed") => Answer.No,
        _ => Answer.Unknown,
    };

    private static string WhereFrom(RequestSubject subject, RequestOrganization organization) => subject.IsExternal == Answer.Unknown
        ? subject.WhyExternalIsUnknown
        : $"no export tells whether the user's home is connected organization {organization.Label} (export assignments with target and "
            + $"its connectedOrganization)";

    private static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);
}
