using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Reconstruction;
using EntraAuditTools.Core.Queries.Entitlement.Requests.States;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Trail;
using EntraAuditTools.Core.Queries.Logs;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests;

/// <summary>What is the status of a request, and how did it get there?</summary>
internal static class AccessPackageRequestQuery
{
    /// <summary>
    /// The requests that match, newest first, from the audit trail and from request objects; the mirror must stay open meanwhile (the
    /// objects outlive it). A request that nothing dates is taken to be as old as its first event.
    /// </summary>
    /// <exception cref="AuditToolException">InvalidWildcard, MirrorOlder, or what can be wrong with a mirror.</exception>
    /// <exception cref="OperationCanceledException"><see cref="MirrorReader.Interrupt"/> was called.</exception>
    public static IEnumerable<AccessPackageRequest> Run(MirrorReader mirror, AccessPackageRequestFilter filter) =>
        Run(mirror, filter, withEvents: true);

    /// <summary>The same without their events, for a question about very many that looks at none.</summary>
    /// <inheritdoc cref="Run(MirrorReader, AccessPackageRequestFilter)"/>
    /// <param name="mirror">The mirror.</param>
    /// <param name="filter">Which requests.</param>
    /// <param name="trail">Takes the assignments of the audit log along, where the question is about all of it; null for nobody.</param>
    public static IEnumerable<AccessPackageRequest> Outlines(
        MirrorReader mirror, AccessPackageRequestFilter filter, AssignmentTrail? trail = null)
    {
        var isAboutAll = filter is { Selectors: null, After: null, Before: null, AsOf: null };
        return Run(mirror, filter, withEvents: false, isAboutAll && trail != null ? trail.Keep : null);
    }

    private static IEnumerable<AccessPackageRequest> Run(MirrorReader mirror, AccessPackageRequestFilter filter, bool withEvents,
        Action<RequestReconstruction>? reconstructed = null)
    {
        if (filter.First == 0) yield break;
        var (status, type) = (Named<RequestStatus>(filter.Status), Named<RequestType>(filter.Type));
        var tenant = TenantScope.Of(mirror, filter.Tenant);
        var question = new RequestQuestion(mirror, filter, request => status.Contains(request.Status) && type.Contains(request.Type)
            && tenant?.Has(request.TenantId) != false && !(request.FirstHeard < filter.After) && !(request.FirstHeard >= filter.Before))
        {
            Reconstructed = reconstructed,
        };
        var isWaiting = filter.Selectors is not { Count: > 0 } && status.Count == 1 && status.Contains(RequestStatus.PendingApproval);
        foreach (var found in question.Ask(isWaiting).Skip(Count(filter.Skip)).Take(Count(filter.First ?? int.MaxValue)))
            yield return found.Project(withEvents);
    }

    internal static IReadOnlyList<string>? Texts(EntitlementFilter filter, Func<EntitlementSelector, IReadOnlyList<string>?> list)
    {
        var texts = filter.Selectors?.SelectMany(s => list(s) ?? []).ToList();
        return texts is { Count: > 0 } ? texts : null;
    }

    internal static int Count(long number) => (int)Math.Min(number, int.MaxValue);

    internal static IReadOnlyList<WildcardText>? Patterns(IReadOnlyList<string>? texts) =>
        texts is { Count: > 0 } ? [.. texts.Select(text => new WildcardText(text))] : null;

    internal static bool Matches(IReadOnlyList<WildcardText>? patterns, string? text) =>
        patterns == null || (text != null && patterns.Any(p => p.IsMatch(text)));

    // Words that people type, wildcards included; all when there are none.
    private static HashSet<T> Named<T>(IReadOnlyList<string>? words)
        where T : struct, Enum
    {
        var patterns = Patterns(words);
        return [.. Enum.GetValues<T>().Where(value => Matches(patterns, value.ToString()))];
    }
}
