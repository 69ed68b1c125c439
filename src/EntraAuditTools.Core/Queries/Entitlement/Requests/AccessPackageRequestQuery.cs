using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Projection;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Reconstruction;
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
    public static IEnumerable<AccessPackageRequest> Run(MirrorReader mirror, AccessPackageRequestFilter filter) => Run(mirror, filter, readsRest: null);

    /// <inheritdoc cref="RequestReconstruction.Run" path="/param[@name='readsRest']"/>
    internal static IEnumerable<AccessPackageRequest> Run(MirrorReader mirror, AccessPackageRequestFilter filter, bool? readsRest)
    {
        if (filter.First == 0) yield break;
        var (status, type, tenant) = (Patterns(filter.Status), Patterns(filter.Type), TenantScope.Of(mirror, filter.Tenant));
        using var found = RequestReconstruction.Run(mirror, filter.Selectors, filter.After, filter.Before, filter.AsOf, readsRest);
        using var directory = new DirectoryWrites(mirror, found.Words, found.Groups, filter.AsOf);
        var projection = new RequestProjection(mirror, found.Objects, directory, filter.AsOf ?? DateTimeOffset.UtcNow);
        var wanted = found.Requests.Where(a => Matches(status, a.Status.ToString()) && Matches(type, a.Type.ToString()) && tenant?.Has(a.TenantId) != false
            && IsInTime(filter, a) && found.IsAskedFor(a))
            .OrderByDescending(a => a.FirstHeard).ThenBy(a => a.RequestId, StringComparer.Ordinal);
        foreach (var request in wanted.Skip(Count(filter.Skip)).Take(Count(filter.First ?? int.MaxValue))) yield return projection.Project(request);
    }

    /// <summary>The filter as it was understood: bounds in UTC and every condition.</summary>
    public static string Describe(AccessPackageRequestFilter filter) => new FilterDescription("Access package requests", filter.After, filter.Before)
        .Add("user's UPN, id or name", Texts(filter, s => s.User))
        .Add("access package's id or name", Texts(filter, s => s.AccessPackage))
        .Add("request id", Texts(filter, s => s.RequestId))
        .Add("assignment id", Texts(filter, s => s.AssignmentId))
        .Add("status", filter.Status)
        .Add("type", filter.Type)
        .Add("tenant", filter.Tenant)
        .End("newest first", filter.Skip, filter.First);

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

    private static bool IsInTime(AccessPackageRequestFilter filter, ReconstructedRequest request) =>
        !(request.FirstHeard < filter.After) && !(request.FirstHeard >= filter.Before);
}
