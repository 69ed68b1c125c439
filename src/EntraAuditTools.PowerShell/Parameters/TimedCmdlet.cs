using System.Management.Automation;
using EntraAuditTools.PowerShell.Completion;

namespace EntraAuditTools.PowerShell.Parameters;

/// <summary>A question about a time, and about some tenants.</summary>
/// <typeparam name="T">What the question returns.</typeparam>
public abstract class TimedCmdlet<T> : TenantCmdlet<T>
    where T : class
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
}
