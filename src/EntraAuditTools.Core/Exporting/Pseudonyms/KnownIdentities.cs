using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Tables;

namespace EntraAuditTools.Core.Exporting.Pseudonyms;

/// <summary>
/// Every name by which a mirror knows somebody or something, to be found again in texts: words in a row, in any casing. Of people, each word
/// of their name, and the local part of their address.
/// </summary>
internal sealed class KnownIdentities
{
    private const int LeastWord = 3;

    // Of fewer digits are years, counts and codes.
    private const int LeastDigits = 5;

    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly HashSet<string> numbers = new(StringComparer.Ordinal);
    private readonly HashSet<string> domains = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> longest = new(StringComparer.Ordinal);

    /// <summary>Collects them.</summary>
    public static KnownIdentities Of(MirrorReader mirror, CancellationToken cancel)
    {
        var known = new KnownIdentities();
        foreach (var (id, name, upn) in mirror.Query("SELECT object_id, display_name, upn FROM identity",
            row => (row.IsDBNull(0) ? null : row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2))))
        {
            cancel.ThrowIfCancellationRequested();
            known.Add(id, name, upn);
        }

        if (mirror.SchemaVersion < EntitySchema.Since) return known;
        foreach (var (id, name, upn) in mirror.Query("SELECT object_id, name, upn FROM entity",
            row => (row.GetValue(0) as string, row.IsDBNull(1) ? null : row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2))))
        {
            cancel.ThrowIfCancellationRequested();
            known.Add(id, name, upn);
        }

        return known;
    }

    /// <summary>The text with every name in it replaced.</summary>
    /// <param name="text">The text.</param>
    /// <param name="pseudonym">Gives the others.</param>
    public string Replace(string text, Pseudonym pseudonym)
    {
        var words = NameText.Words().Matches(text);
        if (words.Count == 0) return text;
        System.Text.StringBuilder? changed = null;
        var done = 0;
        for (var i = 0; i < words.Count; i++)
        {
            if (numbers.Contains(words[i].Value))
            {
                changed ??= new();
                changed.Append(text, done, words[i].Index - done).Append(pseudonym.Digits(words[i].Value));
                done = words[i].Index + words[i].Length;
                continue;
            }

            if (!longest.TryGetValue(words[i].Value.ToLowerInvariant(), out var most)) continue;
            for (var count = Math.Min(most, words.Count - i); count > 0; count--)
            {
                var (start, end) = (words[i].Index, words[i + count - 1].Index + words[i + count - 1].Length);
                var name = text[start..end].ToLowerInvariant();
                var isDomain = domains.Contains(name);
                if (!isDomain && !names.Contains(name)) continue;
                changed ??= new();
                changed.Append(text, done, start - done).Append(isDomain ? pseudonym.Domain(name) : pseudonym.Name(text[start..end]));
                done = end;
                i += count - 1;
                break;
            }
        }

        return changed == null ? text : changed.Append(text, done, text.Length - done).ToString();
    }

    private void Add(string? id, string? name, string? upn)
    {
        if (id != null && !Guid.TryParse(id, out _)) AddText(id);
        if (name != null) AddText(name);
        if (upn == null) return;
        AddText(upn);
        // Somebody, and no thing: what they are called in part.
        foreach (var word in NameText.Words().Matches(name ?? string.Empty).Select(word => word.Value)) AddWord(word);
    }

    private void AddText(string text)
    {
        if (WellKnown.Has(text)) return;
        if (text.LastIndexOf('@') is > 0 and var at && !text.AsSpan().ContainsAny(' ', '\t'))
        {
            AddDomain(text[(at + 1)..]);
            var local = text[..at];
            if (local.Contains('#', StringComparison.Ordinal) && local.LastIndexOf('_') is > 0 and var bar)
            {
                AddDomain(local[(bar + 1)..].Split('#')[0]);
                local = local[..bar];
            }

            AddName(local);
            return;
        }

        AddName(text);
    }

    private void AddDomain(string domain)
    {
        if (!domain.Contains('.', StringComparison.Ordinal)) return;
        if (NameText.Core(domain) is { } core && domains.Add(core)) Note(core);
        AddWord(domain.Split('.')[0]);
    }

    private void AddWord(string word)
    {
        if (word.Length >= LeastWord && !WellKnown.IsWord(word) && !word.All(char.IsDigit)) AddName(word);
    }

    private void AddName(string text)
    {
        if (NameText.Core(text) is not { Length: > 1 } core || WellKnown.Has(core)) return;
        if (core.All(char.IsDigit))
        {
            // The number of an employee.
            if (core.Length >= LeastDigits) numbers.Add(core);
            return;
        }

        // One word that logs are made of stays one: who is called "User" is found where that is the whole of a name.
        if (!core.Contains(' ', StringComparison.Ordinal) && WellKnown.IsWord(core)) return;
        if (names.Add(core)) Note(core);
    }

    private void Note(string core)
    {
        var words = NameText.Words().Matches(core);
        var first = words[0].Value;
        if (words.Count > longest.GetValueOrDefault(first)) longest[first] = words.Count;
    }
}
