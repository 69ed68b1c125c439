using System.Text;
using EntraAuditTools.Core.Formats.Json;

namespace EntraAuditTools.Core.Tests.Formats.Json;

/// <summary>
/// The danger: reading goes on at a wrong place because the break is said to be where it is not. Sources: RFC 8259 for what is a break; of
/// the last group, what Utf8JsonReader does with a string whose quote is missing.
/// </summary>
public sealed class BreakTests
{
    /// <summary>The text; | stands where it breaks.</summary>
    [Theory]
    [InlineData("|}")]
    [InlineData("{\"a\":|treu}")]
    [InlineData("{\"a\":\"x\"|\"b\":2}")]
    [InlineData("{\"a\":|1x}")]
    [InlineData("{\"a\":1,|b:2}")]
    [InlineData("{\"a\":[1,2|}")]
    [InlineData("{\"a\":{\"b\":1|]}")]
    [InlineData("{\"a\":1}|x")]
    [InlineData("{\"a\":|\"x\\y\"}")]
    [InlineData("{\"a\":1,|{\"b\":2}}")]
    public void A_text_breaks_behind_the_last_token_that_is_fine(string marked)
    {
        var position = marked.IndexOf('|', StringComparison.Ordinal);
        var found = JsonResync.FindBreak(Encoding.UTF8.GetBytes(marked.Remove(position, 1)), complete: true);
        Assert.Equal(position, found?.Position);
    }

    [Theory]
    [InlineData("{\"a\":1,\"b\":\"x|{\"a\":2}")]
    [InlineData("{\"a\":1,\"b\":\"x,|{\"a\":2}")]
    [InlineData("{\"a\":1,\"b\":\"x,|{  \"a\":2}")]
    public void Where_a_quote_is_missing_it_breaks_at_the_brace_of_the_next_record(string marked)
    {
        var position = marked.IndexOf('|', StringComparison.Ordinal);
        Assert.Equal(position, JsonResync.FindBreak(Encoding.UTF8.GetBytes(marked.Remove(position, 1)), complete: true)?.Position);
    }

    [Theory]
    [InlineData("{\"a\":1}")]
    [InlineData("{\"a\":\"\\u00e9\\\"\"}")]
    [InlineData("{\"a\":[{},[],\"\",0,-1.5e3,true,false,null]}")]
    public void What_is_fine_breaks_nowhere_and_at_no_byte_of_it(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Assert.Null(JsonResync.FindBreak(bytes, complete: true));
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Null(JsonResync.FindBreak(bytes.AsSpan(0, length), complete: false));
            Assert.NotNull(JsonResync.FindBreak(bytes.AsSpan(0, length), complete: true));
        }
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_record_may_be_nested_64_deep(int depth, bool isFine)
    {
        var text = Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth));
        Assert.Equal(isFine, JsonResync.FindBreak(text, complete: true) == null);
    }
}
