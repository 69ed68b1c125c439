using System.Collections.Concurrent;
using EntraAuditTools.Core.Importing.Sources.Streams;

namespace EntraAuditTools.Core.Importing.Session;

/// <summary>A stream that one thread writes and another reads, at most a few pieces behind.</summary>
internal sealed class PipeStream(CancellationToken cancel) : ReadOnlyStream
{
    private const int PieceBytes = 32 * 1024;
    private const int MaxPieces = 32;

    private readonly BlockingCollection<byte[]> pieces = new(MaxPieces);
    private byte[] gathering = new byte[PieceBytes];
    private int gathered;
    private byte[] current = [];
    private int position;
    private volatile bool abandoned;

    /// <summary>Adds bytes; waits while the reader is behind. False when the reader has given up.</summary>
    public bool TryAdd(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && !abandoned)
        {
            var count = Math.Min(bytes.Length, PieceBytes - gathered);
            bytes[..count].CopyTo(gathering.AsSpan(gathered));
            gathered += count;
            bytes = bytes[count..];
            if (gathered == PieceBytes) Send();
        }

        return !abandoned;
    }

    /// <summary>Ends the stream.</summary>
    public void End()
    {
        if (gathered > 0) Send();
        pieces.CompleteAdding();
    }

    /// <summary>Called by the reader when it reads no more.</summary>
    public void Abandon()
    {
        abandoned = true;
        // A writer that waits for room gets some.
        while (pieces.TryTake(out _))
        {
        }
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (position == current.Length)
        {
            if (!pieces.TryTake(out var next, Timeout.Infinite, cancel)) return 0;
            (current, position) = (next, 0);
        }

        var count = Math.Min(buffer.Length, current.Length - position);
        current.AsSpan(position, count).CopyTo(buffer);
        position += count;
        return count;
    }

    private void Send()
    {
        var piece = gathering.AsSpan(0, gathered).ToArray();
        gathered = 0;
        while (!abandoned && !pieces.TryAdd(piece, 50, cancel))
        {
        }
    }
}
