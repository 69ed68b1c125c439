using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using EntraAuditTools.Core.Formats.Json;

namespace EntraAuditTools.Core.Mirror.Entities;

/// <summary>One stored state of an entity: a row of <c>entity_state</c>. Times are UTC ticks; facts are an object.</summary>
internal sealed record StoredState(long Id, long Observed, long Seen, long LastObserved, long LastSeen, bool IsAssumed, bool IsGone,
    long Digest, long Block, int Slot, JsonElement Facts)
{
    /// <summary>A state whose facts are a text.</summary>
    public StoredState(long id, long observed, long seen, long lastObserved, long lastSeen, bool isAssumed, bool isGone, long digest,
        long block, int slot, string facts)
        : this(id, observed, seen, lastObserved, lastSeen, isAssumed, isGone, digest, block, slot, Parse(Encoding.UTF8.GetBytes(facts)))
    {
    }

    /// <summary>The order of states; at one moment that it was missing counts most, since it was looked for.</summary>
    public static int Compare(StoredState a, StoredState b)
    {
        var order = (a.Observed, a.Seen, a.IsGone).CompareTo((b.Observed, b.Seen, b.IsGone));
        return order != 0 ? order : a.Digest.CompareTo(b.Digest);
    }

    /// <summary>Facts as they are stored, in UTF-8. The bytes are not needed any more afterwards.</summary>
    public static JsonElement Parse(ReadOnlySpan<byte> facts)
    {
        var reader = new Utf8JsonReader(facts, new JsonReaderOptions { MaxDepth = JsonResync.MaxDepth });
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>Whether all these facts are among others, with the same values.</summary>
    public static bool Contains(EntityState whole, JsonElement part)
    {
        foreach (var fact in part.EnumerateObject())
        {
            if (!whole.TryGet(fact.Name, out var known) || known.GetRawText() != fact.Value.GetRawText()) return false;
        }

        return true;
    }

    /// <summary>A time as facts hold it, in UTC ticks; null when it is none.</summary>
    public static long? Ticks(string? text)
    {
        if (text == null) return null;
        // As we write them; the general way takes four times as long.
        Span<byte> utf8 = stackalloc byte[28];
        if (text.Length == 28 && text[27] == 'Z' && System.Text.Ascii.FromUtf16(text, utf8, out _) == OperationStatus.Done
            && Utf8Parser.TryParse(utf8, out DateTime written, out var read, 'O') && read == 28) return written.Ticks;
        return DateTime.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)
            ? time.Ticks : null;
    }
}
