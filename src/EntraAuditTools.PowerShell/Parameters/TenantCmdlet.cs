using System.Management.Automation;
using EntraAuditTools.PowerShell.Completion;

namespace EntraAuditTools.PowerShell.Parameters;

/// <summary>A question about some tenants.</summary>
/// <typeparam name="T">What the question returns.</typeparam>
public abstract class TenantCmdlet<T> : MirrorQueryCmdlet<T>
    where T : class
{
    /// <summary>Tenant.</summary>
    [Parameter]
    [Alias("TenantId")]
    [ArgumentCompleter(typeof(TenantCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Tenant { get; set; }
}
