using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EntraAuditTools.Core.Formats.Json;

/// <summary>
/// Texts of JSON that are not valid Unicode: escapes that make half a surrogate pair, bytes that are no UTF-8. .NET throws where it reads
/// such a text, although the grammar allows it; here it is read with U+FFFD in place of what is broken.
/// </summary>
internal static class BrokenText
{
    /// <summary>The text of a string at a reader, a value or a property's name.</summary>
    public static string Read(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() ?? string.Empty;
        }
        catch (InvalidOperationException)
        {
            return Decode(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan);
        }
    }

    /// <summary>The text of a value that is a string.</summary>
    public static string Read(JsonElement value)
    {
        try
        {
            return value.GetString() ?? string.Empty;
        }
        catch (InvalidOperationException)
        {
            return Decode(Encoding.UTF8.GetBytes(value.GetRawText()).AsSpan()[1..^1]);
        }
    }

    /// <summary>
    /// A record in which no property's name is broken, so that its properties can be found: the same bytes where none is. Values stay as
    /// they are.
    /// </summary>
    public static ReadOnlyMemory<byte> WithGoodNames(ReadOnlyMemory<byte> json) => Mend(json, namesOnly: true);

    /// <summary>A record in which no text is broken: the very bytes where none is.</summary>
    public static ReadOnlyMemory<byte> Mended(ReadOnlyMemory<byte> json) => Mend(json, namesOnly: false);

    private static ReadOnlyMemory<byte> Mend(ReadOnlyMemory<byte> json, bool namesOnly)
    {
        if (!MayHoldSurrogates(json.Span)) return json;
        byte[]? mended = null;
        var reader = JsonResync.Reader(json.Span, isFinal: true);
        while (reader.Read())
        {
            if (!reader.ValueIsEscaped || (namesOnly && reader.TokenType != JsonTokenType.PropertyName)) continue;
            var text = reader.ValueSpan;
            var start = (int)reader.TokenStartIndex + 1;
            for (var at = 0; at < text.Length;)
            {
                var length = EscapeAt(text, at, out var isBroken);
                if (isBroken)
                {
                    mended ??= json.ToArray();
                    "\\ufffd"u8.CopyTo(mended.AsSpan(start + at));
                }

                at += length;
            }
        }

        return mended ?? json;
    }

    private static bool MayHoldSurrogates(ReadOnlySpan<byte> json)
    {
        while (true)
        {
            var at = json.IndexOf("\\u"u8);
            if (at < 0) return false;
            json = json[(at + 2)..];
            if (json.Length > 1 && json[0] is (byte)'d' or (byte)'D' && json[1] is not (>= (byte)'0' and <= (byte)'7')) return true;
        }
    }

    /// <summary>Length of the character or escape at a place within a string's bytes.</summary>
    private static int EscapeAt(ReadOnlySpan<byte> text, int at, out bool isBroken)
    {
        isBroken = false;
        if (text[at] != (byte)'\\') return 1;
        if (at + 1 >= text.Length || text[at + 1] != (byte)'u') return 2;
        if (!Unit(text, at, out var unit) || !char.IsSurrogate(unit)) return 6;
        if (char.IsHighSurrogate(unit) && Unit(text, at + 6, out var low) && char.IsLowSurrogate(low)) return 12;
        isBroken = true;
        return 6;
    }

    private static bool Unit(ReadOnlySpan<byte> text, int at, out char unit)
    {
        unit = '\0';
        if (at + 6 > text.Length || text[at] != (byte)'\\' || text[at + 1] != (byte)'u') return false;
        if (!ushort.TryParse(text.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            return false;
        unit = (char)code;
        return true;
    }

    private static string Decode(ReadOnlySpan<byte> text)
    {
        var decoded = new StringBuilder(text.Length);
        while (!text.IsEmpty)
        {
            var escape = text.IndexOf((byte)'\\');
            if (escape != 0)
            {
                decoded.Append(Encoding.UTF8.GetString(escape < 0 ? text : text[..escape]));
                if (escape < 0) break;
                text = text[escape..];
            }

            var length = Math.Min(EscapeAt(text, 0, out var isBroken), text.Length);
            if (isBroken) decoded.Append('\ufffd');
            else if (length >= 6) AppendUnits(decoded, text[..length]);
            else decoded.Append(Plain((char)text[length - 1]));
            text = text[length..];
        }

        return decoded.ToString();
    }

    private static void AppendUnits(StringBuilder decoded, ReadOnlySpan<byte> escapes)
    {
        for (var at = 0; at < escapes.Length; at += 6) decoded.Append(Unit(escapes, at, out var unit) ? unit : '\ufffd');
    }

    private static char Plain(char escaped) => escaped switch
    {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'b' => '\b',
        'f' => '\f',
        _ => escaped,
    };
}
