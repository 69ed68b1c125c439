using EntraAuditTools.Core.Eligibility;
using static EntraAuditTools.Core.Tests.Entitlement.RequestCase;

namespace EntraAuditTools.Core.Tests.Entitlement;

/// <content>Several policies of one package, and which decides.</content>
internal static partial class RequestCases
{
    private static IEnumerable<RequestCase> SeveralPolicies()
    {
        RequestCase Case(string title, Answer expected, params RequestPolicy[] policies) => new()
        {
            Source = RequestPolicyDoc + ", \"Choose between one or multiple policies\"", Title = title, Expected = expected, Policies = policies,
        };

        yield return Case("one policy that applies suffices", Answer.Yes, Policy("notSpecified"), Policy("allMemberUsers"));
        yield return Case("one that applies and one that may", Answer.Yes, Policy(null), Policy("allMemberUsers"));
        yield return Case("one that may apply, others not", Answer.Unknown, Policy("notSpecified"), Policy(null));
        // The most particular scope decides.
        foreach (var (more, less) in new[]
        {
            ("specificDirectoryUsers", "allMemberUsers"), ("allMemberUsers", "allDirectoryUsers"),
            ("specificDirectoryUsers", "allDirectoryUsers"),
        })
        {
            var particular = Policy(more, User("user-1"));
            yield return Case($"{less} before {more}", Answer.Yes, Policy(less), particular) with { Source = Priority };
            yield return Case($"{more} before {less}", Answer.Yes, particular, Policy(less)) with { Source = Priority };
        }

        yield return Case("allExternalUsers before specificConnectedOrganizationUsers", Answer.Yes, Policy("allExternalUsers"),
            Policy("specificConnectedOrganizationUsers", OrganizationMembers())).Knowing(Domain())
            with { Source = Priority, Subject = Guest };
        yield return Case("allConfiguredConnectedOrganizationUsers before allDirectoryUsers", Answer.Yes,
            Policy("allConfiguredConnectedOrganizationUsers"), Policy("allDirectoryUsers")).Knowing(Domain())
            with { Source = Priority, Subject = Guest };
        yield return Case("allDirectoryServicePrincipals before specificDirectoryServicePrincipals", Answer.Yes,
            Policy("allDirectoryServicePrincipals"),
            Policy("specificDirectoryServicePrincipals", new RequestTarget("singleServicePrincipal", Application.Id, null)))
            with { Source = Priority, Subject = Application };
        yield return Case("a scope of the future before one that no export contains: the first", Answer.Unknown,
            Policy("someFutureScope"), Policy(null)) with { Source = Priority };
        yield return Case("a scope of the future before allExternalUsers, of one of unknown type", Answer.Unknown,
            Policy("someFutureScope"), Policy("allExternalUsers")) with { Source = Priority, Subject = Untyped };
        yield return Case("a scope of the future before allConfiguredConnectedOrganizationUsers, of one of unknown type", Answer.Unknown,
            Policy("someFutureScope"), Policy("allConfiguredConnectedOrganizationUsers")).Knowing(Domain())
            with { Source = Priority, Subject = Untyped with { Domain = "fabrikam.example" } };
        yield return Case("allExternalUsers before allMemberUsers, of one of unknown type", Answer.Unknown,
            Policy("allExternalUsers"), Policy("allMemberUsers")) with { Source = Priority, Subject = Untyped };
        yield return Case("allMemberUsers before specificDirectoryUsers, of one of unknown type", Answer.Unknown,
            Policy("allMemberUsers"), Policy("specificDirectoryUsers") with { Targets = null })
            with { Source = Priority, Subject = Untyped };
        yield return Case("someFutureScope before allDirectoryServicePrincipals, of unknown kind", Answer.Unknown,
            Policy("someFutureScope"), Policy("allDirectoryServicePrincipals")) with { Source = Priority, Subject = Nobody };
        yield return Case("someFutureScope before allDirectoryAgentIdentities, of unknown kind", Answer.Unknown,
            Policy("someFutureScope"), Policy("allDirectoryAgentIdentities")) with { Source = Priority, Subject = Nobody };
        yield return Case("none applies", Answer.No, Policy("notSpecified"), Policy("allExternalUsers"));
        yield return Case("no policy", Answer.No);
        yield return new RequestCase { Source = NotExported, Title = "no export contains the policies", Expected = Answer.Unknown }.With(p => p with { Policies = null });
    }
}
