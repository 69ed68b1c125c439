using System.Buffers;
using System.Text;
using System.Text.Json;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Formats.Json;

/// <summary>
/// Cuts a JSON text into records, in any container: an array, an OData page (<c>value</c>), an Event Hub body (<c>records</c>), lines,
/// several documents in a row, or any of these nested. Only finds the boundaries; a record's own grammar is its reader's business, which
/// reports a broken one through <see cref="RejectLast"/>.
/// </summary>
internal sealed class JsonRecordSplitter(Stream stream)
{
    /// <summary>Largest record that is taken in; a larger one is rejected without being held in memory.</summary>
    public const int MaxRecordBytes = 16 * 1024 * 1024;

    private const string TooLarge = "larger than 16 MB: no audit record is";
    private const string CutOff = "the file ends in the middle of this record: it is truncated";
    private const int KeptTextBytes = 64 * 1024;
    private const int WrapperPeekBytes = 64 * 1024;
    private const int WindowBytes = 256 * 1024;
    private const int MaxNesting = 32;
    private const int MaxKnown = 8;
    private const int MaxLearned = 32;

    // An object that is open for so long is parsed as far as it is there, to find damage early; the more damage there was, the earlier.
    private const int MaxPatience = 64 * 1024;
    private const int MinPatience = 1024;

    // Searches that found nothing may be repeated from where the record broke, until they have cost so much.
    private const long MaxVainBytes = 4L * MaxRecordBytes;

    private static readonly SearchValues<byte> Separators = SearchValues.Create(" \t\r\n,\u001e"u8);

    private readonly JsonInput input = new(stream);
    private readonly Stack<(Container Kind, PageInfo? Page, bool IsWhole)> containers = new();
    private readonly ArrayBufferWriter<byte> row = new(4096);
    private readonly List<RecordNames> known = [];
    private readonly SearchBudget budget = new();
    private int learned;
    private long pageCount;
    private int patience = MaxPatience;
    private long vainBytes;
    private int pending;
    private bool lastStartsLine;

    // Whether the last good record that begins a line is one: then a damaged line is one, and nothing within it a record.
    private bool areLines;

    private enum Container
    {
        Array,
        Page,
        Rows,
    }

    /// <summary>The pages that were read.</summary>
    public PageSet Pages { get; } = new();

    /// <summary>What the page that is open says its records are; null outside pages and when it doesn't.</summary>
    public string? Context => OpenPage?.Context;

    /// <summary>Called for each page that was read to its end, or as far as the text goes.</summary>
    public Action<PageInfo>? OnPage { get; set; }

    /// <summary>At the end: whether a list or page that was begun has not ended.</summary>
    public bool EndsInside { get; private set; }

    private PageInfo? OpenPage
    {
        get
        {
            foreach (var (_, page, _) in containers)
            {
                if (page != null) return page;
            }

            return null;
        }
    }

    /// <summary>The record that was handed out last, for <see cref="RejectLast"/>.</summary>
    private RecordSlice Last { get; set; }

    /// <summary>Reads the next record, or a piece that is none (with its error). False at the end.</summary>
    public bool TryRead(out RecordSlice record)
    {
        input.Consume(pending);
        pending = 0;
        while (true)
        {
            var next = SkipSeparators();
            if (next < 0)
            {
                EndsInside = containers.Count > 0;
                while (containers.Count > 0) Leave();
                record = default;
                return false;
            }

            switch (next)
            {
                case '{':
                    if (TryEnterPage()) continue;
                    record = ReadObject();
                    Last = record;
                    return true;
                case '[' when containers.TryPeek(out var table) && table.Kind == Container.Rows:
                    record = ReadRow(table.Page!.Columns!);
                    Last = record;
                    return true;
                case '[' when containers.Count < MaxNesting:
                    containers.Push((Container.Array, null, false));
                    input.Consume(1);
                    continue;
                case ']' or '}' when !(areLines && input.StartsLine && containers.Count == 0):
                    input.Consume(1);
                    if (containers.TryPeek(out var open) && (open.Kind == Container.Page) == (next == '}')) Leave();
                    continue;
                case '"' when containers.TryPeek(out var container) && container.Kind == Container.Page:
                    ReadPageProperty(container.Page!);
                    continue;
                default:
                    record = ReadGarbage();
                    Last = record;
                    return true;
            }
        }
    }

