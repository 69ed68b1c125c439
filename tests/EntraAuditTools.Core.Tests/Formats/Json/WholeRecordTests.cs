using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace EntraAuditTools.Core.Tests.Formats.Json;

/// <summary>The danger: a heuristic that looks for damage tears a record that is whole, because parts of it begin like records.</summary>
public sealed class WholeRecordTests
{
    private static readonly string[] Same = ["id", "displayName"];

    /// <summary>Objects that begin as their record does, in every place where they can stand.</summary>
    public static TheoryData<string, string> Nested => new()
    {
        { "children in a list behind", "{\"id\":\"p\",\"displayName\":\"Package\",\"isHidden\":false,\"policies\":[CHILDREN]}" },
        { "children in a list before", "{\"id\":\"p\",\"displayName\":\"Package\",\"policies\":[CHILDREN],\"isHidden\":false}" },
        { "children first of all", "{\"id\":[CHILDREN],\"displayName\":\"Package\",\"isHidden\":false}" },
        { "children as the name", "{\"id\":\"p\",\"displayName\":[CHILDREN],\"isHidden\":false}" },
        { "children within children", "{\"id\":\"p\",\"displayName\":\"x\",\"children\":[{\"id\":\"q\",\"displayName\":\"y\",\"children\":[CHILDREN]}]}" },
        { "children in lists of lists", "{\"id\":\"p\",\"displayName\":\"x\",\"children\":[[[CHILDREN]],[[CHILDREN]]]}" },
        { "children under names", "{\"id\":\"p\",\"displayName\":\"x\",\"children\":{\"id\":\"q\",\"displayName\":{\"id\":1,\"displayName\":[CHILDREN]}}}" },
        { "children in lines of their own", "{\"id\":\"p\",\n\"displayName\":\"x\",\n\"children\":[\nLINES\n]}" },
        { "children as text", "{\"id\":\"p\",\"displayName\":\"{\\\"id\\\":1,\\\"displayName\\\":2}\",\"children\":[CHILDREN],\"text\":\"[CHILDTEXT]\"}" },
    };

    [Theory]
    [MemberData(nameof(Nested))]
    public void A_record_whose_parts_begin_like_it_is_whole_at_every_size(string what, string template)
    {
        foreach (var count in (ReadOnlySpan<int>)[0, 1, 14, 150, 1_200, 15_000])
        {
            var child = $"{{\"id\":\"c\",\"displayName\":\"Policy\",\"description\":\"{new string('x', 60)}\"}}";
            var children = Enumerable.Repeat(child, count).ToList();
            var record = template
                .Replace("CHILDREN", string.Join(',', children), StringComparison.Ordinal)
                .Replace("LINES", string.Join(",\n", children), StringComparison.Ordinal)
                .Replace("CHILDTEXT", string.Join(',', children).Replace("\"", "\\\"", StringComparison.Ordinal), StringComparison.Ordinal);
            string[] records = ["{\"id\":\"a\",\"displayName\":\"First\",\"isHidden\":true}", record, "{\"id\":\"z\",\"displayName\":\"Last\"}"];
            foreach (var (name, wrap) in Wrappers.All)
            {
                var pieces = Pieces.Of(wrap(records));
                Assert.True(pieces.Rejected.Count == 0 && pieces.Whole.SequenceEqual(records), $"{what}, {count} children, {name}");
                Assert.False(pieces.EndsInside);
            }
        }
    }

    [Fact]
    public void A_record_of_nearly_16_MB_is_whole()
    {
        var child = "{\"id\":\"c\",\"displayName\":\"Member\",\"mail\":\"m@contoso.com\"}";
        var count = ((16 * 1024 * 1024) - 100) / (child.Length + 1);
        string[] records =
        [
            "{\"id\":\"a\",\"displayName\":\"First\",\"members\":[]}",
            $"{{\"id\":\"g\",\"displayName\":\"Group\",\"members\":[{string.Join(',', Enumerable.Repeat(child, count))}]}}",
            "{\"id\":\"z\",\"displayName\":\"Last\",\"members\":[]}",
        ];
        foreach (var wrapper in (string[])["array", "lines", "page"])
        {
            var pieces = Pieces.Of(Wrappers.All[wrapper](records));
            Assert.True(pieces.Rejected.Count == 0 && pieces.Whole.SequenceEqual(records), wrapper);
        }
    }

