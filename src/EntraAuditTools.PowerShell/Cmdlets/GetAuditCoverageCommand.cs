using System.Management.Automation;
using EntraAuditTools.Core.Mirror;
using EntraAuditTools.Core.Queries;
using EntraAuditTools.PowerShell.Binding;

namespace EntraAuditTools.PowerShell.Cmdlets;

/// <summary>For which days does the mirror hold which log, and where are the gaps?</summary>
[Cmdlet(VerbsCommon.Get, "AuditCoverage", SupportsPaging = true)]
[OutputType(typeof(AuditCoverage))]
public sealed class GetAuditCoverageCommand : TimedCmdlet<AuditCoverage>
{
    /// <summary>Kind of record.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(KindCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Kind { get; set; }

    /// <inheritdoc/>
    protected override IEnumerable<AuditCoverage> Query(MirrorReader mirror) => CoverageQuery.Run(mirror, Kind, Tenant, Window.After, Window.Before);
}
