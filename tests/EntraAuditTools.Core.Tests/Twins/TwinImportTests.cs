using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Mirror;
using EntraAuditTools.Core.Tests.Queries;
using EntraAuditTools.SampleTenant;

namespace EntraAuditTools.Core.Tests.Twins;

/// <summary>The links between the two logs' events follow from the events that the mirror holds, however and in whatever order they came.</summary>
public sealed class TwinImportTests
{
    private const string Links = """
        SELECT u.record_id || ' ' || d.record_id FROM activity_twin x JOIN activity u ON u.id = x.activity JOIN activity d ON d.id = x.directory
        WHERE u.origin = 2 AND d.origin = 0 ORDER BY 1
        """;

    private const string Unexpected = "SELECT count(*) FROM activity WHERE (origin = 2) <> (id IN (SELECT activity FROM activity_twin))";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Any_order_and_any_number_of_imports_give_the_same_links(int seed)
    {
        var random = new Random(seed);
        var records = Records(random, 60);
        string[]? expected = null;
        for (var round = 0; round < 4; round++)
        {
            using var mirror = new TestMirror();
            var shuffled = records.ToArray();
            random.Shuffle(shuffled);
            // Some records come twice, in files of one log each.
            var parts = shuffled.Concat(shuffled.Take(10)).Select((record, i) => (record, part: i % (1 + (round * 3))))
                .GroupBy(row => (row.part, row.record.IsUnified)).ToArray();
            random.Shuffle(parts);
            foreach (var part in parts) mirror.ImportText(string.Join('\n', part.Select(row => row.record.Json)), $"{part.Key.part}-{part.Key.IsUnified}.json");
            var links = OldMirror.Texts(mirror.Path, Links).ToArray();
            Assert.Equal(["0"], OldMirror.Texts(mirror.Path, Unexpected));
            Assert.Equal(records.Count - links.Length, mirror.Activities().Count);
            expected ??= links;
            Assert.Equal(expected, links);
        }

        Assert.NotEmpty(expected!);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Links_are_the_sample_tenants_truth(bool unifiedFirst)
    {
        var tenant = new Tenant(new SampleTenantOptions { AuditRecords = 4_000, Seed = 11 });
        var events = AuditEvents.Enumerate(tenant).ToArray();
        using var mirror = new TestMirror();
        var files = new[] { AuditShape.GraphPage,
            AuditShape.UnifiedAuditCsv }.Select(shape => mirror.Write($"{shape}.txt", stream => AuditShapes.Write(shape, stream, tenant, events))).ToArray();
        mirror.Import(unifiedFirst ? [.. Enumerable.Reverse(files)] : files);

        var truth = events.Where(logged => AuditShapes.UnifiedRecordId(logged) != null).ToDictionary(logged => AuditShapes.UnifiedRecordId(logged)!, logged => logged.Id);
        var pairs = mirror.Activities(new() { Origin = ["UnifiedAudit"] })
            .Select(activity => (activity.Id, Twin: activity.Evidence.FirstOrDefault(e => e.Origin == "DirectoryAudit")?.RecordId)).ToList();
        Assert.Equal(truth.Count, pairs.Count);
        // Recall, and precision but for events that the unified log writes in the same words: a person added twice to a group within one second.
        Assert.DoesNotContain(pairs, pair => pair.Twin == null);
        var words = events.ToDictionary(logged => logged.Id,
            logged => (logged.CorrelationId, logged.Activity, logged.Targets is [var first, ..] ? first.Id : null, logged.Ticks / TimeSpan.TicksPerSecond));
        Assert.DoesNotContain(pairs, pair => words[truth[pair.Id!]] != words[pair.Twin!]);
        Assert.True(pairs.Count(pair => truth[pair.Id!] != pair.Twin) < pairs.Count / 50);
        Assert.Equal(events.Select(logged => logged.Id).Order(), mirror.Activities().Select(logged => logged.Id!).Order());
    }

    [Fact]
    public void What_a_killed_import_committed_is_paired()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Event.All(UnifiedEvent.InDirectory("d1", "2026-10-02T08:00:05.4821345Z", "Add member to group")), "directory.json");
        var batches = 0;
        var options = new ImportOptions { MirrorPath = mirror.Path, Writing = _ => { if (batches++ > 0) throw new InvalidOperationException("killed"); } };
        // Two batches: the first is committed before the second one fails.
        var many = Enumerable.Range(0, 3_000)
            .Select(i => new UnifiedEvent($"77777777-0000-0000-0000-{i:d12}", "2026-10-02T08:00:05",
                "Add member to group") { CorrelationId = i == 0 ? UnifiedEvent.Correlation : $"88888888-0000-0000-0000-{i:d12}" });
        mirror.Import(options, mirror.Write("unified.json", System.Text.Encoding.UTF8.GetBytes(UnifiedEvent.All([.. many]))));
        Assert.NotEmpty(mirror.Errors);
        Assert.Equal(["0"], OldMirror.Texts(mirror.Path, Unexpected));
        // What of it is there says nothing twice; the import, made again, completes it.
        Assert.Single(mirror.Activities(), activity => activity.CorrelationId == UnifiedEvent.Correlation);
        mirror.Import(System.IO.Path.Combine(mirror.Folder, "unified.json"));
        Assert.Equal(["0"], OldMirror.Texts(mirror.Path, Unexpected));
        Assert.Single(mirror.Activities(), activity => activity.CorrelationId == UnifiedEvent.Correlation);
        Assert.Equal(3_000, mirror.Activities().Count);
    }

    [Fact]
    public void One_correlation_id_for_everything_is_no_flood()
    {
        // Some tools write zeros for every correlation id: each event still finds its own.
        const string Zeros = "00000000-0000-0000-0000-000000000000";
        using var mirror = new TestMirror();
        var start = new DateTime(2026, 10, 2, 8, 0, 0, DateTimeKind.Utc);
        static string Person(int i) => $"33333333-0000-0000-0000-{i % 50:d12}";
        mirror.ImportText(Event.All(
            [.. Enumerable.Range(0, 2_000)
                .Select(i => UnifiedEvent.InDirectory($"d{i}", $"{start.AddSeconds(i):s}.25Z", "Update user", Zeros, Person(i)))]), "directory.json");
        mirror.ImportText(UnifiedEvent.All(
            [.. Enumerable.Range(0, 2_000)
                .Select(i => new UnifiedEvent($"77777777-0000-0000-0000-{i:d12}", $"{start.AddSeconds(i):s}",
                    "Update user") { CorrelationId = Zeros, Target = Person(i) })]), "unified.json");
        Assert.Equal(2_000, mirror.Activities().Count);
        Assert.Equal(["2000"], OldMirror.Texts(mirror.Path,
            "SELECT count(*) FROM activity_twin x JOIN activity u ON u.id = x.activity JOIN activity d ON d.id = x.directory WHERE "
            + "u.target = d.target OR abs(u.id - d.id) >> 8 < 10000000"));
    }

    /// <summary>Events of a few people and requests within seconds of each other, in one log, the other, or both.</summary>
    private static List<(bool IsUnified, string Json)> Records(Random random, int count)
    {
        var start = new DateTime(2026, 10, 2, 8, 0, 0, DateTimeKind.Utc);
        var records = new List<(bool, string)>();
        for (var i = 0; i < count; i++)
        {
            var time = start.AddMilliseconds(random.Next(0, 120) * 250);
            var (correlation, target, activity) =
                ($"00000000-0000-0000-0000-{random.Next(3):d12}", $"33333333-0000-0000-0000-{random.Next(2):d12}", random.Next(4) == 0
                    ? "Update user" : "Add user");
            var (inDirectory, inUnified) = (random.Next(5) > 0, random.Next(5) > 0);
            if (inDirectory) records.Add(
                (false, UnifiedEvent.InDirectory($"d{i}", $"{time:yyyy-MM-ddTHH:mm:ss.fffZ}", activity, correlation, target).ToString()));
            if (inUnified) records.Add(
                (true, new UnifiedEvent($"77777777-0000-0000-0000-{i:d12}", $"{time:s}", activity) { CorrelationId = correlation,
                    Target = target }.ToString()));
        }

        return records;
    }
}
