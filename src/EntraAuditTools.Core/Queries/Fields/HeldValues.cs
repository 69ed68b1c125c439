using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Fields;

/// <summary>What the mirror holds in one column.</summary>
/// <param name="Has">Whether it holds a text, without regard to case.</param>
/// <param name="Candidates">Texts that somebody may have meant who asked for one that it does not hold.</param>
/// <param name="Words">The usual words, where there are only a few; else null.</param>
internal sealed record HeldValues(Predicate<string> Has, Func<string, IEnumerable<string>> Candidates, IReadOnlyList<string>? Words = null)
{
    /// <summary>Values that are read at once, when the first is asked for.</summary>
    public static HeldValues List(Func<IEnumerable<string>> read, IReadOnlyList<string>? words = null)
    {
        var values = new Lazy<HashSet<string>>(() =>
            new(read().Select(text => TerminalText.Visible(text)!.Trim()).Concat(words ?? []), StringComparer.OrdinalIgnoreCase));
        return new(text => values.Value.Contains(text), _ => values.Value, words);
    }
}
