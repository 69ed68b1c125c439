using System.Management.Automation;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Queries.Values;
using EntraAuditTools.PowerShell.Completion;

namespace EntraAuditTools.PowerShell.Parameters;

/// <summary>A question about some tenants.</summary>
/// <typeparam name="T">What the question returns.</typeparam>
public abstract class TenantCmdlet<T> : MirrorQueryCmdlet<T>
{
    /// <summary>Tenant.</summary>
    [Parameter]
    [Alias("TenantId")]
    [ArgumentCompleter(typeof(TenantCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Tenant { get; set; }

    /// <inheritdoc/>
    private protected override IEnumerable<AskedValue> Asked => base.Asked.Append(new("tenant", CommonColumn.Tenant, Tenant));

    /// <summary>The logs that the answer comes from, whose coverage of the time matters; empty for objects.</summary>
    private protected virtual IReadOnlyList<string> Logs => [];

    /// <inheritdoc/>
    private protected override IEnumerable<string> Warnings(MirrorReader mirror)
    {
        foreach (var warning in base.Warnings(mirror)) yield return warning;
        if (TenantScope.Warning(mirror, Tenant, Logs) is { } left) yield return left;
    }
}
