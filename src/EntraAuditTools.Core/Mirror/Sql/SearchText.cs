using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Mirror.Sql;

/// <summary>
/// Words to find in whole records. All must occur; <c>"in quotes"</c> in this order, <c>begin*</c> at the beginning of a word. Words are
/// runs of letters and digits, without regard to case and accents, so <c>adele@contoso.com</c> is three words in a row. Texts are
/// brought to this form before the full-text index sees them: so the index and the scan without an index find the same.
/// </summary>
internal sealed partial class SearchText
{
    // Between values, so that no phrase crosses from one into the next: a private-use character, which FTS5 takes for a word.
    private const string Boundary = " \uE000 ";

    private readonly List<(string[] Words, bool IsPrefix)> phrases = [];

    /// <summary>Reads what the administrator typed.</summary>
    /// <exception cref="AuditToolException">InvalidSearch: there is no word in it.</exception>
    public SearchText(string search)
    {
        // Half a surrogate pair would make Normalize throw: it becomes U+FFFD, which is no letter.
        var parts = string.Concat(search.EnumerateRunes()).Split('"');
        for (var i = 0; i < parts.Length; i++)
        {
            // Every second part was in quotes; a "*" right behind the closing quote belongs to it.
            if (i % 2 == 1) Add(parts[i], i + 1 < parts.Length && parts[i + 1].StartsWith('*'));
            else foreach (var word in parts[i].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) Add(word, word.EndsWith('*'));
        }

        if (phrases.Count == 0)
        {
            throw new AuditToolException("InvalidSearch", AuditErrorKind.InvalidArgument, $"'{search}' has no word to search for.",
                $"Give words of letters or digits, for instance {Caller.Option("Search")} 'adele contoso'.", search);
        }

        void Add(string text, bool isPrefix)
        {
            var words = Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0) phrases.Add((words, isPrefix));
        }
    }

    /// <summary>The same for FTS5's MATCH.</summary>
    public string ToMatch() =>
        string.Join(" AND ", phrases.Select(phrase => $"\"{string.Join(' ', phrase.Words)}\"{(phrase.IsPrefix ? " *" : string.Empty)}"));

    /// <summary>Whether a text in the form of <see cref="TextOf"/> has it all.</summary>
    public bool IsMatch(string folded)
    {
        var padded = $" {folded} ";
        return phrases.TrueForAll(phrase =>
            padded.Contains($" {string.Join(' ', phrase.Words)}{(phrase.IsPrefix ? string.Empty : " ")}", StringComparison.Ordinal));
    }

    /// <summary>All values of a record, as words separated by single blanks, values by <see cref="Boundary"/>.</summary>
    public static string TextOf(ReadOnlySpan<byte> json)
    {
        var text = new StringBuilder(json.Length);
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = JsonResync.MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number) || reader.ValueSpan.IsEmpty) continue;
            // What of a text is half a surrogate pair is no letter; the rest is searched.
            var value = reader.TokenType == JsonTokenType.String ? BrokenText.Read(ref reader) : Encoding.UTF8.GetString(reader.ValueSpan);
            var words = Fold(value);
            if (words.Length > 0) text.Append(text.Length == 0 ? string.Empty : Boundary).Append(words);
        }

        return text.ToString();
    }

    [GeneratedRegex("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")]
    private static partial Regex Guids();

    // .NET refuses the one noncharacter that would be a byte-order mark the wrong way round; it is no letter either.
    private static string Decomposed(string value) => value.Replace('\ufffe', '\ufffd').Normalize(NormalizationForm.FormD);

    // By way of the capital, as SQLite's tokenizer does it: the sigma at the end of a Greek word is the one within it.
    private static Rune Lower(Rune rune) => Rune.ToLowerInvariant(rune.IsAscii ? rune : Rune.ToUpperInvariant(rune));

    private static bool IsAccent(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark;

    private static string Fold(string value)
    {
        var text = new StringBuilder(value.Length);
        // A GUID is one word: it is looked for as a whole or by its beginning, and five words each would double the index.
        value = Guids().Replace(value, static match => match.Value.Replace("-", string.Empty, StringComparison.Ordinal));
        foreach (var rune in (Ascii.IsValid(value) ? value : Decomposed(value)).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune)) text.Append(Lower(rune).ToString());
            else if (!IsAccent(rune) && text.Length > 0 && text[^1] != ' ') text.Append(' ');
        }

        if (text.Length > 0 && text[^1] == ' ') text.Length--;
        return text.ToString();
    }
}
