using System.Buffers;
using System.Text.Json;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Common;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Formats.Recognition;
using EntraAuditTools.Core.Formats.Wrappers;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Formats.Csv;

/// <summary>Rows one of whose cells holds the record as JSON text, as shippers and SIEMs export them.</summary>
internal static class WrappedRows
{
    private const RecordShape Shape = RecordShape.Unknown;

    /// <summary>What rows with these columns are; null when no cell of the first ones holds a record.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="firstRows">The cells of the first rows.</param>
    /// <param name="isSure">Look only under names that keep a record as it came, which contains more than the columns around it.</param>
    public static CsvLayout? Recognize(ColumnMeaning[] columns, Func<IReadOnlyList<string[]>>? firstRows, bool isSure)
    {
        if (firstRows == null) return null;
        var names = columns.Select(column => isSure && !IsOriginal(column.Name) ? string.Empty : column.Name).ToArray();
        if (Array.TrueForAll(names, name => name.Length == 0)) return null;
        var cells = new CsvColumns(names);
        foreach (var row in firstRows())
        {
            if (row.Length == names.Length && HoldsRecord(cells, row))
                return CsvLayout.Of(Shape, new(RecordKind.Unknown, Shape, string.Empty), names, []);
        }

        return null;
    }

    /// <summary>The column whose cells are JSON, in a table that is nothing else; null when there is none.</summary>
    public static string? ColumnOfJson(IReadOnlyList<string> header, IReadOnlyList<string[]> firstRows)
    {
        for (var i = 0; i < header.Count; i++)
        {
            if (IsPlain(header[i]) && firstRows.Any(row => row.Length > i && row[i].TrimStart() is ['{', ..])) return header[i];
        }

        return null;
    }

    /// <summary>Whether a column's name can be written in a command that an admin may copy.</summary>
    private static bool IsPlain(string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '_' or '.' or '-' or '@');

    private static bool IsOriginal(string name) =>
        WrapperNames.HoldsOriginal(name) && !name.Equals("AuditData", StringComparison.OrdinalIgnoreCase);

    private static bool HoldsRecord(CsvColumns columns, string[] cells)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, RecordJson.WriterOptions)) columns.Write(cells, writer);
        using var row = RecordJson.ParseRecord(json.WrittenMemory);
        try
        {
            if (RecordRecognizer.Recognize(row.RootElement).IsOfLog) return true;
            return new RecordUnwrapper().Find(row.RootElement)
                .Exists(inner => inner.IsTaken || inner.Recognized.Kind == RecordKind.NotSupported);
        }
        catch (RecordException)
        {
            return false;
        }
    }
}
