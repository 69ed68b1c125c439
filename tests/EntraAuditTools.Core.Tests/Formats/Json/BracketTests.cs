using System.Text;
using EntraAuditTools.Core.Formats.Json;

namespace EntraAuditTools.Core.Tests.Formats.Json;

/// <summary>
/// The danger: a bracket within a string, or a buffer that ends within an escape, moves the end of a record. Source: RFC 8259 §7.
/// </summary>
public sealed class BracketTests
{
    /// <summary>The text; | stands where the object ends.</summary>
    public static TheoryData<string> Objects =>
    [
        """{}|""", """{}|}""", """{"a":{}}|{}""", """{"a":"}"}|""", """{"a":"{[\"}"}|]""", """{"a":"\\"}|"}""", """{"a":"\\\""}|""",
        """{"a":"\\\\"}|{"b":"\\"}""", """{"}":1}|""", """{"a":[{"b":[]},[]]}|,""", """{"a":"\u005c"}|""", """[{"a":"]"}]|]""",
    ];

    [Theory]
    [MemberData(nameof(Objects))]
    public void An_object_ends_where_its_first_brace_is_closed_however_it_arrives(string marked)
    {
        var end = marked.IndexOf('|', StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(marked.Remove(end, 1));
        for (var step = 1; step <= bytes.Length; step++)
        {
            var scanner = default(ObjectScanner);
            var position = 0;
            var found = ScanResult.More;
            for (var there = step; found == ScanResult.More && there - step < bytes.Length; there += step)
                found = scanner.Scan(bytes.AsSpan(0, Math.Min(there, bytes.Length)), ref position);
            Assert.Equal((ScanResult.Ended, end), (found, position));
        }
    }

    [Theory]
    [InlineData("""{"a":[1}""", 8)]
    [InlineData("""{"a":{"b":1]""", 12)]
    [InlineData("""{]""", 2)]
    [InlineData("""{"a":[[1],{"b":[}]}""", 17)]
    public void A_bracket_of_the_wrong_kind_is_reported_where_it_is(string text, int position)
    {
        var (scanner, at) = (default(ObjectScanner), 0);
        Assert.Equal(ScanResult.Mismatch, scanner.Scan(Encoding.UTF8.GetBytes(text), ref at));
        Assert.Equal(position, at);
    }

    [Fact]
    public void The_64th_level_is_fine_and_the_65th_is_reported_before_it_is_counted()
    {
        var bytes = Encoding.UTF8.GetBytes(new string('[', 65) + new string(']', 65));
        var (scanner, at) = (default(ObjectScanner), 0);
        Assert.Equal(ScanResult.TooDeep, scanner.Scan(bytes, ref at));
        Assert.Equal(64, at);
        scanner.CountOnly();
        Assert.Equal(ScanResult.Ended, scanner.Scan(bytes, ref at));
        Assert.Equal(130, at);
        (scanner, at) = (default(ObjectScanner), 0);
        Assert.Equal(ScanResult.Ended, scanner.Scan(bytes.AsSpan(1, 128), ref at));
    }

    [Theory]
    [InlineData("""{"a":[1}]|""")]
    [InlineData("""{"a":[1]]|}""")]
    [InlineData("""[{}}|]""")]
    public void Once_only_counting_any_bracket_closes_any(string marked)
    {
        var end = marked.IndexOf('|', StringComparison.Ordinal);
        var (scanner, at) = (default(ObjectScanner), 0);
        scanner.CountOnly();
        Assert.Equal(ScanResult.Ended, scanner.Scan(Encoding.UTF8.GetBytes(marked.Remove(end, 1)), ref at));
        Assert.Equal(end, at);
    }
}
