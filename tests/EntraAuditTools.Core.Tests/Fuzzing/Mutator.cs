using System.Text;

namespace EntraAuditTools.Core.Tests.Fuzzing;

/// <summary>Makes the files of a run: of the same seed and number always the same one.</summary>
internal sealed class Mutator(IReadOnlyList<FuzzSeed> seeds, int seed)
{
    /// <summary>A file that is not quite what its seed was.</summary>
    public FuzzSeed Make(int number)
    {
        var random = new Random(unchecked((seed * 1_000_003) + number));
        var whole = seeds[random.Next(seeds.Count)];
        var other = seeds[random.Next(seeds.Count)];
        return whole with { Name = $"m{number:000000}-{whole.Name}", Bytes = Mutate(whole, other, random) };
    }

    private static byte[] Mutate(FuzzSeed from, FuzzSeed other, Random random)
    {
        var bytes = from.Bytes;
        var how = random.Next(20);
        if (from.Form != SeedForm.Packed && how < 15) bytes = Structure(from, random);
        if (how >= 12 || from.Form == SeedForm.Packed) bytes = ByteMutator.Mutate(bytes, other.Bytes, random);
        if (from.Form != SeedForm.Packed && random.Next(16) == 0)
        {
            bytes = ByteMutator.Recoded(bytes, random);
            if (random.Next(2) == 0 && bytes.Length > 0) bytes = ByteMutator.Mutate(bytes, other.Bytes, random);
        }

        return random.Next(40) == 0 ? [.. bytes, .. Encoding.UTF8.GetBytes("\n"), .. other.Bytes] : bytes;
    }

    private static byte[] Structure(FuzzSeed from, Random random)
    {
        var text = Encoding.UTF8.GetString(from.Bytes);
        if (from.Form == SeedForm.Csv) return Encoding.UTF8.GetBytes(CsvMutator.Mutate(text, random));
        if (JsonMutator.Mutate(text, random) is { } changed) return Encoding.UTF8.GetBytes(changed);
        // Lines of JSON: one of them.
        var lines = text.Split('\n');
        var at = random.Next(lines.Length);
        lines[at] = JsonMutator.Mutate(lines[at], random) ?? Hostile.JsonValue(random);
        return Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }
}
