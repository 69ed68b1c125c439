using System.Management.Automation;
using System.Reflection;

namespace EntraAuditTools.PowerShell.Views;

/// <summary>
/// Colours for states, taken from <c>$PSStyle</c> so that users' own settings hold and redirected output stays plain.
/// By reflection: the reference assembly that the module compiles against is older than PSStyle.
/// </summary>
internal static class Palette
{
    private static readonly Func<string> Bad = Style("Formatting", "Error");
    private static readonly Func<string> Warn = Style("Formatting", "Warning");
    private static readonly Func<string> Good = Style("Foreground", "Green");
    private static readonly Func<string> Reset = Style("Reset");

    /// <summary>A state in the colour that fits it; states without a colour stay as they are.</summary>
    public static string State(string text)
    {
        var style = text.ToUpperInvariant() switch
        {
            "SUCCESS" or "SUCCEEDED" or "COVERED" or "IMPORTED" or "ACTIVE" or "DELIVERED" or "FULFILLED" or "APPROVED" or "YES" or "ADDED"
                or "CONFIGURED" => Good(),
            "FAILURE" or "FAILED" or "GAP" or "QUARANTINE" or "DELIVERYFAILED" or "DENIED" => Bad(),
            "TIMEOUT" or "WARNING" or "ENTRYLEVELERRORS" or "PAUSED" or "PARTIAL" or "PROVISIONAL" or "INTERRUPTED" or "NOTSUPPORTED"
                or "TIMEDOUT" or "PENDINGAPPROVAL" or "PARTIALLYDELIVERED" or "PARTIALLYFULFILLED" or "UNKNOWN" or "PROPOSED" => Warn(),
            _ => string.Empty,
        };
        return style.Length == 0 ? text : style + text + Reset();
    }

    /// <summary>A text in the colour of warnings.</summary>
    public static string Warning(string text) => Warn() is { Length: > 0 } style ? style + text + Reset() : text;

    private static Func<string> Style(params string[] path)
    {
        object? owner = typeof(PSObject).Assembly.GetType("System.Management.Automation.PSStyle")?.GetProperty("Instance",
            BindingFlags.Public | BindingFlags.Static)?.GetValue(null);
        foreach (var name in path[..^1]) owner = owner?.GetType().GetProperty(name)?.GetValue(owner);
        var property = owner?.GetType().GetProperty(path[^1]);
        return () => property?.GetValue(owner) as string ?? string.Empty;
    }
}
