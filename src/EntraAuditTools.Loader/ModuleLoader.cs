using System.Management.Automation;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace EntraAuditTools.Loading;

/// <summary>
/// First thing the module loads (NestedModules): hooks the load context in before PowerShell reflects over the cmdlets,
/// so that those may use Core types anywhere.
/// </summary>
public sealed class ModuleLoader : IModuleAssemblyInitializer
{
    private const string CoreName = "EntraAuditTools.Core";

    private static readonly Lazy<PrivateLoadContext?> Context = new(CreateContext);
    private static int hooked;

    /// <summary>Called by PowerShell at each import, in each runspace.</summary>
    public void OnImport()
    {
        if (Interlocked.Exchange(ref hooked, 1) == 0)
            AssemblyLoadContext.Default.Resolving += Resolve;

        // Makes [EntraAuditTools.AuditActivity] resolve before the first query.
        RuntimeHelpers.RunClassConstructor(typeof(AuditActivity).TypeHandle);
    }

    /// <summary>
    /// Answers for Core alone: another module's failed search for, say, Microsoft.Data.Sqlite is not ours to satisfy.
    /// Never unhooked, because objects that outlive Remove-Module still read their originals through Core.
    /// </summary>
    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        name.Name == CoreName ? Context.Value?.LoadLibrary(CoreName) : null;

    private static PrivateLoadContext? CreateContext()
    {
        var root = Path.GetDirectoryName(typeof(ModuleLoader).Assembly.Location);
        return string.IsNullOrEmpty(root) ? null : new PrivateLoadContext(Path.Combine(root, "lib"));
    }
}
