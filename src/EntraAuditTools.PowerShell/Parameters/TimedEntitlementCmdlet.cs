using System.Management.Automation;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.PowerShell.Completion;
using EntraAuditTools.PowerShell.Messages;
using EntraAuditTools.PowerShell.Session;

namespace EntraAuditTools.PowerShell.Parameters;

/// <summary>A question about entitlement management in a time. The time's parameters are those of <see cref="TimedCmdlet{T}"/>.</summary>
/// <typeparam name="T">What the question returns.</typeparam>
public abstract class TimedEntitlementCmdlet<T> : EntitlementCmdlet<T>
{
    /// <inheritdoc cref="TimedCmdlet{T}.After"/>
    [Parameter]
    [Alias("Start", "Since")]
    [TimeArgument]
    public DateTimeOffset? After { get; set; }

    /// <inheritdoc cref="TimedCmdlet{T}.Before"/>
    [Parameter]
    [Alias("End", "Until")]
    [TimeArgument]
    public DateTimeOffset? Before { get; set; }

    /// <inheritdoc cref="TimedCmdlet{T}.Last"/>
    [Parameter]
    [ArgumentCompleter(typeof(LastCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Last { get; set; }

    /// <inheritdoc cref="TimedCmdlet{T}.RequireCoverage"/>
    [Parameter]
    public SwitchParameter RequireCoverage { get; set; }

    /// <summary>The time asked for.</summary>
    private protected TimeWindow Window { get; private set; }

    /// <inheritdoc/>
    protected override void Prepare() => Window = TimeWindow.From(After, Before, Last, DateTimeOffset.Now);

    /// <summary>What happened comes from the audit log.</summary>
    private protected override IReadOnlyList<string> Logs => [KindNames.AuditActivity];

    /// <inheritdoc/>
    private protected override IEnumerable<string> Warnings(MirrorReader mirror) =>
        base.Warnings(mirror).Concat(CoverageCheck.Warnings(mirror, Window, Logs, RequireCoverage));
}
