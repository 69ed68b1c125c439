using System.Text;
using System.Text.Json;
using EntraAuditTools.Core.Formats.Json;

namespace EntraAuditTools.Core.Tests.Formats.Json;

/// <summary>
/// The danger: a text with half a character (issue 11, case 40) stops an import, since .NET throws where it is read. Sources: RFC 8259 §8.2
/// ("\uDEAD": grammar allows it, behaviour is unpredictable) and Unicode 3.9, U+FFFD in place of each ill-formed part.
/// </summary>
public sealed class BrokenTextTests
{
    /// <summary>What is between the quotes; what is read.</summary>
    public static TheoryData<string, string> Escapes => new()
    {
        { @"\ud83d\ude00", "\U0001F600" },
        { @"\uD83D\uDE00", "\U0001F600" },
        { @"\ud83d", "\ufffd" },
        { @"\ude00", "\ufffd" },
        { @"a\ud83db", "a\ufffdb" },
        { @"\ud83d\ud83d\ude00", "\ufffd\U0001F600" },
        { @"\ude00\ud83d", "\ufffd\ufffd" },
        { @"\ud83dx\ude00", "\ufffdx\ufffd" },
        { @"\ud83d\n", "\ufffd\n" },
        { @"\\ud83d", @"\ud83d" },
        { @"\\\ud83d", "\\\ufffd" },
        { @"\ud83d \"" \\ \/ \b \f \n \r \t \u00e9", "\ufffd \" \\ / \b \f \n \r \t é" },
        { @"é😀\ud83d", "é😀\ufffd" },
        { @"\ud7ff\ue000\ud800", "\ud7ff\ue000\ufffd" },
    };

    [Theory]
    [MemberData(nameof(Escapes))]
    public void Half_a_character_is_the_sign_of_replacement_and_the_rest_is_read(string escaped, string text)
    {
        var json = Encoding.UTF8.GetBytes($"{{\"{escaped}\":\"{escaped}\"}}");
        var reader = JsonResync.Reader(json, isFinal: true);
        reader.Read();
        reader.Read();
        Assert.Equal(text, BrokenText.Read(ref reader));
        reader.Read();
        Assert.Equal(text, BrokenText.Read(ref reader));
        using var document = JsonDocument.Parse(json);
        Assert.Equal(text, BrokenText.Read(document.RootElement.EnumerateObject().First().Value));
    }

    [Theory]
    [MemberData(nameof(Escapes))]
    public void A_mended_record_is_of_the_same_length_and_reads_alike(string escaped, string text)
    {
        var json = Encoding.UTF8.GetBytes($"{{\"a\":[\"{escaped}\"],\"{escaped}\":1}}");
        var mended = BrokenText.Mended(json);
        Assert.Equal(json.Length, mended.Length);
        using var document = JsonDocument.Parse(mended);
        Assert.Equal(text, document.RootElement.GetProperty("a")[0].GetString());
        Assert.Equal(text, document.RootElement.EnumerateObject().Last().Name);
    }

    [Theory]
    [MemberData(nameof(Escapes))]
    public void Where_only_names_are_mended_values_keep_their_bytes(string escaped, string text)
    {
        var json = Encoding.UTF8.GetBytes($"{{\"a\":\"{escaped}\",\"{escaped}\":1}}");
        var mended = BrokenText.WithGoodNames(json);
        Assert.Equal($"\"{escaped}\"", Encoding.UTF8.GetString(mended.Span.Slice(5, Encoding.UTF8.GetByteCount(escaped) + 2)));
        using var document = JsonDocument.Parse(mended);
        Assert.Equal(text, document.RootElement.EnumerateObject().Last().Name);
    }

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_read_as_well()
    {
        byte[] json = [.. "{\"a\":\"x"u8, 0xff, .. "y\"}"u8];
        var reader = JsonResync.Reader(json, isFinal: true);
        for (var i = 0; i < 3; i++) reader.Read();
        Assert.Equal("x\ufffdy", BrokenText.Read(ref reader));
    }

    [Fact]
    public void A_text_in_which_nothing_is_broken_is_not_copied()
    {
        var json = Encoding.UTF8.GetBytes("""{"a":"\ud83d\ude00 \u00e9","\u00e9":"\ud7ff"}""").AsMemory();
        Assert.True(BrokenText.Mended(json).Equals(json));
        Assert.True(BrokenText.WithGoodNames(json).Equals(json));
    }
}
