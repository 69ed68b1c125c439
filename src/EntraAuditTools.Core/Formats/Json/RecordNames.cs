using System.Text.Json;

namespace EntraAuditTools.Core.Formats.Json;

/// <summary>
/// The names of an object's own properties, in their order: they identify a record after damage. The first two are the signature that
/// records of one kind share; all of them distinguish a record from a part of one that begins alike.
/// </summary>
/// <param name="Names">The names as they are written, the first of them when there are very many.</param>
internal sealed record RecordNames(IReadOnlyList<byte[]> Names)
{
    private const int MaxNames = 128;

    /// <summary>How reading the names ended.</summary>
    internal enum End
    {
        /// <summary>With the object.</summary>
        Whole,

        /// <summary>With the bytes.</summary>
        Partial,

        /// <summary>At something that is not JSON.</summary>
        Broken,
    }

    /// <summary>Whether there are enough names to know a record by.</summary>
    public bool IsSignature => Names.Count >= 2;

    /// <summary>Reads the names of an object that the bytes begin with.</summary>
    /// <param name="bytes">The object, and what follows it.</param>
    /// <param name="length">Length of the object when it is whole.</param>
    /// <param name="end">How it ended.</param>
    public static RecordNames Read(ReadOnlySpan<byte> bytes, out int length, out End end)
    {
        var names = new List<byte[]>();
        length = 0;
        end = End.Partial;
        var reader = JsonResync.Reader(bytes, isFinal: false);
        try
        {
            if (!reader.Read()) return new(names);
            end = End.Broken;
            if (reader.TokenType != JsonTokenType.StartObject) return new(names);
            end = End.Partial;
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.EndObject)
                {
                    end = End.Whole;
                    length = (int)reader.BytesConsumed;
                    break;
                }

                if (names.Count < MaxNames) names.Add(reader.ValueSpan.ToArray());
                if (!reader.Read() || !reader.TrySkip()) break;
            }
        }
        catch (JsonException)
        {
            end = End.Broken;
        }

        return new(names);
    }

    /// <summary>Whether an object's first two properties have the same names; null when the bytes end before that shows.</summary>
    /// <param name="bytes">The object, and what follows it.</param>
    /// <param name="budget">Pays for one that breaks.</param>
    public bool? BeginsLike(ReadOnlySpan<byte> bytes, SearchBudget budget)
    {
        if (!IsSignature || MayBegin(bytes, Names[0]) == false) return false;
        var reader = JsonResync.Reader(bytes, isFinal: false);
        try
        {
            if (!reader.Read() || !reader.Read()) return null;
            if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueSpan.SequenceEqual(Names[0])) return false;
            if (!reader.Read() || !reader.TrySkip() || !reader.Read()) return null;
            return reader.TokenType == JsonTokenType.PropertyName && reader.ValueSpan.SequenceEqual(Names[1]);
        }
        catch (JsonException)
        {
            budget.Spend();
            return false;
        }
    }

    /// <summary>
    /// Whether a brace may begin an object with a property of that name, or of any: without the parser, which throws on each that does not.
    /// </summary>
    public static bool? MayBegin(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> name = default)
    {
        var at = bytes[1..].IndexOfAnyExcept(" \t\r\n"u8);
        if (at < 0) return null;
        var rest = bytes[(at + 1)..];
        if (rest[0] != (byte)'"') return false;
        if (name.IsEmpty) return true;
        rest = rest[1..];
        if (rest.Length <= name.Length) return name.StartsWith(rest) ? null : false;
        return rest.StartsWith(name) && rest[name.Length] == (byte)'"';
    }

    /// <summary>Whether a property of that name is among them.</summary>
    public bool Has(ReadOnlySpan<byte> name)
    {
        foreach (var known in Names)
        {
            if (name.SequenceEqual(known)) return true;
        }

        return false;
    }

    /// <summary>Whether another object has nearly all of these properties.</summary>
    public bool IsLike(RecordNames other)
    {
        var shared = Names.Count(name => other.Has(name));
        return shared * 4 >= Names.Count * 3;
    }

    /// <summary>Whether the first two names are the same.</summary>
    public bool SharesSignature(RecordNames other) =>
        IsSignature && other.IsSignature && Names[0].AsSpan().SequenceEqual(other.Names[0])
            && Names[1].AsSpan().SequenceEqual(other.Names[1]);
}
