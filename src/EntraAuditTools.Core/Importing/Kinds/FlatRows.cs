using System.Buffers;
using System.Text.Json;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Common;
using EntraAuditTools.Core.Formats.Csv;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Importing.Kinds;

/// <summary>
/// Rows of a table that come as objects, as Import-Csv makes them: read by their columns like the table's file, with the same map and the
/// same notes.
/// </summary>
internal sealed class FlatRows(ImportOptions options, ImportStatistics statistics)
{
    private const int MaxColumns = 500;

    private readonly ArrayBufferWriter<byte> json = new(4096);
    private string[] header = [];
    private CsvLayout? layout;

    /// <summary>Whether the admin said what columns of this object are.</summary>
    public bool IsMapped(JsonElement record) =>
        options.ColumnMap is { Count: > 0 } map && record.EnumerateObject()
        .Any(property => map.Keys.Any(key => key.Trim().Equals(property.Name.Trim(), StringComparison.OrdinalIgnoreCase)));

    /// <summary>The object as a row of a known table; false when it is none.</summary>
    /// <param name="record">The object.</param>
    /// <param name="recognized">What the row is.</param>
    /// <param name="row">The row, by the names under which its columns are kept; valid until the next call.</param>
    /// <exception cref="RecordException">Its time is some place's local one.</exception>
    public bool TryRead(JsonElement record, out Recognized recognized, out ReadOnlyMemory<byte> row)
    {
        (recognized, row) = (default, default);
        var names = new List<string>();
        var cells = new List<string>();
        foreach (var property in record.EnumerateObject())
        {
            if (names.Count == MaxColumns || property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array) return false;
            names.Add(property.Name.Trim());
            cells.Add(JsonCells.AsText(property.Value) ?? string.Empty);
        }

        if (!names.SequenceEqual(header))
        {
            header = [.. names];
            layout = CsvLayout.Recognize(header, options.ColumnMap, () => [[.. cells]]);
            if (layout is { Recognized.Kind: RecordKind.Unknown }) layout = null;
            if (layout != null) Note(layout);
        }

        if (layout == null) return false;
        if (layout.LocalTimeColumn is { } local)
            throw new RecordException(
                $"its time stands in the column '{local}', which is some place's local time: say what it is with "
                    + Caller.ColumnMap(local, "activityDateTime [+02:00]"));
        json.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(json, RecordJson.WriterOptions)) layout.Cells.Write([.. cells], writer);
        (recognized, row) = (layout.Recognized, json.WrittenMemory);
        return true;
    }

    private void Note(CsvLayout found)
    {
        if (found.NotUnderstood.Count > 0)
            statistics.Note(
                $"Columns that were not understood: {ContentDescription.Shorten(string.Join(", ", found.NotUnderstood))}. If they "
                + $"matter, say what they are with {Caller.Option("ColumnMap")}.");
        foreach (var note in found.Notes) statistics.Note(note);
    }
}
