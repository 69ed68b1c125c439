using System.Reflection;
using System.Runtime.Loader;

namespace EntraAuditTools.ModuleFiles;

/// <summary>
/// The cmdlet assembly, loaded at build with what it was compiled against. The engine is a reference assembly here
/// (PowerShellStandard.Library): its types can be read, none of its methods runs.
/// </summary>
internal static class CmdletAssembly
{
    /// <param name="path">The compiled assembly.</param>
    /// <param name="references">Paths of the assemblies it was compiled against; a name is taken from the first that has it.</param>
    public static Assembly Load(string path, IEnumerable<string> references)
    {
        var byName = references.Where(File.Exists)
            .GroupBy(file => Path.GetFileNameWithoutExtension(file), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.OrdinalIgnoreCase);
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            byName.TryGetValue(name.Name!, out var file) ? context.LoadFromAssemblyPath(Path.GetFullPath(file)) : null;
        return AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.GetFullPath(path));
    }
}
