using EntraAuditTools.Core.Eligibility;
using static EntraAuditTools.Core.Tests.Entitlement.RequestCase;

namespace EntraAuditTools.Core.Tests.Entitlement;

/// <content>Users of connected organizations.</content>
internal static partial class RequestCases
{
    private static IEnumerable<RequestCase> Organizations()
    {
        RequestCase Listed(string title, Answer expected, RequestSubject? subject = null) => new()
        {
            Source = RequestPolicyDoc + ", \"Specific connected organizations\"", Title = title, Expected = expected, Subject = subject ?? Guest,
            Policies = [Policy("specificConnectedOrganizationUsers", OrganizationMembers())],
        };

        RequestCase Configured(string title, Answer expected, RequestSubject? subject = null) => new()
        {
            Source = Organization, Title = title, Expected = expected, Subject = subject ?? Guest,
                Policies = [Policy("allConfiguredConnectedOrganizationUsers")],
        };

        yield return Listed("a guest whose mail domain is the organization's", Answer.Yes).Knowing(Domain());
        yield return Listed("a guest of a proposed organization that is listed", Answer.Yes)
            .Knowing(Domain("proposed")) with { Source = Organization };
        yield return Listed("a guest of another domain", Answer.No, Guest with { Domain = "litware.example" }).Knowing(Domain());
        yield return Listed("a guest whose domain no export contains", Answer.Unknown, Guest with { Domain = null }).Knowing(Domain());
        yield return Listed("a guest whose home tenant is the organization's", Answer.Yes,
            Guest with { HomeTenantId = "TENANT-F" }).Knowing(Tenant());
        yield return Listed("a guest whose home tenant is another", Answer.No, Guest with { HomeTenantId = "tenant-x" }).Knowing(Tenant());
        yield return Listed("a mail domain neither proves nor disproves a tenant", Answer.Unknown)
            .Knowing(Tenant()) with { Source = Sources };
        yield return Listed("a guest who signs in with a one-time passcode is of no tenant", Answer.No, Guest with { Issuers = ["mail"] })
            .Knowing(Tenant()) with { Source = Sources };
        foreach (var issuer in new[] { "MicrosoftAccount", "google.com", "facebook.com", "phone", "MAIL" })
        {
            yield return Listed($"a guest who signs in with {issuer} is of no tenant", Answer.No, Guest with { Issuers = [issuer] })
                .Knowing(Tenant()) with { Source = UserIssuers };
        }

        yield return Listed("a guest with two ways to sign in, one of them of some tenant", Answer.Unknown,
            Guest with { Issuers = ["mail", "ExternalAzureAD"] }).Knowing(Tenant()) with { Source = UserIssuers };
        yield return Listed("a guest whose ways to sign in no export contains", Answer.Unknown, Guest with { Issuers = [] })
            .Knowing(Tenant()) with { Source = NotExported };
        yield return Listed("an organization without sources", Answer.No)
            .Knowing(new RequestOrganization("org-1", "Empty", "configured", []));
        yield return Listed("an organization whose tenant no export contains", Answer.Unknown, Guest with { HomeTenantId = "tenant-f" })
            .Knowing(new RequestOrganization("org-1", null, "configured", [new("azureActiveDirectoryTenant", null, null)]))
            with { Source = NotExported };
        yield return Listed("an organization whose domain no export contains", Answer.Unknown)
            .Knowing(new RequestOrganization("org-1", null, "configured", [new("domainIdentitySource", null, null)]))
            with { Source = NotExported };
        yield return Listed("a guest from some Microsoft Entra tenant", Answer.Unknown, Guest with { Issuers = ["ExternalAzureAD"] })
            .Knowing(Tenant()) with { Source = Sources };
        yield return Listed("the service names the organization", Answer.Yes,
            Untyped with { ConnectedOrganizationId = "ORG-1" }) with { Source = "accessPackageSubject.connectedOrganization" };
        yield return Listed("the service names another organization", Answer.No, Guest with { ConnectedOrganizationId = "org-2" })
            .Knowing(Domain()) with { Source = "accessPackageSubject.connectedOrganization" };
        yield return Listed("an organization whose sources no export contains", Answer.Unknown) with { Source = NotExported };
        yield return Listed("a member with the organization's mail domain", Answer.No,
            Member with { Domain = "fabrikam.example" }).Knowing(Domain());
        yield return Listed("a user of unknown type with the organization's mail domain", Answer.Unknown,
            Untyped with { Domain = "fabrikam.example" }).Knowing(Domain());
        yield return Listed("a social identity", Answer.Unknown)
            .Knowing(new RequestOrganization("org-1", "Social", "configured", [new("socialIdentitySource", null, null)]));
        yield return Listed("a federated domain", Answer.Yes)
            .Knowing(new RequestOrganization("org-1", "Federated", "configured", [new("externalDomainFederation", null, "FABRIKAM.example")]));
        yield return Listed("a tenant of another cloud", Answer.Yes, Guest with { HomeTenantId = "tenant-g" })
            .Knowing(new RequestOrganization("org-1", "Gov", "configured", [new("crossCloudAzureActiveDirectoryTenant", "tenant-g", null)]));
        yield return Listed("one source of several", Answer.Yes)
            .Knowing(new RequestOrganization("org-1", "Both", "configured",
                [new("azureActiveDirectoryTenant", "tenant-f", null), new("domainIdentitySource", null, "fabrikam.example")]));

        yield return Listed("an internal guest with the organization's mail domain", Answer.Unknown, InternalGuest)
            .Knowing(Domain()) with { Source = UserProperties };
        yield return Listed("an internal guest of another domain", Answer.No, InternalGuest with { Domain = "litware.example" })
            .Knowing(Domain()) with { Source = UserProperties };
        yield return Configured("an internal guest with a configured organization's mail domain", Answer.Unknown, InternalGuest)
            .Knowing(Domain()) with { Source = UserProperties };
        yield return Configured("an internal guest whom the service itself counts to the organization", Answer.Yes,
            InternalGuest with { ConnectedOrganizationId = "org-1" }).Knowing(Domain())
            with { Source = "accessPackageSubject.connectedOrganization" };
        yield return Configured("a guest whose UPN no export contains", Answer.Unknown, Guest with { UserPrincipalName = null })
            .Knowing(Domain()) with { Source = NotExported };

        yield return Configured("a guest of a configured organization", Answer.Yes).Knowing(Domain());
        yield return Configured("a guest of a proposed organization", Answer.No).Knowing(Domain("proposed"));
        yield return Configured("a guest of a proposed and of a configured organization", Answer.Yes)
            .Knowing(Domain("proposed", "org-2"), Domain());
        yield return Configured("a guest of an organization whose state no export contains", Answer.Unknown)
            .Knowing(Domain() with { State = null });
        yield return Configured("a guest of a state of the future", Answer.Unknown).Knowing(Domain("unknownFutureValue"));
        yield return Configured("a guest of an organization whose state no export contains, and of a configured one", Answer.Yes)
            .Knowing(Domain() with { State = null }, Domain("configured", "org-2"));
        yield return Configured("a guest of a proposed organization, and maybe of a configured one", Answer.Unknown)
            .Knowing(Domain("proposed"), Tenant("configured", "org-2"));
        yield return Configured("a guest maybe of two organizations: the first is named", Answer.Unknown)
            .Knowing(Tenant(),
                new RequestOrganization("org-2", "Litware", "configured", [new("azureActiveDirectoryTenant", "tenant-l", null)]));
        yield return Configured("a guest maybe of a proposed organization", Answer.No).Knowing(Tenant("proposed"));
        yield return Configured("the service names a proposed organization", Answer.No, Guest with { ConnectedOrganizationId = "org-2" })
            .Knowing(Domain(), Domain("proposed", "org-2")) with { Source = "accessPackageSubject.connectedOrganization" };
        yield return Configured("a guest of no organization", Answer.No, Guest with { Domain = "litware.example" }).Knowing(Domain());
        yield return Configured("a member", Answer.No, Member).Knowing(Domain());
        yield return Configured("no export contains the organizations", Answer.Unknown).In(c => c with { Organizations = null });
        yield return Configured("the service names an organization that no export contains", Answer.Unknown,
            Guest with { ConnectedOrganizationId = "org-7" }).Knowing(Domain());
    }
}
