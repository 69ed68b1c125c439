using System.Collections;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Assignments;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Requests;

namespace EntraAuditTools.PowerShell.Completion;

/// <summary>Completes ids of assignments, of the users and packages that the command line names.</summary>
public sealed class AssignmentIdCompleter : IdCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string? Id, string About)> Ids(MirrorReader mirror, string parameter, IDictionary bound) =>
        AccessPackageAssignmentQuery.Run(mirror, new AccessPackageAssignmentFilter { Selectors = Selectors(bound), First = Newest })
            .Select(one => (one.AssignmentId, About(one.Start, one.User, one.AccessPackage, one.State)));

    /// <summary>The users and packages of a command line.</summary>
    internal static IReadOnlyList<EntitlementSelector>? Selectors(IDictionary bound) =>
        (User: Given(bound, "User"), AccessPackage: Given(bound, "AccessPackage")) is var given && given is (null, null) ? null
            : [new EntitlementSelector { User = given.User, AccessPackage = given.AccessPackage }];
}

/// <summary>Completes ids of requests, of the users and packages that the command line names.</summary>
public sealed class RequestIdCompleter : IdCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string? Id, string About)> Ids(MirrorReader mirror, string parameter, IDictionary bound) =>
        AccessPackageRequestQuery.Run(mirror,
            new AccessPackageRequestFilter { Selectors = AssignmentIdCompleter.Selectors(bound), First = Newest })
            .Select(one => (one.RequestId, About(one.RequestedAt, one.User, one.AccessPackage, one.Status)));
}
