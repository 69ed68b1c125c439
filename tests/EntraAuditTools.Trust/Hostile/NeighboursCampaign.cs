using System.Text;
using System.Text.Json;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Tests.Fuzzing;
using EntraAuditTools.Trust.Running;

namespace EntraAuditTools.Trust.Hostile;

/// <summary>
/// One record among others is changed, in place: members are dropped, doubled, retyped and reordered, cells quoted, nested, made long. The
/// untouched records before and after it must be in the mirror: imported alone afterwards, they add nothing.
/// </summary>
internal sealed class NeighboursCampaign : ICampaign
{
    private const int FilesOfRound = 12;

    public string Name => "hostile-neighbours";

    public string Promise => "A record that is made up costs no other of its file, whatever the shape: those before and after it arrive.";

    public int ShortRounds => 2;

    public void Run(Round round)
    {
        var seeds = HostileSeeds.All(round.SharedFolder).Where(seed => seed.Form != SeedForm.Packed).ToList();
        for (var number = 0; number < FilesOfRound; number++)
        {
            var seed = seeds[round.Random.Next(seeds.Count)];
            var (mutated, neighbours) = seed.Form == SeedForm.Csv ? OfTable(seed, round.Random) : OfJson(seed, round.Random);
            if (mutated == null) continue;
            var file = round.PathOf($"{number}-{seed.Name}");
            var alone = round.PathOf($"{number}-neighbours-{seed.Name}");
            File.WriteAllBytes(file, mutated);
            File.WriteAllBytes(alone, neighbours!);
            if (!Check(round, round.PathOf($"{number}.db"), file, alone)) return;
        }
    }

    private static bool Check(Round round, string mirror, string file, string alone)
    {
        var import = new HostileImport(round, mirror);
        if (!import.Import(file)) return false;
        round.Count("files");
        // A date that could be two makes the whole file a question, and so is a time of an unknown zone.
        if (import.Errors.Exists(error => error.ErrorId.StartsWith("DateOrder", StringComparison.Ordinal) || error.ErrorId == "LocalTime"))
        {
            round.Count("questions");
            return true;
        }

        var again = new HostileImport(round, mirror);
        if (!again.Import(new ImportOptions { MirrorPath = mirror, Force = true }, alone)) return false;
        var added = again.Results.Sum(result => result.Added);
        round.Expect(added == 0, $"{added} of {again.Accepted} records beside a mutated one had not arrived: {Path.GetFileName(file)}");
        round.Count("neighbours", again.Accepted);
        return true;
    }

    /// <summary>A row of a table, quotes closed, so that it is one row.</summary>
    private static (byte[]? Mutated, byte[]? Neighbours) OfTable(FuzzSeed seed, Random random)
    {
        var rows = CsvMutator.Rows(Encoding.UTF8.GetString(seed.Bytes));
        if (rows.Count < 3) return default;
        var at = random.Next(1, rows.Count);
        var changed = rows[at].ToList();
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            var cell = random.Next(changed.Count);
            switch (random.Next(4))
            {
                case 0 when changed.Count > 1:
                    changed.RemoveAt(cell);
                    break;
                case 1:
                    changed.Insert(cell, changed[random.Next(changed.Count)]);
                    break;
                default:
                    changed[cell] = $"\"{Hostile(random).Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
                    break;
            }
        }

        List<List<string>> others = [.. rows];
        others.RemoveAt(at);
        rows[at] = changed;
        return (Table(rows), Table(others));
    }

    private static string Hostile(Random random) => random.Next(12) == 0
        ? new string(random.Next(2) == 0 ? '"' : 'x', random.Next(1, 300_000)) : Core.Tests.Fuzzing.Hostile.JsonValue(random).Trim('"');

    private static byte[] Table(List<List<string>> rows) =>
        Encoding.UTF8.GetBytes(string.Join("\r\n", rows.Select(row => string.Join(',', row))) + "\r\n");

    /// <summary>A record in its container, changed so that it is JSON still.</summary>
    private static (byte[]? Mutated, byte[]? Neighbours) OfJson(FuzzSeed seed, Random random)
    {
        var text = Encoding.UTF8.GetString(seed.Bytes);
        var records = Records(text);
        if (records.Count < 2) return default;
        var (start, length) = records[random.Next(records.Count)];
        if (JsonMutator.Mutate(text.Substring(start, length), random) is not { } changed || !changed.StartsWith('{')) return default;
        var after = start + length;
        var mutated = string.Concat(text.AsSpan(0, start), changed, text.AsSpan(after));
        // Without it: a comma goes too, before it or behind it.
        var (before, behind) = (text[..start].TrimEnd(), text[after..].TrimStart());
        if (behind.StartsWith(',')) behind = behind[1..];
        else if (before.EndsWith(',')) before = before[..^1];
        return (Encoding.UTF8.GetBytes(mutated), Encoding.UTF8.GetBytes($"{before}\n{behind}"));
    }

    /// <summary>Where the records of documents and lists are: the documents themselves, or what the list of one holds.</summary>
    private static List<(int Start, int Length)> Records(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var found = new List<(int, int)>();
        var at = 0;
        while (at < utf8.Length)
        {
            if (utf8[at] is (byte)' ' or (byte)'\r' or (byte)'\n' or (byte)'\t')
            {
                at++;
                continue;
            }

            var reader = new Utf8JsonReader(utf8.AsSpan(at), isFinalBlock: false, default);
            try
            {
                if (!reader.Read()) break;
                OfDocument(ref reader, utf8, at, found);
                at += (int)reader.BytesConsumed;
            }
            catch (JsonException)
            {
                return [];
            }
        }

        return found;
    }

    private static void OfDocument(ref Utf8JsonReader reader, byte[] utf8, int from, List<(int Start, int Length)> found)
    {
        var isPage = false;
        (int Start, int Length)? whole = null;
        var listDepth = reader.TokenType == JsonTokenType.StartArray ? 0 : -1;
        var start = (int)reader.TokenStartIndex;
        while (listDepth == 0 || reader.TokenType == JsonTokenType.StartObject || reader.CurrentDepth > 0)
        {
            if (!reader.Read()) throw new JsonException();
            if (reader.CurrentDepth == 0) break;
            if (listDepth < 0 && reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isList = reader.ValueTextEquals("value") || reader.ValueTextEquals("records");
                if (!reader.Read()) throw new JsonException();
                if (isList && reader.TokenType == JsonTokenType.StartArray)
                {
                    (isPage, listDepth) = (true, 1);
                    continue;
                }
            }

            if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            {
                if (listDepth == 1 && reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == 1) listDepth = -1;
                continue;
            }

            var (inner, isRecord) = ((int)reader.TokenStartIndex, listDepth >= 0 && reader.CurrentDepth == listDepth + 1
                && reader.TokenType == JsonTokenType.StartObject);
            if (!reader.TrySkip()) throw new JsonException();
            if (isRecord) found.Add(Chars(utf8, from + inner, (int)reader.BytesConsumed - inner));
        }

        if (!isPage && listDepth < 0) whole = Chars(utf8, from + start, (int)reader.BytesConsumed - start);
        if (whole is { } document) found.Add(document);
    }

    private static (int Start, int Length) Chars(byte[] utf8, int start, int length) =>
        (Encoding.UTF8.GetCharCount(utf8.AsSpan(0, start)), Encoding.UTF8.GetCharCount(utf8.AsSpan(start, length)));
}
