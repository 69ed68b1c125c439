using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace EntraAuditTools.Core.Tests.Fuzzing;

/// <summary>A few records of each export in a folder.</summary>
internal static class SeedFiles
{
    private const int MaxItems = 3;
    private const int MaxBytes = 48 * 1024;

    /// <summary>Those in the folder and in folders within, in an order that does not change.</summary>
    public static IEnumerable<FuzzSeed> In(string folder)
    {
        var isHourSeen = new HashSet<string>();
        foreach (var path in Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            // Of the hour folders one of each log will do.
            if (Path.GetFileName(path) == "PT1H.json" && !isHourSeen.Add(Path.GetRelativePath(folder, path).Split('/', '\\')[1])) continue;
            if (Cut(Path.GetFileName(path), File.ReadAllBytes(path)) is { } seed) yield return seed;
        }
    }

    /// <summary>The first records of a file, in the shape of the whole; null for what is too large and cannot be cut.</summary>
    private static FuzzSeed? Cut(string name, byte[] bytes)
    {
        if (bytes is [0x50, 0x4B, ..] or [0x1F, 0x8B, ..])
            return bytes.Length <= MaxBytes ? new(name, SeedForm.Packed, bytes) : new(name, SeedForm.Packed, Smaller(name, bytes));
        using var reader = new StreamReader(new MemoryStream(bytes), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        var text = reader.ReadToEnd();
        if (text.TrimStart() is not ['{' or '[', ..]) return new(name, SeedForm.Csv, Encoding.UTF8.GetBytes(CutRows(text)));
        var cut = CutDocuments(Encoding.UTF8.GetBytes(text));
        return cut.Length > MaxBytes ? null : new(name, SeedForm.Json, cut);
    }

    private static byte[] Smaller(string name, byte[] packed)
    {
        using var from = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var reader = new StreamReader(from);
        using var to = new MemoryStream();
        using (var gzip = new GZipStream(to, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes($"{reader.ReadLine()}\n{reader.ReadLine()}\n"));
        return to.ToArray();
    }

    private static string CutRows(string csv)
    {
        var isQuoted = false;
        var rows = 0;
        for (var at = 0; at < csv.Length; at++)
        {
            if (csv[at] == '"') isQuoted = !isQuoted;
            if (csv[at] == '\n' && !isQuoted && ++rows > MaxItems + 1) return csv[..(at + 1)];
        }

        return csv;
    }

    private static byte[] CutDocuments(byte[] json)
    {
        var output = new MemoryStream();
        var rest = json.AsSpan();
        for (var i = 0; i < MaxItems && rest.IndexOfAnyExcept(" \r\n\t"u8) >= 0; i++)
        {
            // A reader for each: several documents in a row are none to it.
            var reader = new Utf8JsonReader(rest);
            using var document = JsonDocument.ParseValue(ref reader);
            rest = rest[(int)reader.BytesConsumed..];
            using (var writer = new Utf8JsonWriter(output)) Write(document.RootElement, writer, 0);
            output.WriteByte((byte)'\n');
        }

        return output.ToArray();
    }

    /// <summary>Lists of records are cut; those within a record are not.</summary>
    private static void Write(JsonElement value, Utf8JsonWriter writer, int depth)
    {
        if (value.ValueKind == JsonValueKind.Array && depth < 2)
        {
            writer.WriteStartArray();
            foreach (var item in value.EnumerateArray().Take(MaxItems)) Write(item, writer, depth + 1);
            writer.WriteEndArray();
        }
        else if (value.ValueKind == JsonValueKind.Object && depth == 0)
        {
            writer.WriteStartObject();
            foreach (var property in value.EnumerateObject())
            {
                writer.WritePropertyName(property.Name);
                Write(property.Value, writer, depth + 1);
            }

            writer.WriteEndObject();
        }
        else
        {
            value.WriteTo(writer);
        }
    }
}
