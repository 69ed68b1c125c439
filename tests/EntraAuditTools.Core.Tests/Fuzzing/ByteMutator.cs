using System.IO.Compression;
using System.Text;

namespace EntraAuditTools.Core.Tests.Fuzzing;

/// <summary>Changes bytes, whatever they mean.</summary>
internal static class ByteMutator
{
    /// <summary>Cuts, inserts, repeats, flips or splices.</summary>
    public static byte[] Mutate(byte[] bytes, byte[] other, Random random)
    {
        for (var i = random.Next(1, 6); i > 0 && bytes.Length > 0; i--) bytes = Once(bytes, other, random);
        return bytes;
    }

    /// <summary>The same text in another encoding, or packed.</summary>
    public static byte[] Recoded(byte[] bytes, Random random) => random.Next(9) switch
    {
        0 => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Text(bytes))],
        1 => [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Text(bytes))],
        2 => Encoding.Unicode.GetBytes(Text(bytes)),
        3 => [0xFF, 0xFE, 0, 0, .. Encoding.UTF32.GetBytes(Text(bytes))],
        4 => Encoding.Latin1.GetBytes(Text(bytes)),
        5 => [0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF, .. bytes],
        6 => Gzip(bytes),
        7 => [.. Gzip(bytes), .. Gzip(bytes)],
        _ => Zip(bytes, random),
    };

    private static byte[] Once(byte[] bytes, byte[] other, Random random)
    {
        var at = random.Next(bytes.Length);
        var length = Math.Min(random.Next(4) == 0 ? random.Next(bytes.Length) : random.Next(40), bytes.Length - at);
        switch (random.Next(12))
        {
            case 0:
                return bytes[..at];
            case 1:
                return bytes[at..];
            case 2:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 3:
                return [.. bytes[..at], .. bytes.AsSpan(at, length), .. bytes[at..]];
            case 4:
                var from = random.Next(other.Length);
                return [.. bytes[..at], .. other.AsSpan(from, Math.Min(random.Next(2_000), other.Length - from)), .. bytes[(at + length)..]];
            case 5:
                var flipped = bytes.ToArray();
                flipped[at] ^= (byte)(1 << random.Next(8));
                return flipped;
            case 6:
                var noise = bytes.ToArray();
                random.NextBytes(noise.AsSpan(at, length));
                return noise;
            case 7:
                var replaced = bytes.ToArray();
                Array.Fill(replaced, (byte)Hostile.Pick(random, [0, ' ', '"', '[', '{', '}', 0xFF]), at, length);
                return replaced;
            default:
                return [.. bytes[..at], .. Hostile.Token(random), .. bytes[(random.Next(2) == 0 ? at : Math.Min(at + 1, bytes.Length))..]];
        }
    }

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(bytes);
        return packed.ToArray();
    }

    private static byte[] Zip(byte[] bytes, Random random)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                using var entry = zip.CreateEntry($"entry{i}{Hostile.Pick(random, [".json", ".csv", "", ".json.gz", "/x.txt"])}",
                    CompressionLevel.Fastest).Open();
                entry.Write(i == 1 ? bytes : bytes.AsSpan(0, bytes.Length / i));
            }
        }

        return packed.ToArray();
    }
}
