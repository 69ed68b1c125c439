using System.Globalization;
using System.IO.Compression;
using System.Text;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Trust.Running;

namespace EntraAuditTools.Trust.Hostile;

/// <summary>Everything that a file may have as much of as it likes, between two good records: it takes time and memory, but not without bounds.</summary>
internal sealed class SizesCampaign : ICampaign
{
    private const string Prefix =
        "{\"id\":\"odd\",\"category\":\"UserManagement\",\"activityDisplayName\":\"Add user\",\"activityDateTime\":\"2026-10-01T08:00:00Z\"";

    /// <summary>What grows: its name, and what writes it, so large or so often.</summary>
    private static readonly (string Name, Action<TextWriter, Random, int> Write)[] Shapes =
    [
        ("a value", (to, random, size) => to.Write($"{Prefix},\"{Property(random)}\":\"{Text(random, size)}\"}}")),
        ("a name", (to, random, size) => to.Write($"{Prefix},\"{Text(random, size)}\":1}}")),
        ("members", (to, random, size) => Many(to, $"{Prefix},", size / 20, n => $"\"m{n}\":{n}", "}")),
        ("the same member", (to, random, size) => Many(to, $"{Prefix},", size / 30, n => $"\"{Property(random)}\":\"x{n}\"", "}")),
        ("targets", (to, random, size) => Many(to, $"{Prefix},\"targetResources\":[", size / 80,
            n => $"{{\"id\":\"{n:x8}-0000-4000-8000-000000000001\",\"type\":\"User\",\"displayName\":\"u{n}\"}}", "]}")),
        ("modified properties", (to, random, size) => Many(to,
            $"{Prefix},\"targetResources\":[{{\"id\":\"x\",\"type\":\"User\",\"modifiedProperties\":[", size / 60,
            n => $"{{\"displayName\":\"p{n}\",\"oldValue\":\"[]\",\"newValue\":\"[\\\"{n}\\\"]\"}}", "]}]}")),
        ("details", (to, random, size) => Many(to, $"{Prefix},\"additionalDetails\":[", size / 30, n => $"{{\"key\":\"k{n}\",\"value\":\"v\"}}", "]}")),
        ("depth", (to, random, size) => to.Write($"{Prefix},\"x\":{new string('[', size / 4)}{new string(']', random.Next(size / 4))}")),
        ("objects within", (to, random, size) => to.Write($"{Prefix},\"x\":{string.Concat(Enumerable.Repeat("{\"a\":", size / 16))}1")),
        ("text within text", (to, random, size) => to.Write($"{{\"message\":\"{Escaped(random, size)}\"}}")),
        ("a number", (to, random, size) => to.Write($"{Prefix},\"durationInMilliseconds\":{new string('9', size)}}}")),
        ("brackets", (to, random, size) => to.Write(new string(random.Next(2) == 0 ? '{' : '[', size))),
        ("quotes", (to, random, size) => to.Write(new string('"', size))),
        ("half records", (to, random, size) => Many(to, string.Empty, size / 40, n => $"{{\"id\":\"h{n}\",\"category\":{{\"id\":\"", string.Empty)),
        ("records in records", (to, random, size) => Many(to, string.Empty, size / 60, n => $"{{\"id\":\"h{n}\",\"category\":\"x\",\"a\":[", string.Empty)),
        ("pages", (to, random, size) => Many(to, string.Empty, size / 80,
            n => $"{{\"@odata.context\":\"https://x/$metadata#k{n}{Text(random, 20)}\",\"value\":[]}}", string.Empty, "\n")),
        ("page properties", (to, random, size) => Many(to, "{\"value\":[],", size / 30, n => $"\"p{n}\":{{\"a\":[{n}]}}", "}")),
        ("broken page properties", (to, random, size) => Many(to, "{\"value\":[],", size / 30, n => $"\"p{n}\":{{\"a\":[{n}", "}")),
        ("columns", (to, random, size) => to.Write("Date,Service,Category,"
            + string.Join(',', Enumerable.Range(0, size / 10).Select(n => $"c{n}")) + "\r\n1,2,3\r\n")),
        ("cells", (to, random, size) => Table(to, random, new string(',', size))),
        ("a cell", (to, random, size) => Table(to, random, $",\"{Text(random, size)}\"")),
        ("lines in a cell", (to, random, size) => Table(to, random, $",\"{string.Concat(Enumerable.Repeat("x\n", size / 2))}\"")),
        ("open quotes", (to, random, size) => Table(to, random, string.Concat(Enumerable.Range(0, size / 8).Select(n => n % 3 == 0 ? "\"x,\n" : "a,b,c\n")))),
        ("words", (to, random, size) => Many(to, string.Empty, size / 200,
            n => Records.Graph($"w{n}", activity: $"{n}{Text(random, 40)}"), string.Empty, "\n")),
        ("labels", (to, random, size) => Many(to, string.Empty, size / 200,
            n => $"{{\"time\":\"2026-10-01T08:00:00Z\",\"category\":\"{n}{Text(random, 60)}\",\"operationName\":\"x\",\"properties\":{{}}}}",
            string.Empty, "\n")),
    ];

