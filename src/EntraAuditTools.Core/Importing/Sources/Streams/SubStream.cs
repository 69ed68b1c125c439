using Microsoft.Win32.SafeHandles;

namespace EntraAuditTools.Core.Importing.Sources.Streams;

/// <summary>A part of a file, read at its place: many can be read of one open file.</summary>
/// <param name="file">The file; stays open.</param>
/// <param name="start">Where the part begins.</param>
/// <param name="length">How long it is.</param>
/// <param name="onRead">Called with the number of bytes that were read.</param>
internal sealed class SubStream(SafeFileHandle file, long start, long length, Action<long> onRead) : ReadOnlyStream
{
    private long position;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var read = RandomAccess.Read(file, buffer[..(int)Math.Min(buffer.Length, length - position)], start + position);
        position += read;
        onRead(read);
        return read;
    }
}
