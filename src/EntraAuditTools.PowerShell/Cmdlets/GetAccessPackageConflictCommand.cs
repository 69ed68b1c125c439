using System.Management.Automation;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Questions.Entitlement;
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
    private protected override RecordQuestion<AccessPackageConflict> Question => ConflictsQuestion.Instance;
}
