using EntraAuditTools.Core.Formats.Json;

namespace EntraAuditTools.Core.Tests.Formats.Json;

/// <summary>
/// The danger: one damaged record costs others, or its piece does not show what was wrong. Every row is one break of the grammar of
/// RFC 8259 in a record between whole ones: those are records, and one piece is rejected, which begins where the damaged one does.
/// </summary>
public sealed class ResynchronisationTests
{
    private const string First = """{"id":1,"name":"a","list":[]}""";
    private const string Last = """{"id":3,"name":"c","list":[]}""";

    /// <summary>The section of RFC 8259 that is broken and how; the record.</summary>
    public static TheoryData<string, string> Damages => new()
    {
        { "§4, no value", """{"id":2,"name":,"list":[]}""" },
        { "§4, no colon", """{"id":2,"name" "b","list":[]}""" },
        { "§4, no comma", """{"id":2,"name":"b" "list":[]}""" },
        { "§4, a comma at the end", """{"id":2,"name":"b","list":[],}""" },
        { "§4, a name without quotes", """{"id":2,name:"b","list":[]}""" },
        { "§4, a name in other quotes", """{"id":2,'name':'b',"list":[]}""" },
        { "§4, a number for a name", """{"id":2,3:"b","list":[]}""" },
        { "§5, a comma at the end", """{"id":2,"name":"b","list":[1,]}""" },
        { "§3, a word that is none", """{"id":2,"name":None,"list":[]}""" },
        { "§3, undefined of JavaScript", """{"id":2,"name":undefined,"list":[]}""" },
        { "§3, True of Python", """{"id":2,"name":True,"list":[]}""" },
        { "§6, NaN", """{"id":NaN,"name":"b","list":[]}""" },
        { "§6, a number with a zero in front", """{"id":02,"name":"b","list":[]}""" },
        { "§6, a plus", """{"id":+2,"name":"b","list":[]}""" },
        { "§7, an escape that is none", """{"id":2,"name":"C:\users","list":[]}""" },
        { "§7, a code of three digits", """{"id":2,"name":"\u12","list":[]}""" },
        { "§7, a control character", "{\"id\":2,\"name\":\"a\u0002b\",\"list\":[]}" },
        { "§7, a tab as it is", "{\"id\":2,\"name\":\"a\tb\",\"list\":[]}" },
        { "a comment", """{"id":2,/* x */"name":"b","list":[]}""" },
        { "an ellipsis, as PowerShell shortens", """{"id":2,"name":"b","list":[…]}""" },
        { "deeper than any record (JsonResync.MaxDepth)",
            """{"id":2,"name":"b","list":""" + new string('[', 70) + new string(']', 70) + "}" },
    };

    /// <summary>
    /// Damage that hides where the record ends: what is wrong; the record. In lines the next line shows it; elsewhere the next object that
    /// begins as records do.
    /// </summary>
    public static TheoryData<string, string> Open => new()
    {
        { "the end is missing, behind a comma", """{"id":2,"name":"b",""" },
        { "the end is missing, within a name", """{"id":2,"na""" },
        { "the end is missing, behind a colon", """{"id":2,"name":""" },
        { "a string is not closed", """{"id":2,"name":"b""" },
        { "§5, a list that an object's end closes", """{"id":2,"name":"b","list":[1}""" },
        { "§4, an object that a list's end closes", """{"id":2,"name":"b","list":{"x":1]}""" },
        { "a string is not closed, and more follows", """{"id":2,"name":"b,"list":[]}""" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_damaged_record_is_one_piece_and_costs_no_other(string how, string damaged)
    {
        foreach (var (name, wrap) in Wrappers.All)
        {
            var pieces = Pieces.Of(wrap([First, damaged, Last]));
            Assert.True(pieces.Whole.SequenceEqual([First, Last]), $"{how}, {name}: {string.Join('|', pieces.Whole)}");
            var (text, reason) = Assert.Single(pieces.Rejected);
            // In lines it is the line, with the comma that ends it.
            Assert.True(text.TrimEnd(',', '\r') == damaged, $"{how}, {name}: {text}");
            var isSaid = reason.StartsWith("not valid JSON: ", StringComparison.Ordinal) || reason == "nested more than 64 deep";
            Assert.True(isSaid, $"{how}: {reason}");
        }
    }

    [Theory]
    [MemberData(nameof(Open))]
    public void A_record_without_its_end_costs_no_other(string how, string damaged)
    {
        foreach (var name in (string[])["lines", "array", "array of lines", "indented array", "page", "event hub"])
        {
            var pieces = Pieces.Of(Wrappers.All[name]([First, First, damaged, Last, Last]));
            Assert.True(pieces.Whole.SequenceEqual([First, First, Last, Last]), $"{how}, {name}: {string.Join('|', pieces.Whole)}");
            Assert.StartsWith(damaged, Assert.Single(pieces.Rejected).Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Parts_of_a_record_without_its_end_are_no_records()
    {
        const string Damaged = """{"id":2,"name":"b","list":[{"id":8,"name":"part"},{"id":9,"name":"part"}""";
        foreach (var name in (string[])["lines", "array of lines"])
        {
            var pieces = Pieces.Of(Wrappers.All[name]([First, First, Damaged, Last, Last]));
            Assert.True(pieces.Whole.SequenceEqual([First, First, Last, Last]), $"{name}: {string.Join('|', pieces.Whole)}");
        }
    }

    [Fact]
    public void The_first_record_may_be_the_damaged_one()
    {
        foreach (var (how, damaged) in Damages.Select(row => row.Data))
        {
            foreach (var name in (string[])["lines", "array", "page"])
            {
                var pieces = Pieces.Of(Wrappers.All[name]([damaged, First, Last]));
                Assert.True(pieces.Whole.SequenceEqual([First, Last]), $"{how}, {name}: {string.Join('|', pieces.Whole)}");
                Assert.Single(pieces.Rejected);
            }
        }
    }

    [Fact]
    public void The_last_record_may_be_cut_off()
    {
        for (var length = 2; length < Last.Length; length++)
        {
            var pieces = Pieces.Of($"[{First},{First},{Last[..length]}");
            Assert.Equal([First, First], pieces.Whole);
            Assert.Equal((Last[..length], "the file ends in the middle of this record: it is truncated"), Assert.Single(pieces.Rejected));
            Assert.True(pieces.EndsInside);
        }
    }

    [Fact]
    public void Damaged_records_one_after_the_other_are_reported_one_by_one()
    {
        var damaged = Damages.Select(row => row.Data.Item2)
            .Where(record => record.StartsWith("{\"id\":2,", StringComparison.Ordinal)).ToList();
        var pieces = Pieces.Of(Wrappers.All["lines"]([First, .. damaged, Last]));
        Assert.Equal([First, Last], pieces.Whole);
        Assert.Equal(damaged, pieces.Rejected.Select(piece => piece.Text));
        Assert.Equal(Enumerable.Range(1, damaged.Count + 2).Select(line => (long)line), pieces.All.Select(piece => piece.Line));
    }

    [Fact]
    public void What_a_page_says_behind_a_damaged_record_is_heard()
    {
        foreach (var (how, damaged) in Damages.Select(row => row.Data))
        {
            var pages = Pieces.Of($"{{\"value\":[{First},{damaged},{Last}],\"@odata.nextLink\":\"https://x\"}}").Pages;
            Assert.True(pages.IsLastLinked, how);
        }
    }
}
