using System.Buffers.Binary;
using Npgsql;

namespace EntraAuditTools.PostgreSql;

/// <summary>Writes the binary format of COPY. What is not completed is not taken by the server.</summary>
/// <param name="stream">The COPY.</param>
internal sealed class CopyWriter(NpgsqlRawCopyStream stream) : IDisposable
{
    private const int BufferBytes = 1 << 16;

    /// <summary>The signature, no flags and no extension.</summary>
    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xFF, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];

    private readonly byte[] buffer = new byte[BufferBytes];
    private int used;
    private bool hasBegun;
    private bool isComplete;

    /// <summary>Begins a row of so many columns.</summary>
    public void BeginRow(int columns)
    {
        if (!hasBegun) Write(Header);
        hasBegun = true;
        BinaryPrimitives.WriteInt16BigEndian(Room(2), (short)columns);
    }

    /// <summary>A null.</summary>
    public void Null() => BinaryPrimitives.WriteInt32BigEndian(Room(4), -1);

    /// <summary>A <c>bigint</c>.</summary>
    public void Number(long value)
    {
        var room = Room(12);
        BinaryPrimitives.WriteInt32BigEndian(room, 8);
        BinaryPrimitives.WriteInt64BigEndian(room[4..], value);
    }

    /// <summary>A <c>bytea</c>, or a <c>text</c> in UTF-8.</summary>
    public void Bytes(ReadOnlySpan<byte> value)
    {
        BinaryPrimitives.WriteInt32BigEndian(Room(4), value.Length);
        Write(value);
    }

    /// <summary>Ends the COPY; only then is it one.</summary>
    public void Complete()
    {
        BinaryPrimitives.WriteInt16BigEndian(Room(2), -1);
        Flush();
        isComplete = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Otherwise what was written so far would count.
        if (!isComplete) stream.Cancel();
        stream.Dispose();
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > BufferBytes - used) Flush();
        if (bytes.Length > BufferBytes)
        {
            stream.Write(bytes);
            return;
        }

        bytes.CopyTo(buffer.AsSpan(used));
        used += bytes.Length;
    }

    private Span<byte> Room(int bytes)
    {
        if (bytes > BufferBytes - used) Flush();
        used += bytes;
        return buffer.AsSpan(used - bytes, bytes);
    }

    private void Flush()
    {
        stream.Write(buffer, 0, used);
        used = 0;
    }
}
