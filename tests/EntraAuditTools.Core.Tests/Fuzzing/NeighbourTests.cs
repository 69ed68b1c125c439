using System.Text;
using System.Text.Json;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Fuzzing;

/// <summary>Within a file, too, a record costs nothing but itself: good ones stand between mutated ones, in everything that records stand in.</summary>
public sealed class NeighbourTests(ITestOutputHelper output)
{
    private const int ShortRun = 400;
    private const int BatchSize = 50;

    private static string[] Originals { get; } =
        [.. FuzzSeeds.All.Where(seed => seed.Form == SeedForm.Json).SelectMany(Records).Where(record => record.Length < 8_000).Distinct()];

    /// <summary>Where each record has a line of its own, damage ends with the line.</summary>
    private static string[] OfLines { get; } = ["lines", "lines of Windows", "sequence", "array of lines"];

    [Fact]
    public void Good_records_between_odd_ones_are_taken_in() => Import(isDamaged: false, [.. Formats.Json.Wrappers.All.Keys], most: 0);

    [Fact]
    public void Good_records_between_damaged_lines_are_taken_in() => Import(isDamaged: true, OfLines, most: 0);

    /// <summary>What is on one line has to be guessed after damage: where a record ends whose quotes and brackets are gone, nobody can say for sure.</summary>
    [Fact]
    public void Good_records_between_damaged_ones_on_one_line_are_nearly_all_taken_in() =>
        Import(isDamaged: true, [.. Formats.Json.Wrappers.All.Keys.Except(OfLines)], most: 4);

    private void Import(bool isDamaged, string[] wrappers, int most)
    {
        var count = FuzzTests.IsLong ? 5_000 : ShortRun;
        var lost = new List<string>();
        var records = 0;
        for (var batch = 0; batch < count; batch += BatchSize)
        {
            using var mirror = new TestMirror();
            var files = Enumerable.Range(batch, BatchSize).Select(number => Make(number, isDamaged, wrappers)).ToList();
            mirror.Import([.. files.Select(file => mirror.Write(file.Name, file.Bytes))]);
            var held = mirror.Activities(new() { Activity = ["Good activity"] }).Select(a => a.Id).ToHashSet();
            foreach (var file in files)
            {
                var missing = Good(file.Number).Where(id => !held.Contains(id)).ToList();
                // A date that could be two makes the whole file a question (DateOrders).
                if (missing.Count == 0 || mirror.Errors.Exists(error => error.ErrorId.StartsWith("DateOrder", StringComparison.Ordinal)
                    && error.Target as string == file.Name)) continue;
                records += missing.Count;
                lost.Add($"{file.Name}: {string.Join(", ", missing)} of {Encoding.UTF8.GetString(file.Bytes.AsSpan(0, Math.Min(file.Bytes.Length, 3_000)))}");
                if (FuzzTests.KeepIn is { } folder) File.WriteAllBytes(Path.Combine(Directory.CreateDirectory(folder).FullName, file.Name), file.Bytes);
            }
        }

        var text = $"{records} of {count * Good(0).Length} good records were lost, in {lost.Count} files";
        output.WriteLine(text);
        Assert.True(records * 100 <= most * count * Good(0).Length, $"{text}:\n{string.Join('\n', lost.Take(5))}");
    }

    private static (int Number, string Name, byte[] Bytes) Make(int number, bool isDamaged, string[] wrappers)
    {
        var random = new Random(unchecked((FuzzTests.Seed * 1_000_003) + number));
        var wrapper = wrappers[random.Next(wrappers.Length)];
        var records = Good(number)
            .SelectMany(id => new[] { Importing.Records.Graph(id, $"2026-09-01T10:{number % 60:00}:{random.Next(60):00}Z", "Good activity"),
                Mutated(random, isDamaged) }).ToList();
        return (number, $"n{number:00000}-{wrapper.Replace(' ', '-')}.json", Encoding.Latin1.GetBytes(Formats.Json.Wrappers.All[wrapper](records)));
    }

    private static string[] Good(int number) => [$"good-{number}-1", $"good-{number}-2", $"good-{number}-3", $"good-{number}-4"];

    /// <summary>As Latin-1, so that bytes stay bytes.</summary>
    private static string Mutated(Random random, bool isDamaged)
    {
        var record = Originals[random.Next(Originals.Length)];
        var other = Originals[random.Next(Originals.Length)];
        var changed = Encoding.UTF8.GetBytes(JsonMutator.Mutate(record, random) ?? record);
        return Encoding.Latin1.GetString(isDamaged ? ByteMutator.Mutate(changed, Encoding.UTF8.GetBytes(other), random) : changed);
    }

    /// <summary>The records of a seed, each on one line.</summary>
    private static IEnumerable<string> Records(FuzzSeed seed)
    {
        foreach (var line in Encoding.UTF8.GetString(seed.Bytes).Split('\n').Where(line => line.Length > 0))
        {
            JsonElement root;
            try
            {
                root = JsonDocument.Parse(line).RootElement;
            }
            catch (JsonException)
            {
                continue;
            }

            var list = root.ValueKind == JsonValueKind.Array ? root : root.ValueKind == JsonValueKind.Object
                && root.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.Array ? value : default;
            if (list.ValueKind != JsonValueKind.Array) yield return line;
            else foreach (var item in list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object)) yield return item.GetRawText();
        }
    }
}
