using EntraAuditTools.Core.Formats.Dates;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Formats.Common;

/// <summary>A piece of <see cref="RecordFields"/>' text. Empty means absent, null and "".</summary>
internal readonly record struct TextRange(int Start, int Length)
{
    public bool IsEmpty => Length == 0;
}

/// <summary>A person or object that a record names.</summary>
internal struct PartyFields
{
    public TextRange Type;
    public TextRange Id;
    public TextRange Name;
    public TextRange UserPrincipalName;

    /// <summary>Application id, or else the service principal's name, of an application.</summary>
    public TextRange AppId;
}

/// <summary>
/// What the mirror's columns need of one record of any kind. One instance is filled again for every record, so nothing is allocated on
/// the way; texts are copied, unescaped, into one buffer.
/// </summary>
internal abstract class RecordFields
{
    private byte[] text = new byte[16 * 1024];
    private int used;

    public TextRange Id;
    public TextRange Tenant;

    /// <summary>UTC ticks; 0 when the record has no time.</summary>
    public long Ticks;

    /// <summary>How many values the record carries: the richer copy of an event is shown.</summary>
    public int Filled;

    /// <summary>Values that were cut to type names by a shallow export.</summary>
    public bool IsCut;

    /// <summary>
    /// Whether it has a property at its outermost level that Graph's own record has not: of another shape, which may mean something else by
    /// names that both have, or keep the record inside.
    /// </summary>
    public bool HasOther;

    /// <summary>The time's text when it could not be read; else null.</summary>
    public string? BadTime;

    /// <summary>How the source's dates are read: the same for all of its records.</summary>
    public DateReading Dates = DateReading.Documented;

    /// <summary>Clears the last record.</summary>
    public virtual void Clear()
    {
        used = 0;
        Id = Tenant = default;
        Ticks = 0;
        Filled = 0;
        IsCut = false;
        HasOther = false;
        BadTime = null;
    }

    public ReadOnlySpan<byte> Get(TextRange range) => text.AsSpan(range.Start, range.Length);

    /// <summary>
    /// The piece without the blanks around it (Entra writes "Update application – Certificates and secrets management ").
    /// </summary>
    public TextRange Trimmed(TextRange range)
    {
        var bytes = Get(range);
        var (start, length) = (0, bytes.Length);
        while (length > start && Utf8.BlankAtEnd(bytes[start..length]) is > 0 and var behind) length -= behind;
        while (length > start && Utf8.BlankAtStart(bytes[start..length]) is > 0 and var before) start += before;
        return new(range.Start + start, length - start);
    }

    /// <summary>Room for a text of at most <paramref name="length"/> bytes; <see cref="Added"/> says how many it took.</summary>
    public Span<byte> Reserve(int length)
    {
        if (used + length > text.Length) Array.Resize(ref text, Math.Max(text.Length * 2, used + length));
        return text.AsSpan(used, length);
    }

    public TextRange Added(int length)
    {
        var range = new TextRange(used, length);
        used += length;
        return range;
    }

    public TextRange Add(ReadOnlySpan<byte> value)
    {
        value.CopyTo(Reserve(value.Length));
        return Added(value.Length);
    }
}
