using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.PowerShell.Parameters;

/// <summary>What the questions about provisioning share: the warning when its log does not cover the time.</summary>
/// <typeparam name="T">What the question returns.</typeparam>
public abstract class ProvisioningCmdlet<T> : TimedCmdlet<T>
{
    /// <inheritdoc/>
    private protected override IReadOnlyList<string> Logs => [KindNames.ProvisioningLog];
}
