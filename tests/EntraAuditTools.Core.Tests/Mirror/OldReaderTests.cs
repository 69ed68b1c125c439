using System.Runtime.CompilerServices;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Tests.Importing;
using Xunit;

namespace EntraAuditTools.Core.Tests.Mirror;

/// <summary>A mirror that commit a353e77 made, with its faults: derived anew it answers as a new import of the same files does (issue 11 E).</summary>
public sealed class OldReaderTests
{
    private static readonly DateTimeOffset ObservedAt = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string Folder = Path.Combine(Path.GetDirectoryName(Here())!, "OldReader");

    /// <summary>In the order in which the old mirror was filled, but for the last, whose originals do not hold what was lost.</summary>
    private static readonly string[] Files =
        ["dates.csv", "deleted.json", "envelopes.jsonl", "joined.jsonl", "leftout.jsonl", "people.json", "schedule.json", "unified.jsonl", "wrapped.json"];

    [Fact]
    public void It_answers_as_a_new_import_does()
    {
        using var old = Old();
        using var fresh = new TestMirror();
        fresh.Import(new() { MirrorPath = fresh.Path, ObservedAt = ObservedAt }, [.. Files.Select(Source)]);
        Assert.NotEqual(MirrorContent.Of(fresh.Path, UpgradeSteps.NotKept), Before(old.Path));

        var update = UpgradeSteps.Run(old.Path)!;

        Assert.Equal(MirrorContent.Of(fresh.Path, UpgradeSteps.NotKept), MirrorContent.Of(old.Path, UpgradeSteps.NotKept));
        Assert.Equal("ok", UpgradeSteps.Check(old.Path));
        Assert.Equal((2, 2, 10), (update.TimesChanged, update.InitiatorsChanged, update.Imports));
        Assert.Equal((3, 3), (update.Activities - update.ActivitiesBefore, update.AddressesChanged));
        // What a new import says of its files, it says too.
        static List<string> Imports(string path) =>
            [.. MirrorContent.Of(path).Where(line => line.StartsWith("import:", StringComparison.Ordinal) && !line.Contains("torn", StringComparison.Ordinal))];
        Assert.Equal(Imports(fresh.Path), Imports(old.Path)
            .Select(line => line.Replace("people.json ; Contact ; Graph", "people.json ; Contact ; ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Derived_once_more_it_is_the_same()
    {
        using var old = Old();
        UpgradeSteps.Run(old.Path);
        var once = MirrorContent.Of(old.Path);
        var imports = OldMirror.Texts(old.Path,
            "SELECT id || status || read || ' ' || added || ' ' || rejected || ' ' || not_supported || notes || options FROM import ORDER BY id");
        UpgradeSteps.Run(old.Path, force: true);
        Assert.Equal(once, MirrorContent.Of(old.Path));
        Assert.Equal(imports, OldMirror.Texts(old.Path,
            "SELECT id || status || read || ' ' || added || ' ' || rejected || ' ' || not_supported || notes || options FROM import ORDER BY id"));
    }

    [Fact]
    public void Imports_keep_what_they_are()
    {
        using var old = Old();
        const string Sql = "SELECT id || source || started || finished || tool_version || bytes || hex(sha256) || json_extract(options, "
            + "'$.ObservedAt') FROM import ORDER BY id";
        var before = OldMirror.Texts(old.Path, Sql);
        var blocks = OldMirror.Texts(old.Path, "SELECT id || ' ' || import || ' ' || hex(data) FROM block ORDER BY id");
        UpgradeSteps.Run(old.Path);
        Assert.Equal(before, OldMirror.Texts(old.Path, Sql));
        // Every original is where it was; what was rejected and is taken in now comes behind.
        Assert.Equal(blocks, OldMirror.Texts(old.Path, "SELECT id || ' ' || import || ' ' || hex(data) FROM block ORDER BY id").Take(blocks.Count));
    }

    [Fact]
    public void What_was_torn_apart_is_set_aside_until_its_file_comes_again()
    {
        using var old = Old();
        var update = UpgradeSteps.Run(old.Path)!;
        var torn = Assert.Single(update.ImportAgain, import => import.Source == "torn.json");
        Assert.Contains("tore large records of it apart", torn.Reason, StringComparison.Ordinal);
        Assert.Equal(["Field kit"], Packages(old.Path));

        // Without -Force: its bytes are known, but an older version read them.
        var result = Assert.Single(old.Import(new ImportOptions { MirrorPath = old.Path, ObservedAt = ObservedAt }, Source("torn.json")));
        Assert.Equal(("Imported", 3), (result.Status, result.Read));
        Assert.Equal(["Field kit", "Kit 411", "Kit 412", "Kit 413"], Packages(old.Path));
        using var reader = MirrorReader.Open(old.Path);
        Assert.DoesNotContain(OldReading.Incomplete(reader), import => import.Source == "torn.json");
    }

    [Fact]
    public void A_file_that_an_older_version_read_is_read_again_once()
    {
        using var old = Old();
        UpgradeSteps.Run(old.Path);
        Assert.Equal("Imported", Assert.Single(old.Import(Source("unified.jsonl"))).Status);
        Assert.Equal("AlreadyImported", Assert.Single(old.Import(Source("unified.jsonl"))).Status);
        Assert.Equal(["2"], OldMirror.Texts(old.Path, "SELECT count(*) FROM activity WHERE origin = 1"));
    }

    [Fact]
    public void The_next_import_does_it_first_and_says_so()
    {
        using var old = Old();
        using (var reader = MirrorReader.Open(old.Path)) Assert.Contains("Update-AuditMirror", OldReading.Warning(reader), StringComparison.Ordinal);
        old.Import(old.Write("more.json", "[]"u8.ToArray()));
        Assert.Contains(old.Notes, note => note.Contains("derived anew", StringComparison.Ordinal) && note.Contains(".schema2.bak", StringComparison.Ordinal));
        using var after = MirrorReader.Open(old.Path);
        Assert.Null(OldReading.Warning(after));
        Assert.Equal(["nora@fabrikam.example", "otto@fabrikam.example"], AuditActivityQuery.Run(after, new())
            .Where(activity => activity.Origin == "UnifiedAudit").Select(activity => activity.InitiatedBy!.UserPrincipalName).Order());
    }

    [Fact]
    public void It_can_be_stopped_at_every_step_and_goes_on()
    {
        using var old = Old();
        using var done = Old();
        UpgradeSteps.Run(done.Path);
        var whole = MirrorContent.Of(done.Path);
        var before = Before(old.Path);
        var steps = UpgradeSteps.Of(old.Path);
        Assert.Contains("swap", steps);
        Assert.True(steps.Count > 25, string.Join(", ", steps));
        var snapshots = new List<(string Step, TestMirror Mirror)>();
        try
        {
            // What a kill leaves is what lies there at that moment.
            UpgradeSteps.Run(old.Path, step =>
            {
                var snapshot = new TestMirror();
                UpgradeSteps.Copy(old.Path, snapshot);
                snapshots.Add((step, snapshot));
            });
            var continued = 0;
            foreach (var (step, mirror) in snapshots)
            {
                Assert.Equal("ok", UpgradeSteps.Check(mirror.Path));
                if (step != "swapped") Assert.Equal(before, Before(mirror.Path));
                if (UpgradeSteps.Run(mirror.Path) is { Continued: true }) continued++;
                Assert.Equal(whole, MirrorContent.Of(mirror.Path));
                Assert.Equal("ok", UpgradeSteps.Check(mirror.Path));
                Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(mirror.Path)!, "*.upgrade*"));
            }

            Assert.True(continued > snapshots.Count / 2, $"{continued} of {snapshots.Count} went on");
        }
        finally
        {
            foreach (var (_, mirror) in snapshots) mirror.Dispose();
        }
    }

    [Fact]
    public void A_failure_leaves_the_mirror_as_it_was()
    {
        using var old = Old();
        var before = Before(old.Path);
        foreach (var step in UpgradeSteps.Of(old.Path).Where(step => step != "swapped"))
        {
            using var mirror = new TestMirror();
            UpgradeSteps.Copy(old.Path, mirror);
            Assert.Equal("ToolFault", Assert.Throws<AuditToolException>(() => UpgradeSteps.Run(mirror.Path, at => Throw(at == step))).ErrorId);
            Assert.Equal(before, Before(mirror.Path));
            Assert.Equal("ok", UpgradeSteps.Check(mirror.Path));
        }
    }

    /// <summary>The mirror that commit a353e77 made.</summary>
    internal static TestMirror Old()
    {
        var mirror = new TestMirror();
        Directory.CreateDirectory(Path.GetDirectoryName(mirror.Path)!);
        OldMirror.Execute(mirror.Path, $"""
            PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; BEGIN; {OldSchema.Version1} {OldSchema.Version2}
            {File.ReadAllText(Path.Combine(Folder, "a353e77.sql"))}
            PRAGMA application_id = {MirrorSchema.ApplicationId}; PRAGMA user_version = 2; COMMIT; PRAGMA wal_checkpoint(TRUNCATE)
            """);
        return mirror;
    }

    private static void Throw(bool isNow)
    {
        if (isNow) throw new InvalidOperationException("stopped by a test");
    }

    private static string Source(string file) => Path.Combine(Folder, file);

    private static List<string> Packages(string path)
    {
        using var reader = MirrorReader.Open(path);
        return [.. AccessPackageNames(reader).Order(StringComparer.Ordinal)];
    }

    private static List<string> AccessPackageNames(MirrorReader reader) =>
        [.. reader.Query("SELECT name FROM entity WHERE kind = 2 AND id IN (SELECT entity FROM entity_state) ORDER BY name", row => row.GetString(0))];

    /// <summary>What a mirror of before schema 3 answers.</summary>
    private static List<string> Before(string path)
    {
        var newer = OldMirror.Texts(path, "PRAGMA user_version")[0] == "3";
        return [.. OldMirror.Texts(path, $"SELECT id || ' ' || actor || ' ' || target || ' ' || address FROM activity ORDER BY id"),
            .. OldMirror.Texts(path, "SELECT entity || facts FROM entity_state ORDER BY id"),
            .. OldMirror.Texts(path, "SELECT reason FROM rejection ORDER BY id"),
            .. OldMirror.Texts(path, $"SELECT id || status || {(newer ? "reader" : "0")} FROM import ORDER BY id")];
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
