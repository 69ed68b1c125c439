using System.IO.Compression;

namespace EntraAuditTools.Core.Importing.Sources;

/// <summary>One entry of a zip, with the archive that it keeps open.</summary>
internal sealed class ZipEntryStream : ReadOnlyStream
{
    private readonly ZipArchive archive;
    private readonly Stream entry;

    /// <summary>Opens the entry; disposing it closes the file.</summary>
    public ZipEntryStream(Stream file, string name)
    {
        archive = new ZipArchive(file, ZipArchiveMode.Read);
        entry = archive.GetEntry(name)!.Open();
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer) => entry.Read(buffer);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            entry.Dispose();
            archive.Dispose();
        }

        base.Dispose(disposing);
    }
}
