using System.Globalization;
using System.Text.Json;
using EntraAuditTools.Core.Formats.Dates;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Text;
using P = EntraAuditTools.Core.Formats.Entitlement.EntitlementProperty;

namespace EntraAuditTools.Core.Formats.Entitlement;

/// <summary>
/// The known properties of one JSON object, gathered in a single pass: names in any casing, and what the Graph PowerShell SDK keeps under
/// <c>AdditionalProperties</c> as part of its parent. Values of another type than the one asked for count as missing.
/// </summary>
internal readonly struct RecordNode
{
    private const int BlockSize = 512;

    [ThreadStatic]
    private static NameGuesses? names;

    // Properties of many objects lie in one array, one object's together: a list for each object would be most of what is allocated.
    [ThreadStatic]
    private static Entry[]? block;

    [ThreadStatic]
    private static int used;

    private readonly Entry[]? entries;
    private readonly int first;
    private readonly int count;

    private RecordNode(Entry[] entries, int first, int count) => (this.entries, this.first, this.count) = (entries, first, count);

    private readonly record struct Entry(P Property, bool IsRest, JsonElement Value);

    /// <summary>Whether it is an object at all.</summary>
    public bool Exists => entries != null;

    /// <summary>The properties of an object; a node that does not exist for anything else.</summary>
    public static RecordNode Of(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object) return default;
        var gathered = new Gathered(block ?? new Entry[BlockSize], used);
        Gather(element, ref gathered, isFolded: false);
        (block, used) = (gathered.Block, gathered.First + gathered.Count);
        return new(gathered.Block, gathered.First, gathered.Count);
    }

    /// <summary>The known property of a name; <see cref="P.None"/> when it is not read.</summary>
    public static P Known(string name) => NameGuesses.Of(name);

    public bool Has(P property) => IndexOf(property) >= 0;

    /// <summary>Whether a property is there, and not null.</summary>
    public bool HasValue(P property) => Get(property).ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>The value; undefined when the property is absent.</summary>
    public JsonElement Get(P property) => IndexOf(property) is var at and >= 0 ? entries![first + at].Value : default;

    /// <summary>Whether a list continues in another page (<c>name@odata.nextLink</c>).</summary>
    public bool HasRest(P property)
    {
        if (entries == null) return false;
        foreach (ref readonly var entry in entries.AsSpan(first, count))
        {
            if (entry.IsRest && entry.Property == property) return true;
        }

        return false;
    }

    /// <summary>Text as it may be shown; null when absent, null or empty, or no text, number or boolean.</summary>
    public string? Text(P property) => TextOf(Get(property));

    public string? Text(P property, P alternative) => Text(property) ?? Text(alternative);

    /// <summary>An id in one spelling; null when absent, empty or all zeros.</summary>
    public string? Id(P property) => IdText.Clean(Text(property));

    public string? Id(P property, P alternative) => Id(property) ?? Id(alternative);

    /// <summary>A boolean, also as text; null when absent or anything else.</summary>
    public bool? Bool(P property)
    {
        var value = Get(property);
        return value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.String => bool.TryParse(TextOf(value), out var read) ? read : null,
            _ => null,
        };
    }

    /// <summary>A whole number, also as text; null when absent or anything else.</summary>
    public int? Number(P property)
    {
        var value = Get(property);
        if (value.ValueKind == JsonValueKind.Number) return value.TryGetInt32(out var number) ? number : null;
        return value.ValueKind == JsonValueKind.String
            && int.TryParse(TextOf(value), NumberStyles.Integer, CultureInfo.InvariantCulture, out var read) ? read : null;
    }

    /// <summary>
    /// A time. Null when absent or in no known spelling; 0 when given as empty (null, or the year 1, which means "never").
    /// </summary>
    public long? Ticks(P property) => TicksOf(Get(property));

    public static string? TextOf(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                var text = BrokenText.Read(value);
                return string.IsNullOrEmpty(text) ? null : TerminalText.Visible(text);
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                return value.GetRawText();
            default:
                return null;
        }
    }

    public static long? TicksOf(JsonElement value)
    {
        long ticks;
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                return 0;
            case JsonValueKind.String:
                var text = TextOf(value);
                if (text == null) return 0;
                if (text.StartsWith("0001-01-01", StringComparison.Ordinal)) return 0;
                return TimeText.TryParse(text, out ticks) ? ticks : null;
            case JsonValueKind.Number:
                return value.TryGetDecimal(out var number) && NumberTime.TryRead(number, out ticks) ? ticks : null;
            default:
                return null;
        }
    }

    private static void Gather(JsonElement element, ref Gathered gathered, bool isFolded)
    {
        JsonElement folded = default;
        var guesses = names ??= new();
        var state = 0;
        foreach (var property in element.EnumerateObject())
        {
            switch (guesses.Find(property, ref state, out var known))
            {
                case NameUse.Value:
                    gathered.Set(new(known, false, PowerShellValue.Unwrap(property.Value)), isFolded);
                    break;
                case NameUse.Rest:
                    gathered.Add(new(known, true, property.Value));
                    break;
                case NameUse.Folded:
                    folded = property.Value;
                    break;
            }
        }

        if (folded.ValueKind == JsonValueKind.Object) Gather(folded, ref gathered, isFolded: true);
    }

    private int IndexOf(P property)
    {
        var own = entries.AsSpan(first, count);
        for (var i = 0; i < own.Length; i++)
        {
            if (own[i].Property == property && !own[i].IsRest) return i;
        }

        return -1;
    }

    private struct Gathered(Entry[] block, int first)
    {
        public Entry[] Block { get; private set; } = block;

        public int First { get; private set; } = first;

        public int Count { get; private set; }

        public void Add(in Entry entry)
        {
            if (First + Count == Block.Length)
            {
                var larger = new Entry[Math.Max(BlockSize, 2 * Count)];
                Block.AsSpan(First, Count).CopyTo(larger);
                (Block, First) = (larger, 0);
            }

            Block[First + Count++] = entry;
        }

        /// <summary>The last of several wins, as in JSON; what is folded in fills what is missing or null.</summary>
        public void Set(in Entry entry, bool isFolded)
        {
            foreach (ref var known in Block.AsSpan(First, Count))
            {
                if (known.Property != entry.Property || known.IsRest) continue;
                if (!isFolded || known.Value.ValueKind == JsonValueKind.Null) known = entry;
                return;
            }

            Add(entry);
        }
    }
}
