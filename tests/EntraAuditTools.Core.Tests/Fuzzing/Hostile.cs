using System.Text;

namespace EntraAuditTools.Core.Tests.Fuzzing;

/// <summary>Values that files hold by accident or on purpose, and that have broken readers before.</summary>
internal static class Hostile
{
    /// <summary>Strings as they stand in a JSON text, between its quotes.</summary>
    private static readonly string[] Escaped =
    [
        "", " ", "\\ud800", "x\\udc00y", "\\ud83d\\ud83d", "\\udbff\\uffff", "\\u0000", "a\\u0000b", "\\u001b[31m", "\\u202e", "\\u200b", "\\ufeff", "\\ufffe",
        "\\\\", "\\\"", "\\/", "\\n", "\\r\\n\\t", "{", "}", "[]", "{}", "[{}]", "[{\\\"a\\\":", "{\\\"user\\\":{}}", "[[[[",
        "[\\\"\\ud800\\\"]", "{\\\"\\ud800\\\":1}",
        "[\\\"x\\\",\\\"y\\\"]", "\\\"", "\\\"\\\\ud800\\\"", "null", "true", "System.Object[]", "System.Collections.Hashtable",
        "@{a=b; c=}", "Microsoft.Graph.X",
        "11111111-0000-4000-8000-000000000001", "User_11111111-0000-4000-8000-000000000001",
        "11111111000040008000000000000001ada@contoso.com", "00000000-0000-0000-0000-000000000000",
        "#microsoft.graph.user", "#", "https://graph.microsoft.com/v1.0/$metadata#auditLogs/directoryAudits",
        "https://x/$metadata#a('%')/b(", "$metadata#(((", "#--", " - ",
        "[2001:db8::1%eth0]:443", "::ffff:1.2.3.4:0", "1.2.3.4:99999", "<null>", "999.1.1.1", "P", "PT", "P365D", "P99999999999999Y",
        "-P1D", "PT1E9S", "P1.5D", "R/P1D",
        "*", "?", "[", "[a", "`", "'", "';--", "%", "_", "=cmd|' /C calc'!A0", "\u00e9", "\u0130\u0131", "\ud83d\ude00", "\u0301", "＝1", "\u2028",
    ];

    /// <summary>Times of all kinds, and what only looks like one.</summary>
    private static readonly string[] Times =
    [
        "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999-14:00", "0001-01-01T00:00:00+14:00",
        "10000-01-01T00:00:00Z", "2026-02-30T00:00:00Z",
        "2026-10-01T24:00:00Z", "2026-10-01T23:59:60Z", "2026-10-01T08:00:00.123456789012Z", "2026-10-01", "01/02/2026", "31/12/2026 08:00",
        "13/13/2026", "1.2.26", "2026/1/2 8:0:0 AM",
        "/Date(1790928065123)/", "/Date(-1)/", "/Date(99999999999999999999)/", "1790928065", "1790928065123", "-1", "0", "45931.5", "1e308",
        "45931,5", "yesterday", "T", "Z",
        "2026-10-01T08:00:00+99:00", "2026-10-01T08:00:00 Europe/Berlin", "2026-W40-4", "\u0662\u0660\u0662\u0666-10-01",
        "2026-10-01T08:00:00Z\\u0000", "1600-12-31T00:00:00Z", "1899-12-30",
    ];

    private static readonly string[] Numbers =
    [
        "0", "-0", "-1", "1", "1e999", "-1e999", "1E400", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
        "-9223372036854775809", "18446744073709551616", "2147483648",
        "0.1", "1e-400", "1.7976931348623157e308", "123456789012345678901234567890", "1790928065", "1790928065123", "922337203685477",
        "-62135596800001", "253402300800000", "3155378976000000000",
    ];

    private static readonly string[] Others =
        ["null", "true", "false", "[]", "{}", "[null]", "[[]]", "[{}]", "{\"\":null}", "[1,\"a\",null,{}]", "{\"value\":[]}",
            "{\"value\":null}", "[\"\"]", "{\"user\":null,\"app\":null}"];

    /// <summary>Pieces of text that mean something to one format or another.</summary>
    private static readonly byte[][] Tokens =
    [
        [0], [0, 0, 0, 0], [0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF], [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
        [0xC0, 0x80], [0x1F, 0x8B, 8], [0x50, 0x4B, 3, 4], [0x1e], [0x1b], [0x1a],
        .. new[] { "\"", "\"\"", "\\", "{", "}", "[", "]", ",", ":", ";", "\t", "\n", "\r", "\r\n", "'", "#", "//", "/*", "null", "NaN",
            "-", "\"value\":[", "{\"value\":[", "]}", "}{", "}\n{", "},{", "\"@odata.nextLink\":\"x\"", "sep=;\r\n", "\\u", "\\ud800",
            "\\u12", "\\x", "<", "<?xml", "=", "\f", "\u00a0" }.Select(Encoding.UTF8.GetBytes),
    ];

    /// <summary>A JSON value as text.</summary>
    public static string JsonValue(Random random) => random.Next(12) switch
    {
        < 5 => $"\"{Pick(random, Escaped)}\"",
        < 7 => $"\"{Pick(random, Times)}\"",
        < 9 => Pick(random, Numbers),
        9 => Pick(random, Others),
        10 => Nested(random),
        _ => $"\"{Long(random)}\"",
    };

    /// <summary>A property's name, or another string, as it stands between quotes.</summary>
    public static string JsonText(Random random) => random.Next(4) == 0 ? Pick(random, Times) : Pick(random, Escaped);

    /// <summary>A time as a string, or the number it might be.</summary>
    public static string JsonTime(Random random) => random.Next(4) == 0 ? Pick(random, Numbers) : $"\"{Pick(random, Times)}\"";

    /// <summary>The text of a CSV's cell, quoted or not.</summary>
    public static string Cell(Random random)
    {
        var text = random.Next(6) switch
        {
            0 or 1 => Pick(random, Escaped),
            2 or 3 => Pick(random, Times),
            4 => Pick(random, Numbers),
            _ => JsonValue(random),
        };
        return random.Next(3) switch { 0 => text, 1 => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", _ => $"\"{text}" };
    }

    public static byte[] Token(Random random) => Pick(random, Tokens);

    public static T Pick<T>(Random random, T[] values) => values[random.Next(values.Length)];

    private static string Nested(Random random)
    {
        var depth = Pick(random, [3, 20, 31, 33, 62, 63, 64, 65, 100, 2_000]);
        return random.Next(2) == 0
            ? $"{new string('[', depth)}{new string(']', depth)}"
            : $"{string.Concat(Enumerable.Repeat("{\"value\":", depth))}1{new string('}', depth)}";
    }

    private static string Long(Random random) => new(Pick(random, ['a', ' ', '0', '[', '\u00e9', '-']), Pick(random, [255, 256, 1_000, 4_096, 16_384, 70_000]));
}
