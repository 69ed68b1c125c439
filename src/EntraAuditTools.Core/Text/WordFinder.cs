using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EntraAuditTools.Core.Text;

/// <summary>
/// Whether any of some words stands in a text, in any casing of ASCII letters: in one pass, however many words there are (Aho and Corasick,
/// https://doi.org/10.1145/360825.360855). For texts by the hundred thousand.
/// </summary>
internal sealed class WordFinder
{
    /// <summary>Letters are told apart that stand in a word; all others are one: of few symbols the table stays near the processor.</summary>
    private const int Symbols = 32;

    /// <summary>The state in which a word was found, as <see cref="next"/> has it; the start is 0.</summary>
    private const int Found = Symbols;

    private readonly byte[] symbols = new byte[256];

    /// <summary>Where the next state's row begins, for each state and symbol.</summary>
    private readonly ushort[] next;

    /// <summary>How far a word that begins before a place may reach beyond it.</summary>
    private readonly int overlap;

    /// <summary>Prepares the search.</summary>
    /// <param name="words">The words, of ASCII, none of them empty, of 31 different letters together.</param>
    public WordFinder(IReadOnlyCollection<string> words)
    {
        var upper = words.Select(word => word.ToUpperInvariant()).ToList();
        var letters = upper.SelectMany(word => word).Distinct().ToList();
        if (letters.Count >= Symbols) throw new ArgumentException("The words have more letters than the table has room for.", nameof(words));
        foreach (var (letter, i) in letters.Select((letter, i) => (letter, i)))
            symbols[letter] = symbols[char.ToLowerInvariant(letter)] = (byte)(i + 1);
        overlap = Math.Max(3, upper.Max(word => word.Length) - 1);
        // Each beginning of a word is a state: what was read last, as far as a word may come of it.
        var states = new List<string> { string.Empty, "found" };
        states.AddRange(upper.SelectMany(Beginnings).Distinct());
        next = new ushort[states.Count * Symbols];
        next.AsSpan(Found, Symbols).Fill(Found);
        for (var state = 0; state < states.Count; state++)
        {
            if (state * Symbols == Found) continue;
            for (var i = 0; i < letters.Count; i++)
                next[(state * Symbols) + i + 1] = (ushort)(Next(states, upper, states[state] + letters[i]) * Symbols);
        }
    }

    /// <summary>Whether one of them stands in a text.</summary>
    /// <param name="text">In UTF-8.</param>
    public bool IsIn(ReadOnlySpan<byte> text)
    {
        // Each step waits for the one before, so four quarters at once take hardly longer than one. Each goes on into the next, for words
        // that stand between them; the last reaches to the end, which may be three bytes behind the fourth quarter's.
        var quarter = text.Length / 4;
        if (quarter < Math.Max(overlap, 32)) return IsInPart(text);
        var length = quarter + overlap;
        return IsInParts(text[..length], text.Slice(quarter, length), text.Slice(2 * quarter, length), text[^length..]);
    }

    private bool IsInPart(ReadOnlySpan<byte> text)
    {
        ref var table = ref MemoryMarshal.GetArrayDataReference(next);
        ref var kinds = ref MemoryMarshal.GetArrayDataReference(symbols);
        nuint state = 0;
        // The state of a word that was found is not left. Every index is within its table, as made.
        foreach (var symbol in text) state = Unsafe.Add(ref table, state + Unsafe.Add(ref kinds, symbol));
        return state == Found;
    }

    private bool IsInParts(ReadOnlySpan<byte> one, ReadOnlySpan<byte> two, ReadOnlySpan<byte> three, ReadOnlySpan<byte> four)
    {
        ref var table = ref MemoryMarshal.GetArrayDataReference(next);
        ref var kinds = ref MemoryMarshal.GetArrayDataReference(symbols);
        nuint a = 0, b = 0, c = 0, d = 0;
        // The bounds are checked once: all are as long as the first.
        two = two[..one.Length];
        three = three[..one.Length];
        four = four[..one.Length];
        for (var i = 0; i < one.Length; i++)
        {
            a = Unsafe.Add(ref table, a + Unsafe.Add(ref kinds, one[i]));
            b = Unsafe.Add(ref table, b + Unsafe.Add(ref kinds, two[i]));
            c = Unsafe.Add(ref table, c + Unsafe.Add(ref kinds, three[i]));
            d = Unsafe.Add(ref table, d + Unsafe.Add(ref kinds, four[i]));
        }

        return a == Found || b == Found || c == Found || d == Found;
    }

    private static IEnumerable<string> Beginnings(string word) => Enumerable.Range(1, word.Length - 1).Select(length => word[..length]);

    private static int Next(List<string> states, List<string> words, string read)
    {
        if (words.Exists(word => read.EndsWith(word, StringComparison.Ordinal))) return 1;
        // Of what was read, the longest end that begins a word.
        for (var from = 0; from < read.Length; from++)
        {
            var state = states.IndexOf(read[from..], 2);
            if (state > 0) return state;
        }

        return 0;
    }
}
