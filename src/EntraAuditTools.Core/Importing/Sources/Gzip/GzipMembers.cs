using System.Buffers.Binary;
using System.IO.Compression;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Importing.Sources.Streams;
using EntraAuditTools.Core.Importing.Sources.Zip;

namespace EntraAuditTools.Core.Importing.Sources.Gzip;

/// <summary>
/// Decompresses a gzip member by member and knows where each ends, which .NET's own stream doesn't say. It reads byte by byte, so it is
/// only used when something is wrong, or to check a file of several members.
/// </summary>
/// <param name="compressed">The gzip from its beginning.</param>
internal sealed class GzipMembers(Stream compressed) : ReadOnlyStream
{
    private readonly SingleByteStream input = new(compressed);
    private DeflateStream? member;
    private Crc32 checksum = new();
    private uint length;
    private bool isFirst = true;
    private bool ended;

    /// <summary>After the end: the damage of the gzip; null when it is complete.</summary>
    public DamagedSourceException? Problem { get; private set; }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        while (!ended)
        {
            if (member == null && !TryBeginMember()) break;
            var read = ReadMember(buffer);
            if (read > 0)
            {
                checksum.Add(buffer[..read]);
                length += (uint)read;
                return read;
            }

            if (!ended) EndMember();
        }

        return 0;
    }

    /// <summary>Reads all that is left, to find out whether it is whole.</summary>
    public void ReadToEnd()
    {
        var nowhere = new byte[64 * 1024];
        while (Read(nowhere) > 0)
        {
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            member?.Dispose();
            input.Dispose();
        }

        base.Dispose(disposing);
    }

    private int ReadMember(Span<byte> buffer)
    {
        try
        {
            return member!.Read(buffer);
        }
        catch (InvalidDataException e)
        {
            End(new(SourceErrors.DamagedData, inner: e));
            return 0;
        }
    }

    private bool TryBeginMember()
    {
        var first = input.ReadByte();
        // What follows the last member is no part of it: tapes and block devices fill up with zeros.
        if (!isFirst && (first != 0x1F || input.ReadByte() != 0x8B)) return End(null);
        if (isFirst && (first != 0x1F || input.ReadByte() != 0x8B)) return End(new(SourceErrors.DamagedData));
        isFirst = false;
        Span<byte> fixedPart = stackalloc byte[8];
        if (!Fill(fixedPart)) return End(CutOff());
        var flags = fixedPart[1];
        if (fixedPart[0] != 8) return End(new(SourceErrors.DamagedData));
        if ((flags & 4) != 0)
        {
            Span<byte> size = stackalloc byte[2];
            if (!Fill(size)) return End(CutOff());
            for (var i = BinaryPrimitives.ReadUInt16LittleEndian(size); i > 0; i--) input.ReadByte();
        }

        if ((flags & 8) != 0) SkipText();
        if ((flags & 16) != 0) SkipText();
        if ((flags & 2) != 0 && (input.ReadByte() < 0 || input.ReadByte() < 0)) return End(CutOff());
        member = new DeflateStream(input, CompressionMode.Decompress, leaveOpen: true);
        checksum = new();
        length = 0;
        return true;
    }

    private void EndMember()
    {
        member!.Dispose();
        member = null;
        Span<byte> trailer = stackalloc byte[8];
        if (!Fill(trailer)) End(CutOff());
        else if (BinaryPrimitives.ReadUInt32LittleEndian(trailer) != checksum.Value
            || BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) != length)
        {
            // The members behind it may be whole.
            Problem ??= new(SourceErrors.WrongChecksum);
        }
    }

    private void SkipText()
    {
        while (input.ReadByte() > 0)
        {
        }
    }

    private bool Fill(Span<byte> target)
    {
        for (var i = 0; i < target.Length; i++)
        {
            if (input.ReadByte() is >= 0 and var next) target[i] = (byte)next;
            else return false;
        }

        return true;
    }

    private bool End(DamagedSourceException? problem)
    {
        Problem ??= problem;
        ended = true;
        return false;
    }

    private static DamagedSourceException CutOff() => new(SourceErrors.GzipCutOff, isCutOff: true);
}
