using System.Management.Automation;
using EntraAuditTools.Core;
using EntraAuditTools.Core.Mirror;
using EntraAuditTools.Core.Queries;

namespace EntraAuditTools.PowerShell.Binding;

/// <summary>What the questions about provisioning share: the tenant, the time, and the warning when the log does not cover it.</summary>
/// <typeparam name="T">What the question returns.</typeparam>
public abstract class ProvisioningCmdlet<T> : MirrorQueryCmdlet<T>
{
    /// <summary>Tenant.</summary>
    [Parameter]
    [Alias("TenantId")]
    [ArgumentCompleter(typeof(TenantCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Tenant { get; set; }

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

    /// <summary>The last so long, up to now or to -Before.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LastCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Last { get; set; }

    /// <summary>The time asked for.</summary>
    private protected TimeWindow Window { get; private set; }

    /// <inheritdoc/>
    protected override void Prepare() => Window = TimeWindow.From(After, Before, Last, DateTimeOffset.Now);

    /// <inheritdoc/>
    protected override string? Warning(MirrorReader mirror) => CoverageQuery.Warning(mirror, Window.After, Window.Before, DateTimeOffset.UtcNow, KindNames.ProvisioningLog);
}
