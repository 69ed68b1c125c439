namespace EntraAuditTools.PowerShell.Session;

/// <summary>
/// The mirror that <c>Set-AuditMirror</c> chose. One for the process, not one per runspace: the blocks of <c>ForEach-Object -Parallel</c>
/// and thread jobs must use the same mirror as the prompt that started them.
/// </summary>
internal static class MirrorSession
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, bool> Seen = new(StringComparer.Ordinal);

    private static volatile string? path;

    /// <summary>Full path; null when the environment or the default decides.</summary>
    public static string? Path
    {
        get => path;
        set => path = value;
    }

    /// <summary>True the first time for a mirror: for warnings that are given once in a session.</summary>
    public static bool IsFirstTime(string mirror) => Seen.TryAdd(mirror, true);
}
