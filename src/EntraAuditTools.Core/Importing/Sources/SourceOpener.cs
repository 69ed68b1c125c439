using System.IO.Compression;

namespace EntraAuditTools.Core.Importing.Sources;

/// <summary>Opens a file and finds what it holds: itself, or the entries of a zip. Nothing is unpacked to disk.</summary>
internal static class SourceOpener
{
    private const int MaxEntries = 100_000;

    /// <summary>The contents of a file.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="name">What to call it.</param>
    /// <exception cref="AuditToolException">It is not there, a folder, or cannot be read.</exception>
    public static IEnumerable<SourceContent> Open(string path, string name)
    {
        if (Directory.Exists(path)) throw SourceErrors.IsDirectory(name);
        long length;
        bool isZip;
        using (var file = OpenFile(path, name))
        {
            length = file.Length;
            Span<byte> magic = stackalloc byte[4];
            isZip = file.ReadAtLeast(magic, 4, throwOnEndOfStream: false) == 4 && magic is [(byte)'P', (byte)'K', 3, 4];
        }

        if (length == 0) throw SourceErrors.Empty(name);
        return isZip ? Entries(path, name, length) : [new(name, path, length, () => OpenFile(path, name))];
    }

    /// <summary>The content as UTF-8: decompressed when it is gzip, decoded when it is UTF-16.</summary>
    /// <param name="stored">The bytes as stored.</param>
    /// <param name="name">What to call it.</param>
    public static PeekStream ToText(HashingStream stored, string name)
    {
        var peek = new PeekStream(stored, 2);
        return peek.Prefix is [0x1F, 0x8B]
            ? TextDecoding.ToUtf8(new ExpansionGuard(new GZipStream(peek, CompressionMode.Decompress), () => stored.BytesRead, name))
            : TextDecoding.ToUtf8(peek);
    }

    private static IEnumerable<SourceContent> Entries(string path, string name, long length)
    {
        List<(string Name, long Length)> entries = [];
        try
        {
            using var archive = new ZipArchive(OpenFile(path, name), ZipArchiveMode.Read);
            if (archive.GetEntry("xl/workbook.xml") != null) throw SourceErrors.NotAnExport(name, "an Excel workbook", "Save the sheet as CSV UTF-8 and import that.");
            if (archive.Entries.Count > MaxEntries) throw SourceErrors.Bomb(name);
            foreach (var entry in archive.Entries)
            {
                // Folders, and what macOS adds to its archives.
                if (entry.Length == 0 || entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal)) continue;
                entries.Add((entry.FullName, entry.Length));
            }
        }
        catch (InvalidDataException e)
        {
            throw SourceErrors.Unreadable(name, e);
        }

        if (entries.Count == 0) throw SourceErrors.Empty(name);
        foreach (var (entry, size) in entries)
        {
            var content = $"{name}!{entry}";
            yield return new(content, path, size, () => new ExpansionGuard(new ZipEntryStream(OpenFile(path, name), entry), () => length, content));
        }
    }

    private static FileStream OpenFile(string path, string name)
    {
        try
        {
            return new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 128 * 1024, Options = FileOptions.SequentialScan });
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw SourceErrors.NotFound(name, e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw SourceErrors.AccessDenied(name, e);
        }
        catch (IOException e)
        {
            throw SourceErrors.Unreadable(name, e);
        }
    }
}
