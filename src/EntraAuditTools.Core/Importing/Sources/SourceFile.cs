using System.Runtime.ExceptionServices;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Files;
using EntraAuditTools.Core.Importing.Sources.Gzip;
using EntraAuditTools.Core.Importing.Sources.Streams;
using EntraAuditTools.Core.Importing.Sources.Zip;
using Microsoft.Win32.SafeHandles;

namespace EntraAuditTools.Core.Importing.Sources;

/// <summary>
/// A file and its content: itself, or the entries of a zip. It stays open while they are read; nothing is unpacked to disk.
/// </summary>
internal sealed class SourceFile : IDisposable
{
    private const int MaxEntries = 100_000;

    // Below the size from which .NET keeps arrays apart and frees them late: an import may have tens of thousands of files.
    private const int BufferBytes = 32 * 1024;

    private readonly string path;
    private readonly string name;
    private readonly SafeFileHandle? archive;
    private readonly ExpansionBudget budget;
    private readonly long length;

    /// <summary>Opens a file.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="name">What to call it.</param>
    /// <param name="import">How far all sources of the import may unpack.</param>
    /// <exception cref="AuditToolException">It is not there, no file, or empty.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public SourceFile(string path, string name, ExpansionBudget import)
    {
        this.path = path;
        this.name = name;
        if (Directory.Exists(path)) throw SourceErrors.IsDirectory(name);
        if (FileFacts.Of(path).Oddity is { } oddity) throw SourceErrors.NotAFile(name, oddity);
        var file = OpenHandle();
        try
        {
            length = RandomAccess.GetLength(file);
            budget = new(import, ExpansionBudget.OfSource) { MaxCompressed = length };
            // Before anything is read: files without a length of their own (/proc/kmsg) may wait for what is never written.
            if (length == 0) throw SourceErrors.Empty(name);
            Span<byte> magic = stackalloc byte[4];
            var isZip = RandomAccess.Read(file, magic, 0) == 4
                && (magic.SequenceEqual("PK\u0003\u0004"u8) || magic.SequenceEqual("PK\u0005\u0006"u8));
            if (isZip) archive = file;
        }
        finally
        {
            if (archive == null) file.Dispose();
        }
    }

    /// <summary>What it holds.</summary>
    /// <exception cref="AuditToolException">It is an archive of something else.</exception>
    /// <exception cref="DamagedSourceException">It is an archive without its directory.</exception>
    public IEnumerable<SourceContent> Contents()
    {
        if (archive != null) return Entries(archive);
        return [new(name, path, length, budget,
            () => new CountedStream(new FileStream(OpenHandle(), FileAccess.Read, BufferBytes), budget.AddCompressed))];
    }

    /// <summary>The content as UTF-8: decompressed when it is gzip, decoded when it is UTF-16.</summary>
    /// <param name="stored">The bytes as stored.</param>
    /// <param name="name">What to call it.</param>
    /// <param name="budget">How far it may unpack.</param>
    /// <param name="reopen">Opens the same bytes again; null when they come only once.</param>
    /// <param name="bytes">Says afterwards whether the end of the text was one.</param>
    public static PeekStream ToText(Stream stored, string name, ExpansionBudget budget, Func<Stream>? reopen, out FaultStream bytes)
    {
        // Whether it is compressed is looked at with the same care as all that follows.
        var safe = new FaultStream(stored);
        var peek = new PeekStream(safe, 2);
        bytes = safe;
        if (peek.Prefix is [0x1F, 0x8B])
            bytes = new FaultStream(new ExpansionGuard(new GzipContent(new RethrowingStream(peek, safe), reopen), budget, name));
        return TextDecoding.ToUtf8(bytes == safe ? peek : bytes);
    }

    /// <inheritdoc/>
    public void Dispose() => archive?.Dispose();

    private IEnumerable<SourceContent> Entries(SafeFileHandle file)
    {
        var entries = EntriesOf(file, out var damage);
        if (entries.Any(entry => entry.Name == "xl/workbook.xml"))
            throw SourceErrors.NotAnExport(name, "an Excel workbook", "Save the sheet as CSV UTF-8 and import that.");
        if (entries.Count > MaxEntries) throw SourceErrors.TooManyEntries(name, MaxEntries);
        entries.RemoveAll(entry => entry.IsNothing);
        if (entries.Count == 0) throw (Exception?)damage ?? SourceErrors.Empty(name);
        foreach (var entry in entries)
        {
            var content = $"{name}!{entry.Name}";
            yield return new(content, path, entry.Length, budget,
                () => new ExpansionGuard(ZipEntryStream.Open(file, entry, content, budget.AddCompressed), budget, content));
        }

        if (damage != null) throw damage;
    }

    /// <summary>By the archive's list; where that cannot be read, those that begin in the file.</summary>
    private static List<ZipEntry> EntriesOf(SafeFileHandle file, out DamagedSourceException? damage)
    {
        try
        {
            var listed = ZipDirectory.Read(file, MaxEntries, out var isDamaged);
            damage = isDamaged ? new(SourceErrors.ZipDirectoryDamaged) : null;
            return listed;
        }
        catch (DamagedSourceException e)
        {
            damage = e;
            return ZipSalvage.Find(file, MaxEntries);
        }
    }

    private SafeFileHandle OpenHandle() =>
        File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);

    /// <summary>Throws again the fault that was turned into an end: a decompressor must not mistake it for the end of its data.</summary>
    private sealed class RethrowingStream(Stream inner, FaultStream faults) : ReadOnlyStream
    {
        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            if (read == 0 && faults.Fault is { } fault) ExceptionDispatchInfo.Throw(fault);
            return read;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
