using System.Management.Automation;
using EntraAuditTools.Core.Queries.Values;

namespace EntraAuditTools.PowerShell.Binding;

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
    private protected override IEnumerable<AskedValue> Asked => base.Asked.Append(new("tenant", ValueColumn.Tenant, Tenant));
}
