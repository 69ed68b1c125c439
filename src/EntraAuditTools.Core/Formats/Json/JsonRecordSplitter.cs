using System.Buffers;
using System.Text;
using System.Text.Json;

namespace EntraAuditTools.Core.Formats.Json;

/// <summary>
/// Cuts a JSON text into records, whatever holds them: an array, an OData page (<c>value</c>), an Event Hub body (<c>records</c>),
/// lines, several documents in a row, or any of these nested. Only finds the boundaries; a record's own grammar is its reader's business,
/// which reports a broken one through <see cref="RejectLast"/>.
/// </summary>
internal sealed class JsonRecordSplitter(Stream stream)
{
    /// <summary>Largest record that is taken in; a larger one is rejected without being held in memory.</summary>
    public const int MaxRecordBytes = 16 * 1024 * 1024;

    private const string TooLarge = "larger than 16 MB: no audit record is";
    private const int KeptTextBytes = 64 * 1024;

    // An object that is open for so long may be a damaged one that swallows its successors: looked at early, then ever more rarely.
    private const int FirstCheckBytes = 64 * 1024;
    private const int SuspiciousBytes = 16 * 1024;
    private const int WrapperPeekBytes = 64 * 1024;
    private const int MaxNesting = 32;

    private static readonly SearchValues<byte> Separators = SearchValues.Create(" \t\r\n,\u001e"u8);

    private readonly JsonInput input = new(stream);
    private readonly Stack<Container> containers = new();
    private readonly ArrayBufferWriter<byte> row = new(4096);
    private (byte[] First, byte[] Second)? signature;
    private int pending;
    private bool lastStartsLine;

    private enum Container
    {
        Array,
        Page,
        Rows,
    }

    /// <summary>The pages met so far, in order.</summary>
    public List<PageInfo> Pages { get; } = [];

    /// <summary>What the page that is open says its records are; null outside pages and when it doesn't.</summary>
    public string? Context => containers.Contains(Container.Page) ? Pages[^1].Context : null;

