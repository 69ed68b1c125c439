using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Exporting.Pseudonyms;
using EntraAuditTools.Core.Files;
using EntraAuditTools.Core.Formats.Details;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Queries.Sql;

namespace EntraAuditTools.Core.Exporting;

/// <summary>
/// Writes originals into a file, one a line, or rows of one kind of record as CSV or Parquet: as they were imported, or with secrets masked,
/// or with other names for whom and what they name. The file gets its name when it is whole.
/// </summary>
internal sealed class RecordExport
{
    /// <summary>What a file is called behind its name while it is written.</summary>
    internal const string PartEnding = ".export-part";

    private readonly string path;
    private readonly string part;
    private readonly ExportOptions options;
    private readonly string form;
    private readonly AuditView? view;
    private readonly Action<ImportProgress> onProgress;
    private readonly CancellationToken cancel;
    private long lastProgress;

    private RecordExport(string path, ExportOptions options, Action<ImportProgress> onProgress, CancellationToken cancel)
    {
        this.path = path;
        part = path + PartEnding;
        this.options = options;
        form = Form(path, options);
        view = form == ExportOptions.Forms[0] ? null : RowSelection.View(options.Kinds, form);
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
            var written = Write(mirror);
            // Somebody may have made one meanwhile.
            ExportPlace.Check(path, mirror.Path, options.IsForced);
            File.Move(part, path, overwrite: options.IsForced);
            return new()
            {
                Path = path,
                Mirror = mirror.Path,
                Format = form,
                Records = written.Records,
                Masked = written.Masked,
                Pseudonymized = options.Key != null,
                IsVerbatim = written.IsVerbatim,
                Bytes = written.Bytes,
                Sha256 = written.Sha256,
                Notes = new([.. Notes(mirror, written)]),
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

    private IEnumerable<string> Notes(MirrorReader mirror, Written written)
    {
        if (written.Records == 0)
            yield return $"No record of the mirror is meant: the file {(view == null ? "is empty" : "has columns and no rows")}.";
        if (!mirror.HasMaskedOriginals) yield break;
        yield return options.ShowSecret && MaskedWarning.Of(mirror) is { } warning ? warning
            : "Secrets are masked in the originals of this copy of the mirror: the file is not what was imported where they stood.";
    }

    /// <summary>The form of a file: as it is asked for, else by its name.</summary>
    private static string Form(string path, ExportOptions options) =>
        ExportOptions.Forms.FirstOrDefault(form => form.Equals(options.As ?? Path.GetExtension(path).TrimStart('.'),
            StringComparison.OrdinalIgnoreCase)) ?? ExportOptions.Forms[0];

    private Written Write(MirrorReader mirror)
    {
        // One state of the mirror, whatever is imported meanwhile.
        using var transaction = mirror.BeginRead();
        using var stop = cancel.Register(mirror.Interrupt);
        var names = options.Key is { } key ? Pseudonymizer.Of(mirror, key, cancel) : null;
        using var file = new ExportStream(part);
        var counts = view == null ? WriteOriginals(mirror, file, names) : WriteRows(mirror, file, view, names);
        return counts with { Sha256 = file.Finish(), Bytes = file.Length };
    }

    private Written WriteOriginals(MirrorReader mirror, ExportStream file, Pseudonymizer? names)
    {
        var selection = OriginalSelection.Of(mirror, options);
        var (records, masked, renamed) = (0L, 0L, 0L);
        var lines = new NdJsonFile(file);
        using var originals = new ReadAhead<ExportedOriginal>(OriginalStream.Read(mirror, selection, options.Imports));
        // Reading, masking and writing take about as long as each other: each has a thread.
        using var all = new ReadAhead<(ExportedOriginal Original, byte[]? Hidden)>(
            originals.Items().Select(original => (original, options.ShowSecret ? null : Masked(original.Record.Json))));
        foreach (var (original, hidden) in all.Items())
        {
            cancel.ThrowIfCancellationRequested();
            var (json, context) = (original.Record.Json, original.Context);
            if (hidden != null) json = hidden;
            if (hidden != null || original.Record.IsMasked) masked++;

            if (names != null) (json, context) = (names.Record(json, original.Record.Shape), names.Context(context));
            if (PortalRowNames.Of(json, original.Record.Shape) is { } row)
            {
                json = row;
                renamed++;
            }

            lines.Write(json.Span, context);
            Report(++records);
        }

        return new(records, masked, IsVerbatim: masked + renamed == 0 && names == null);
    }

    private Written WriteRows(MirrorReader mirror, ExportStream file, AuditView rowsOf, Pseudonymizer? names)
    {
        var rows = new RowStream(mirror, rowsOf, names, options.ShowSecret);
        var records = 0L;
        using var output = Rows(file, rowsOf);
        if (RowSelection.Of(mirror, rowsOf, options) is { } sql)
        {
            foreach (var row in rows.Read(sql))
            {
                cancel.ThrowIfCancellationRequested();
                output.Write(row);
                Report(++records);
            }
        }

        output.End();
        return new(records, rows.Masked, IsVerbatim: false);
    }

    private IRowFile Rows(ExportStream file, AuditView rowsOf) => form == "Csv" ? new CsvRows(file, rowsOf.Columns) : Parquet(file, rowsOf);

    // By itself, so that the library is loaded where it is used, and only there.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ParquetRows Parquet(ExportStream file, AuditView rowsOf) => new(file, rowsOf.Columns);

    /// <summary>A record with its secrets masked; null when it has none.</summary>
    private static byte[]? Masked(ReadOnlyMemory<byte> json)
    {
        // Most have none, and need not become text.
        if (!SecretMask.MayHoldSecret(json.Span)) return null;
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

    /// <summary>What was written.</summary>
    private sealed record Written(long Records, long Masked, bool IsVerbatim)
    {
        public long Bytes { get; init; }

        public string? Sha256 { get; init; }
    }
}
