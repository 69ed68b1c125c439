using EntraAuditTools.Core.Queries.Entitlement.Requests.Projection;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Reconstruction;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests;

/// <summary>A request that matches, before it is shown.</summary>
internal readonly record struct FoundRequest(ReconstructedRequest Request, RequestProjection By) : IComparable<FoundRequest>
{
    /// <summary>The newest first; of the same time in the order of ids.</summary>
    public int CompareTo(FoundRequest other)
    {
        var order = other.Request.FirstHeard.CompareTo(Request.FirstHeard);
        return order != 0 ? order : string.CompareOrdinal(Request.RequestId, other.Request.RequestId);
    }

    /// <summary>As it is shown.</summary>
    /// <param name="withEvents">Whether with its events, which are most of the work.</param>
    public AccessPackageRequest Project(bool withEvents = true) => By.Project(Request, withEvents);

    /// <summary>Two lists in order as one.</summary>
    public static IEnumerable<FoundRequest> Merge(IEnumerable<FoundRequest> some, IEnumerable<FoundRequest> others)
    {
        using var a = some.GetEnumerator();
        using var b = others.GetEnumerator();
        var (hasA, hasB) = (a.MoveNext(), b.MoveNext());
        while (hasA || hasB)
        {
            var isA = hasA && (!hasB || a.Current.CompareTo(b.Current) <= 0);
            yield return isA ? a.Current : b.Current;
            if (isA) hasA = a.MoveNext();
            else hasB = b.MoveNext();
        }
    }
}