    [Theory]
    [InlineData(16 * 1024)]
    [InlineData(64 * 1024)]
    [InlineData(256 * 1024)]
    [InlineData(512 * 1024)]
    [InlineData(1024 * 1024)]
    public void A_record_is_whole_wherever_the_buffer_ends(int boundary)
    {
        for (var around = -3; around <= 3; around++)
        {
            const string Head = "{\"id\":\"p\",\"displayName\":\"x\",\"list\":[{\"id\":1,\"displayName\":2},{\"id\":3,\"displayName\":\"";
            const string Tail = "\\\\\"}]}";
            var record = Head + new string('y', boundary + around - Head.Length - Tail.Length) + Tail;
            string[] records = [record, record, "{\"id\":\"z\",\"displayName\":\"last\"}"];
            foreach (var chunk in (ReadOnlySpan<int>)[4096, 65_537, 1 << 20])
            {
                var pieces = Pieces.Of(Wrappers.All["array"](records), chunk);
                Assert.True(pieces.Rejected.Count == 0 && pieces.Whole.SequenceEqual(records), $"{around} in chunks of {chunk}");
            }
        }
    }

    [Fact]
    public void Valid_documents_of_any_nesting_arrive_whole_in_every_wrapper() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(),
        seed =>
        {
            var random = new Random(seed);
            var records = Enumerable.Range(0, 1 + random.Next(6)).Select(_ => Record(random)).ToList();
            foreach (var (name, wrap) in Wrappers.All)
            {
                var pieces = Pieces.Of(wrap(records), 1 + random.Next(100_000));
                Assert.True(pieces.Rejected.Count == 0 && pieces.Whole.SequenceEqual(records), $"seed {seed}, {name}");
            }

        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    private static string Record(Random random)
    {
        var text = new StringBuilder();
        var size = 1 << random.Next(6, 19);
        Write(text, random, size, depth: 1);
        return text.ToString();
    }

    /// <summary>An object that nearly always begins with the same two properties as all others.</summary>
    private static void Write(StringBuilder text, Random random, int size, int depth)
    {
        var end = text.Length + size;
        text.Append("{\"").Append(Same[0]).Append("\":\"").Append(random.Next()).Append("\",\"")
            .Append(random.Next(8) == 0 ? "other" : Same[1]).Append("\":").Append(Value(random));
        for (var i = 0; text.Length < end; i++)
        {
            text.Append(random.Next(20) == 0 ? ",\n\"" : ",\"").Append('p').Append(random.Next(i + 3)).Append("\":");
            switch (depth < 30 ? random.Next(4) : 0)
            {
                case 0:
                    text.Append(Value(random));
                    break;
                case 1:
                    Write(text, random, (end - text.Length) / 2, depth + 1);
                    break;
                default:
                    text.Append('[');
                    var items = random.Next(6);
                    for (var item = 0; item < items; item++)
                    {
                        if (item > 0) text.Append(random.Next(10) == 0 ? ",\n" : ",");
                        Write(text, random, Math.Max((end - text.Length) / 8, 0), depth + 2);
                    }

                    text.Append(']');
                    break;
            }
        }

        text.Append('}');
    }

    private static string Value(Random random) => random.Next(6) switch
    {
        0 => "null",
        1 => "\"\\\\\"",
        2 => "\"a \\\"quoted\\\" {\\\"id\\\":1,\\\"displayName\\\":2} text\"",
        3 => "\"}],{[\"",
        4 => "-1.5e3",
        _ => "\"\\ud83d\\ude00 ünï\"",
    };
}
