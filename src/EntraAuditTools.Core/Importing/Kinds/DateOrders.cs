using System.Text;
using System.Text.Json;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Csv;
using EntraAuditTools.Core.Formats.Dates;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Importing.Sources.Streams;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Importing.Kinds;

/// <summary>
/// Finds out in which order a source writes its dates, before anything of it is taken in. A look at its beginning says whether that is a
/// question at all; only then it is read to its end once more.
/// </summary>
internal static class DateOrders
{
    /// <summary>How far a source that cannot be read twice (a pipeline) is read ahead.</summary>
    private const int MaxAheadBytes = 64 * 1024 * 1024;

    /// <summary>How many records say whether the order of dates is a question.</summary>
    private const int MaxLookedAt = 1000;

    /// <summary>
    /// The word or format that the source's dates are read with, and what to say of it; null when nothing has to be known.
    /// </summary>
    /// <param name="text">The source; what is read ahead of it is not lost.</param>
    /// <param name="options">How to import.</param>
    /// <param name="reopen">Opens it again from its beginning; null when that is not possible.</param>
    /// <param name="name">What to call it.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="AuditToolException">Its dates contradict each other or do not say their order.</exception>
    public static (string? Format, string? Note) Settle(PeekStream text, ImportOptions options, Func<PeekStream>? reopen, string name,
        CancellationToken cancel)
    {
        if (options.DateFormat != null) return (options.DateFormat, null);
        var evidence = Look(new MemoryStream(text.Prefix.ToArray()), options, cancel);
        if (!evidence.IsNeeded) return default;
        if (!text.IsComplete)
        {
            if (reopen != null)
            {
                using var again = reopen();
                evidence = Look(again, options, cancel);
            }
            else
            {
                text.ReadAhead(MaxAheadBytes);
                evidence = Look(new MemoryStream(text.Prefix.ToArray()), options, cancel);
            }
        }

        return Decide(evidence, name);
    }

    /// <summary>
    /// The same for a source of which only a later part shows that it is a question; nothing when that does not give away an order.
    /// </summary>
    public static (string? Format, string? Note) SettleLate(Func<PeekStream> reopen, ImportOptions options, string name,
        CancellationToken cancel)
    {
        try
        {
            using var again = reopen();
            return Decide(Look(again, options, cancel), name);
        }
        catch (AuditToolException e) when (!e.IsOfMirror)
        {
            // Each of its dates is refused with the question.
            return default;
        }
    }

    private static (string? Format, string? Note) Decide(DateEvidence evidence, string name)
    {
        var order = evidence.Decide(name);
        return (order == DateOrder.None ? null : order.ToString(), evidence.Note);
    }

    /// <summary>The same for records that were taken in before, which need not be in the order of their source.</summary>
    /// <param name="records">Opens them from the first; rows of a CSV as objects of their columns.</param>
    /// <param name="options">How they were imported.</param>
    /// <param name="name">What to call their source.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="AuditToolException">The dates contradict each other or do not say their order.</exception>
    public static (string? Format, string? Note) SettleAgain(Func<IEnumerable<OriginalRecord>> records, ImportOptions options, string name,
        CancellationToken cancel)
    {
        if (options.DateFormat != null) return (options.DateFormat, null);
        var evidence = Look(records().Take(MaxLookedAt), options, cancel);
        if (!evidence.IsNeeded) return default;
        return Decide(Look(records(), options, cancel), name);
    }

    /// <summary>The same when only a later record shows that it is a question; nothing when they do not give away an order.</summary>
    public static (string? Format, string? Note) SettleAgainLate(Func<IEnumerable<OriginalRecord>> records, ImportOptions options,
        string name, CancellationToken cancel)
    {
        try
        {
            return Decide(Look(records(), options, cancel), name);
        }
        catch (AuditToolException e) when (!e.IsOfMirror)
        {
            return default;
        }
    }

    private static DateEvidence Look(IEnumerable<OriginalRecord> records, ImportOptions options, CancellationToken cancel)
    {
        var evidence = new DateEvidence();
        var hasHeaders = false;
        foreach (var (shape, json) in records)
        {
            cancel.ThrowIfCancellationRequested();
            try
            {
                if (RecordImporter.RowLayout(shape) == null) LookAtRecord(json.Span, options, evidence, ref hasHeaders);
                else LookAtRow(json, shape, evidence, ref hasHeaders);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                // What is wrong with a record is reported when it is read.
            }
        }

        return evidence;
    }

