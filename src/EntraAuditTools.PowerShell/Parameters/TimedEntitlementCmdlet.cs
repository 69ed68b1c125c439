using System.Management.Automation;
using EntraAuditTools.PowerShell.Completion;

namespace EntraAuditTools.PowerShell.Parameters;

/// <summary>A question about entitlement management in a time. The time's parameters are those of <see cref="TimedCmdlet{T}"/>.</summary>
/// <typeparam name="T">What the question returns.</typeparam>
public abstract class TimedEntitlementCmdlet<T> : EntitlementCmdlet<T>
    where T : class
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
}
