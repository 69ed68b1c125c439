using ArchUnitNET.Domain;

namespace EntraAuditTools.Core.Tests.Architecture;

/// <summary>Finds folders (namespaces) that use each other.</summary>
internal static class FolderCycles
{
    /// <summary>One line for each use that closes a circle.</summary>
    /// <param name="code">The code.</param>
    /// <param name="root">The namespace below which folders are compared.</param>
    public static IReadOnlyList<string> Below(ArchUnitNET.Domain.Architecture code, string root)
    {
        var inside = code.Types.Where(type => IsInside(type, root)).ToList();
        var uses = (from type in inside
                    from used in type.Dependencies.Select(dependency => dependency.Target)
                    where IsInside(used, root) && NameOf(used) != NameOf(type)
                    group (type, used) by (From: NameOf(type), To: NameOf(used))).ToDictionary(use => use.Key, use => use.First());
        var reached = inside.Select(NameOf).Distinct().ToDictionary(name => name, name => Reach(name, uses.Keys));
        return [.. uses.Where(use => reached[use.Key.To].Contains(use.Key.From))
            .Select(use => $"{use.Value.type.FullName} uses {use.Value.used.FullName}, and {use.Key.To} uses {use.Key.From}")];
    }

    /// <summary>Generic parameters and arrays have no namespace.</summary>
    public static string NameOf(IType type) => type.Namespace?.FullName ?? string.Empty;

    private static bool IsInside(IType type, string root) => NameOf(type) is var name && (name == root || name.StartsWith(root + ".", StringComparison.Ordinal));

    private static HashSet<string> Reach(string from, IEnumerable<(string From, string To)> edges)
    {
        var all = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([from]);
        while (open.TryPop(out var at))
        {
            foreach (var (_, to) in edges.Where(edge => edge.From == at && all.Add(edge.To))) open.Push(to);
        }

        return all;
    }
}
