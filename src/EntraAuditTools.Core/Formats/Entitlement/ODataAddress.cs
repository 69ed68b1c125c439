using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Formats.Entitlement;

/// <summary>
/// What an <c>@odata.context</c> or a request's address says: <c>…#groups('id')/members</c>, <c>…/accessPackages/id/resourceRoleScopes</c>,
/// <c>…#Collection(microsoft.graph.accessPackageAssignment)</c>.
/// </summary>
/// <param name="Name">The last segment without keys and expansions: <c>members</c>; empty when there is none.</param>
/// <param name="Type">A type that it names, without its namespace: <c>user</c>; null when it names none.</param>
/// <param name="Parent">The segment before that has a key: <c>groups</c>; null when there is none.</param>
/// <param name="ParentId">Its key; null when there is none.</param>
/// <param name="IsEntitlement">Whether it is one of entitlement management: <c>assignments</c> are many things elsewhere.</param>
internal sealed record ODataAddress(string Name, string? Type, string? Parent, string? ParentId, bool IsEntitlement)
{
    private const string Namespace = "microsoft.graph.";

    [ThreadStatic]
    private static (string Text, ODataAddress Address)? last;

    /// <summary>Nothing.</summary>
    public static ODataAddress None { get; } = new(string.Empty, null, null, null, false);

    /// <summary>Reads an address; all records of a page have the same, which is read once.</summary>
    public static ODataAddress Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) return None;
        if (last is var (known, address) && (ReferenceEquals(known, text) || known == text)) return address;
        address = Read(text);
        last = (text, address);
        return address;
    }

    /// <summary>Whether the records are <paramref name="name"/> (or the same under beta's name) of a <paramref name="parent"/>.</summary>
    public bool Is(string parent, string name) => ParentId != null && Parent != null && Utf8.Is(Parent, parent) && Utf8.Is(Name, name);

    private static ODataAddress Read(string text)
    {
        var hash = text.IndexOf('#', StringComparison.Ordinal);
        var path = text.AsSpan(hash + 1);
        if (hash < 0 && path.IndexOf("://") is var scheme and >= 0) path = path[(scheme + 3)..];
        if (hash < 0 && path.IndexOf('?') is var query and >= 0) path = path[..query];
        string name = string.Empty;
        string? key = null, type = null, parent = null, parentId = null;
        while (path.Length > 0)
        {
            var segment = path[..SegmentLength(path)];
            path = segment.Length < path.Length ? path[(segment.Length + 1)..] : default;
            var bracket = segment.IndexOf('(');
            var word = (bracket < 0 ? segment : segment[..bracket]).ToString();
            if (word.Length == 0 || word[0] == '$') continue;
            if (Utf8.Is(word, "Collection") && bracket >= 0) word = segment[(bracket + 1)..].TrimEnd(')').ToString();
            if (word.StartsWith(Namespace, StringComparison.OrdinalIgnoreCase))
            {
                type = word[Namespace.Length..];
                continue;
            }

            if (IdText.IsGuid(word))
            {
                key = word;
                continue;
            }

            if (key != null) (parent, parentId) = (name, IdText.Clean(key));
            name = word;
            key = bracket >= 0 ? KeyOf(segment[(bracket + 1)..]) : null;
        }

        return new(name, type, parent, parentId, text.Contains("entitlementManagement", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Up to the next slash that is outside of brackets and quotes.</summary>
    private static int SegmentLength(ReadOnlySpan<char> path)
    {
        var depth = 0;
        var inQuotes = false;
        for (var i = 0; i < path.Length; i++)
        {
            var c = path[i];
            if (c == '\'') inQuotes = !inQuotes;
            else if (inQuotes) continue;
            else if (c == '(') depth++;
            else if (c == ')') depth--;
            else if (c == '/' && depth <= 0) return i;
        }

        return path.Length;
    }

    /// <summary>The key in <c>'id')</c>; null for an expansion.</summary>
    private static string? KeyOf(ReadOnlySpan<char> inBrackets)
    {
        if (inBrackets.IsEmpty || inBrackets[0] != '\'') return null;
        var end = inBrackets[1..].IndexOf('\'');
        return end > 0 ? inBrackets.Slice(1, end).ToString() : null;
    }
}
