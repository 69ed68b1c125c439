using System.IO.Compression;
using System.Text;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Trust.Running;

namespace EntraAuditTools.Trust.Hostile;

/// <summary>Archives that expand, nest, share their bytes, and lie about sizes, methods, checksums, names and places.</summary>
internal sealed class ArchivesCampaign : ICampaign
{
    private const int FilesOfRound = 8;

    // What it says of each entry that is left would fill a screen a thousand times.
    private const int MaxErrors = 400;

    public string Name => "hostile-archives";

    public string Promise => "An archive that lies, nests or expands ends, writes nothing beside the mirror, and costs neither its honest "
        + "entries nor the files beside it.";

    public int ShortRounds => 3;

    public void Run(Round round)
    {
        var folder = Directory.CreateDirectory(round.PathOf("in")).FullName;
        var files = new List<string>();
        var honest = new List<string>();
        for (var number = 0; number < FilesOfRound; number++)
        {
            files.Add(Written(folder, $"good{number}.json", Good($"between-{number}", honest)));
            files.Add(Make(round.Random, folder, number, honest));
        }

        files.Add(Written(folder, "good-last.json", Good("last", honest)));
        var before = Entries(round.Folder);
        var mirror = round.PathOf("mirror.db");
        var import = new HostileImport(round, mirror);
        if (!import.Import([.. files])) return;
        round.Count("archives", FilesOfRound);
        round.Expect(import.Errors.Count <= MaxErrors, $"{import.Errors.Count} errors of {FilesOfRound} archives");
        var made = Entries(round.Folder).Except(before).Where(path => !path.StartsWith("mirror.db", StringComparison.Ordinal)).ToList();
        round.Expect(made.Count == 0, $"written beside the mirror: {string.Join(", ", made)}");

        var again = new HostileImport(round, mirror);
        var records = Written(folder, "honest.json", Encoding.UTF8.GetBytes(string.Join('\n', honest)));
        if (!again.Import(new ImportOptions { MirrorPath = mirror, Force = true }, records)) return;
        round.ExpectEqual(honest.Count, again.Accepted, "honest records");
        round.ExpectEqual(0, again.Results.Sum(result => result.Added), "honest records that had not arrived");
        round.Count("honest", honest.Count);
    }

    private static string Make(Random random, string folder, int number, List<string> honest)
    {
        var kind = random.Next(12);
        switch (kind)
        {
            case 0:
                return Written(folder, $"{number}-nested.zip", Nested(random));
            case 1:
                return Written(folder, $"{number}-bomb.json.gz", Gzip(Enumerable.Repeat((byte)' ', 80_000_000).Prepend((byte)'[').ToArray()));
            case 2:
                return Written(folder, $"{number}-twice.json.gz", Gzip(Gzip(Good("inner", []))));
            case 3:
                return Written(folder, $"{number}-members.json.gz", Members(random, number, honest));
            case 4:
                return Written(folder, $"{number}-tar.tar.gz", Gzip(Tar(random)));
            case 5:
                // Its honest entry is first, and stays within what an archive may unpack to.
                var shared = new HostileZip(random);
                shared.Honest("honest.json", Good($"shared-{number}", honest));
                shared.Honest("x.json", Encoding.UTF8.GetBytes(new string(' ', 3_000_000)));
                shared.Again(random.Next(1, 6));
                return Written(folder, $"{number}-shared.zip", shared.ToArray(isHonest: true));
            default:
                var zip = new HostileZip(random);
                var isWhole = random.Next(2) == 0;
                // Around entries that lie: where the list itself is damaged or cut, nobody can say what is left.
                if (isWhole) zip.Honest("first.json", Good($"first-{number}", honest));
                for (var i = random.Next(1, 5); i > 0; i--) zip.Lying(Good($"lie-{number}-{i}", []));
                if (isWhole) zip.Honest("last.json", Good($"last-{number}", honest));
                return Written(folder, $"{number}-{(isWhole ? "lies" : "broken")}.zip", zip.ToArray(isHonest: isWhole));
        }
    }

    private static byte[] Good(string id, List<string> into)
    {
        string[] records = [Records.Graph($"{id}-1", activity: "Good"), Records.Graph($"{id}-2", activity: "Good")];
        into.AddRange(records);
        return Encoding.UTF8.GetBytes(string.Join('\n', records));
    }

    private static byte[] Nested(Random random)
    {
        var inner = Good("nested", []);
        for (var depth = random.Next(2, 12); depth > 0; depth--)
        {
            using var packed = new MemoryStream();
            using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
            {
                for (var i = random.Next(1, 4); i > 0; i--)
                {
                    using var entry = zip.CreateEntry(random.Next(2) == 0 ? "x.zip" : "x.json").Open();
                    entry.Write(inner);
                }
            }

            inner = random.Next(3) == 0 ? Gzip(packed.ToArray()) : packed.ToArray();
        }

        return inner;
    }

    /// <summary>Members of a gzip one after the other; what follows the last may be anything.</summary>
    private static byte[] Members(Random random, int number, List<string> honest)
    {
        using var all = new MemoryStream();
        all.Write(Gzip([.. Good($"member-{number}", honest), (byte)'\n']));
        for (var i = random.Next(2_000); i > 0; i--) all.Write(Gzip([]));
        all.Write(Gzip([.. Good($"member-last-{number}", honest), (byte)'\n']));
        if (random.Next(2) == 0) all.Write(new byte[random.Next(5_000)]);
        return all.ToArray();
    }

    private static byte[] Tar(Random random)
    {
        using var tar = new MemoryStream();
        using (var writer = new System.Formats.Tar.TarWriter(tar, leaveOpen: true))
        {
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                using var content = new MemoryStream(Good("tar", []));
                writer.WriteEntry(new System.Formats.Tar.PaxTarEntry(System.Formats.Tar.TarEntryType.RegularFile, $"../{i}.json") { DataStream = content });
            }

            writer.WriteEntry(new System.Formats.Tar.PaxTarEntry(System.Formats.Tar.TarEntryType.SymbolicLink, "link") { LinkName = "/etc/passwd" });
        }

        return tar.ToArray();
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(bytes);
        return packed.ToArray();
    }

    private static string Written(string folder, string name, byte[] bytes)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static HashSet<string> Entries(string folder) =>
        [.. Directory.GetFileSystemEntries(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path))];
}