    /// <summary>At the end: whether a list or page that was begun has not ended.</summary>
    public bool EndsInside { get; private set; }

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
                case '[' when containers.TryPeek(out var table) && table == Container.Rows:
                    record = ReadRow();
                    Last = record;
                    return true;
                case '[' when containers.Count < MaxNesting:
                    containers.Push(Container.Array);
                    input.Consume(1);
                    continue;
                case ']' or '}':
                    input.Consume(1);
                    if (containers.TryPeek(out var open) && (open == Container.Page) == (next == '}')) containers.Pop();
                    continue;
                case '"' when containers.TryPeek(out var container) && container == Container.Page:
                    ReadPageProperty();
                    continue;
                default:
                    record = ReadGarbage();
                    Last = record;
                    return true;
            }
        }
    }

    /// <summary>Remembers a good record's first property names, by which the next one is found again after damage.</summary>
    public void AcceptLast() => signature ??= JsonResync.ReadSignature(Last.Bytes.Span);

    /// <summary>
    /// Says that the last record is not JSON. When another record begins within its bytes, reading goes on there.
    /// </summary>
    /// <param name="reason">What is wrong.</param>
    /// <returns>The piece to reject.</returns>
    public RecordSlice RejectLast(string reason)
    {
        var bytes = Last.Bytes.Span;
        if (JsonResync.FindBreak(bytes, complete: true) is { } broken)
        {
            var next = JsonResync.FindNextRecord(bytes, broken.Position, lastStartsLine, signature);
            if (next > 0)
            {
                pending = next;
                return Last with { Bytes = Last.Bytes[..next], Error = broken.Reason };
            }
        }

        return Last with { Error = reason };
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
                return input.Span[0];
            }

            input.Consume(span.Length);
            if (!input.Fill()) return -1;
        }
    }

    /// <summary>An object that holds records (<see cref="JsonWrappers"/>): goes inside and remembers what it says of itself.</summary>
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
            Pages.Add(page);
            for (var i = 0; i < objects; i++) containers.Push(Container.Page);
            containers.Push(page.IsTable ? Container.Rows : Container.Array);
            return true;
        }
    }

    /// <summary>A property of a page behind its records: <c>"@odata.nextLink": "…"</c>.</summary>
    private void ReadPageProperty()
    {
        while (true)
        {
            var reader = new Utf8JsonReader(input.Span, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = JsonResync.MaxDepth }));
            try
            {
                // Read on its own a property is a string, a colon and a value: the colon is stepped over by hand.
                if (reader.Read() && reader.TokenType == JsonTokenType.String)
                {
                    var key = reader.GetString()!;
                    var rest = (int)reader.BytesConsumed;
                    var at = rest;
                    while (input.Peek(at) is ' ' or '\t' or '\r' or '\n' or ':') at++;
                    var value = new Utf8JsonReader(input.Span[at..], isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = JsonResync.MaxDepth }));
                    if (value.Read())
                    {
                        if (value.TokenType == JsonTokenType.StartArray && JsonWrappers.IsList(key))
                        {
                            containers.Push(Container.Array);
                            input.Consume(at + 1);
                            return;
                        }

                        if (value.TrySkip())
                        {
                            var consumed = (int)value.BytesConsumed;
                            if (value.TokenType == JsonTokenType.EndObject && Utf8.Is(key, "error")) Pages[^1].NoteError(input.Slice(at, consumed));
                            else Pages[^1].Note(key, ref value);
                            input.Consume(at + consumed);
                            return;
                        }
                    }
                }
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                input.Consume(1);
                return;
            }

            if (input.Span.Length > MaxRecordBytes || !input.Fill())
            {
                input.Consume(input.Span.Length);
                return;
            }
        }
    }

    private RecordSlice ReadObject()
    {
        var scanner = default(ObjectScanner);
        var position = 0;
        var check = FirstCheckBytes;
        lastStartsLine = input.StartsLine;
        while (!scanner.Scan(input.Span, ref position))
        {
            if (input.Span.Length >= check)
            {
                if (Broken() is { } early) return early;
                if (input.Span.Length > MaxRecordBytes) return SkipLarge(scanner, position);
                check *= 8;
            }

            if (input.Fill()) continue;
            if (Broken() is { } broken) return broken;
            pending = input.Span.Length;
            return new(input.Slice(0, pending), input.Offset, input.Line, "the file ends in the middle of this record: it is truncated");
        }

        // So large a record may be a damaged one with its successors as items of a list that was left open.
        if (position >= SuspiciousBytes && Swallowed(position) is { } swallowed) return swallowed;
        pending = position;
        return position > MaxRecordBytes
            ? new(input.Slice(0, KeptTextBytes), input.Offset, input.Line, TooLarge)
            : new(input.Slice(0, position), input.Offset, input.Line);
    }

    /// <summary>A row of a table, as an object from column to cell.</summary>
    private RecordSlice ReadRow()
    {
        var scanner = default(ObjectScanner);
        var position = 0;
        lastStartsLine = input.StartsLine;
        while (!scanner.Scan(input.Span, ref position))
        {
            if (input.Span.Length > MaxRecordBytes) return SkipLarge(scanner, position);
            if (input.Fill()) continue;
            pending = input.Span.Length;
            return new(input.Slice(0, pending), input.Offset, input.Line, "the file ends in the middle of this row: it is truncated");
        }

        pending = position;
        var cells = input.Slice(0, position);
        try
        {
            return new(TableRow.ToObject(cells.Span, Pages[^1].Columns!, row), input.Offset, input.Line);
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

    /// <summary>
    /// When brackets don't close, a damaged record may have swallowed those behind it: where another begins, only the piece before is
    /// rejected.
    /// </summary>
    private RecordSlice? Broken()
    {
        var bytes = input.Span;
        var broken = JsonResync.FindBreak(bytes, complete: false);
        // Without a break the next record can still be inside: it became an item of a list that the damage left open.
        var next = JsonResync.FindNextRecord(bytes, broken?.Position ?? 1, lastStartsLine && broken != null, signature);
        if (next <= 0) return null;
        pending = next;
        return new(input.Slice(0, next), input.Offset, input.Line, broken?.Reason ?? "its brackets are not closed");
    }

    private RecordSlice? Swallowed(int length)
    {
        if (signature == null) return null;
        var next = JsonResync.FindNextRecord(input.Span[..length], 1, startsLine: false, signature);
        if (next <= 0) return null;
        pending = next;
        return new(input.Slice(0, next), input.Offset, input.Line, "its brackets are not closed");
    }

    private RecordSlice SkipLarge(ObjectScanner scanner, int position)
    {
        var (offset, line) = (input.Offset, input.Line);
        var kept = input.Slice(0, KeptTextBytes).ToArray();
        do
        {
            input.Consume(position);
            position = 0;
            if (!input.Fill())
            {
                input.Consume(input.Span.Length);
                return new(kept, offset, line, $"{TooLarge}, and the file ends in the middle of it");
            }
        }
        while (!scanner.Scan(input.Span, ref position));
        pending = position;
        return new(kept, offset, line, TooLarge);
    }

    /// <summary>Something that is no object where a record should be: up to the end of the line or the next bracket.</summary>
    private RecordSlice ReadGarbage()
    {
        var length = 1;
        var quoted = input.Span[0] == (byte)'"';
        while (length < KeptTextBytes)
        {
            var next = input.Peek(length);
            if (next < 0 || next == '\n') break;
            if (quoted && next == '"')
            {
                length++;
                break;
            }

            if (!quoted && next is '{' or '[' or ']' or ',' or '}') break;
            length++;
        }

        pending = length;
        return new(input.Slice(0, length), input.Offset, input.Line, "not a JSON object");
    }}
