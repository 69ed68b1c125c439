using EntraAuditTools.Core.Queries.Entitlement.Entities;

namespace EntraAuditTools.PowerShell.Parameters;

/// <summary>
/// The users and packages of a question about entitlement management: a selector for the command line, or one for each object of the
/// pipeline, so that the user and the package of one object stay a pair.
/// </summary>
internal sealed class EntitlementSelection
{
    private readonly List<EntitlementSelector> selectors = [];
    private readonly HashSet<string> known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Null when nothing is selected: everything.</summary>
    public IReadOnlyList<EntitlementSelector>? Selectors => selectors.Count > 0 ? selectors : null;

    /// <summary>Whether all of them name assignments or requests.</summary>
    public bool IsById =>
        selectors.Count > 0 && selectors.TrueForAll(selector => selector.AssignmentId is not null || selector.RequestId is not null);

    /// <summary>
    /// Adds a selector; lists that are null or empty do not select. One that selects nothing, or that was added before, adds nothing.
    /// </summary>
    public void Add(IReadOnlyList<string>? user, IReadOnlyList<string>? accessPackage, IReadOnlyList<string>? assignmentId = null,
        IReadOnlyList<string>? requestId = null)
    {
        var selector = new EntitlementSelector { User = Some(user), AccessPackage = Some(accessPackage), AssignmentId = Some(assignmentId),
            RequestId = Some(requestId) };
        IReadOnlyList<string>?[] lists = [selector.User, selector.AccessPackage, selector.AssignmentId, selector.RequestId];
        if (Array.TrueForAll(lists, list => list is null)) return;
        if (known.Add(string.Join('\u001e', lists.Select(list => string.Join('\u001f', list ?? []))))) selectors.Add(selector);
    }

    private static IReadOnlyList<string>? Some(IReadOnlyList<string>? list) => list is { Count: > 0 } ? list : null;
}
