using System.Text;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Chain;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Originals;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Queries.Coverage;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Mirror;
using EntraAuditTools.Core.Upkeep.Checking;
using EntraAuditTools.Core.Upkeep.Removal;
using Microsoft.Data.Sqlite;
using Xunit;

namespace EntraAuditTools.Core.Tests.Upkeep;

/// <summary>
/// Remove-AuditRecord: what is removed is gone to the last byte, what stays is as if the rest had been imported alone, and the chain says so.
/// </summary>
public sealed class RecordRemovalTests
{
    private static readonly string TwoEvents = Queries.Event.All(new Queries.Event("a1", "2026-09-02T08:00:00Z", "Add user"),
        new Queries.Event("a2", "2026-09-20T08:00:00Z", "Delete user"));

    private static readonly string[] Shapes = ["directory", "entitlement", "provisioning", "unified-audit"];
    private const string Count = "SELECT (SELECT count(*) FROM activity) || '+' || (SELECT count(*) FROM provisioning)";
    private static readonly Lazy<byte[]> Template = new(Fill);

    public static TheoryData<string> AllShapes() =>
        new(Directory.GetDirectories(Path.Combine(Repository.Root, "seeds", "sample-tenant")).Select(Path.GetFileName).Order()!);

    [Theory]
    [MemberData(nameof(AllShapes))]
    public void Of_exports_of_every_shape_half_is_removed_and_the_rest_passes(string shape)
    {
        using var mirror = new TestMirror();
        var options = new ImportOptions { MirrorPath = mirror.Path, DateFormat = "MonthFirst" };
        mirror.Import(options, Exports(shape));
        foreach (var share in new[] { 3, 2 })
        {
            var cut = Middle(mirror, share);
            if (cut == null) continue;
            var result = Remove(mirror, cut.Value);
            Assert.True(result.Activities + result.ProvisioningEntries > 0);
            AssertPasses(mirror, share == 3 ? 1 : 2);
        }
    }

    [Fact]
    public void All_of_a_mirror_together_is_removed_in_steps()
    {
        using var mirror = Filled();
        var before = OldMirror.Texts(mirror.Path, Count).Single();
        for (var i = 1; i <= 3; i++)
        {
            Remove(mirror, Middle(mirror, 2)!.Value);
            AssertPasses(mirror, i);
        }

        Assert.NotEqual(before, OldMirror.Texts(mirror.Path, Count).Single());
        Remove(mirror, DateTimeOffset.UtcNow.AddYears(1));
        AssertPasses(mirror, 4);
        Assert.Equal(["0"], OldMirror.Texts(mirror.Path, "SELECT count(*) FROM activity"));
        Assert.Equal(["0"], OldMirror.Texts(mirror.Path, "SELECT count(*) FROM provisioning"));
        Assert.NotEqual(["0"], OldMirror.Texts(mirror.Path, "SELECT count(*) FROM entity_state"));
    }

    [Fact]
    public void One_log_is_removed_and_the_other_stays()
    {
        using var mirror = Filled();
        var activities = OldMirror.Texts(mirror.Path, "SELECT count(*) FROM activity").Single();
        var result = Remove(mirror, DateTimeOffset.UtcNow.AddYears(1), LogTable.Provisioning);
        Assert.Equal(0, result.Activities);
        Assert.Equal([activities], OldMirror.Texts(mirror.Path, "SELECT count(*) FROM activity"));
        Assert.Equal(["0"], OldMirror.Texts(mirror.Path, "SELECT count(*) FROM provisioning"));
        AssertPasses(mirror, 1);
    }

    [Fact]
    public void What_stays_is_what_the_rest_alone_would_give()
    {
        // The same exports in another mirror, of which the same is removed, and then all derived anew.
        using var removed = Filled();
        using var derived = Filled();
        var cut = Middle(removed, 2)!.Value;
        Remove(removed, cut);
        Remove(derived, cut);
        Assert.NotNull(UpgradeSteps.Run(derived.Path, force: true));
        using var left = MirrorFile.OpenForLookups(removed.Path);
        using var right = MirrorFile.OpenForLookups(derived.Path);
        var digest = new ContentDigest(left, right, TestContext.Current.CancellationToken);
        foreach (var part in DerivedRows.Parts) Assert.Null(digest.Compare(part));
        AssertPasses(derived, 1);
    }

