using EntraAuditTools.Core.Queries.Entitlement.Activities;
using EntraAuditTools.Core.Queries.Entitlement.Resources;
using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Queries.Values;

namespace EntraAuditTools.Core.Questions.Completion;

/// <summary>Completes with names of people and objects that the mirror holds.</summary>
internal static class NameCompletion
{
    /// <summary>What completes names of a kind that <see cref="EntitlementNameQuery"/> knows.</summary>
    public static Func<CompletionRequest, IEnumerable<CompletedValue>> Of(string kind) => request => Run(kind, request);

    /// <summary>
    /// Access packages; of the question what happened to them, those with activity in the time asked for, most active first.
    /// </summary>
    public static IEnumerable<CompletedValue> AccessPackages(CompletionRequest request)
    {
        if (request.Mirror is not { } mirror || !request.Cmdlet.EndsWith("Get-AccessPackageActivity", StringComparison.OrdinalIgnoreCase))
            return Run("AccessPackage", request);
        var (after, before) = TypedTime.Of(request);
        var active = AccessPackageActivityQuery.Packages(mirror, after, before)
            .Select(package => package.DisplayName ?? package.Id ?? string.Empty);
        return new TypedText(request.Typed).Best(active).Distinct(StringComparer.OrdinalIgnoreCase).Take(CompletionRequest.Limit)
            .Select(name => new CompletedValue(name));
    }

    /// <summary>Applications whose roles were given or taken; where none of them fits, others that the directory knows.</summary>
    public static IEnumerable<CompletedValue> RoleApplications(CompletionRequest request)
    {
        if (request.Mirror is not { } mirror) return [];
        var changed = new TypedText(request.Typed).Best(AppRoleAssignmentActivityQuery.Applications(mirror))
            .Take(CompletionRequest.Limit).Select(name => new CompletedValue(name)).ToList();
        return changed.Count > 0 ? changed : Run("ServicePrincipal", request);
    }

    private static IEnumerable<CompletedValue> Run(string kind, CompletionRequest request) => request.Mirror is not { } mirror ? []
        : EntitlementNameQuery.RunNamed(mirror, kind, request.Typed, CompletionRequest.Limit,
            EntitlementLinks.Of(mirror, kind, request.Given("Catalog"), request.Given("AccessPackage")))
            .Select(name => new CompletedValue(name.Value, Tip: name.Name));
}
