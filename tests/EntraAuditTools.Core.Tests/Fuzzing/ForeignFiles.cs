using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace EntraAuditTools.Core.Tests.Fuzzing;

/// <summary>Files of other programs, as they lie beside exports in folders: text, tables, JSON and bytes that have nothing to do with Entra.</summary>
internal sealed class ForeignFiles(int seed)
{
    // Words of every program, and of some trades.
    private static readonly string[] Words =
    [
        "time", "id", "name", "error", "value", "order", "request", "path", "level", "message", "host", "version", "items", "data", "type",
        "tags", "date", "title", "url", "count",
        "city", "amount", "price", "color", "sku", "quantity", "temperature", "latitude", "pod", "image", "branch", "commit", "build",
        "invoice", "customer", "product", "weight", "street",
    ];

    private static readonly (string Extension, Func<Random, byte[]> Make)[] Formats =
    [
        (".json", random => Json(random, depth: 0)),
        (".json", random => Utf8(Array(random, 1 + random.Next(60), () => Number(random)))),
        (".json", random => Utf8(Array(random, 1 + random.Next(60), () => $"\"{Sentence(random)}\""))),
        (".json", random => Utf8(Array(random, 1 + random.Next(20), () => Array(random, 3, () => Number(random))))),
        (".json", random => Utf8(Alike(random, 200))),
        (".jsonl", random => Utf8(Alike(random, 400, lines: true))),
        (".jsonl", random => Lines(random, 100,
            () => $$"""{"time":"{{Time(random)}}","level":"info","msg":"{{Sentence(random)}}","pid":{{random.Next(9999)}} }""")),
        (".json", random => Utf8(
            $$"""{"name":"{{Word(random)}}","version":"1.0.{{random.Next(99)}}","dependencies":{{Object(random, 2)}},"scripts":{"build":"make {{Word(random)}}"},"devDependencies":{} }""")),
        (".geojson", random => Utf8(
            $$"""{"type":"FeatureCollection","features":{{Array(random, 20, () => $$"""{"type":"Feature","geometry":{"type":"Point","coordinates":[{{Number(random)}},{{Number(random)}}] },"properties":{{Object(random, 1)}} }""")}} }""")),
        (".json", random => Utf8(
            $$"""{"Records":{{Array(random, 20, () => $$"""{"eventVersion":"1.08","userIdentity":{"type":"IAMUser","userName":"{{Word(random)}}"},"eventTime":"{{Time(random)}}","eventName":"{{Word(random)}}","awsRegion":"eu-central-1"}""")}} }""")),
        (".json", random => Utf8(
            Array(random, 20, () => $$"""{"id":"{{random.Next()}}","type":"PushEvent","actor":{"id":{{random.Next()}},"login":"{{Word(random)}}"},"repo":{"id":1,"name":"a/b"},"created_at":"{{Time(random)}}"}"""))),
        (".json", random => Utf8(
            $$"""{"apiVersion":"v1","kind":"List","items":{{Array(random, 10, () => $$$"""{"kind":"Pod","metadata":{"name":"{{{Word(random)}}}","labels":{}},"spec":{{{Object(random, 2)}}} }""")}} }""")),
        (".har", random => Utf8(
            $$"""{"log":{"version":"1.2","entries":{{Array(random, 10, () => $$$"""{"startedDateTime":"{{{Time(random)}}}","request":{"method":"GET","url":"https://x/{{{Word(random)}}}"},"response":{"status":200}}""")}} } }""")),
        (".json", random => Utf8($"// settings\n{{\n  // {Sentence(random)}\n  \"{Word(random)}\": true,\n  \"{Word(random)}\": [1, 2, 3],\n}}\n")),
        (".js", random => Utf8($"callback({Object(random, 2)});")),
        (".css", random => Lines(random, 60, () => $".{Word(random)} {{ color: #{random.Next(0xFFFFFF):x6}; margin: 0 }}")),
        (".cs", random => Lines(random, 60, () => $"    public string {Word(random)} {{ get; set; }} = \"{Word(random)}\"; // {Sentence(random)}")),
        (".ps1", random => Lines(random, 60, () => $"Get-{Word(random)} -{Word(random)} '{Word(random)}' | ForEach-Object {{ $_.{Word(random)} }}")),
        (".py", random => Lines(random, 60, () => $"def {Word(random)}(self, {Word(random)}=[1, 2]): return {{'{Word(random)}': {Number(random)}}}")),
        (".yaml", random => Lines(random, 60, () => $"{Word(random)}:\n  - {Word(random)}: {Sentence(random)}")),
        (".ini", random => Lines(random, 60, () => random.Next(5) == 0 ? $"[{Word(random)}]" : $"{Word(random)}={Sentence(random)}")),
        (".log", random => Lines(random, 300,
            () => $"{Time(random)} {Word(random).ToUpperInvariant()} [{random.Next(99)}] {Sentence(random)} {Object(random, 1)}")),
        (".log", random => Lines(random, 300, () => $"[{Time(random)}] {Word(random)}: {Sentence(random)}")),
        (".log", random => Lines(random, 300,
            () => $"10.0.0.{random.Next(255)} - - [02/Oct/2026:08:01:{random.Next(60):00} +0000] \"GET /{Word(random)} HTTP/1.1\" 200 {random.Next(9999)}")),
        (".log", random => Lines(random, 300, () => $"<134>1 {Time(random)} host app - - - {Sentence(random)}")),
        (".txt", random => Lines(random, 200, () => $"{Sentence(random)}, {Sentence(random)}. {Sentence(random)}")),
        (".txt", random => Lines(random, 50, () => Sentence(random))),
        (".md", random => Lines(random, 100,
            () => random.Next(4) switch { 0 => $"# {Sentence(random)}", 1 => $"- [{Word(random)}](https://x/{Word(random)})",
                2 => $"| {Word(random)} | {Word(random)} |", _ => Sentence(random) })),
        (".xml", random => Utf8(
            $"<?xml version=\"1.0\"?>\n<{Word(random)}>{string.Concat(Enumerable.Range(0, 50).Select(_ => $"<item id=\"{random.Next()}\">{Sentence(random)}</item>"))}</{Word(random)}>")),
        (".html", random => Utf8($"<!DOCTYPE html><html><head><title>{Sentence(random)}</title></head><body>{Sentence(random)}</body></html>")),
        (".sql", random => Lines(random, 100, () => $"INSERT INTO {Word(random)} VALUES ({random.Next()}, '{Sentence(random)}', NULL);")),
        (".eml", random => Utf8(
            $"From: a@contoso.com\r\nTo: b@contoso.com\r\nSubject: {Sentence(random)}\r\nDate: Fri, 02 Oct 2026 08:01:05 +0000\r\n\r\n{Sentence(random)}\r\n")),
        (".csv", random => Table(random, ",")),
        (".csv", random => Table(random, ";")),
        (".tsv", random => Table(random, "\t")),
        (".csv", random => Lines(random, 200, () => string.Join(',', Enumerable.Range(0, 5).Select(_ => Number(random))))),
        (".csv", random => Utf8($"{Word(random)},{Word(random)}\r\n")),
        (".csv", random => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(Table(random, "\t")))]),
        (".bin", random => Bytes(random, 1 + random.Next(20_000))),
        (".png", random => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, .. Bytes(random, 5_000)]),
        (".pdf", random => [.. "%PDF-1.7\n"u8, .. Bytes(random, 5_000)]),
        (".exe", random => [(byte)'M', (byte)'Z', .. Bytes(random, 5_000)]),
        (".db", random => [.. "SQLite format 3\0"u8, .. Bytes(random, 5_000)]),
        (".gz", random => Gzip(Bytes(random, 5_000))),
        (".gz", random => Gzip(Lines(random, 100, () => Sentence(random)))),
        (".zip", random => Zip(random)),
        (".b64", random => Utf8(Convert.ToBase64String(Bytes(random, 3_000), Base64FormattingOptions.InsertLineBreaks))),
        (".txt", _ => []),
        (".txt", random => new byte[random.Next(1, 5_000)]),
        (".txt", random => Utf8(new string('[', random.Next(1, 5_000)))),
        (".txt", random => Utf8(string.Concat(Enumerable.Range(0, random.Next(1, 3_000)).Select(_ => "[]{}\",:\\ \n"[random.Next(10)])))),
    ];

    /// <summary>How many formats there are: as many files in a row are of different ones.</summary>
    public static int Count => Formats.Length;

    /// <summary>A file: of the same seed and number always the same one.</summary>
    public FuzzSeed Make(int number)
    {
        var random = new Random(unchecked((seed * 1_000_003) + number));
        var (extension, make) = Formats[number % Formats.Length];
        return new($"f{number:00000}{extension}", SeedForm.Packed, make(random));
    }

    private static byte[] Json(Random random, int depth) => Utf8(random.Next(3) == 0 ? Alike(random, 30) : Object(random, 5));

    /// <summary>Objects with the same properties, as one program writes them.</summary>
    private static string Alike(Random random, int most, bool lines = false)
    {
        var shape = random.Next();
        var all = Enumerable.Range(0, 1 + random.Next(most)).Select(_ => Object(random, 2, new Random(shape)));
        return lines ? string.Join('\n', all) : $"[{string.Join(",\n  ", all)}]";
    }

    private static string Object(Random random, int depth, Random? shape = null)
    {
        shape ??= random;
        var names = Enumerable.Range(0, 1 + shape.Next(8)).Select(_ => Word(shape)).Distinct().ToList();
        return $"{{{string.Join(',', names.Select(name => $"\"{name}\":{Value(random, depth, shape)}"))}}}";
    }

    private static string Value(Random random, int depth, Random shape) => shape.Next(depth > 0 ? 9 : 5) switch
    {
        0 => $"\"{Word(random)}\"",
        1 => Number(random),
        2 => $"\"{Time(random)}\"",
        3 => random.Next(2) == 0 ? "null" : "true",
        4 => $"\"{Sentence(random)}\"",
        5 or 6 => Object(random, depth - 1, shape),
        7 => Array(random, 1 + random.Next(4), () => Object(random, depth - 1)),
        _ => JsonSerializer.Serialize(Object(random, depth - 1)),
    };

    private static string Array(Random random, int most, Func<string> item) =>
        $"[{string.Join(random.Next(2) == 0 ? "," : ",\n  ", Enumerable.Range(0, 1 + random.Next(most)).Select(_ => item()))}]";

    private static byte[] Lines(Random random, int most, Func<string> line) =>
        Utf8(string.Join(random.Next(3) == 0 ? "\r\n" : "\n", Enumerable.Range(0, 1 + random.Next(most)).Select(_ => line())) + "\n");

    private static byte[] Table(Random random, string separator)
    {
        var columns = Enumerable.Range(0, 2 + random.Next(8)).Select(_ => Word(random)).Distinct().ToList();
        return Lines(random, 200,
            () => string.Join(separator,
                columns.Select((_, column) => column == 0 ? Word(random) : random.Next(3) == 0 ? $"\"{Sentence(random)}\"" : Number(random)))) is var rows
            ? [.. Utf8(string.Join(separator, columns) + "\n"), .. rows] : [];
    }

    private static string Word(Random random) => Hostile.Pick(random, Words);

    private static string Sentence(Random random) => string.Join(' ', Enumerable.Range(0, 1 + random.Next(9)).Select(_ => Word(random)));

    private static string Number(Random random) =>
        (random.Next(4) == 0 ? random.NextDouble() * 1000 : random.Next(10_000)).ToString(CultureInfo.InvariantCulture);

    private static string Time(Random random) =>
        new DateTime(2026, 10, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(random.Next(2_000_000)).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(bytes);
        return packed.ToArray();
    }

    private static byte[] Zip(Random random)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = 0; i < 3; i++)
            {
                using var entry = zip.CreateEntry($"{i}.txt").Open();
                entry.Write(i == 0 ? Bytes(random, 500) : Lines(random, 50, () => Sentence(random)));
            }
        }

        return packed.ToArray();
    }
}
