using EntraAuditTools.Core.Mirror.Sql;

namespace EntraAuditTools.Core.Queries.Logs;

/// <summary>
/// What was typed of a name, for completion: names that begin so come first, then those of which a later word does ("work" finds
/// "Engineering workbench"), and where neither is, those that have it anywhere. A <c>*</c> in it stands for any text, all else for itself.
/// </summary>
internal sealed class TypedText
{
    private readonly WildcardText begins, within;

    /// <summary>Reads what was typed.</summary>
    public TypedText(string typed)
    {
        ArgumentNullException.ThrowIfNull(typed);
        Beginning = string.Join('*', typed.Split('*').Select(WildcardText.Escape)) + "*";
        Within = "*" + Beginning;
        (begins, within) = (new(Beginning), new(Within));
    }

    /// <summary>Whether nothing was typed.</summary>
    internal bool IsEmpty => Beginning == "*";

    /// <summary>The pattern of texts that begin so.</summary>
    internal string Beginning { get; }

    /// <summary>The pattern of texts that have it anywhere.</summary>
    internal string Within { get; }

    /// <summary>How well a name fits, 0 best; null when it does not.</summary>
    public int? Rank(string? name) =>
        string.IsNullOrEmpty(name) ? null
        : begins.IsMatch(name) ? 0
        : !within.IsMatch(name) ? null
        : Enumerable.Range(1, name.Length - 1).Any(at => IsWordStart(name, at) && begins.IsMatch(name.AsSpan(at))) ? 1 : 2;

    /// <summary>The items to offer, best first, equal ones in their order.</summary>
    /// <param name="items">The items.</param>
    /// <param name="names">The names by which one may be typed.</param>
    public IEnumerable<T> Best<T>(IEnumerable<T> items, Func<T, IEnumerable<string?>> names)
    {
        var ranked = items.Select(item => (Item: item, Rank: names(item).Min(Rank))).Where(found => found.Rank is not null)
            .OrderBy(found => found.Rank).ToList();
        return ranked.TakeWhile(found => found.Rank < 2 || ranked[0].Rank == 2).Select(found => found.Item);
    }

    /// <inheritdoc cref="Best{T}(IEnumerable{T}, Func{T, IEnumerable{string?}})"/>
    public IEnumerable<string> Best(IEnumerable<string> items) => Best(items, item => [item]);

    // Behind a blank or a sign; and the words of what is written in one (EntitlementManagement).
    private static bool IsWordStart(string name, int at) =>
        char.IsLetterOrDigit(name[at]) && (!char.IsLetterOrDigit(name[at - 1]) || (char.IsUpper(name[at]) && char.IsLower(name[at - 1])));
}
