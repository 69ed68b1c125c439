namespace EntraAuditTools.PowerShell.Binding;

/// <summary>
/// The mirror that <c>Set-AuditMirror</c> chose. One for the process, not one per runspace: the blocks of
/// <c>ForEach-Object -Parallel</c> and thread jobs must ask the same mirror as the prompt that started them.
/// </summary>
internal static class MirrorSession
{
    private static volatile string? path;

    /// <summary>Full path; null when the environment or the default decides.</summary>
    public static string? Path
    {
        get => path;
        set => path = value;
    }
}
