namespace EntraAuditTools.Core.Formats.Entitlement;

/// <summary>Ids in one spelling, so that the same one from two exports is the same text.</summary>
internal static class IdText
{
    /// <summary>Longest id that is taken: Graph's longest are two GUIDs or a site's URL.</summary>
    public const int MaxLength = 2048;

    private const string Zeros = "00000000-0000-0000-0000-000000000000";

    /// <summary>GUIDs in lower case, anything else as it is; null for an id that says nothing (empty, all zeros, beyond measure).</summary>
    public static string? Clean(string? id)
    {
        if (id == null) return null;
        if (id.Length > 0 && (char.IsWhiteSpace(id[0]) || char.IsWhiteSpace(id[^1]))) id = id.Trim();
        if (id.Length is 0 or > MaxLength || id == Zeros) return null;
        return id.Length == 36 && id.AsSpan().IndexOfAnyInRange('A', 'F') >= 0 && Guid.TryParseExact(id, "D", out _)
            ? id.ToLowerInvariant() : id;
    }

    public static bool IsGuid(string? id) => id is { Length: 36 } && Guid.TryParseExact(id, "D", out _);
}