    [Fact]
    public void No_byte_of_it_stays_in_the_file()
    {
        using var mirror = new TestMirror();
        // Long texts, many records, a copy of another shape, an index: pages of every kind are moved and freed before.
        string Record(int i, string day) => $$"""
            {"id":"11111111-0000-4000-8000-{{i:000000000000}}","activityDateTime":"{{day}}T08:{{i / 60 % 60:00}}:{{i % 60:00}}Z",
             "category":"UserManagement{{day[^1]}}",
             "correlationId":"22222222-0000-4000-8000-{{i:000000000000}}","result":"success","activityDisplayName":"Update user {{day}}",
             "loggedByService":"Core {{day}}",
             "initiatedBy":{"user":{"id":"33333333-0000-4000-8000-{{i:000000000000}}","displayName":"Person {{day}} {{i}}",
             "userPrincipalName":"p{{i}}.{{day}}@gone.example",
             "ipAddress":"10.{{day[^1]}}.{{i / 256}}.{{i % 256}}"} },
             "targetResources":[{"id":"44444444-0000-4000-8000-{{i:000000000000}}","displayName":"Target {{day}} {{i}}",
             "type":"User","modifiedProperties":[{"displayName":"Secret {{day}}","oldValue":"\"old {{day}} {{i}}\"",
             "newValue":"\"{{new string('x', 300)}} {{day}}\""}]}]}
            """;
        string All(string day, int from) => $"[{string.Join(',', Enumerable.Range(from, 400).Select(i => Record(i, day)))}]";
        mirror.ImportText(All("2026-09-01", 0), "gone.json");
        var both = Enumerable.Range(200, 100).Select(i => Record(i, "2026-09-01")).Concat(Enumerable.Range(1000, 300).Select(i => Record(i, "2026-10-02")));
        mirror.ImportText($"[{string.Join(',', both)}]", "both.json");
        ActivitySearchIndex.Ensure(mirror.Path, null, TestContext.Current.CancellationToken);
        mirror.ImportText(All("2026-10-03", 2000), "kept.json");
        string[] words = ["2026-09-01", "11111111-0000-4000-8000-000000000017"];
        Assert.All(["2026-09-01", "Person 2026-10-02"], word => Assert.True(Holds(mirror, word), word));

        var result = Remove(mirror, new(2026, 9, 15, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal(400, result.Activities);
        // The head and the times of the imports say when records were; those are of the imports, not of a record.
        Assert.All(words, word => Assert.False(Holds(mirror, word), word));
        var id = Convert.FromHexString("22222222000040008000000000000017");
        Assert.False(Holds(mirror, id));
        Assert.True(Holds(mirror, "Person 2026-10-02"));
        Assert.Contains(result.Notes, note => note.Contains("index", StringComparison.Ordinal));
        Assert.True(result.Bytes < result.BytesBefore);
        AssertPasses(mirror, 1);
    }

    [Fact]
    public void Deriving_anew_brings_nothing_back()
    {
        using var mirror = Filled();
        Remove(mirror, Middle(mirror, 2)!.Value);
        var before = OldMirror.Texts(mirror.Path, "SELECT id FROM activity UNION ALL SELECT id FROM provisioning ORDER BY 1");
        var coverage = OldMirror.Texts(mirror.Path, "SELECT kind || from_time || '-' || to_time || basis FROM coverage ORDER BY 1");
        UpgradeSteps.Run(mirror.Path, force: true);
        Assert.Equal(before.Count, OldMirror.Texts(mirror.Path, "SELECT id FROM activity UNION ALL SELECT id FROM provisioning ORDER BY 1").Count);
        Assert.Equal(coverage, OldMirror.Texts(mirror.Path, "SELECT kind || from_time || '-' || to_time || basis FROM coverage ORDER BY 1"));
        AssertPasses(mirror, 1);
    }

    [Fact]
    public void The_same_file_again_brings_nothing_back_and_force_does()
    {
        using var mirror = new TestMirror();
        var options = new ImportOptions { MirrorPath = mirror.Path, CoversFrom = Day(1), CoversTo = Day(30) };
        var file = mirror.Write("export.json", Encoding.UTF8.GetBytes(Queries.Event.All(
            new Queries.Event("a1", "2026-09-02T08:00:00Z", "Add user"), new Queries.Event("a2", "2026-09-20T08:00:00Z", "Delete user"))));
        mirror.Import(options, file);
        Remove(mirror, Day(10));
        Assert.Equal(["a2"], mirror.Activities().Select(activity => activity.Id));
        Assert.Equal([Span(10, 30)], Coverage(mirror));

        var again = Assert.Single(mirror.Import(options, file));
        Assert.Equal("AlreadyImported", again.Status);
        Assert.Contains(again.Notes, note => note.Contains("were removed", StringComparison.Ordinal));
        Assert.Equal(["a2"], mirror.Activities().Select(activity => activity.Id));
        Assert.Equal([Span(10, 30)], Coverage(mirror));

        var forced = Assert.Single(mirror.Import(new ImportOptions { MirrorPath = mirror.Path, CoversFrom = Day(1), CoversTo = Day(30), Force = true }, file));
        Assert.Equal(1, forced.Added);
        Assert.Equal(["a2", "a1"], mirror.Activities().Select(activity => activity.Id));
        Assert.Contains(Span(1, 30), Coverage(mirror));
        AssertPasses(mirror, 1);
    }

    [Fact]
    public void Coverage_of_before_is_not_claimed_any_more()
    {
        using var mirror = new TestMirror();
        mirror.Import(new ImportOptions { MirrorPath = mirror.Path, CoversFrom = Day(1), CoversTo = Day(30) }, mirror.Write("export.json",
            Encoding.UTF8.GetBytes(TwoEvents)));
        using (var reader = MirrorReader.Open(mirror.Path)) Assert.Null(CoverageQuery.Warning(reader, Day(1), Day(29), Day(30).AddYears(1)));
        Remove(mirror, Day(10));
        using (var reader = MirrorReader.Open(mirror.Path))
        {
            Assert.Contains("2026-09-01", CoverageQuery.Warning(reader, Day(1), Day(29), Day(30).AddYears(1)), StringComparison.Ordinal);
            Assert.Null(CoverageQuery.Warning(reader, Day(10), Day(29), Day(30).AddYears(1)));
        }
    }

    [Fact]
    public void Nothing_to_remove_changes_nothing()
    {
        using var mirror = Filled();
        var head = OldMirror.Texts(mirror.Path, "SELECT hex(digest) FROM chain ORDER BY position DESC LIMIT 1");
        var result = Remove(mirror, new(2001, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal((0, 0, 0), (result.Activities, result.ProvisioningEntries, result.Originals));
        Assert.Equal(head, OldMirror.Texts(mirror.Path, "SELECT hex(digest) FROM chain ORDER BY position DESC LIMIT 1"));
        AssertPasses(mirror, 0);
    }

    [Fact]
    public void When_the_first_of_two_events_of_one_id_goes_the_other_has_the_id()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Queries.Event.All(new Queries.Event("a1", "2026-09-02T08:00:00Z", "Add user")));
        mirror.ImportText(Queries.Event.All(new Queries.Event("a1", "2026-09-20T08:00:00Z", "Delete user")), "next.json");
        mirror.ImportText(Queries.Event.All(new Queries.Event("a1", "2026-09-21T08:00:00Z", "Restore user")), "last.json");
        Assert.Equal(["2"], OldMirror.Texts(mirror.Path, "SELECT count(*) FROM activity_conflict"));
        Remove(mirror, Day(10));
        Assert.Equal(["1"], OldMirror.Texts(mirror.Path, "SELECT count(*) FROM activity_conflict"));
        AssertPasses(mirror, 1);
        // The same event again is known by its id.
        Assert.Equal(1, mirror.ImportText(Queries.Event.All(new Queries.Event("a1", "2026-09-20T08:00:00Z", "Delete user")) + " ", "again.json").Unchanged);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_mirror_of_an_older_version_is_brought_up_to_date_before(int version)
    {
        using var mirror = new TestMirror();
        mirror.ImportText(TwoEvents);
        OldMirror.Age(mirror, version);
        var result = Remove(mirror, Day(10));
        Assert.Equal(1, result.Activities);
        Assert.Contains(result.Notes, note => note.Contains(".bak", StringComparison.Ordinal));
        Assert.Equal(["a2"], mirror.Activities().Select(activity => activity.Id));
        AssertPasses(mirror, 1);
    }

    [Fact]
    public void Copies_that_were_left_beside_the_mirror_are_named()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(TwoEvents);
        Directory.CreateDirectory(mirror.Path + ".check");
        File.WriteAllText(mirror.Path + ".backup-part", "half of it");
        var note = Assert.Single(Remove(mirror, Day(10)).Notes);
        Assert.Contains("mirror.db.backup-part, mirror.db.check.", note, StringComparison.Ordinal);
    }

    public static TheoryData<string> Steps() => ["rows", "originals", "names", "commit", "committed", "vacuum", "prepare", "swap", "swapped"];

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_kill_at_any_moment_leaves_a_whole_mirror(string step)
    {
        using var mirror = Filled();
        using var killed = new TestMirror();
        var cut = Middle(mirror, 2)!.Value;
        var before = OldMirror.Texts(mirror.Path, Count).Single();
        var isReached = false;
        Remove(mirror, cut, step: next =>
        {
            if (next != step) return;
            isReached = true;
            UpgradeSteps.Copy(mirror.Path, killed);
        });
        Assert.True(isReached);
        var after = OldMirror.Texts(mirror.Path, Count).Single();
        var isRemoved = Steps().Select(row => row.Data).ToList().IndexOf(step) >= 4;
        Assert.Equal("ok", UpgradeSteps.Check(killed.Path));
        Assert.Equal(isRemoved ? after : before, OldMirror.Texts(killed.Path, Count).Single());
        AssertPasses(killed, isRemoved ? 1 : 0);

        // Again: what was begun is ended.
        Remove(killed, cut);
        Assert.Equal(after, OldMirror.Texts(killed.Path, Count).Single());
        Assert.Equal(["0"], OldMirror.Texts(killed.Path, "SELECT count(*) FROM meta"));
        Assert.Equal(OldMirror.Texts(mirror.Path, "PRAGMA page_count"), OldMirror.Texts(killed.Path, "PRAGMA page_count"));
        Assert.Equal(["mirror.db", "mirror.db.lock"], Directory.GetFiles(Path.GetDirectoryName(killed.Path)!).Select(Path.GetFileName).Order());
        AssertPasses(killed, 1);
    }

    [Fact]
    public void A_mistake_on_the_way_leaves_the_mirror_as_it_was()
    {
        using var mirror = Filled();
        var before = OldMirror.Texts(mirror.Path, "SELECT hex(digest) FROM chain ORDER BY position");
        Assert.Throws<IOException>(() => RunStep(mirror, Middle(mirror, 2)!.Value));
        Assert.Equal(before, OldMirror.Texts(mirror.Path, "SELECT hex(digest) FROM chain ORDER BY position"));
        AssertPasses(mirror, 0);

        static void RunStep(TestMirror mirror, DateTimeOffset cut)
        {
            try
            {
                Remove(mirror, cut, step: next =>
                {
                    if (next == "commit") throw new IOException("full");
                });
            }
            catch (AuditToolException e) when (e.ErrorId == "RecordRemovalFailed")
            {
                throw e.InnerException!;
            }
        }
    }

    [Fact]
    public void A_reader_sees_the_old_state_until_it_ends()
    {
        using var mirror = Filled();
        using var reader = MirrorReader.Open(mirror.Path);
        var before = OldMirror.Texts(mirror.Path, Count).Single();
        using (reader.BeginRead())
        {
            Assert.Equal(before, Held());
            var result = Remove(mirror, Middle(mirror, 2)!.Value);
            Assert.Contains(result.Notes, note => note.Contains("Optimize-AuditMirror", StringComparison.Ordinal));
            Assert.Equal(before, Held());
        }

        Assert.NotEqual(before, Held());
        string Held() => reader.Query(Count, row => row.GetString(0)).Single();
    }

    [Fact]
    public void A_block_that_was_changed_stops_it()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(TwoEvents);
        var writer = new OriginalBlockWriter();
        writer.Add(RecordShape.GraphAudit, "{}"u8);
        writer.Add(RecordShape.GraphAudit, "{}"u8);
        using var other = writer.Compress();
        OldMirror.Execute(mirror.Path, $"UPDATE block SET data = x'{Convert.ToHexString(other.Data)}', raw_length = {other.RawLength}");
        Assert.Equal("MirrorDamaged", Assert.Throws<AuditToolException>(() => Remove(mirror, Day(10))).ErrorId);
    }

    [Theory]
    [InlineData("DELETE FROM removed_original WHERE slot = (SELECT max(slot) FROM removed_original)")]
    [InlineData("UPDATE removed_original SET digest = zeroblob(32) WHERE slot >= 0")]
    [InlineData("DELETE FROM block WHERE id = (SELECT max(id) FROM block)")]
    [InlineData("INSERT INTO removed_original SELECT block, -1, 2, digest FROM block_digest WHERE block = (SELECT max(id) FROM block)")]
    [InlineData("UPDATE chain SET content = replace(content, '\"Records\":', '\"Records\":1')")]
    public void What_is_changed_after_a_removal_is_found(string sql)
    {
        using var mirror = Filled();
        Remove(mirror, Middle(mirror, 2)!.Value);
        OldMirror.Execute(mirror.Path, sql);
        Assert.NotEmpty(MirrorCheck.Run(mirror.Path, new(IsQuick: true), _ => { }, TestContext.Current.CancellationToken).Problems);
    }

    [Fact]
    public void A_derivation_that_was_stopped_before_does_not_bring_it_back()
    {
        using var mirror = Filled();
        Assert.Throws<OperationCanceledException>(() => UpgradeSteps.Run(mirror.Path, step =>
        {
            if (step == "finish") throw new OperationCanceledException();
        }, force: true));
        Assert.True(File.Exists(mirror.Path + ".upgrade"));
        Remove(mirror, Middle(mirror, 2)!.Value);
        Assert.False(File.Exists(mirror.Path + ".upgrade"));
        AssertPasses(mirror, 1);
    }

    private static DateTimeOffset Day(int day) => new(2026, 9, day, 0, 0, 0, TimeSpan.Zero);

    private static string Span(int from, int to) => $"{Day(from).UtcTicks}-{Day(to).UtcTicks}";

    private static List<string> Coverage(TestMirror mirror) =>
        OldMirror.Texts(mirror.Path, "SELECT from_time || '-' || to_time FROM coverage ORDER BY from_time DESC");

    /// <summary>A time that a share of the events of both logs is before.</summary>
    private static DateTimeOffset? Middle(TestMirror mirror, int share)
    {
        var times = OldMirror.Texts(mirror.Path, $"""
            SELECT (id >> 8) - drift FROM activity UNION ALL SELECT (id >> 8) - drift FROM provisioning ORDER BY 1
            """).ConvertAll(long.Parse);
        return times.Count < 2 || times[0] == times[^1] ? null : new DateTimeOffset(times[times.Count / share] + ActivityTime.Epoch + 1, TimeSpan.Zero);
    }

    private static AuditRecordRemoval Remove(TestMirror mirror, DateTimeOffset before, LogTable? log = null, Action<string>? step = null) =>
        RecordRemoval.Run(mirror.Path, new(before, log == null ? LogTable.All : [log]) { Step = step, Patience = TimeSpan.FromSeconds(1) }, _ => { },
            TestContext.Current.CancellationToken);

    private static bool Holds(TestMirror mirror, string text) => Holds(mirror, Encoding.UTF8.GetBytes(text));

    /// <summary>Whether a file of the mirror holds bytes, or a block of originals does.</summary>
    private static bool Holds(TestMirror mirror, byte[] bytes)
    {
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(mirror.Path)!))
        {
            if (File.ReadAllBytes(file).AsSpan().IndexOf(bytes) >= 0) return true;
        }

