using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Queries.Values;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Questions.Completion;

namespace EntraAuditTools.Core.Questions.Entitlement;

/// <summary>What questions about entitlement management can be asked for.</summary>
internal static class EntitlementFields
{
    /// <summary>Who.</summary>
    public static readonly QuestionField User = new("User", "user", "UPN, object id or display name.")
    {
        Noun = "user", Held = NameColumn.Identity, Selects = nameof(EntitlementSelector.User), Completes = NameCompletion.Of("User"),
    };

    /// <summary>Which package.</summary>
    public static readonly QuestionField AccessPackage = new("AccessPackage", "access package", "Name or id of the access package.")
    {
        Noun = "access package", Held = NameColumn.AccessPackage, Selects = nameof(EntitlementSelector.AccessPackage),
        Completes = NameCompletion.AccessPackages,
    };

    /// <summary>Which assignment.</summary>
    public static readonly QuestionField AssignmentId = new("AssignmentId", "assignment id", "Id of the assignment.")
    {
        Selects = nameof(EntitlementSelector.AssignmentId), Completes = IdCompletion.Assignments,
    };

    /// <summary>Which request.</summary>
    public static readonly QuestionField RequestId = new("RequestId", "request id", "Id of the request.")
    {
        Selects = nameof(EntitlementSelector.RequestId), Completes = IdCompletion.Requests,
    };

    /// <summary>Which policy.</summary>
    public static readonly QuestionField Policy = new("Policy", "policy", "Name or id of the policy.")
    {
        Noun = "policy", Held = NameColumn.Policy, Completes = NameCompletion.Of("Policy"),
    };

    /// <summary>Which catalog.</summary>
    public static readonly QuestionField Catalog = new("Catalog", "catalog", "Name or id of the catalog.")
    {
        Noun = "catalog", Held = NameColumn.Catalog, Completes = NameCompletion.Of("Catalog"),
    };

    /// <summary>Which resource.</summary>
    public static readonly QuestionField Resource = new("Resource", "resource", "Name, id or URL of a group, application or site.")
    {
        Noun = "resource", Held = NameColumn.Resource, Completes = NameCompletion.Of("Resource"),
    };

    /// <summary>Which tenant.</summary>
    public static readonly QuestionField Tenant = new("Tenant", "tenant", "Tenant id.")
    {
        Noun = "tenant", Held = CommonColumn.Tenant, Completes = RecordCompletion.Tenants,
    };

    /// <summary>Whose and which, and of which tenant.</summary>
    public static readonly IReadOnlyList<QuestionField> WhoseAndWhich = [AccessPackage, User, Tenant];
}