    private static void LookAtRow(ReadOnlyMemory<byte> row, RecordShape shape, DateEvidence evidence, ref bool hasHeaders)
    {
        using var document = RecordJson.ParseRecord(row);
        foreach (var cell in document.RootElement.EnumerateObject())
        {
            if (JsonCells.AsText(cell.Value) is not { Length: > 0 } text) continue;
            if (DateColumns.IsTimeColumn(shape, cell.Name)) evidence.AddRead(cell.Name, text);
            else if (DateColumns.MayHoldDates(cell.Name)) evidence.AddOther(cell.Name, text);
        }

        if (!hasHeaders) evidence.AddHeaders(document.RootElement.EnumerateObject().Select(cell => cell.Name));
        hasHeaders = true;
    }

    private static DateEvidence Look(Stream text, ImportOptions options, CancellationToken cancel)
    {
        var evidence = new DateEvidence();
        var peek = new PeekStream(text, 256);
        var start = peek.Prefix.IndexOfAnyExcept(" \t\r\n\u001e"u8);
        if (start < 0) return evidence;
        if (peek.Prefix[start] is (byte)'{' or (byte)'[') LookAtJson(peek, options, evidence, cancel);
        else LookAtCsv(peek, options, evidence, cancel);
        return evidence;
    }

    private static void LookAtCsv(Stream text, ImportOptions options, DateEvidence evidence, CancellationToken cancel)
    {
        using var csv = new CsvRecordReader(text);
        if (CsvLayout.Recognize(csv.Header, options.ColumnMap, csv.FirstRows) is not { } layout) return;
        evidence.AddHeaders(csv.Header);
        var read = DateColumns.Read(layout.Shape, layout.Columns, out var areAlternatives);
        if (read.Length == 0) return;
        int[] others = [.. Enumerable.Range(0, csv.Header.Count).Except(read).Where(i => DateColumns.MayHoldDates(csv.Header[i]))];
        while (csv.TryReadCells(out var cells))
        {
            cancel.ThrowIfCancellationRequested();
            var isFound = false;
            foreach (var i in read)
            {
                if (i >= cells.Length || cells[i].Length == 0) continue;
                if (isFound && areAlternatives) evidence.AddOther(layout.Columns[i], cells[i]);
                else evidence.AddRead(layout.Columns[i], cells[i]);
                isFound = true;
            }

            foreach (var i in others)
            {
                if (i < cells.Length && cells[i].Length > 0) evidence.AddOther(csv.Header[i], cells[i]);
            }
        }
    }

    private static void LookAtJson(Stream text, ImportOptions options, DateEvidence evidence, CancellationToken cancel)
    {
        var splitter = new JsonRecordSplitter(text);
        var hasHeaders = false;
        while (splitter.TryRead(out var slice))
        {
            cancel.ThrowIfCancellationRequested();
            if (slice.Error != null) continue;
            try
            {
                LookAtRecord(slice.Bytes.Span, options, evidence, ref hasHeaders);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                // What is wrong with a record is reported when it is read.
            }
        }
    }

    private static void LookAtRecord(ReadOnlySpan<byte> record, ImportOptions options, DateEvidence evidence, ref bool hasHeaders)
    {
        var reader = new Utf8JsonReader(record, new JsonReaderOptions { MaxDepth = JsonResync.MaxDepth });
        List<string>? headers = hasHeaders ? null : [];
        var found = new List<(string Name, string Text, bool IsTime)>();
        var holdsAuditData = false;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName) continue;
            var isTop = reader.CurrentDepth == 1;
            var name = reader.ValueSpan.Length > 64 ? string.Empty : Encoding.UTF8.GetString(reader.ValueSpan);
            if (isTop) headers?.Add(name);
            if (isTop && options.ColumnMap is { Count: > 0 } map) name = ColumnMeaning.Of(name, map).Name;
            holdsAuditData |= isTop && name.Equals("AuditData", StringComparison.OrdinalIgnoreCase);
            reader.Read();
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                if (!DateColumns.IsOurs(name)) reader.Skip();
                continue;
            }

            // An ISO date needs no look.
            if (reader.TokenType != JsonTokenType.String || reader.ValueSpan.Length is < 6 or > 60 || reader.ValueSpan[4] == '-') continue;
            var isTime = DateColumns.IsTimeName(name);
            if (isTime || (isTop && DateColumns.MayHoldDates(name))) found.Add((name, reader.GetString()!, isTime));
        }

        foreach (var (name, text, isTime) in found)
        {
            // The unified log's rows have their time inside.
            if (isTime && !holdsAuditData) evidence.AddRead(name, text);
            else evidence.AddOther(name, text);
        }

        if (headers == null) return;
        evidence.AddHeaders(headers);
        hasHeaders = true;
    }
}
