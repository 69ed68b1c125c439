using System.Management.Automation;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Conflicts;
using EntraAuditTools.PowerShell.Completion;
using EntraAuditTools.PowerShell.Parameters;

namespace EntraAuditTools.PowerShell.Cmdlets;

/// <summary>Who holds what must not go together, and who approved their own request?</summary>
[Cmdlet(VerbsCommon.Get, "AccessPackageConflict", SupportsPaging = true)]
[OutputType(typeof(AccessPackageConflict))]
public sealed class GetAccessPackageConflictCommand : EntitlementStateCmdlet<AccessPackageConflict>
{
    /// <summary>IncompatibleAccessPackage, IncompatibleGroup, SelfApproval.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConflictKindCompleter))]
    [ClosedList(typeof(ConflictKindCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Kind { get; set; }

    /// <inheritdoc/>
    private protected override IEnumerable<AccessPackageConflict> Query(MirrorReader mirror) =>
        AccessPackageConflictQuery.Run(mirror, Filter(paged: true));

    /// <inheritdoc/>
    private protected override long? Count(MirrorReader mirror) => AccessPackageConflictQuery.Run(mirror, Filter(paged: false)).LongCount();

    /// <inheritdoc/>
    private protected override string? Describe(MirrorReader mirror) =>
        Question("Conflicts of access").Add("kind", Kind).Add("as of", AsOf).ToString();

    private AccessPackageConflictFilter Filter(bool paged) => new()
    {
        Selectors = Selectors,
        Kind = AnyValue.Unless(Kind),
        AsOf = AsOf?.ToUniversalTime(),
        Tenant = Tenant,
        Skip = paged ? PagingParameters.Skip() : 0,
        First = paged ? PagingParameters.First() : null,
    };
}
