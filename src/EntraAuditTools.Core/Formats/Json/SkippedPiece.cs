using System.Globalization;
using System.Security.Cryptography;

namespace EntraAuditTools.Core.Formats.Json;

/// <summary>
/// A piece of text that is no record and may be too large to be held: where it begins, its first 64 KB, its length and its digest.
/// </summary>
internal sealed class SkippedPiece(JsonInput input) : IDisposable
{
    /// <summary>How much of a piece is kept.</summary>
    public const int KeptBytes = 64 * 1024;

    private readonly long offset = input.Offset;
    private readonly long line = input.Line;
    private byte[]? kept;
    private IncrementalHash? hash;
    private long length;

    /// <summary>Whether nothing was let go yet.</summary>
    public bool IsEmpty => length == 0;

    /// <summary>Lets go of so many bytes of the window.</summary>
    public void Take(int count)
    {
        if (count <= 0) return;
        var bytes = input.Span[..count];
        hash ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(bytes);
        if (kept == null) kept = bytes[..Math.Min(count, KeptBytes)].ToArray();
        else if (kept.Length < KeptBytes) kept = [.. kept, .. bytes[..Math.Min(count, KeptBytes - kept.Length)]];
        length += count;
        input.Consume(count);
    }

    /// <summary>Ends with the first bytes of the window, which stay there.</summary>
    public RecordSlice End(int count, string reason)
    {
        if (kept == null) return new(input.Slice(0, count), offset, line, reason);
        var bytes = input.Span[..count];
        hash!.AppendData(bytes);
        if (kept.Length < KeptBytes) kept = [.. kept, .. bytes[..Math.Min(count, KeptBytes - kept.Length)]];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        Dispose();
        length += count;
        return new(kept, offset, line, length > KeptBytes ? Describe(reason, length, digest) : reason);
    }

    /// <summary>The reason, with a description of a piece that is too large to be kept whole; the reason alone for others.</summary>
    public static string Describe(string reason, ReadOnlySpan<byte> piece) =>
        piece.Length > KeptBytes ? Describe(reason, piece.Length, SHA256.HashData(piece)) : reason;

    /// <inheritdoc/>
    public void Dispose() => hash?.Dispose();

    private static string Describe(string reason, long length, ReadOnlySpan<byte> digest) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{reason} ({length:N0} bytes with the SHA-256 digest {Convert.ToHexString(digest).ToLowerInvariant()}, of which the first "
                + $"{KeptBytes / 1024} KB are kept)");
}
