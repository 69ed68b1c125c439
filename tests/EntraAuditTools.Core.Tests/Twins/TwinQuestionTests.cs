using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Coverage;
using EntraAuditTools.Core.Queries.Imports;
using EntraAuditTools.Core.Queries.Values;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Mirror;
using EntraAuditTools.Core.Tests.Queries;

namespace EntraAuditTools.Core.Tests.Twins;

/// <summary>An event that both logs contain is one, in every question, shown as in the directory's log.</summary>
public sealed class TwinQuestionTests
{
    private static readonly Event[] Directory =
    [
        UnifiedEvent.InDirectory("d1", "2026-10-02T08:00:05.4821345Z", "Add member to group"),
        UnifiedEvent.InDirectory("d2", "2026-10-02T09:00:00Z", "Remove member from group", correlation: "00000000-0000-0000-0000-000000000003"),
    ];

    private static readonly UnifiedEvent[] Unified =
    [
        new("77777777-0000-0000-0000-000000000001", "2026-10-02T08:00:05", "Add member to group") { Address = "203.0.113.7", Word = "Zephyr" },
        new("77777777-0000-0000-0000-000000000004", "2026-10-02T10:00:00", "Update user") { CorrelationId = "00000000-0000-0000-0000-000000000004" },
    ];

    /// <summary>Filters, and the ids of the events that they find.</summary>
    public static TheoryData<string, object, string[]> Filters => new()
    {
        { "all", new AuditActivityFilter(), ["77777777-0000-0000-0000-000000000004", "d2", "d1"] },
        { "the directory's id", new AuditActivityFilter { Id = ["d1"] }, ["d1"] },
        { "the unified log's id", new AuditActivityFilter { Id = ["77777777-0000-0000-0000-000000000001"] }, ["d1"] },
        { "both ids", new AuditActivityFilter { Id = ["d1", "77777777-0000-0000-0000-000000000001"] }, ["d1"] },
        { "the beginning of an id", new AuditActivityFilter { Id = ["77777777-*"] }, ["77777777-0000-0000-0000-000000000004", "d1"] },
        { "the correlation id", new AuditActivityFilter { CorrelationId = [UnifiedEvent.Correlation] }, ["d1"] },
        { "who did it", new AuditActivityFilter { InitiatedBy = ["ada@contoso.com"] }, ["77777777-0000-0000-0000-000000000004", "d2", "d1"] },
        { "whom it is about", new AuditActivityFilter { Target = ["bob@contoso.com"] }, ["77777777-0000-0000-0000-000000000004", "d2", "d1"] },
        { "an activity", new AuditActivityFilter { Activity = ["Add member to group"] }, ["d1"] },
        { "an address that only the unified log has", new AuditActivityFilter { IPAddress = ["203.0.113.7"] }, ["d1"] },
        { "a word that only the unified log writes", new AuditActivityFilter { Search = "zephyr" }, ["d1"] },
        { "what came with the unified log's export", new AuditActivityFilter { ImportId = [2] }, ["77777777-0000-0000-0000-000000000004", "d1"] },
        { "a page", new AuditActivityFilter { Skip = 1, First = 1 }, ["d2"] },
        { "up to the window's edge", new AuditActivityFilter { Before = At("2026-10-02T08:00:05.2Z") }, [] },
        { "from the window's edge", new AuditActivityFilter { After = At("2026-10-02T08:00:05.2Z"), Before = At("2026-10-02T08:30:00Z") }, ["d1"] },
        { "a window that ends behind the unified log's second", new AuditActivityFilter { Before = At("2026-10-02T08:00:05.4Z") }, [] },
        { "one log", new AuditActivityFilter { Origin = ["UnifiedAudit"] }, ["77777777-0000-0000-0000-000000000004", "77777777-0000-0000-0000-000000000001"] },
        { "one log, in any case", new AuditActivityFilter { Origin = ["directoryaudit"] }, ["d2", "d1"] },
        { "one log, by the other's id", new AuditActivityFilter { Origin = ["UnifiedAudit"], Id = ["d1"] }, [] },
        { "both logs, each record", new AuditActivityFilter { Origin = ["UnifiedAudit", "DirectoryAudit"] },
            ["77777777-0000-0000-0000-000000000004", "d2", "d1", "77777777-0000-0000-0000-000000000001"] },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public void One_event_is_one_row(string why, object question, string[] expected)
    {
        var filter = (AuditActivityFilter)question;
        using var mirror = Filled();
        Assert.True(expected.SequenceEqual(mirror.Activities(filter).Select(activity => activity.Id)), why);
        using var reader = MirrorReader.Open(mirror.Path);
        if (filter.First == null) Assert.Equal(expected.Length, AuditActivityQuery.Count(reader, filter));
        if (filter.First == null) Assert.Equal(expected.Length, AuditActivityMeasureQuery.Run(reader, filter, ["Activity"]).Sum(group => group.Count));
    }

    [Theory]
    [InlineData("directory unified", "77777777-0000-0000-0000-000000000004", "77777777-0000-0000-0000-000000000004,77777777-0000-0000-0000-000000000001")]
    [InlineData("unified directory", "d2", "")]
    public void An_event_is_new_with_the_log_that_told_it_first(string order, string events, string ofUnified)
    {
        using var mirror = new TestMirror();
        foreach (var log in order.Split(' ')) Import(mirror, log);
        using var reader = MirrorReader.Open(mirror.Path);
        var first = ImportHistoryQuery.Imports(reader, [1]).Single().Started;
        string Ids(AuditActivityFilter filter) => string.Join(',', AuditActivityQuery.Run(reader, filter).Select(one => one.Id));
        Assert.Equal(events, Ids(new() { ImportedAfter = first }));
        Assert.Equal(ofUnified, Ids(new() { ImportedAfter = first, Origin = ["UnifiedAudit"] }));
    }

    [Fact]
    public void Searching_through_the_index_finds_it_by_the_words_of_both()
    {
        using var mirror = Filled();
        ActivitySearchIndex.Ensure(mirror.Path, null, CancellationToken.None);
        Assert.Equal(["d1"], mirror.Activities(new() { Search = "zephyr" }).Select(activity => activity.Id));
        Assert.Equal(["d2", "d1"], mirror.Activities(new() { Search = "Brown" }).Select(activity => activity.Id));
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.Equal(2, AuditActivityQuery.Count(reader, new() { Search = "Brown" }));
    }

    [Fact]
    public void Its_evidence_names_the_records_of_both_logs()
    {
        using var mirror = Filled();
        var evidence = mirror.Activities(new() { Id = ["d1"] }).Single().Evidence;
        Assert.Equal([("DirectoryAudit", "d1", "directory.json"), ("UnifiedAudit", "77777777-0000-0000-0000-000000000001", "unified.json")],
            evidence.Select(original => (original.Origin!, original.RecordId!, original.Source)));
        Assert.Equal(["DirectoryAudit"], mirror.Activities(new() { Id = ["d2"] }).Single().Evidence.Select(original => original.Origin));
        Assert.Equal(["UnifiedAudit", "DirectoryAudit"],
            mirror.Activities(new() { Id = ["77777777-0000-0000-0000-000000000001"], Origin = ["UnifiedAudit"] }).Single().Evidence.Select(original => original.Origin));
    }

    [Fact]
    public void Everything_that_counts_counts_it_once()
    {
        using var mirror = Filled();
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.Equal(3, MirrorInfoQuery.Run(new MirrorLocation(mirror.Path, "Parameter")).Activities);
        Assert.Equal(3, CoverageQuery.Run(reader, null, null, null, null, At("2026-10-03T00:00:00Z")).Sum(day => day.Records));
        Assert.Equal(3, AuditActivityTypeQuery.Run(reader, null, null, null, seen: true, unlisted: false).Sum(type => type.Count));
        var alone = AuditActivityTypeQuery.Run(reader, ["AzureActiveDirectory"], null, null, seen: true, unlisted: false).Single();
        Assert.Equal((1L, At("2026-10-02T10:00:00Z")), (alone.Count, alone.FirstSeen));
        Assert.Equal([("Core Directory", 2L), ("AzureActiveDirectory", 1L)], FilterValueQuery.Run(reader, ActivityLog.Definition.Field("Service"), "", 10, null)
            .Select(pair => (pair.Key, pair.Value)));
        Assert.Equal([("bob@contoso.com", 3L)], FilterValueQuery.Run(reader, ActivityLog.Definition.Field("Target"), "bob", 10, null).Select(pair => (pair.Key, pair.Value)));
        var byTarget = Assert.Single(AuditActivityMeasureQuery.Run(reader, new(), ["Target"]));
        Assert.Equal(3, byTarget.Count);
    }

    [Theory]
    [InlineData("Imported", "directory unified")]
    [InlineData("Imported", "unified directory")]
    public void The_order_of_import_does_not_matter(string status, string order)
    {
        using var mirror = new TestMirror();
        foreach (var log in order.Split(' ')) Assert.Equal(status, Import(mirror, log).Status);
        Assert.Equal(["77777777-0000-0000-0000-000000000004", "d2", "d1"], mirror.Activities().Select(activity => activity.Id));
    }

    [Fact]
    public void A_richer_copy_and_another_time_keep_the_pair()
    {
        using var mirror = new TestMirror();
        // The same event with another precision first: its row moves when the true time is known.
        mirror.ImportText(Event.All(Directory[0] with { Time = "2026-10-02T08:00:05Z" }), "first.json");
        Import(mirror, "unified");
        Import(mirror, "directory");
        Assert.Equal(["77777777-0000-0000-0000-000000000004", "d2", "d1"], mirror.Activities().Select(activity => activity.Id));
        Assert.Equal(["1"], OldMirror.Texts(mirror.Path,
            "SELECT count(*) FROM activity_twin x JOIN activity u ON u.id = x.activity JOIN activity d ON d.id = x.directory WHERE "
            + "u.origin = 2 AND d.origin = 0"));
        mirror.Import(new ImportOptions { MirrorPath = mirror.Path, Force = true }, System.IO.Path.Combine(mirror.Folder, "unified.json"));
        Assert.Equal(3, mirror.Activities().Count);
    }

    [Fact]
    public void A_mirror_that_no_unified_log_came_into_answers_as_ever()
    {
        using var mirror = new TestMirror();
        Import(mirror, "directory");
        Assert.Equal(["d2", "d1"], mirror.Activities().Select(activity => activity.Id));
        Assert.Empty(mirror.Activities(new() { Origin = ["UnifiedAudit"] }));
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.DoesNotContain("twin", AuditActivityQuery.DescribeSql(reader, new()), StringComparison.Ordinal);
    }

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);

    private static TestMirror Filled()
    {
        var mirror = new TestMirror();
        Import(mirror, "directory");
        Import(mirror, "unified");
        return mirror;
    }

    private static ImportResult Import(TestMirror mirror, string log) =>
        mirror.ImportText(log == "directory" ? Event.All(Directory) : UnifiedEvent.All(Unified), log + ".json");
}
