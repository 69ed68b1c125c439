using System.Buffers.Binary;
using Npgsql;

namespace EntraAuditTools.PostgreSql;

/// <summary>Reads the binary format of COPY.</summary>
/// <param name="stream">The COPY.</param>
internal sealed class CopyReader(NpgsqlRawCopyStream stream) : IDisposable
{
    private const int SignatureBytes = 11, MostBytes = 1 << 30;

    private byte[] buffer = new byte[1 << 16];
    private int start;
    private int end;
    private bool hasBegun;
    private bool isAtEnd;

    /// <summary>Goes to the next row; false at the end.</summary>
    public bool NextRow()
    {
        if (!hasBegun)
        {
            Take(SignatureBytes + 4);
            Take(BinaryPrimitives.ReadInt32BigEndian(Take(4)));
            hasBegun = true;
        }

        isAtEnd = BinaryPrimitives.ReadInt16BigEndian(Take(2)) < 0;
        return !isAtEnd;
    }

    /// <summary>The next value of the row, until the next call.</summary>
    public ReadOnlySpan<byte> Value(out bool isNull)
    {
        var length = BinaryPrimitives.ReadInt32BigEndian(Take(4));
        isNull = length < 0;
        return isNull ? [] : Take(length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Whoever stops in the middle does not wait for the rest.
        if (!isAtEnd) stream.Cancel();
        stream.Dispose();
    }

    private ReadOnlySpan<byte> Take(int bytes)
    {
        if (bytes is < 0 or > MostBytes) throw new InvalidDataException("the server sent something else than rows");
        if (end - start < bytes) Fill(bytes);
        start += bytes;
        return buffer.AsSpan(start - bytes, bytes);
    }

    private void Fill(int bytes)
    {
        var held = end - start;
        var target = bytes > buffer.Length ? new byte[Math.Max(bytes, buffer.Length * 2)] : buffer;
        Buffer.BlockCopy(buffer, start, target, 0, held);
        (buffer, start, end) = (target, 0, held);
        end += stream.ReadAtLeast(buffer.AsSpan(end), bytes - held, throwOnEndOfStream: false);
        if (end < bytes) throw new InvalidDataException("rows that it sends end too early");
    }
}
