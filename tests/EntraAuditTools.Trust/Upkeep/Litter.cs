using EntraAuditTools.Trust.Running;

namespace EntraAuditTools.Trust.Upkeep;

/// <summary>What is left beside a mirror once all is over.</summary>
internal static class Litter
{
    /// <summary>Nothing is there but what is named, and what SQLite and the lock keep beside a mirror.</summary>
    /// <param name="round">The round, whose folder is looked at.</param>
    /// <param name="said">What the program said last: what it names may be there.</param>
    /// <param name="expected">Names in the folder.</param>
    public static void None(Round round, string said, params string[] expected)
    {
        var known = expected.SelectMany(name => new[] { name, name + "-wal", name + "-shm", name + ".lock" }).ToHashSet(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(round.Folder, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetFileName(file);
            if (known.Contains(name)) continue;
            if (said.Contains(name, StringComparison.Ordinal)) round.Count("files that are said to be left");
            else round.Fail($"{name} is left, and nothing says so");
        }
    }
}
