using System.Management.Automation;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Questions.Mirrors;
using EntraAuditTools.PowerShell.Completion;
using EntraAuditTools.PowerShell.Parameters;

namespace EntraAuditTools.PowerShell.Cmdlets;

/// <summary>For which days does the mirror hold which log, and where are the gaps?</summary>
[Cmdlet(VerbsCommon.Get, "AuditCoverage", SupportsPaging = true)]
[Alias("gaudcov")]
[OutputType(typeof(AuditCoverage))]
public sealed class GetAuditCoverageCommand : TimedCmdlet<AuditCoverage>
{
    /// <summary>Kind of record.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(KindCompleter))]
    [ClosedList(typeof(KindCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Kind { get; set; }

    /// <inheritdoc/>
    private protected override RecordQuestion<AuditCoverage> Question => CoverageQuestion.Instance;
}