    /// <summary>Remembers a good record's properties, by which the next one is found again after damage.</summary>
    public void AcceptLast()
    {
        budget.Earn();
        patience = Math.Min(patience + (patience / 4), MaxPatience);
        if (lastStartsLine && (Last.Bytes.Span.IndexOf((byte)'\n') >= 0 || IsLineEnd(pending)))
            areLines = Last.Bytes.Span.IndexOf((byte)'\n') < 0;
        if (learned >= MaxLearned || known.Count >= MaxKnown) return;
        learned++;
        var names = RecordNames.Read(Last.Bytes.Span, out _, out _);
        if (names.IsSignature && !known.Exists(k => k.SharesSignature(names))) known.Add(names);
    }

    /// <summary>
    /// Says that the last record is not JSON. When another record begins within its bytes, reading goes on there.
    /// </summary>
    /// <param name="reason">What is wrong.</param>
    /// <returns>The piece to reject.</returns>
    public RecordSlice RejectLast(string reason)
    {
        var length = Last.Bytes.Length;
        if (JsonResync.FindBreak(Last.Bytes.Span, complete: true) is not { } broken) return Last with { Error = reason };
        if (areLines)
        {
            var line = EndOfLines();
            return Last with { Bytes = input.Slice(0, line), Error = broken.Reason };
        }

        var isFollowed = IsFollowed(length);
        var bytes = input.Span;
        var search = new RecordSearch(OwnNames(broken.Position), known, lastStartsLine, budget);
        var next = search.FindSwallowed(bytes[..length], broken.Position);
        // What ends where a record may end was most likely a record, and its content belongs to it.
        if (next < 0) next = isFollowed ? search.FindWithin(bytes[..length], broken.Position)
            : search.FindBehind(Window(length), broken.Position, isEnd: true, out _);
        pending = next > 0 ? next : length;
        return Last with { Bytes = input.Slice(0, pending), Error = broken.Reason };
    }

    private int SkipSeparators()
    {
        while (true)
        {
            var span = input.Span;
            var at = span.IndexOfAnyExcept(Separators);
            if (at >= 0)
            {
                input.Consume(at);
                // Files that were joined have the mark of their beginning in the middle.
                if (input.Span[0] == 0xEF && input.Peek(2) == 0xBF && input.Span[1] == 0xBB)
                {
                    input.ConsumeMark(3);
                    continue;
                }

                return input.Span[0];
            }

            input.Consume(span.Length);
            if (!input.Fill()) return -1;
        }
    }

    /// <summary>An object that holds records (<see cref="JsonWrappers"/>): goes inside and keeps what it says about itself.</summary>
    private bool TryEnterPage()
    {
        while (true)
        {
            var page = new PageInfo();
            var found = JsonWrappers.Peek(input.Span, page, out var length, out var objects);
            if (found == null)
            {
                if (input.Span.Length < WrapperPeekBytes && input.Fill()) continue;
                return false;
            }

            if (found == false) return false;
            if (containers.Count + objects >= MaxNesting) return false;
            input.Consume(length);
            page.Ordinal = ++pageCount;
            for (var i = 0; i < objects; i++) containers.Push((Container.Page, page, i == 0));
            containers.Push(page.IsTable ? (Container.Rows, page, false) : (Container.Array, null, false));
            return true;
        }
    }

    private void Leave()
    {
        var (_, page, isWhole) = containers.Pop();
        if (page == null || !isWhole) return;
        Pages.Add(page);
        OnPage?.Invoke(page);
    }

