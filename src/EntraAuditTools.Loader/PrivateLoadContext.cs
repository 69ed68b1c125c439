using System.Reflection;
using System.Runtime.Loader;

namespace EntraAuditTools.Loading;

/// <summary>
/// Holds Core and everything in the module's <c>lib</c> folder, so that our SQLite and CSV libraries never conflict with another module's.
/// What is not in that folder (the framework, EntraAuditTools.Model) comes from the default context.
/// </summary>
internal sealed class PrivateLoadContext : AssemblyLoadContext
{
    private readonly string folder;
    private readonly string? ready;

    /// <summary>Creates the context.</summary>
    /// <param name="folder">Full path of <c>lib</c>.</param>
    public PrivateLoadContext(string folder)
        : base("EntraAuditTools", isCollectible: false)
    {
        this.folder = folder;
        ready = ReadyToRunFolder.Of(folder);
    }

    /// <summary>
    /// Loads a library of the folder; null when it holds none of that name. The file is tested first and loaded by
    /// path: asking by name for a file that is missing comes back to the resolver that called, without end.
    /// </summary>
    public Assembly? LoadLibrary(string name)
    {
        if (ready != null && Path.Combine(ready, name + ".dll") is var compiled && File.Exists(compiled))
            return LoadFromAssemblyPath(compiled);
        var path = Path.Combine(folder, name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    protected override Assembly? Load(AssemblyName assemblyName) =>
        assemblyName.Name is { } name ? LoadLibrary(name) : null;

    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName)
    {
        foreach (var path in NativeLibraryPaths.Candidates(folder, unmanagedDllName))
        {
            if (File.Exists(path)) return LoadUnmanagedDllFromPath(path);
        }

        return IntPtr.Zero;
    }
}
