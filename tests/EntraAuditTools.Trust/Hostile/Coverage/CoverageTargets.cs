using System.Globalization;
using System.Text;
using System.Text.Json;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Csv;
using EntraAuditTools.Core.Formats.Dates;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Formats.Recognition;
using EntraAuditTools.Core.Importing.Sources;

namespace EntraAuditTools.Trust.Hostile.Coverage;

/// <summary>
/// The parsers, each behind one method that takes any bytes. Run in a load context of its own, in which Core counts its branches; called by
/// name, for the types of two contexts are not the same.
/// </summary>
internal static class CoverageTargets
{
    private const int MaxUnpacked = 1024 * 1024;

    /// <summary>The targets' names.</summary>
    public static readonly string[] Names = ["csv", "json", "dates", "archives"];

    /// <summary>Runs one; gives what is not as promised, or null. What it throws is not either.</summary>
    public static string? Run(string target, byte[] input, string scratch) => target switch
    {
        "csv" => Csv(input),
        "json" => Json(input),
        "dates" => Dates(input),
        _ => Archive(input, scratch),
    };

    /// <summary>Rows come in the order of their lines, and there are no more of them than lines.</summary>
    private static string? Csv(byte[] input)
    {
        using var csv = new CsvRecordReader(new MemoryStream(input));
        var layout = CsvLayout.Recognize(csv.Header, null, csv.FirstRows);
        var columns = layout?.Cells ?? new CsvColumns(csv.Header);
        var (rows, line) = (0L, 0L);
        while (csv.TryRead(columns, out var row))
        {
            rows++;
            if (row.Line <= line) return $"row {rows} begins on line {row.Line}, that before it on {line}";
            line = row.Line;
            if (row.Error != null) continue;
            using var json = JsonDocument.Parse(row.Json);
        }

        var lines = 1 + input.LongCount(letter => letter is (byte)'\n' or (byte)'\r');
        return rows > lines ? $"{rows} rows of {lines} lines" : null;
    }

    /// <summary>Pieces follow each other, and how the bytes arrive makes no difference to them.</summary>
    private static string? Json(byte[] input)
    {
        var whole = Pieces(new MemoryStream(input), out var complaint);
        if (complaint != null) return complaint;
        var chunked = Pieces(new ChunkStream(input, 1 + (input.Length % 7)), out complaint);
        if (complaint != null) return complaint;
        return whole == chunked ? null : $"in one piece:\n{whole}\nin small ones:\n{chunked}";
    }

    private static string Pieces(Stream stream, out string? complaint)
    {
        complaint = null;
        var splitter = new JsonRecordSplitter(stream);
        var pieces = new StringBuilder();
        var end = 0L;
        while (splitter.TryRead(out var slice))
        {
            if (slice.Error == null)
            {
                try
                {
                    using var record = JsonDocument.Parse(slice.Bytes, new JsonDocumentOptions { MaxDepth = JsonResync.MaxDepth });
                    RecordRecognizer.Recognize(record.RootElement, splitter.Context);
                    splitter.AcceptLast();
                }
                catch (Exception e) when (e is JsonException or RecordException)
                {
                    slice = splitter.RejectLast(e is JsonException json ? JsonResync.Describe(json) : e.Message);
                }
            }

            if (slice.ByteOffset < end || slice.Bytes.Length == 0) complaint ??= $"a piece of {slice.Bytes.Length} at {slice.ByteOffset} behind {end}";
            end = slice.ByteOffset + slice.Bytes.Length;
            pieces.Append(CultureInfo.InvariantCulture, $"{slice.ByteOffset}+{slice.Bytes.Length} {slice.Error}\n");
        }

        return pieces.Append(splitter.EndsInside).ToString();
    }

    /// <summary>A time that is read is one of .NET's, the same from bytes and from text.</summary>
    private static string? Dates(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        string[] formats = ["DayFirst", "MonthFirst", "YearFirst"];
        foreach (var dates in formats.Select(DateReading.Of).Prepend(DateReading.Documented))
        {
            var isTime = TimeText.TryParse(text, dates, out var ticks);
            if (isTime && (ticks < 0 || ticks > DateTime.MaxValue.Ticks)) return $"{ticks} ticks of '{text}'";
            if (!System.Text.Unicode.Utf8.IsValid(input)) continue;
            if (TimeText.TryParse(input, dates, out var same) != isTime || (isTime && same != ticks)) return $"'{text}': {ticks} as text, {same} as bytes";
            if (!isTime && TimeText.Explain(text, dates).Length > 1_000) return "a long explanation";
        }

        LocalTime.TryRead(text, out _);
        NumberTime.TryRead(text, out _);
        return null;
    }

    /// <summary>Entries can be opened or say why not.</summary>
    private static string? Archive(byte[] input, string scratch)
    {
        File.WriteAllBytes(scratch, input);
        try
        {
            using var file = new SourceFile(scratch, "x", new ExpansionBudget(null, ExpansionBudget.OfImport));
            var count = 0;
            foreach (var content in file.Contents())
            {
                if (++count > 50) break;
                try
                {
                    var stored = content.Open();
                    using var text = SourceFile.ToText(stored, content.Name, content.Budget, content.Open, out _);
                    var unpacked = new byte[MaxUnpacked];
                    text.ReadAtLeast(unpacked, unpacked.Length, throwOnEndOfStream: false);
                }
                catch (Exception e) when (e is AuditToolException or IOException or InvalidDataException)
                {
                }
            }
        }
        catch (Exception e) when (e is AuditToolException or IOException or InvalidDataException)
        {
        }

        return null;
    }

    private sealed class ChunkStream(byte[] bytes, int chunk) : MemoryStream(bytes, writable: false)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, chunk));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, chunk)]);
    }
}