    /// <summary>A property of a page behind its records: <c>"@odata.nextLink": "…"</c>.</summary>
    private void ReadPageProperty(PageInfo page)
    {
        while (true)
        {
            var tried = input.Span.Length;
            try
            {
                // Read on its own a property is a string, a colon and a value: the colon is stepped over by hand.
                var reader = JsonResync.Reader(input.Span, isFinal: false);
                if (reader.Read() && reader.TokenType == JsonTokenType.String)
                {
                    var key = BrokenText.Read(ref reader);
                    var at = (int)reader.BytesConsumed;
                    while (input.Peek(at) is ' ' or '\t' or '\r' or '\n' or ':') at++;
                    var value = JsonResync.Reader(input.Span[at..], isFinal: false);
                    if (value.Read())
                    {
                        if (value.TokenType == JsonTokenType.StartArray && JsonWrappers.IsList(key))
                        {
                            containers.Push((Container.Array, null, false));
                            input.Consume(at + 1);
                            return;
                        }

                        if (value.TrySkip())
                        {
                            var consumed = (int)value.BytesConsumed;
                            if (value.TokenType == JsonTokenType.EndObject && Utf8.Is(key, "error"))
                                page.NoteError(input.Slice(at, consumed));
                            else page.Note(key, ref value);
                            input.Consume(at + consumed);
                            return;
                        }
                    }
                }
            }
            catch (JsonException)
            {
                input.Consume(1);
                return;
            }

            if (tried > MaxRecordBytes || !FillTo(Math.Max(tried * 2, WrapperPeekBytes)))
            {
                if (input.Span.Length > tried) continue;
                input.Consume(input.Span.Length);
                return;
            }
        }
    }

    private RecordSlice ReadObject()
    {
        var scanner = default(ObjectScanner);
        var position = 0;
        var check = patience;
        lastStartsLine = input.StartsLine;
        while (true)
        {
            switch (scanner.Scan(input.Span, ref position))
            {
                case ScanResult.Ended:
                    if (position > MaxRecordBytes) return Skipped(TooLarge, position);
                    pending = position;
                    return new(input.Slice(0, position), input.Offset, input.Line);
                case ScanResult.Mismatch:
                    return SkipDamaged(Break(input.Span[..position], "its brackets do not match"), scanner, position, isClosable: false);
                case ScanResult.TooDeep:
                    scanner.CountOnly();
                    var broken = Break(input.Span[..(position + 1)], JsonResync.TooDeep);
                    return SkipDamaged(broken, scanner, position, broken.Reason == JsonResync.TooDeep);
            }

            if (input.Span.Length >= check)
            {
                if (JsonResync.FindBreak(input.Span, complete: false) is { } early)
                    return SkipDamaged(early, scanner, position, isClosable: true);
                if (input.Span.Length > MaxRecordBytes) return SkipLarge(scanner, position);
                check = input.Span.Length * 2;
            }

            if (!input.Fill()) return SkipRest();
        }
    }

    /// <summary>A row of a table, as an object from column to cell.</summary>
    private RecordSlice ReadRow(IReadOnlyList<string> columns)
    {
        var scanner = default(ObjectScanner);
        var position = 0;
        lastStartsLine = input.StartsLine;
        ScanResult found;
        while ((found = scanner.Scan(input.Span, ref position)) == ScanResult.More)
        {
            if (input.Span.Length > MaxRecordBytes) return SkipLarge(scanner, position);
            if (!input.Fill()) return Skipped("the file ends in the middle of this row: it is truncated", input.Span.Length);
        }

        if (found != ScanResult.Ended)
            return SkipRow(scanner, position, found == ScanResult.TooDeep ? JsonResync.TooDeep : "its brackets do not match");
        pending = position;
        var cells = input.Slice(0, position);
        try
        {
            return new(TableRow.ToObject(cells.Span, columns, row), input.Offset, input.Line);
        }
        catch (JsonException e)
        {
            return new(cells, input.Offset, input.Line, JsonResync.Describe(e));
        }
        catch (RecordException e)
        {
            return new(cells, input.Offset, input.Line, e.Message);
        }
    }

    /// <summary>A row that is none: to where brackets of any kind close it.</summary>
    private RecordSlice SkipRow(ObjectScanner scanner, int scanned, string reason)
    {
        if (areLines) return SkipLines(reason);
        scanner.CountOnly();
        var piece = new SkippedPiece(input);
        while (scanner.Scan(input.Span, ref scanned) != ScanResult.Ended)
        {
            piece.Take(scanned);
            scanned = 0;
            if (!FillTo(WindowBytes) && input.Span.IsEmpty) return Skipped(reason, 0, piece);
        }

        return Skipped(reason, scanned, piece);
    }