        using var connection = MirrorFile.OpenForLookups(mirror.Path);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT data, raw_length FROM block";
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            if (OriginalBlock.Of(rows, 0).ReadAll().Any(record => record.Json.Span.IndexOf(bytes) >= 0)) return true;
        }

        return false;
    }

    private static void AssertPasses(TestMirror mirror, int removals)
    {
        var test = MirrorCheck.Run(mirror.Path, new(), _ => { }, TestContext.Current.CancellationToken);
        Assert.Equal([], test.Problems.Select(problem => problem.ToString()));
        Assert.Equal(["Pages", "Chain", "Derivation"], test.Checks);
        Assert.Equal(removals, test.Notes.Count(note => note.Contains("were removed on", StringComparison.Ordinal)));
    }

    private static string[] Exports(string shape) =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "seeds", "sample-tenant", shape), "*", SearchOption.AllDirectories).Order()];

    private static TestMirror Filled()
    {
        var copy = new TestMirror();
        Directory.CreateDirectory(Path.GetDirectoryName(copy.Path)!);
        File.WriteAllBytes(copy.Path, Template.Value);
        return copy;
    }

    private static byte[] Fill()
    {
        using var mirror = new TestMirror();
        mirror.Import(new ImportOptions { MirrorPath = mirror.Path, DateFormat = "MonthFirst" }, [.. Shapes.SelectMany(Exports)]);
        return File.ReadAllBytes(mirror.Path);
    }
}
