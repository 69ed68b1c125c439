using System.Text;

namespace EntraAuditTools.Core.Tests.Formats.Json;

/// <summary>
/// The danger: what stands around records takes one with it, gives two for one, or moves its place, by which its original is found again.
/// In the tables ①, ② and ③ stand for records.
/// </summary>
public sealed class SplittingTests
{
    private static readonly string[] Records =
        ["""{"id":1,"name":"ünï"}""", """{"id":2,"name":"}]{[\"\\"}""", """{"id":3,"name":{"id":[{"id":4}]}}"""];

    /// <summary>What says that records are written so; the text; its records.</summary>
    public static TheoryData<string, string, string> Texts => new()
    {
        { "RFC 8259 §5, an array, with blanks of every kind (§2)", "[ ①,\t②\r\n,\n③ ]", "①②③" },
        { "RFC 8259 §2, a value by itself", "①", "①" },
        { "RFC 8259 §5, an array of nothing", "[]", "" },
        { "RFC 8259 §8.1, a byte-order mark may be ignored", "\ufeff[①]", "①" },
        { "an array of arrays", "[[①],[[②],③]]", "①②③" },
        { "nothing", "", "" },
        { "blanks", " \r\n\t", "" },
        { "jsonlines.org 3, a line feed ends each line", "①\n②\n③\n", "①②③" },
        { "jsonlines.org 3, the last may lack it, and \\r\\n is one", "①\r\n②\r\n③", "①②③" },
        { "empty lines", "\n①\n\n\r\n②\n\n", "①②" },
        { "RFC 7464 §2.2, a text sequence", "\u001e①\n\u001e②\n", "①②" },
        { "records behind each other, as jq -c and cat join them", "①②③", "①②③" },
        { "lines that were cut out of an array", "①,\n②,\n③", "①②③" },
        { "files joined by copy /b: a mark within (issue 11, case 26)", "①\n\ufeff②\n\ufeff[③]", "①②③" },
        { "FORMATS §0.9, Microsoft-Extractor-Suite: an array a page, a bare object where it has one", "[①,②]\r\n③\r\n", "①②③" },
        { "FORMATS, OData pages", """{"@odata.context":"c","@odata.nextLink":"https://x","value":[①,②]}""", "①②" },
        { "OData JSON format 4.01 §4.5.5, the link may stand behind",
            """{"@odata.context":"c","value":[①,②],"@odata.nextLink":"https://x"}""", "①②" },
        { "FORMATS, OData pages: count and tips",
            """{"@odata.context":"c","@odata.count":1,"@microsoft.graph.tips":"t","value":[①]}""", "①" },
        { "an empty page", """{"@odata.context":"c","value":[]}""", "" },
        { "pages joined", """{"value":[①]}{"value":[②]}""" + "\n" + """{"value":[③]}""", "①②③" },
        { "a list of pages", """[{"value":[①,②]},{"value":[③]}]""", "①②③" },
        { "FORMATS §9, Event Hub bodies", """{"records":[①,②]}""" + "\n" + """{"records":[③]}""", "①②③" },
        { "FORMATS, Windows PowerShell 5.1: a list that went through a PSObject", """{"value":[①,②],"Count":2}""", "①②" },
        { "the same within a page", """{"@odata.context":"c","value":{"value":[①,②],"Count":2}}""", "①②" },
        { "FORMATS, $batch", """{"responses":[{"id":"1","status":200,"headers":{},"body":{"@odata.context":"c","value":[①,②]}}]}""", "①②" },
        { "Elasticsearch, Search API", """{"took":1,"timed_out":false,"hits":{"total":{"value":2},"hits":[①,②]}}""", "①②" },
        { "Splunk, search/jobs/{id}/results", """{"preview":false,"init_offset":0,"results":[①,②]}""", "①②" },
    };

