using System.Management.Automation;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Coverage;
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
    private protected override IEnumerable<AuditCoverage> Query(MirrorReader mirror) =>
        CoverageQuery.Run(mirror, AnyValue.Unless(Kind), Tenant, Window.After, Window.Before, DateTimeOffset.UtcNow);

    /// <summary>The answer is the coverage itself: only -RequireCoverage makes a gap an error.</summary>
    private protected override IReadOnlyList<string> Logs =>
        RequireCoverage ? [.. CoverageQuery.Kinds.Where(log => Kind is null || Kind.Any(kind => new WildcardText(kind).IsMatch(log)))] : [];
}