    /// <summary>What begins at a line, up to its end.</summary>
    private RecordSlice SkipLine(string reason)
    {
        var piece = new SkippedPiece(input);
        while (true)
        {
            var end = input.Span.IndexOf((byte)'\n');
            if (end >= 0) return Skipped(reason, end, piece);
            if (input.Span.Length > WindowBytes) piece.Take(input.Span.Length - 1);
            if (!input.Fill()) return Skipped(reason, input.Span.Length, piece);
        }
    }

    /// <summary>
    /// A damaged record that is one line, and following lines that may be parts of it, up to one that begins as records do or ends the
    /// list.
    /// </summary>
    private RecordSlice SkipLines(string reason)
    {
        var piece = new SkippedPiece(input);
        var from = 0;
        while (true)
        {
            var end = FindLine(ref from);
            if (end >= 0) return Skipped(reason, end, piece);
            if (from > WindowBytes)
            {
                piece.Take(from - 1);
                from = 1;
            }

            if (!input.Fill()) return Skipped(reason, input.Span.Length, piece);
        }
    }

    /// <summary>Where a line ends that is followed by a record or the end of the list; -1 when that does not show yet.</summary>
    private int FindLine(ref int from)
    {
        while (true)
        {
            var span = input.Span;
            var at = span[from..].IndexOf((byte)'\n');
            if (at < 0)
            {
                from = span.Length;
                return -1;
            }

            var next = input.Peek(from + at + 1);
            if (next is '{' or 0x1e or < 0 || (next is ']' or '}' && containers.Count > 0)) return from + at;
            from += at + 1;
        }
    }

    /// <summary>The same of a record that is held already.</summary>
    private int EndOfLines()
    {
        var from = 0;
        int end;
        while ((end = FindLine(ref from)) < 0 && input.Span.Length < MaxRecordBytes && input.Fill())
        {
        }

        return pending = end >= 0 ? end : input.Span.Length;
    }

    /// <summary>Whether a line that begins with something else ends with an object: lines of a log may have words in front.</summary>
    private bool HoldsRecordAtEnd()
    {
        while (input.Span.IndexOf((byte)'\n') < 0 && input.Span.Length < MaxRecordBytes && input.Fill())
        {
        }

        var end = input.Span.IndexOf((byte)'\n');
        var line = end < 0 ? input.Span : input.Span[..end];
        var begin = line.IndexOf((byte)'{');
        if (begin < 0) return false;
        var position = 0;
        return default(ObjectScanner).Scan(line[begin..], ref position) == ScanResult.Ended
            && line[(begin + position)..].IndexOfAnyExcept(Separators) < 0;
    }

    /// <summary>Whether a line ends there, also after a comma.</summary>
    private bool IsLineEnd(int at)
    {
        while (input.Peek(at) is ' ' or '\t' or '\r' or ',') at++;
        return input.Peek(at) is < 0 or '\n';
    }

    private static (int Position, string Reason) Break(ReadOnlySpan<byte> bytes, string otherwise) =>
        JsonResync.FindBreak(bytes, complete: false) ?? (bytes.Length, otherwise);

    /// <summary>The text ends within an object, which was fine as far as its brackets go.</summary>
    private RecordSlice SkipRest()
    {
        var bytes = input.Span;
        var broken = JsonResync.FindBreak(bytes, complete: false);
        var from = 0;
        if (areLines && FindLine(ref from) is >= 0 and var line && input.Peek(line + 1) >= 0)
            return Damaged(broken?.Reason ?? "its brackets are not closed", line);
        var breakAt = broken?.Position ?? bytes.Length;
        var search = new RecordSearch(OwnNames(breakAt), known, lastStartsLine, budget);
        var next = search.FindSwallowed(bytes, breakAt);
        if (next < 0 && broken != null) next = search.FindBehind(bytes, breakAt, isEnd: true, out _);
        return next > 0 ? Damaged(broken?.Reason ?? "its brackets are not closed", next) : Skipped(CutOff, bytes.Length);
    }

