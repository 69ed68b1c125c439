namespace EntraAuditTools.Core.Formats.Json;

/// <summary>
/// A window over a stream of bytes that moves forward: what was consumed is dropped, the rest stays in one piece. It grows to hold
/// one large record and no further.
/// </summary>
internal sealed class JsonInput(Stream stream)
{
    // Most files are small: a larger window is only made for one that has records for it.
    private const int InitialBytes = 64 * 1024;

    private byte[] buffer = new byte[InitialBytes];
    private int start;
    private int end;
    private long consumed;
    private long consumedLines;
    private bool ended;

    /// <summary>The bytes that are there, from the current position.</summary>
    public ReadOnlySpan<byte> Span => buffer.AsSpan(start, end - start);

    /// <summary>Offset of the current position from the beginning of the stream.</summary>
    public long Offset => consumed;

    /// <summary>Line of the current position, from 1.</summary>
    public long Line => consumedLines + 1;

    /// <summary>True when the current position begins a line.</summary>
    public bool StartsLine { get; private set; } = true;

    /// <summary>A part of the window, for as long as nothing is consumed or read.</summary>
    public ReadOnlyMemory<byte> Slice(int from, int length) => buffer.AsMemory(start + from, length);

    /// <summary>Moves the position forward.</summary>
    public void Consume(int count)
    {
        if (count == 0) return;
        // A JSON text sequence (RFC 7464) has a separator at the beginning of each line.
        StartsLine = buffer[start + count - 1] is (byte)'\n' or 0x1e;
        consumedLines += buffer.AsSpan(start, count).Count((byte)'\n');
        start += count;
        consumed += count;
    }

    /// <summary>Moves the position behind a mark that is no part of the text: what begins a line still does.</summary>
    public void ConsumeMark(int count)
    {
        var startsLine = StartsLine;
        Consume(count);
        StartsLine = startsLine;
    }

    /// <summary>Reads more bytes behind those that are there. False at the end of the stream.</summary>
    public bool Fill()
    {
        if (ended) return false;
        if (end == buffer.Length)
        {
            // Room in front is used first; only a record larger than the window makes it grow.
            if (start >= buffer.Length / 2)
            {
                buffer.AsSpan(start, end - start).CopyTo(buffer);
                end -= start;
                start = 0;
            }
            else
            {
                var larger = new byte[buffer.Length * 2];
                buffer.AsSpan(start, end - start).CopyTo(larger);
                end -= start;
                start = 0;
                buffer = larger;
            }
        }

        var read = stream.Read(buffer, end, buffer.Length - end);
        if (read == 0) ended = true;
        end += read;
        return read > 0;
    }

    /// <summary>The byte at a place, reading on as far as needed; -1 at the end of the stream.</summary>
    public int Peek(int index)
    {
        while (index >= end - start)
        {
            if (!Fill()) return -1;
        }

        return buffer[start + index];
    }
}
