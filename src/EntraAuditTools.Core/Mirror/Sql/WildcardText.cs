using System.Diagnostics.CodeAnalysis;
using System.Text;
using EntraAuditTools.Core.Errors;

namespace EntraAuditTools.Core.Mirror.Sql;

/// <summary>
/// A text with PowerShell's wildcards: <c>*</c> any characters, <c>?</c> one, <c>[a-c]</c> one of a set, a backtick takes the next
/// character literally. Compared without regard to case, character by character (ordinal), in any script.
/// The same syntax as <c>System.Management.Automation.WildcardPattern</c>, which Core cannot reference.
/// </summary>
internal sealed class WildcardText
{
    private readonly Part[] parts;

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="AuditToolException">InvalidWildcard: a bracket is not closed or a range runs backwards.</exception>
    public WildcardText(string pattern)
    {
        Pattern = pattern;
        parts = Parse(pattern);
        if (Array.TrueForAll(parts, part => part.Kind == PartKind.Character))
            Literal = new string(Array.ConvertAll(parts, part => part.Character));
    }

    private enum PartKind
    {
        Character,
        AnyOne,
        AnyText,
        Set,
    }

    /// <summary>The pattern as given.</summary>
    public string Pattern { get; }

    /// <summary>The text that it means when it has no wildcards (escapes resolved); else null.</summary>
    public string? Literal { get; }

    /// <summary>Whether the text is matched from beginning to end.</summary>
    public bool IsMatch(ReadOnlySpan<char> text)
    {
        // Greedy with one point to return to: after a later "*" an earlier one never needs another try.
        int part = 0, at = 0, starPart = -1, starAt = 0;
        while (at < text.Length)
        {
            if (part < parts.Length && parts[part].Kind == PartKind.AnyText)
            {
                starPart = part++;
                starAt = at;
            }
            else if (part < parts.Length && parts[part].Matches(text[at]))
            {
                part++;
                at++;
            }
            else if (starPart >= 0)
            {
                part = starPart + 1;
                at = ++starAt;
            }
            else
            {
                return false;
            }
        }

        while (part < parts.Length && parts[part].Kind == PartKind.AnyText) part++;
        return part == parts.Length;
    }

    /// <summary>
    /// The pattern for SQL's LIKE (escape character <c>\</c>), which ignores the case of ASCII letters only: so only for patterns
    /// of ASCII text and <c>*</c>.
    /// </summary>
    internal bool TryGetLike([NotNullWhen(true)] out string? like)
    {
        like = null;
        var text = new StringBuilder(Pattern.Length + 4);
        foreach (var part in parts)
        {
            switch (part.Kind)
            {
                case PartKind.AnyText:
                    text.Append('%');
                    break;
                case PartKind.Character when part.Character is > '\0' and < '\x80':
                    if (part.Character is '%' or '_' or '\\') text.Append('\\');
                    text.Append(part.Character);
                    break;
                default:
                    return false;
            }
        }

        like = text.ToString();
        return true;
    }

    /// <summary>The ASCII text before a single <c>*</c> at the end: such a pattern is a range of an index without regard to case.</summary>
    internal bool TryGetPrefix([NotNullWhen(true)] out string? prefix)
    {
        prefix = null;
        if (parts.Length < 2 || parts[^1].Kind != PartKind.AnyText) return false;
        if (!Array.TrueForAll(parts[..^1], part => part is { Kind: PartKind.Character, Character: > '\0' and < '\x7f' })) return false;
        prefix = new string(Array.ConvertAll(parts[..^1], part => part.Character));
        return true;
    }

    /// <summary>The ASCII text that every match begins with, in any case; may be empty.</summary>
    internal string CommonStart() =>
        new(parts.TakeWhile(part => part is { Kind: PartKind.Character, Character: > '\0' and < '\x7f' }).Select(part => part.Character)
            .ToArray());

