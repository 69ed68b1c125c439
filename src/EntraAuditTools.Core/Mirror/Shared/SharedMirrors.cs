using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;

namespace EntraAuditTools.Core.Mirror.Shared;

/// <summary>
/// The servers that were named in this process. What speaks with them is in a library of its own, which is loaded here and nowhere else:
/// whoever names no server loads nothing that could open a connection.
/// </summary>
internal static class SharedMirrors
{
    private const string Library = "EntraAuditTools.PostgreSql";

    private static readonly ConcurrentDictionary<string, ISharedMirror> Known = new(StringComparer.Ordinal);

    /// <summary>The mirror of a server.</summary>
    public static ISharedMirror Of(ServerAddress server) => Known.GetOrAdd(server.Identity, static (_, address) =>
    {
        var here = typeof(SharedMirrors).Assembly;
        var context = AssemblyLoadContext.GetLoadContext(here) ?? AssemblyLoadContext.Default;
        var type = context.LoadFromAssemblyName(new(Library)).GetType($"{Library}.ServerMirror", throwOnError: true)!;
        return (ISharedMirror)Activator.CreateInstance(type, BindingFlags.DoNotWrapExceptions, null, [address], null)!;
    }, server);
}
