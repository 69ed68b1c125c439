using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using P = EntraAuditTools.Core.Formats.Entitlement.EntitlementProperty;

namespace EntraAuditTools.Core.Formats.Entitlement;

/// <summary>
/// Which property a name is, in any casing. Objects of one export have their properties in one order: what followed a name before is
/// compared first, byte by byte; only a name that was not to be expected is made a text and looked up.
/// </summary>
internal sealed class NameGuesses
{
    private const string NextLink = "@odata.nextLink";
    private const string Folded = "AdditionalProperties";
    private const int Ways = 4;
    private const int MostNames = 1024;
    private const int LongestName = 128;

    private static readonly FrozenDictionary<string, P> Known = Enum.GetValues<P>()
        .Where(p => p != P.None)
        .ToFrozenDictionary(p => p switch { P.ODataType => "@odata.type", P.ODataContext => "@odata.context", _ => p.ToString() },
            StringComparer.OrdinalIgnoreCase);

    private readonly List<Name> names = [new([], P.None, NameUse.None)];
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly int[] followers = new int[MostNames * Ways];
    private int misses;

    private readonly record struct Name(byte[] Utf8, P Property, NameUse Use);

    /// <summary>The known property of a name; <see cref="P.None"/> when it is not read.</summary>
    public static P Of(string name) => Known.GetValueOrDefault(name);

    /// <summary>What a property is read as.</summary>
    /// <param name="property">The property.</param>
    /// <param name="state">The name before it in the same object, 0 for none; this one's afterwards.</param>
    /// <param name="known">Which property it is, or continues.</param>
    public NameUse Find(in JsonProperty property, ref int state, out P known)
    {
        try
        {
            foreach (var follower in followers.AsSpan(state * Ways, Ways))
            {
                if (follower == 0) break;
                var name = names[follower];
                if (!property.NameEquals(name.Utf8)) continue;
                (state, known) = (follower, name.Property);
                return name.Use;
            }

            return Learn(property.Name, ref state, out known);
        }
        catch (InvalidOperationException)
        {
            known = P.None;
            return NameUse.None; // Half a surrogate pair: no name that is known.
        }
    }

    private static NameUse Use(string name, out P known)
    {
        if (Known.TryGetValue(name, out known)) return NameUse.Value;
        if (name.EndsWith(NextLink, StringComparison.OrdinalIgnoreCase) && Known.TryGetValue(name[..^NextLink.Length], out known))
            return NameUse.Rest;
        return name.Equals(Folded, StringComparison.OrdinalIgnoreCase) ? NameUse.Folded : NameUse.None;
    }

    private NameUse Learn(string text, ref int state, out P known)
    {
        if (!numbers.TryGetValue(text, out var number))
        {
            var use = Use(text, out known);
            if (names.Count == MostNames || text.Length > LongestName) return use;
            number = names.Count;
            names.Add(new(Encoding.UTF8.GetBytes(text), known, use));
            numbers.Add(text, number);
        }

        var ways = followers.AsSpan(state * Ways, Ways);
        var free = ways.IndexOf(0);
        ways[free >= 0 ? free : misses++ % Ways] = number;
        (state, known) = (number, names[number].Property);
        return names[number].Use;
    }
}

/// <summary>What a property's name says of its value.</summary>
internal enum NameUse : byte
{
    /// <summary>Nothing: it is not read.</summary>
    None,

    /// <summary>It is a property that is read.</summary>
    Value,

    /// <summary>It says that the list of a property continues in another page.</summary>
    Rest,

    /// <summary>It holds further properties of the same object.</summary>
    Folded,
}