    /// <summary>
    /// The pattern as a regular expression of the text from beginning to end, in the syntax that PostgreSQL's and .NET's have in common;
    /// whoever uses it compares without regard to case.
    /// </summary>
    internal string ToRegex()
    {
        var text = new StringBuilder("^");
        foreach (var part in parts)
        {
            if (part.Kind == PartKind.AnyText) text.Append(".*");
            else if (part.Kind == PartKind.AnyOne) text.Append('.');
            else if (part.Kind == PartKind.Character) text.Append(InRegex(part.Character));
            else text.Append('[').AppendJoin(string.Empty, part.Set!.Select(range => $"{InRegex(range.From)}-{InRegex(range.To)}")).Append(']');
        }

        return text.Append('$').ToString();
    }

    private static string InRegex(char c) => char.IsAsciiLetterOrDigit(c) || c == '_' || c > '\x7f' ? c.ToString() : $"\\{c}";

    /// <summary>Takes every character of a text literally.</summary>
    public static string Escape(string text)
    {
        if (text.AsSpan().IndexOfAny("*?[]`") < 0) return text;
        var escaped = new StringBuilder(text.Length + 4);
        foreach (var c in text)
        {
            if (c is '*' or '?' or '[' or ']' or '`') escaped.Append('`');
            escaped.Append(c);
        }

        return escaped.ToString();
    }

    /// <inheritdoc/>
    public override string ToString() => Pattern;

    private static Part[] Parse(string pattern)
    {
        var parts = new List<Part>(pattern.Length);
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '*':
                    if (parts.Count == 0 || parts[^1].Kind != PartKind.AnyText) parts.Add(new(PartKind.AnyText));
                    break;
                case '?':
                    parts.Add(new(PartKind.AnyOne));
                    break;
                case '[':
                    parts.Add(new(PartKind.Set, Set: ParseSet(pattern, ref i)));
                    break;
                case '`' when i + 1 < pattern.Length:
                    parts.Add(new(PartKind.Character, pattern[++i]));
                    break;
                case '`' when pattern.Length == 1:
                    break; // As in PowerShell, a lone backtick is the empty text.
                default:
                    parts.Add(new(PartKind.Character, pattern[i]));
                    break;
            }
        }

        return [.. parts];
    }

    // From the "[" to its "]"; a "]" right after "[" is a member.
    private static (char From, char To)[] ParseSet(string pattern, ref int i)
    {
        var members = new List<(char Character, bool IsRange)>();
        var first = true;
        for (i++; i < pattern.Length; i++, first = false)
        {
            var c = pattern[i];
            if (c == ']' && !first) return ToRanges(pattern, members);
            if (c == '`')
            {
                if (++i < pattern.Length) members.Add((pattern[i], false));
            }
            else
            {
                members.Add((c, c == '-'));
            }
        }

        throw Invalid(pattern, "a \"[\" is not closed");
    }

    private static (char From, char To)[] ToRanges(string pattern, List<(char Character, bool IsRange)> members)
    {
        var ranges = new List<(char, char)>();
        for (var i = 0; i < members.Count; i++)
        {
            if (i + 2 < members.Count && members[i + 1].IsRange)
            {
                if (members[i].Character > members[i + 2].Character) throw Invalid(pattern, "a range runs backwards");
                ranges.Add((members[i].Character, members[i + 2].Character));
                i += 2;
            }
            else
            {
                ranges.Add((members[i].Character, members[i].Character));
            }
        }

        return [.. ranges];
    }

    private static AuditToolException Invalid(string pattern, string why) =>
        new("InvalidWildcard", AuditErrorKind.InvalidArgument, $"The pattern '{pattern}' is not valid: {why}.",
            "Put a backtick before a bracket that is meant literally.", pattern);

    private readonly record struct Part(PartKind Kind, char Character = '\0', (char From, char To)[]? Set = null)
    {
        public bool Matches(char c) => Kind switch
        {
            PartKind.Character => c == Character || char.ToUpperInvariant(c) == char.ToUpperInvariant(Character),
            PartKind.AnyOne => true,
            PartKind.Set => InSet(c) || InSet(char.ToUpperInvariant(c)) || InSet(char.ToLowerInvariant(c)),
            _ => false,
        };

        private bool InSet(char c)
        {
            foreach (var (from, to) in Set!)
            {
                if (c >= from && c <= to) return true;
            }

            return false;
        }
    }
}
