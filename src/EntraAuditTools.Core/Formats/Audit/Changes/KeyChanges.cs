using System.Text.RegularExpressions;

namespace EntraAuditTools.Core.Formats.Audit.Changes;

/// <summary>
/// Which keys an application got or lost. Entra writes all of them, old and new, as
/// <c>[KeyIdentifier=…,KeyType=Password,KeyUsage=Verify,DisplayName=…]</c>: people want to know which one differs.
/// </summary>
internal static partial class KeyChanges
{
    /// <summary>A pair for each key that was added or removed; null where the property is of something else.</summary>
    public static IReadOnlyList<(string? Before, string? After)>? Of(string property, string old, string now)
    {
        if (!property.EndsWith("KeyDescription", StringComparison.OrdinalIgnoreCase)) return null;
        var (before, after) = (Keys(old), Keys(now));
        if (before.Count + after.Count == 0) return null;
        return [.. before.Except(after).Select(key => ((string?)key, (string?)null)),
            .. after.Except(before).Select(key => ((string?)null, (string?)key))];
    }

    private static List<string> Keys(string text) => [.. Key().Matches(text).Select(Shown)];

    private static string Shown(Match key)
    {
        var name = key.Groups["name"].Value;
        return $"{key.Groups["type"].Value}{(name.Length == 0 ? string.Empty : $" '{name}'")}, key {key.Groups["id"].Value}";
    }

    [GeneratedRegex(@"\[KeyIdentifier=(?<id>[^,\]]*),KeyType=(?<type>[^,\]]*)(?:,KeyUsage=[^,\]]*)?(?:,DisplayName=(?<name>[^\]]*))?\]",
        RegexOptions.CultureInvariant)]
    private static partial Regex Key();
}
