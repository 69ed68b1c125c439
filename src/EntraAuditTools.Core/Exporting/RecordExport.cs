using System.Diagnostics;
using System.Text;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Exporting.Pseudonyms;
using EntraAuditTools.Core.Files;
using EntraAuditTools.Core.Formats.Details;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;

namespace EntraAuditTools.Core.Exporting;

/// <summary>
/// Writes originals into a file, one a line: as they were imported, or with secrets masked, or with other names for whom and what they name.
/// The file gets its name when it is whole.
/// </summary>
internal sealed class RecordExport
{
    /// <summary>What a file is called behind its name while it is written.</summary>
    internal const string PartEnding = ".export-part";

    private readonly string path;
    private readonly string part;
    private readonly ExportOptions options;
    private readonly Action<ImportProgress> onProgress;
    private readonly CancellationToken cancel;
    private long lastProgress;

    private RecordExport(string path, ExportOptions options, Action<ImportProgress> onProgress, CancellationToken cancel)
    {
        this.path = path;
        part = path + PartEnding;
        this.options = options;
        this.onProgress = onProgress;
        this.cancel = cancel;
    }

    /// <summary>Exports.</summary>
    /// <param name="mirrorPath">Full path of the mirror.</param>
    /// <param name="path">Full path of the file.</param>
    /// <param name="options">Which, and how.</param>
    /// <param name="onProgress">Called a few times a second.</param>
    /// <param name="cancel">Stops it; nothing is left.</param>
    /// <exception cref="AuditToolException">There is no mirror, it is damaged, or the place cannot take it.</exception>
    public static AuditRecordExport Run(string mirrorPath, string path, ExportOptions options, Action<ImportProgress> onProgress,
        CancellationToken cancel)
    {
        using var mirror = MirrorReader.Open(mirrorPath);
        return new RecordExport(path, options, onProgress, cancel).Run(mirror);
    }

    private AuditRecordExport Run(MirrorReader mirror)
    {
        var clock = Stopwatch.StartNew();
        ExportPlace.Check(path, mirror.Path, options.IsForced);
        try
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } folder) OwnerOnlyFile.CreateDirectory(folder);
            // One that a kill left.
            File.Delete(part);
            var (records, masked, renamed, bytes, sha256) = Write(mirror);
            // Somebody may have made one meanwhile.
            ExportPlace.Check(path, mirror.Path, options.IsForced);
            File.Move(part, path, overwrite: options.IsForced);
            return new()
            {
                Path = path,
                Mirror = mirror.Path,
                Format = "NdJson",
                Records = records,
                Masked = masked,
                Pseudonymized = options.Key != null,
                IsVerbatim = masked + renamed == 0 && options.Key == null,
                Bytes = bytes,
                Sha256 = sha256,
                Notes = new(records > 0 ? [] : ["No record of the mirror is meant: the file is empty."]),
                Duration = clock.Elapsed,
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ExportErrors.Failed(path, e);
        }
        finally
        {
            ExportPlace.Remove(part);
        }
    }

    private (long Records, long Masked, long Renamed, long Bytes, string Sha256) Write(MirrorReader mirror)
    {
        // One state of the mirror, whatever is imported meanwhile.
        using var transaction = mirror.BeginRead();
        var names = options.Key is { } key ? Pseudonymizer.Of(mirror, key, cancel) : null;
        var selection = OriginalSelection.Of(mirror, options);
        var (records, masked, renamed) = (0L, 0L, 0L);
        using var file = new NdJsonFile(part);
        foreach (var original in OriginalStream.Read(mirror, selection, options.Imports))
        {
            cancel.ThrowIfCancellationRequested();
            var (json, context) = (original.Record.Json, original.Context);
            if (!options.ShowSecret && Masked(json) is { } hidden)
            {
                json = hidden;
                masked++;
            }

            if (names != null) (json, context) = (names.Record(json, original.Record.Shape), names.Context(context));
            if (PortalRowNames.Of(json, original.Record.Shape) is { } row)
            {
                json = row;
                renamed++;
            }

            file.Write(json.Span, context);
            Report(++records);
        }

        return (records, masked, renamed, file.Bytes, file.Finish());
    }

    /// <summary>A record with its secrets masked; null when it has none.</summary>
    private static byte[]? Masked(ReadOnlyMemory<byte> json)
    {
        var text = Encoding.UTF8.GetString(json.Span);
        var masked = SecretMask.MaskJson(text);
        return ReferenceEquals(masked, text) ? null : Encoding.UTF8.GetBytes(masked);
    }

    private void Report(long records)
    {
        if (Environment.TickCount64 - lastProgress < 200) return;
        lastProgress = Environment.TickCount64;
        onProgress(new(Path.GetFileName(path), records, 0, null));
    }
}
