using System.Diagnostics;
using System.Globalization;
using System.Text;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Trust.Programs;
using EntraAuditTools.Trust.Running;

namespace EntraAuditTools.Trust.Hostile;

/// <summary>
/// A folder with what folders may hold: pipes that nobody writes, devices, sockets, links to all of them, loops, nothing, names that act on
/// terminals, files that nobody may read, and such as grow and shrink while they are read.
/// </summary>
internal sealed class FoldersCampaign : ICampaign
{
    private const int MaxChanges = 3_000;

    private static readonly string[] Names =
        ["a\nb.json", "\u001b[31mred.json", "-rf.json", "*.json", "[a].json", "`x`.json", "\u202egnp.json", " .json",
            "a'b\"c.json", "$(x).json", "ä\u0301.json"];

    public string Name => "hostile-folders";

    public string Promise => "A folder with pipes, devices, links, loops and files that grow, shrink or cannot be read ends, and the exports in it arrive.";

    public int ShortRounds => 2;

    public string? Missing => OperatingSystem.IsWindows() ? "it makes pipes and links as Unix has them" : null;

    public void Run(Round round)
    {
        var root = Directory.CreateDirectory(round.PathOf("in")).FullName;
        var good = new List<string>();
        Fill(round.Random, root, depth: 0, good);
        Deep(round.Random, root, good);
        var living = Path.Combine(root, "living.json");
        File.WriteAllText(living, string.Concat(Enumerable.Range(0, 2_000).Select(n => Line($"living-{n}"))));

        var mirror = round.PathOf("mirror.db");
        using (var program = AuditProgram.Start(mirror, "import", root, "--recurse"))
        {
            for (var changes = 0; !program.IsOver && changes < MaxChanges; changes++)
            {
                Change(round.Random, living);
                Thread.Sleep(20);
            }

            var end = program.WaitForEnd();
            round.Expect(end.ExitCode is 0 or 1, $"exit code {end.ExitCode}: {end.Error}");
            round.Expect(!end.Error.Contains('\u001b', StringComparison.Ordinal) && !end.Output.Contains('\u001b', StringComparison.Ordinal),
                "a name acts on the terminal");
        }

        var records = round.PathOf("good.json");
        File.WriteAllText(records, string.Concat(good));
        var again = new HostileImport(round, mirror);
        if (!again.Import(new ImportOptions { MirrorPath = mirror, Force = true }, records)) return;
        round.ExpectEqual(good.Count, again.Accepted, "good records");
        round.ExpectEqual(0, again.Results.Sum(result => result.Added), "good records that had not arrived");
        round.Count("good", good.Count);
    }

    private static void Fill(Random random, string folder, int depth, List<string> good)
    {
        for (var i = random.Next(6, 14); i > 0; i--)
        {
            var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{i}"));
            switch (random.Next(11))
            {
                case 0:
                    Make("mkfifo", $"{path}.json");
                    break;
                case 1:
                    File.CreateSymbolicLink($"{path}.json", Pick(random, ["/dev/zero", "/dev/random", "/dev/tty", "/dev/stdin", "/dev/full",
                        "/proc/kmsg", "/nowhere"]));
                    break;
                case 2:
                    File.CreateSymbolicLink($"{path}.json", $"{path}.json");
                    break;
                case 3:
                    // Nothing outside of the round: whoever follows a link by mistake shall do no harm.
                    Directory.CreateSymbolicLink(path, Pick(random, [folder, "..", "."]));
                    break;
                case 4:
                    Make("mkfifo", $"{path}.pipe");
                    File.CreateSymbolicLink($"{path}.json", $"{path}.pipe");
                    break;
                case 5:
                    File.WriteAllBytes($"{path}.json", []);
                    break;
                case 6:
                    File.WriteAllText($"{path}.json", Line("unreadable"));
                    if (!OperatingSystem.IsWindows()) File.SetUnixFileMode($"{path}.json", UnixFileMode.None);
                    break;
                case 7 when depth < 3:
                    Fill(random, Directory.CreateDirectory($"{path}.d").FullName, depth + 1, good);
                    break;
                case 8:
                    File.WriteAllText(Path.Combine(folder, $"{i}{Pick(random, Names)}"), Good(good));
                    break;
                default:
                    File.WriteAllText($"{path}.json", Good(good));
                    break;
            }
        }
    }

    /// <summary>Folders within folders, as deep as a path may be long.</summary>
    private static void Deep(Random random, string root, List<string> good)
    {
        var folder = root;
        for (var i = random.Next(50, 900); i > 0; i--) folder = Path.Combine(folder, "d");
        if (folder.Length > 3_900) return;
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(folder).FullName, "deep.json"), Good(good));
    }

    private static string Good(List<string> good)
    {
        good.Add(Line($"good-{good.Count}"));
        return good[^1];
    }

    private static string Line(string id) => Records.Graph(id, activity: "Good") + "\n";

    private static void Change(Random random, string living)
    {
        using var stream = new FileStream(living, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        if (random.Next(3) == 0) stream.SetLength(random.NextInt64(stream.Length + 1));
        stream.Seek(0, SeekOrigin.End);
        stream.Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(200)).Select(n => Line($"grown-{n}")))));
    }

    private static void Make(string program, string path)
    {
        using var process = Process.Start(new ProcessStartInfo(program) { ArgumentList = { path } })!;
        process.WaitForExit();
    }

    private static T Pick<T>(Random random, T[] of) => of[random.Next(of.Length)];
}
