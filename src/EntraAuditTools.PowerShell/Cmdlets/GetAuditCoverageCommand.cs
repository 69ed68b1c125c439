using System.Management.Automation;
using EntraAuditTools.Core.Mirror;
using EntraAuditTools.Core.Queries;
using EntraAuditTools.PowerShell.Binding;

namespace EntraAuditTools.PowerShell.Cmdlets;

/// <summary>For which days does the mirror hold which log, and where are the gaps?</summary>
[Cmdlet(VerbsCommon.Get, "AuditCoverage", SupportsPaging = true)]
[OutputType(typeof(AuditCoverage))]
public sealed class GetAuditCoverageCommand : MirrorQueryCmdlet<AuditCoverage>
{
    private TimeWindow window;

    /// <summary>Kind of record.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(KindCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Kind { get; set; }

    /// <summary>Tenant.</summary>
    [Parameter]
    [Alias("TenantId")]
    [ArgumentCompleter(typeof(TenantCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Tenant { get; set; }

    /// <summary>Days from this time on.</summary>
    [Parameter]
    [Alias("Start", "Since")]
    [TimeArgument]
    public DateTimeOffset? After { get; set; }

    /// <summary>Days before this time.</summary>
    [Parameter]
    [Alias("End", "Until")]
    [TimeArgument]
    public DateTimeOffset? Before { get; set; }

    /// <summary>The last so long, up to now or to -Before.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LastCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Last { get; set; }

    /// <inheritdoc/>
    protected override void Prepare() => window = TimeWindow.From(After, Before, Last, DateTimeOffset.Now);

    /// <inheritdoc/>
    protected override IEnumerable<AuditCoverage> Query(MirrorReader mirror) => CoverageQuery.Run(mirror, Kind, Tenant, window.After, window.Before);
}
