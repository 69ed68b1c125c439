using System.Text;
using EntraAuditTools.Core.Formats.Common;
using EntraAuditTools.Core.Formats.Csv;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Importing.Session;

/// <summary>Reads the rows of a source of CSV.</summary>
internal sealed class CsvSource(CsvRecordReader csv, CsvLayout first, RecordIntake intake, ImportOptions options,
    ImportStatistics statistics)
{
    private const string NotUtf8 =
        "Not all of it is UTF-8: what is not was read as Windows-1252, in which spreadsheets save. \"Save as\" CSV UTF-8 keeps all letters.";

    /// <summary>Whether its last row was rejected: a download that broke off leaves a row that is none.</summary>
    public bool EndsInRejected { get; private set; }

    /// <summary>Reads it to its end.</summary>
    /// <param name="tick">Called before each row.</param>
    public void Read(Action tick)
    {
        var layout = first;
        NoteColumns(layout);
        while (csv.TryRead(layout.Cells, out var row))
        {
            tick();
            // Files that were joined need not have the same columns.
            if (row.Cells is { } cells && (row.BeginsText || row.Error != null)
                && CsvLayout.Recognize(cells, options.ColumnMap) is { LocalTimeColumn: null } next)
            {
                csv.TakeAsHeader(cells);
                layout = next;
                NoteColumns(layout);
                continue;
            }

            var place = new RecordPlace(row.Line, null);
            var refusal = row.Error is { } error ? new Refusal(RefusalCause.Record, error) : Take(row, place, layout.Recognized);
            EndsInRejected = refusal != null;
            if (refusal is { } reason) intake.Reject(place, Encoding.UTF8.GetBytes(row.Text), reason);
            intake.HandOverWhenFull();
        }

        if (options.Complete && statistics.Read == 0 && layout.Recognized is { Kind: RecordKind.Entitlement } what)
            intake.TakeNothing(what.Entity, null);
        if (csv.Windows1252 > 0) statistics.Note(NotUtf8);
    }

    private Refusal? Take(in CsvRow row, RecordPlace place, Recognized layout)
    {
        if (layout.Kind != RecordKind.NotSupported) return intake.Take(row.Json, place, null, layout);
        statistics.Skip(layout.Label);
        return null;
    }

    private void NoteColumns(CsvLayout layout)
    {
        if (layout.NotUnderstood.Count > 0)
        {
            statistics.Note($"Columns that were not understood: {ContentDescription.Shorten(string.Join(", ", layout.NotUnderstood))}. If "
                + $"they matter, say what they are with {Caller.Option("ColumnMap")}.");
        }

        foreach (var note in layout.Notes) statistics.Note(note);
    }
}
