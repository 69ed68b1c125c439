using System.Management.Automation;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.PowerShell.Completion;
using EntraAuditTools.PowerShell.Messages;
using EntraAuditTools.PowerShell.Session;

namespace EntraAuditTools.PowerShell.Parameters;

/// <summary>A question about a time, and about some tenants.</summary>
/// <typeparam name="T">What the question returns.</typeparam>
public abstract class TimedCmdlet<T> : TenantCmdlet<T>
{
    /// <summary>At or after this time.</summary>
    [Parameter]
    [Alias("Start", "Since")]
    [TimeArgument]
    public DateTimeOffset? After { get; set; }

    /// <summary>Before this time.</summary>
    [Parameter]
    [Alias("End", "Until")]
    [TimeArgument]
    public DateTimeOffset? Before { get; set; }

    /// <summary>The last so long, up to now or to -Before. A string so that an unquoted 7d stays what was typed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LastCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Last { get; set; }

    /// <summary>
    /// Fail where the logs that the answer comes from do not cover the time, instead of warning and answering from what there is.
    /// </summary>
    [Parameter]
    public SwitchParameter RequireCoverage { get; set; }

    /// <summary>The time asked for.</summary>
    private protected TimeWindow Window { get; private set; }

    /// <inheritdoc/>
    protected override void Prepare() => Window = WindowAt(DateTimeOffset.Now);

    /// <summary>The time asked for, as the present makes it.</summary>
    private protected virtual TimeWindow WindowAt(DateTimeOffset now) => TimeWindow.From(After, Before, Last, now);

    /// <summary>The logs that the answer comes from, whose coverage of the time matters.</summary>
    private protected override IReadOnlyList<string> Logs => [KindNames.AuditActivity];

    /// <inheritdoc/>
    private protected override IEnumerable<string> Warnings(MirrorReader mirror) =>
        base.Warnings(mirror).Concat(CoverageCheck.Warnings(mirror, Window, Logs, RequireCoverage));
}
