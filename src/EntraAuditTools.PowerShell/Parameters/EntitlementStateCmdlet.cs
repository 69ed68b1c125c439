using System.Management.Automation;

namespace EntraAuditTools.PowerShell.Parameters;

/// <summary>A question about states of entitlement management, for any time.</summary>
/// <typeparam name="T">What the question returns.</typeparam>
public abstract class EntitlementStateCmdlet<T> : EntitlementCmdlet<T>
    where T : class
{
    /// <summary>The time to answer for; now when not given.</summary>
    [Parameter]
    [TimeArgument]
    public DateTimeOffset? AsOf { get; set; }
}