    /// <summary>
    /// Something is wrong within an object: reads on to where it seems to end or another record begins, without holding more than a window.
    /// </summary>
    /// <param name="broken">Where and why.</param>
    /// <param name="scanner">Looks for its end.</param>
    /// <param name="scanned">How far it did.</param>
    /// <param name="isClosable">Whether its brackets can still show its end.</param>
    private RecordSlice SkipDamaged((int Position, string Reason) broken, ObjectScanner scanner, int scanned, bool isClosable)
    {
        if (areLines) return SkipLines(broken.Reason);
        var search = new RecordSearch(OwnNames(broken.Position), known, lastStartsLine, budget);
        if (search.FindSwallowed(input.Span, broken.Position) is > 0 and var swallowed) return Damaged(broken.Reason, swallowed);
        var from = Math.Max(broken.Position, 1);
        if (isClosable) FillTo(Math.Max(input.Span.Length, from + (4 * patience)));
        var piece = new SkippedPiece(input);
        while (true)
        {
            if (isClosable)
            {
                var found = scanner.Scan(input.Span, ref scanned);
                if (found == ScanResult.Ended && IsFollowed(scanned))
                {
                    // With a quote missing, the one that closes it may be in another record, far behind.
                    var within = search.FindWithin(input.Span[..scanned], from);
                    return within > 0 ? Damaged(broken.Reason, within, piece) : Skipped(broken.Reason, scanned, piece);
                }

                isClosable = found == ScanResult.More;
            }

            var window = input.Span.Length;
            var next = search.FindBehind(input.Span, from, isEnd: window > MaxRecordBytes, out var settled);
            if (next > 0) return Damaged(broken.Reason, next, piece);
            if (settled > WindowBytes)
            {
                // One byte stays, so that it is known what stands before the next ones.
                piece.Take(settled - 1);
                scanned = Math.Max(scanned - (settled - 1), 0);
                settled = 1;
            }

            from = settled;
            if (FillTo(Math.Max(input.Span.Length * 2, WindowBytes)) || input.Span.Length > window) continue;
            next = search.FindBehind(input.Span, from, isEnd: true, out _);
            if (next > 0) return Damaged(broken.Reason, next, piece);
            // No record follows: what closes the list is read again, for the properties of its page, unless that failed too often.
            if (piece.IsEmpty && !isClosable && scanned > 1 && vainBytes < MaxVainBytes)
            {
                vainBytes += input.Span.Length;
                return Damaged(broken.Reason, scanned - 1);
            }

            return Skipped(broken.Reason, input.Span.Length, piece);
        }
    }

    /// <summary>
    /// An object beyond the largest record: read to its end without being held, unless it shows that its brackets were never closed.
    /// </summary>
    private RecordSlice SkipLarge(ObjectScanner scanner, int scanned)
    {
        var search = new RecordSearch(OwnNames(input.Span.Length), known, lastStartsLine, budget);
        if (search.FindSwallowed(input.Span, input.Span.Length) is > 0 and var swallowed)
            return Damaged("its brackets are not closed", swallowed);
        var piece = new SkippedPiece(input);
        while (true)
        {
            switch (scanner.Scan(input.Span, ref scanned))
            {
                case ScanResult.Ended:
                    return Skipped(TooLarge, scanned, piece);
                case ScanResult.More:
                    piece.Take(scanned);
                    scanned = 0;
                    if (!FillTo(WindowBytes) && input.Span.IsEmpty)
                        return Skipped($"{TooLarge}, and the file ends in the middle of it", 0, piece);
                    continue;
                default:
                    // It broke after all.
                    while (true)
                    {
                        var next = search.FindBehind(input.Span, scanned, isEnd: false, out var settled);
                        if (next > 0) return Damaged($"{TooLarge}, and its brackets do not match", next, piece);
                        piece.Take(settled - 1);
                        scanned = 1;
                        var window = input.Span.Length;
                        if (FillTo(Math.Max(window * 2, WindowBytes)) || input.Span.Length > window) continue;
                        return Skipped($"{TooLarge}, and its brackets do not match", input.Span.Length, piece);
                    }
            }
        }
    }

