using System.Buffers.Binary;
using System.Text;

namespace EntraAuditTools.Core.Upkeep.Salvage;

/// <summary>The values of a row as SQLite stores them (https://sqlite.org/fileformat2.html#record_format).</summary>
internal static class StoredRow
{
    private static readonly Encoding Strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Numbers, texts, bytes and nulls; null when the payload is no row, or one with what no mirror holds.</summary>
    public static object?[]? Read(byte[] payload)
    {
        var at = 0;
        if (!Varint.TryRead(payload, ref at, out var header) || header < at || header > payload.Length) return null;
        var (values, data) = (new List<object?>(), (int)header);
        while (at < header)
        {
            if (!Varint.TryRead(payload.AsSpan(0, (int)header), ref at, out var type)) return null;
            if (Size(type) is not { } size || size > payload.Length - data) return null;
            if (!TryRead(type, payload.AsSpan(data, (int)size), out var value)) return null;
            values.Add(value);
            data += (int)size;
        }

        return data == payload.Length ? [.. values] : null;
    }

    private static long? Size(long type) => type switch
    {
        0 or 8 or 9 => 0,
        >= 1 and <= 4 => type,
        5 => 6,
        6 or 7 => 8,
        >= 12 => (type - 12) / 2,
        _ => null,
    };

    private static bool TryRead(long type, ReadOnlySpan<byte> bytes, out object? value)
    {
        value = type switch
        {
            0 => null,
            8 => 0L,
            9 => 1L,
            7 => BinaryPrimitives.ReadDoubleBigEndian(bytes),
            < 7 => Number(bytes),
            _ when (type & 1) == 0 => bytes.ToArray(),
            _ => Text(bytes),
        };
        return value != null || type == 0;
    }

    private static long Number(ReadOnlySpan<byte> bytes)
    {
        var number = (long)(sbyte)bytes[0];
        foreach (var next in bytes[1..]) number = (number << 8) | next;
        return number;
    }

    private static string? Text(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