    public string Name => "hostile-sizes";

    public string Promise => "A value, name, list, depth, cell or line of any size, and any number of them, ends, takes bounded memory, and "
        + "costs neither the records before it nor the files beside it.";

    public int ShortRounds => 4;

    public void Run(Round round)
    {
        var random = round.Random;
        var (name, write) = Shapes[round.Seed % Shapes.Length];
        // Mostly small enough that many shapes have their turn; some beyond what a record may have.
        var size = round.Seed < 100 ? 200_000 : random.Next(4) == 0 ? random.Next(10_000_000, 40_000_000) : random.Next(1_000, 2_000_000);
        var isPacked = random.Next(4) == 0;
        var file = round.PathOf($"{name.Replace(' ', '-')}{(isPacked ? ".gz" : string.Empty)}");
        using (Stream stream = isPacked ? new GZipStream(File.Create(file), CompressionLevel.Fastest) : File.Create(file))
        using (var writer = new StreamWriter(stream))
        {
            // A file that begins as a table is one.
            if (!name.Contains("ell", StringComparison.Ordinal) && name is not ("columns" or "open quotes")) writer.Write(Records.Graph("before") + "\n");
            write(writer, random, size);
        }

        var good = round.PathOf("good.json");
        File.WriteAllText(good, Records.Graph("beside"));
        var mirror = round.PathOf("mirror.db");
        var import = new HostileImport(round, mirror);
        if (!import.Import(file, good)) return;
        var again = new HostileImport(round, mirror);
        var records = round.PathOf("again.json");
        var isTable = import.Results.Count > 0 && import.Results[0].Shape.Contains("CSV", StringComparison.OrdinalIgnoreCase);
        File.WriteAllText(records, name.Contains("ell", StringComparison.Ordinal) || name is "columns" or "open quotes" || isTable || IsBomb(import)
            ? Records.Graph("beside") : Records.Graph("before") + "\n" + Records.Graph("beside"));
        if (!again.Import(new ImportOptions { MirrorPath = mirror, Force = true }, records)) return;
        round.ExpectEqual(0, again.Results.Sum(result => result.Added), $"records beside {size} of {name} that had not arrived");
        round.Count(size > 10_000_000 ? "large" : "small");
        round.Count("bytes", new FileInfo(file).Length);
    }

    private static bool IsBomb(HostileImport import) => import.Errors.Exists(error => error.ErrorId == "DecompressionBomb");

    private static string Property(Random random)
    {
        string[] names = ["result", "resultReason", "correlationId", "loggedByService", "operationType", "userAgent", "x"];
        return names[random.Next(names.Length)];
    }

    private static string Text(Random random, int length) => new((char)('a' + random.Next(26)), length);

    private static string Escaped(Random random, int size)
    {
        // Each level doubles the backslashes: as many levels as fit.
        var text = "{\\\"id\\\":1}";
        for (var depth = 1; depth < 14 && text.Length < size; depth++)
            text = $"{{\\\"message\\\":\\\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\\\"}}";
        return text;
    }

    private static void Many(TextWriter to, string before, int count, Func<int, string> item, string after, string between = ",")
    {
        to.Write(before);
        for (var n = 0; n < Math.Max(count, 1); n++)
        {
            if (n > 0) to.Write(between);
            to.Write(item(n));
        }

        to.Write(after);
    }

    private static void Table(TextWriter to, Random random, string odd)
    {
        to.Write("Date (UTC),CorrelationId,Service,Category,Activity,Result,ResultReason,ActorType,ActorDisplayName\r\n");
        for (var n = 0; n < 3; n++)
            to.Write(string.Create(CultureInfo.InvariantCulture,
                $"2026-10-01T08:00:0{n}Z,c{n},Core Directory,UserManagement,Add user,Success,,User,Ada{(n == 1 ? odd : "")}\r\n"));
    }
}