    /// <summary>A piece that is no record, up to where another one begins.</summary>
    private RecordSlice Damaged(string reason, int length, SkippedPiece? piece = null)
    {
        patience = Math.Max(patience / 2, MinPatience);
        return Skipped(reason, length, piece);
    }

    private RecordSlice Skipped(string reason, int length, SkippedPiece? piece = null)
    {
        pending = length;
        return (piece ?? new SkippedPiece(input)).End(length, reason);
    }

    private RecordNames OwnNames(int breakAt) => RecordNames.Read(input.Span[..Math.Min(breakAt, input.Span.Length)], out _, out _);

    private ReadOnlySpan<byte> Window(int length)
    {
        FillTo(length + KeptTextBytes);
        return input.Span;
    }

    /// <summary>Whether what follows an object is what follows a record: its list's end or next item, another line, or nothing.</summary>
    private bool IsFollowed(int length)
    {
        var at = length;
        var comma = false;
        while (true)
        {
            var next = input.Peek(at++);
            if (next == '\n' && lastStartsLine) return true;
            if (next is ' ' or '\t' or '\r' or '\n' or 0x1e) continue;
            if (next == ',' && !comma)
            {
                comma = true;
                continue;
            }

            return next is '{' or '[' or ']' or -1;
        }
    }

    /// <summary>Reads on until so many bytes are there. False at the end of the text.</summary>
    private bool FillTo(int length)
    {
        while (input.Span.Length < length)
        {
            if (!input.Fill()) return false;
        }

        return true;
    }

    /// <summary>
    /// Something that is no object where a record should be: up to the end of the line or the next bracket. A list of numbers or words is
    /// one such piece, not as many as it has items.
    /// </summary>
    private RecordSlice ReadGarbage()
    {
        if (areLines && input.StartsLine && !HoldsRecordAtEnd()) return SkipLine("not a JSON object");
        var length = 0;
        do length = EndOfGarbage(length);
        while (length < KeptTextBytes && IsFollowedByGarbage(ref length));
        pending = length;
        return new(input.Slice(0, length), input.Offset, input.Line, "not a JSON object");
    }

    /// <summary>Where a word, number or string ends that begins at a place.</summary>
    private int EndOfGarbage(int start)
    {
        if (input.Peek(start) == '"' && EndOfString(start) is > 0 and var end) return end;
        var at = start + 1;
        // Lists within lists beyond all measure.
        while (at < KeptTextBytes && input.Peek(at - 1) == '[' && input.Peek(at) == '[') at++;
        while (at < KeptTextBytes && input.Peek(at) is not (< 0 or '\n' or '{' or '[' or ']' or ',' or '}')) at++;
        return at;
    }

    /// <summary>
    /// Where a string ends on its line, if what follows may follow a string: a quote by itself is none, and there may be a record behind
    /// it.
    /// </summary>
    private int EndOfString(int start)
    {
        for (var at = start + 1; at < KeptTextBytes; at++)
        {
            switch (input.Peek(at))
            {
                case < 0 or '\n':
                    return -1;
                case '\\':
                    at++;
                    break;
                case '"':
                    return input.Peek(at + 1) is < 0 or ' ' or '\t' or '\r' or '\n' or ',' or ']' or '}' or '{' or '"' ? at + 1 : -1;
            }
        }

        return -1;
    }

    /// <summary>Whether more of the kind follows after a comma or blank on the same line; goes there.</summary>
    private bool IsFollowedByGarbage(ref int length)
    {
        var at = length;
        while (input.Peek(at) is ' ' or '\t' or ',') at++;
        var next = input.Peek(at);
        // A string on a page is the name of one of its properties.
        if (next is < 0 or '\n' or '\r' or '{' or '[' or ']' or '}'
            || (next == '"' && containers.TryPeek(out var open) && open.Kind == Container.Page)) return false;
        length = at;
        return true;
    }
}
