using System.Text;
using System.Text.Json;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Formats.Json;

/// <summary>
/// Knows, from the beginning of an object, the wrappers that hold so many records that they are read one by one: OData pages and Event Hub
/// bodies, also where Windows PowerShell wrapped their list again; parts of a Graph <c>$batch</c> answer; tables of the Log Analytics and
/// Kusto query APIs; answers of searches (Elasticsearch <c>hits</c>, Splunk and Azure PowerShell <c>results</c>). What holds a single
/// record, or few, is unwrapped once it is read.
/// </summary>
internal static class JsonWrappers
{
    /// <summary>Properties beside the records, by the wrapper that they belong to.</summary>
    [Flags]
    private enum Beside
    {
        None = 0,
        Page = 1,
        Part = 2,
        Table = 4,
        Search = 8,
        Results = 16,
    }

    /// <summary>
    /// True: a wrapper whose records begin behind the <paramref name="length"/> bytes, which open <paramref name="objects"/> objects and
    /// one list; false: none; null: so few bytes don't decide it.
    /// </summary>
    /// <param name="bytes">From the object's first brace.</param>
    /// <param name="page">Gets what the wrapper says about itself.</param>
    /// <param name="length">Bytes up to the first record.</param>
    /// <param name="objects">How many objects are open then.</param>
    public static bool? Peek(ReadOnlySpan<byte> bytes, PageInfo page, out int length, out int objects)
    {
        (length, objects) = (0, 0);
        var reader = new Utf8JsonReader(bytes, isFinalBlock: false,
            new JsonReaderState(new JsonReaderOptions { MaxDepth = JsonResync.MaxDepth }));
        try
        {
            if (!reader.Read()) return null;
            var found = Object(ref reader, page, ref objects);
            length = (int)reader.BytesConsumed;
            return found;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Whether a list under that name, behind a page's first one, holds records too.</summary>
    public static bool IsList(string name) => Utf8.Is(name, "value") || Utf8.Is(name, "records");

    private static bool? Object(ref Utf8JsonReader reader, PageInfo page, ref int objects)
    {
        if (++objects > 4) return false;
        var beside = Beside.None;
        while (true)
        {
            if (!reader.Read()) return null;
            if (reader.TokenType != JsonTokenType.PropertyName) return false;
            var name = reader.ValueSpan;
            var (holds, allowed) = HoldsRecords(name);
            var kind = holds ? Beside.None : KindOf(name);
            if (!holds && kind == Beside.None) return false;
            var (isRows, isBody) = (holds && Utf8.Is(name, "rows"u8), holds && Utf8.Is(name, "body"u8));
            var key = Encoding.UTF8.GetString(name);
            if (!reader.Read()) return null;
            if (holds)
            {
                if ((beside & ~allowed) != 0) return false;
                if (reader.TokenType == JsonTokenType.StartObject && !isRows) return Object(ref reader, page, ref objects);
                if (reader.TokenType != JsonTokenType.StartArray || isBody) return false;
                if (isRows && page.Columns == null) return false;
                page.IsTable = isRows;
                page.Wrapper = key;
                return true;
            }

            beside |= kind;
            if (kind == Beside.Page && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) return false;
            if (Note(page, key, ref reader) is var noted and not true) return noted;
        }
    }

    /// <summary>The wrapper that a property with records in it belongs to, and what else may be before it.</summary>
    private static (bool Holds, Beside Allowed) HoldsRecords(ReadOnlySpan<byte> name) => name.Length switch
    {
        4 when Utf8.Is(name, "body"u8) => (true, Beside.Part),
        4 when Utf8.Is(name, "rows"u8) => (true, Beside.Table | Beside.Results),
        4 when Utf8.Is(name, "hits"u8) => (true, Beside.Page | Beside.Search),
        5 when Utf8.Is(name, "value"u8) => (true, Beside.Page),
        6 when Utf8.Is(name, "tables"u8) => (true, Beside.Page),
        7 when Utf8.Is(name, "records"u8) => (true, Beside.Page),
        7 when Utf8.Is(name, "results"u8) => (true, Beside.Page | Beside.Results),
        9 when Utf8.Is(name, "responses"u8) => (true, Beside.Page),
        _ => default,
    };

    private static Beside KindOf(ReadOnlySpan<byte> name)
    {
        if (name.StartsWith("@"u8) || Utf8.Is(name, "count"u8) || Utf8.Is(name, "nextLink"u8)) return Beside.Page;
        if (Utf8.Is(name, "id"u8) || Utf8.Is(name, "status"u8) || Utf8.Is(name, "statusCode"u8) || Utf8.Is(name, "headers"u8))
            return Beside.Part;
        if (Utf8.Is(name, "columns"u8) || Utf8.Is(name, "fields"u8) || Utf8.Is(name, "name"u8) || Utf8.Is(name, "frameType"u8)
            || name.StartsWith("Table"u8))
        {
            return Utf8.Is(name, "fields"u8) ? Beside.Results : Beside.Table;
        }

        if (Utf8.Is(name, "took"u8) || Utf8.Is(name, "timed_out"u8) || name.StartsWith("_s"u8) || Utf8.Is(name, "pit_id"u8)
            || Utf8.Is(name, "total"u8) || Utf8.Is(name, "max_score"u8)) return Beside.Search;
        return Utf8.Is(name, "preview"u8) || Utf8.Is(name, "init_offset"u8) || Utf8.Is(name, "messages"u8)
            || Utf8.Is(name, "post_process_count"u8) ? Beside.Results : Beside.None;
    }

    /// <summary>Skips what is beside the records, and keeps what is needed. Null: the text ends before it does.</summary>
    private static bool? Note(PageInfo page, string key, ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.StartArray && (Utf8.Is(key, "columns") || Utf8.Is(key, "fields")))
            return Columns(page, ref reader);
        if (Utf8.Is(key, "tableKind") && reader.TokenType == JsonTokenType.String && BrokenText.Read(ref reader) is not "PrimaryResult")
            return false;
        page.Note(key, ref reader);
        return reader.TrySkip() ? true : null;
    }

    /// <summary>Names of a table's columns: objects with a name, or texts.</summary>
    private static bool? Columns(PageInfo page, ref Utf8JsonReader reader)
    {
        var columns = new List<string>();
        while (true)
        {
            if (!reader.Read()) return null;
            if (reader.TokenType == JsonTokenType.EndArray) break;
            if (reader.TokenType == JsonTokenType.String)
            {
                columns.Add(BrokenText.Read(ref reader));
                continue;
            }

            if (reader.TokenType != JsonTokenType.StartObject) return false;
            var column = reader;
            if (!reader.TrySkip()) return null;
            string? name = null;
            while (column.Read() && column.TokenType == JsonTokenType.PropertyName)
            {
                var isName = Utf8.Is(column.ValueSpan, "name"u8) || Utf8.Is(column.ValueSpan, "columnName"u8);
                column.Read();
                if (isName && column.TokenType == JsonTokenType.String) name = BrokenText.Read(ref column);
                column.TrySkip();
            }

            if (name == null) return false;
            columns.Add(name);
        }

        page.Columns = columns;
        return true;
    }
}