    /// <summary>Objects that look like a wrapper and are records.</summary>
    public static TheoryData<string, string> Alike => new()
    {
        { "FORMATS, OData pages: a single object ends /$entity and has no value",
            """{"@odata.context":"c/$entity","id":"x","displayName":"y"}""" },
        { "FORMATS §0.8, an error body", """{"error":{"code":"","message":"m","innerError":{"date":"d"}}}""" },
        { "FORMATS, provisionOnDemand answers key and value", """{"key":"k","value":"[{\"name\":\"EntryImport\"}]"}""" },
        { "FORMATS §1.2, properties under details may have any name", """{"name":"x","details":{"value":[{"id":1}]}}""" },
        { "an object with an id that has values is no page", """{"id":"x","value":[{"id":1}]}""" },
        { "FORMATS §0.7, JSON in a string stays one", """{"newValue":"[{\"id\":1},{\"id\":2}]"}""" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Records_are_cut_out_of_what_stands_around_them(string source, string template, string expected)
    {
        var text = Fill(template);
        foreach (var chunk in (ReadOnlySpan<int>)[1, 2, 7, 64 * 1024])
        {
            var pieces = Pieces.Of(text, chunk);
            Assert.True(pieces.Rejected.Count == 0, $"{source}: {string.Join(' ', pieces.Rejected)}");
            Assert.Equal(expected.Select(Record), pieces.Whole);
            Assert.False(pieces.EndsInside);
            AssertPlaces(pieces, text);
        }
    }

    [Theory]
    [MemberData(nameof(Alike))]
    public void An_object_that_looks_like_a_wrapper_is_one_record(string source, string text)
    {
        foreach (var (name, wrap) in Wrappers.All)
        {
            var pieces = Pieces.Of(wrap([text, Records[0], text]));
            Assert.True(pieces.Rejected.Count == 0 && pieces.Whole.SequenceEqual([text, Records[0], text]), $"{source}, {name}");
        }
    }

    [Theory]
    [InlineData("[①,②")]
    [InlineData("[[①],[②]")]
    [InlineData("""{"value":[①,②""")]
    [InlineData("""{"value":[①,②]""")]
    [InlineData("""{"value":[①,②],"@odata.nextLink":"https://x""")]
    [InlineData("""{"records":[①,②,""")]
    public void A_list_without_its_end_is_reported_and_its_records_are_read(string template)
    {
        var pieces = Pieces.Of(Fill(template));
        Assert.Equal(Records[..2], pieces.Whole);
        Assert.Empty(pieces.Rejected);
        Assert.True(pieces.EndsInside);
    }

    [Theory]
    [InlineData("]①", "①")]
    [InlineData("①}②", "①②")]
    [InlineData("[①]]②", "①②")]
    [InlineData("{\"value\":[①]}}②", "①②")]
    [InlineData("[①,,②,]", "①②")]
    public void Brackets_and_commas_too_many_cost_no_record(string template, string expected)
    {
        var pieces = Pieces.Of(Fill(template));
        Assert.Equal(expected.Select(Record), pieces.Whole);
        Assert.Empty(pieces.Rejected);
    }

    // RFC 8259 §3: values that are no objects. A list of them is one piece, not as many as it has items.
    [Theory]
    [InlineData("[①,12,②]", "12")]
    [InlineData("[①,\"words, and \\\" more\",②]", "\"words, and \\\" more\"")]
    [InlineData("[①,true,②]", "true")]
    [InlineData("[①,[1,\"x\",null],②]", "1,\"x\",null")]
    [InlineData("①\nERROR: throttled\n②", "ERROR: throttled")]
    [InlineData("①\n\n--- page 2 ---\n②", "--- page 2 ---")]
    [InlineData("①;②", ";")]
    [InlineData("①\0\0\0", "\0\0\0")]
    public void What_is_no_object_is_one_piece_and_costs_no_record(string template, string piece)
    {
        var text = Fill(template);
        var pieces = Pieces.Of(text);
        Assert.Equal(template.Where(c => c >= '①').Select(Record), pieces.Whole);
        Assert.Equal((piece, "not a JSON object"), Assert.Single(pieces.Rejected));
        AssertPlaces(pieces, text);
    }

    /// <summary>The records of a template.</summary>
    private static string Fill(string template) => string.Concat(template.Select(c => c >= '①' && c <= '③' ? Record(c) : c.ToString()));

    private static string Record(char number) => Records[number - '①'];

    /// <summary>Where a piece is said to begin, it begins: by its offset, and by its line.</summary>
    private static void AssertPlaces(Pieces pieces, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var end = 0L;
        foreach (var piece in pieces.All)
        {
            Assert.True(piece.Offset >= end);
            Assert.Equal(piece.Text, Encoding.UTF8.GetString(bytes.AsSpan((int)piece.Offset, Encoding.UTF8.GetByteCount(piece.Text))));
            Assert.Equal(1 + bytes.AsSpan(0, (int)piece.Offset).Count((byte)'\n'), piece.Line);
            end = piece.Offset + Encoding.UTF8.GetByteCount(piece.Text);
        }
    }
}
