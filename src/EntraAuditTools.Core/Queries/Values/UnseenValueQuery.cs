using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Logs;

namespace EntraAuditTools.Core.Queries.Values;

/// <summary>
/// Values of a filter that nothing in the mirror has: a misspelt word answers every question with nothing, which reads as "nothing
/// happened".
/// </summary>
internal static class UnseenValueQuery
{
    private const int MostValues = 3;

    /// <summary>A sentence for each filter with values that are not held, with the nearest that are.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="asked">The filters.</param>
    public static IEnumerable<string> Run(MirrorReader mirror, IEnumerable<AskedValue> asked)
    {
        ArgumentNullException.ThrowIfNull(asked);
        foreach (var filter in asked)
        {
            if (filter.Texts is not { Count: > 0 } texts) continue;
            var unseen = texts.Select(text => new WildcardText(text).Literal?.Trim()).OfType<string>().Where(text => text.Length > 0)
                .Distinct(StringComparer.OrdinalIgnoreCase).ToList();
            if (unseen.Count == 0) continue;
            var held = filter.Column.Of(mirror);
            unseen.RemoveAll(held.Has);
            if (unseen.Count > 0) yield return Sentence(filter.What, unseen, held);
        }
    }

    private static string Sentence(string what, List<string> unseen, HeldValues held)
    {
        var named = string.Join(", ", unseen.Take(MostValues).Select(Quote)) + (unseen.Count > MostValues
            ? $" and {unseen.Count - MostValues} more" : string.Empty);
        var near = unseen.Take(MostValues).SelectMany(text => NearestWords.Of(text, held.Candidates(text)))
            .Distinct(StringComparer.OrdinalIgnoreCase).Take(MostValues).ToList();
        var advice = near.Count > 0 ? $" Nearest: {string.Join(", ", near.Select(Quote))}."
            : held.Words is { } words ? $" Known: {string.Join(", ", words.Select(Quote))}." : string.Empty;
        return $"This mirror knows no {what} {named}: \"no rows\" does not mean \"nothing happened\".{advice}";
    }

    private static string Quote(string text) => $"'{text}'";
}
