using System.Text;
using EntraAuditTools.Core.Formats.Audit;
using EntraAuditTools.Core.Formats.Common;
using EntraAuditTools.Core.Formats.Csv;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Importing.Upgrading;

/// <summary>What an import rejected, read again as the records that it was.</summary>
/// <param name="import">The import.</param>
/// <param name="options">How it was made.</param>
/// <param name="accepted">Originals that the import took in, whose columns may give a header that was not kept.</param>
internal sealed class RejectedRecords(OldImport import, ImportOptions options, Func<IEnumerable<OldOriginal>> accepted)
{
    private const int MaxLookedAt = 2000;

    private static readonly System.Buffers.SearchValues<byte> Marks =
        System.Buffers.SearchValues.Create([0xEF, 0xBB, 0xBF, (byte)' ', (byte)'\t', (byte)'\r', (byte)'\n', (byte)',']);

    private IReadOnlyList<string>? columns;
    private RecordShape columnsShape;

    /// <summary>The record or records in a text; null when it is not known what was there.</summary>
    /// <param name="rejection">The rejection.</param>
    /// <param name="error">The error with it as it is read today; null when there is none, or it is not known better.</param>
    public List<(ReadOnlyMemory<byte> Json, Recognized? Layout)>? Read(OldRejection rejection, out string? error)
    {
        error = null;
        // Of longer ones only the beginning was kept.
        if (rejection.Text.Length >= SkippedPiece.KeptBytes) return null;
        return rejection.Offset == null ? ReadRow(rejection.Text, out error) : ReadJson(rejection.Text, out error);
    }

    private static List<(ReadOnlyMemory<byte> Json, Recognized? Layout)>? ReadJson(byte[] text, out string? error)
    {
        error = null;
        var found = new List<(ReadOnlyMemory<byte>, Recognized?)>();
        // Files that were joined have marks in the middle, which are no records.
        var start = text.AsSpan().IndexOfAnyExcept(Marks);
        if (start < 0) return found;
        using var stream = new MemoryStream(text, start, text.Length - start);
        var splitter = new JsonRecordSplitter(stream);
        while (splitter.TryRead(out var slice))
        {
            if (slice.Error != null)
            {
                if (found.Count == 0 && slice.Bytes.Length == text.Length - start) error = slice.Error;
                return null;
            }

            found.Add((slice.Bytes.ToArray(), null));
        }

        return splitter.EndsInside || found.Count == 0 ? null : found;
    }

    private List<(ReadOnlyMemory<byte> Json, Recognized? Layout)>? ReadRow(byte[] line, out string? error)
    {
        error = null;
        var text = Encoding.UTF8.GetString(line);
        // A letter that could not be read was lost with the rejection.
        if (text.Contains('\ufffd', StringComparison.Ordinal) || Header(text) is not { } header) return null;
        using var csv = new CsvRecordReader(new MemoryStream(Encoding.UTF8.GetBytes($"{header}\r\n{text}\r\n")));
        if (CsvLayout.Recognize(csv.Header, options.ColumnMap, csv.FirstRows) is not { LocalTimeColumn: null } layout) return null;
        var found = new List<(ReadOnlyMemory<byte>, Recognized?)>();
        while (csv.TryRead(layout.Cells, out var row))
        {
            if (row.Error != null)
            {
                error = row.Error;
                return null;
            }

            found.Add((row.Json.ToArray(), layout.Recognized));
        }

        // A header in the middle is no record.
        return found;
    }

    /// <summary>The header of a row: as it was kept, else as its accepted neighbours show it; null when it cannot be known.</summary>
    private string? Header(string row)
    {
        if (import.Header != null) return import.Header;
        columns ??= Columns();
        foreach (var delimiter in (ReadOnlySpan<char>)[',', ';', '\t', '|'])
        {
            var count = CsvCells.Split(row, delimiter).Length;
            var names = columnsShape == RecordShape.PortalAuditRow && count == PortalColumns.All.Count ? PortalColumns.All : columns;
            if (names.Count > 1 && names.Count == count)
                return string.Join(delimiter, names.Select(name => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
        }

        return null;
    }

    /// <summary>Empty cells were left out, so each row has some of the columns, in their order.</summary>
    private List<string> Columns()
    {
        var found = new List<string>();
        foreach (var original in accepted().Take(MaxLookedAt))
        {
            columnsShape = original.Record.Shape;
            using var document = RecordJson.ParseRecord(original.Record.Json);
            var at = 0;
            foreach (var cell in document.RootElement.EnumerateObject())
            {
                var known = found.IndexOf(cell.Name);
                if (known < 0) found.Insert(at++, cell.Name);
                else at = known + 1;
            }
        }

        return found;
    }
}
