using System.Text.Json;
using EntraAuditTools.Core.Formats.Json;

namespace EntraAuditTools.Core.Tests.Formats.Json;

/// <summary>What is wrong with a JSON text is said in words for people, whatever the parser's own are.</summary>
public sealed class JsonComplaintTests
{
    [Theory]
    [InlineData("""{"a":1,}""", "not valid JSON: a trailing comma behind the last property of an object")]
    [InlineData("""{"a":[1,]}""", "not valid JSON: a trailing comma behind the last item of a list")]
    [InlineData("""{"a":"b""", "not valid JSON: it ends within a string")]
    [InlineData("""{"a":[1 """, "not valid JSON: it ends before its brackets are closed")]
    [InlineData("""{"a":-""", "not valid JSON: it ends in the middle")]
    [InlineData("""{"a":1""", "not valid JSON: '1' at the end of a number")]
    [InlineData("", "not valid JSON: there is nothing in it")]
    [InlineData("{\"a\":\"b\nc\"}", "not valid JSON: a line feed within a string (a quote may be missing)")]
    [InlineData("{\"a\":\"b\u001bc\"}", "not valid JSON: the control character 0x1B within a string")]
    [InlineData("""{"a":"\x"}""", "not valid JSON: a backslash before 'x' within a string")]
    [InlineData("""{"a":"\u12g4"}""", "not valid JSON: \\u within a string, and 'g' among its four digits")]
    [InlineData("""{"a":1 "b":2}""", "not valid JSON: '\"' behind a value, where a comma or the end of its list or object should be")]
    [InlineData("""{"a":'b'}""", "not valid JSON: ''' where a value should begin")]
    [InlineData("""{a:1}""", "not valid JSON: 'a' where a property's name should begin")]
    [InlineData("""{"a" 1}""", "not valid JSON: '1' behind a property's name, where a colon should be")]
    [InlineData("""{"a":treu}""", "not valid JSON: a word that is none of true, false and null")]
    [InlineData("""{"a":1.x}""", "not valid JSON: 'x' within a number")]
    [InlineData("""{"a":1ex}""", "not valid JSON: 'x' within a number")]
    [InlineData("""{"a":-x}""", "not valid JSON: 'x' within a number")]
    [InlineData("""{"a":1x}""", "not valid JSON: 'x' at the end of a number")]
    [InlineData("""{"a":01}""", "not valid JSON: a number that begins with zero")]
    [InlineData("""{"a":1}}""", "not valid JSON: '}' behind its end")]
    [InlineData("""]""", "not valid JSON: ']' where a value should begin")]
    [InlineData("""{"a":1]""", "not valid JSON: ']', which closes nothing")]
    public void Complaints_are_in_our_words(string json, string words)
    {
        var complaint = Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(json));
        Assert.Equal(words, JsonResync.Describe(complaint));
    }

    [Fact]
    public void What_is_not_known_is_not_said() =>
        Assert.Equal("not valid JSON", JsonComplaints.Describe("Something that no version says yet. LineNumber: 0 | BytePositionInLine: 1."));
}
