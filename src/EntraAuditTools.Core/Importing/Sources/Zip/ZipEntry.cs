namespace EntraAuditTools.Core.Importing.Sources.Zip;

/// <summary>What a zip's directory says of an entry.</summary>
/// <param name="Index">Its place in the directory, from 0: names may occur twice.</param>
/// <param name="Name">Its name.</param>
/// <param name="Method">How it is compressed, as the zip format numbers it.</param>
/// <param name="IsEncrypted">Whether a password is needed.</param>
/// <param name="Checksum">CRC-32 of its content.</param>
/// <param name="CompressedLength">Its size in the archive.</param>
/// <param name="Length">Its size when unpacked.</param>
/// <param name="HeaderOffset">Where its own header begins, by the directory.</param>
/// <param name="Shift">How much further on that is when the archive's own beginning is not the file's.</param>
internal sealed record ZipEntry(int Index, string Name, int Method, bool IsEncrypted, uint Checksum, long CompressedLength, long Length,
    long HeaderOffset, long Shift)
{
    /// <summary>Whether the archive ends within it.</summary>
    public bool IsCut { get; init; }

    public const int Stored = 0;
    public const int Deflated = 8;
    public const int Deflated64 = 9;

    /// <summary>Folders, empty entries, and what macOS adds to its archives.</summary>
    public bool IsNothing =>
        Name.EndsWith('/') || (Length == 0 && CompressedLength <= 2 && !IsCut) || Name.StartsWith("__MACOSX/", StringComparison.Ordinal);

    /// <summary>How it is compressed, in words.</summary>
    public string MethodName => Method switch
    {
        1 => "Shrink",
        2 or 3 or 4 or 5 => "Reduce",
        6 => "Implode",
        12 => "bzip2",
        14 => "LZMA",
        20 or 93 => "Zstandard",
        95 => "xz",
        98 => "PPMd",
        99 => "AES encryption",
        _ => $"method {Method}",
    };
}
