using System.IO.Compression;
using System.Text;
using EntraAuditTools.Core.Formats.Details;

namespace EntraAuditTools.Core.Mirror.Originals;

/// <summary>
/// The text of a record that was rejected, as a mirror keeps it: compressed by Brotli, behind a mark where its secrets are masked in the
/// mirror itself.
/// </summary>
internal static class RejectedText
{
    private static ReadOnlySpan<byte> Mark => "EAUDmask"u8;

    /// <summary>Whether its secrets are masked in the mirror itself.</summary>
    public static bool IsMasked(ReadOnlySpan<byte> stored) => stored.StartsWith(Mark);

    /// <summary>The text as it is stored.</summary>
    public static byte[] Compress(ReadOnlySpan<byte> text)
    {
        var target = new byte[BrotliEncoder.GetMaxCompressedLength(text.Length)];
        BrotliEncoder.TryCompress(text, target, out var written, quality: 1, window: 18);
        return target[..written];
    }

    /// <summary>The text.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static string Read(byte[] stored)
    {
        var start = IsMasked(stored) ? Mark.Length : 0;
        using var stream = new BrotliStream(new MemoryStream(stored, start, stored.Length - start), CompressionMode.Decompress);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>The same with its secrets masked; null when there is nothing to mask, or that was done.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static byte[]? Masked(byte[] stored)
    {
        if (IsMasked(stored)) return null;
        var text = Read(stored);
        var masked = SecretMask.MaskJson(text, SecretMask.Gone);
        return ReferenceEquals(masked, text) ? null : [.. Mark, .. Compress(Encoding.UTF8.GetBytes(masked))];
    }
}
