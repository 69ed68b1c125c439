using EntraAuditTools.Core;
using EntraAuditTools.Core.Mirror;
using EntraAuditTools.Core.Queries;

namespace EntraAuditTools.PowerShell.Binding;

/// <summary>What the questions about provisioning share: the warning when its log does not cover the time.</summary>
/// <typeparam name="T">What the question returns.</typeparam>
public abstract class ProvisioningCmdlet<T> : TimedCmdlet<T>
{
    /// <inheritdoc/>
    protected override string? Warning(MirrorReader mirror) => CoverageQuery.Warning(mirror, Window.After, Window.Before, DateTimeOffset.UtcNow, KindNames.ProvisioningLog);
}
