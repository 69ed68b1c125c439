namespace EntraAuditTools.Core.Tests.Mirror.Writing.Logs;

/// <summary>
/// The danger: one event becomes two, two become one, or the poorer copy is shown, by the order in which exports come. Source of every row:
/// docs/decisions/identity-by-id-or-fingerprint.md, which is quoted.
/// </summary>
public sealed class MergeTests
{
    private const string Whole = "0.1234567";

    /// <summary>
    /// The rule; the records, as id, seconds, rank and original, imports between bars; the events then (<see cref="TestLog.Events"/>); what
    /// was added, updated, unchanged and in conflict.
    /// </summary>
    public static TheoryData<string, string, string, (long, long, long, long)> Rows => new()
    {
        { "same when the record id is the same: again in another import",
            "a 0.1234567 2 x | a 0.1234567 2 x", "a 0.1234567 2 x seen 2", (1, 0, 1, 0) },
        { "same when the record id is the same: again in one import", "a 0.1234567 2 x, a 0.1234567 2 x", "a 0.1234567 2 x", (1, 0, 1, 0) },
        { "the richest copy is shown: it comes second",
            "a 0.1234567 1 poor | a 0.1234567 2 rich", "a 0.1234567 2 rich +poor", (1, 1, 0, 0) },
        { "the richest copy is shown: it comes first",
            "a 0.1234567 2 rich | a 0.1234567 1 poor", "a 0.1234567 2 rich +poor", (1, 0, 1, 0) },
        { "the others are kept: alike rich, the first stays", "a 0.1234567 2 x | a 0.1234567 2 y", "a 0.1234567 2 x +y", (1, 0, 1, 0) },
        { "the others are kept: each once",
            "a 0.1234567 1 x, a 0.1234567 2 y | a 0.1234567 1 x, a 0.1234567 2 y", "a 0.1234567 2 y +x seen 2", (1, 1, 2, 0) },
        { "another record id is another event, alike as they may be",
            "a 0.1234567 2 x, b 0.1234567 2 y", "a 0.1234567 2 x; b 0.1234567 2 y", (2, 0, 0, 0) },
        { "as exactly as the coarser of the two wrote it: seconds meet ticks",
            "a 0 1 x | a 0.1234567 2 y", "a 0.1234567 2 y +x", (1, 1, 0, 0) },
        { "as exactly as the coarser of the two wrote it: the finer time stays",
            "a 0.1234567 1 x | a 0.123 2 y", "a 0.1234567 2 y +x", (1, 1, 0, 0) },
        { "the same id with another time is a conflict: both are kept",
            "a 0.1234567 1 x, a 5 2 y", "a 0.1234567 1 x; a 5 2 y", (2, 0, 0, 1) },
        { "the same id with another activity is a conflict: both are kept",
            "a 0.1234567 1 x, a 0.1234567 2 y kind=2", "a 0.1234567 1 x; a 0.1234567 2 y", (2, 0, 0, 1) },
        { "a conflict is one however often it comes",
            "a 0.1234567 1 x, a 5 2 y | a 5 2 y, a 0.1234567 1 x, a 5 3 z", "a 0.1234567 1 x seen 2; a 5 3 z +y seen 2", (2, 1, 2, 1) },
        { "where a shape carries no id: it meets the event", "a 0.1234567 2 json | - 0 1 csv", "a 0.1234567 2 json +csv", (1, 0, 1, 0) },
        { "where a shape carries no id: the event with its id comes later",
            "- 0 1 csv | a 0.1234567 2 json", "a 0.1234567 2 json +csv", (1, 1, 0, 0) },
        { "where a shape carries no id: the id is known from then on, though the richer copy lacks it",
            "- 0.1234567 2 csv | a 0.1234567 1 json | a 0.1234567 1 json", "a 0.1234567 2 csv +json seen 3", (1, 0, 2, 0) },
        { "two equal rows of one CSV stay two events", "- 0 1 r, - 0 1 r", "- 0 1 r; - 0 1 r", (2, 0, 0, 0) },
        { "a second import of the file finds both", "- 0 1 r, - 0 1 r | - 0 1 r, - 0 1 r", "- 0 1 r seen 2; - 0 1 r seen 2", (2, 0, 2, 0) },
        { "a second file with one more finds one more", "- 0 1 r | - 0 1 r, - 0 1 r", "- 0 1 r seen 2; - 0 1 r", (2, 0, 1, 0) },
        { "of equal rows one meets what a richer record of the import made another, the rest the others",
            "- 0 1 r, - 0 1 r | - 0 1 r, a 0.1234567 3 rich, - 0 1 r, - 0 1 r",
            "- 0 1 r seen 2; a 0.1234567 3 rich +r seen 2; - 0 1 r", (3, 1, 2, 0) },
        { "two equal rows meet two events with ids",
            "a 0.1234567 2 x, b 0.1234567 2 y | - 0 1 r, - 0 1 r", "a 0.1234567 2 x +r; b 0.1234567 2 y +r", (2, 0, 2, 0) },
        { "the nearest in time is met first",
            "a 0.9 2 x, b 0.2 2 y, c 0.6 2 z | - 0 1 r", "b 0.2 2 y +r; c 0.6 2 z; a 0.9 2 x", (3, 0, 1, 0) },
        { "of the same time: not a second later", "a 1 2 x | - 0 1 r", "- 0 1 r; a 1 2 x", (2, 0, 0, 0) },
        { "of the same time: what both write finer", "a 0.2 2 x | - 0.3 1 r", "a 0.2 2 x; - 0.3 1 r", (2, 0, 0, 0) },
        { "of the same fingerprint: another correlation, activity or result",
            "a 0.1234567 2 x | - 0.1234567 1 r print=8", "a 0.1234567 2 x; - 0.1234567 1 r", (2, 0, 0, 0) },
        { "of the same fingerprint: targets where both copies keep them",
            "a 0.1234567 2 x print=7:1:2:3 | - 0.1234567 1 r print=7:1:2", "a 0.1234567 2 x +r", (1, 0, 1, 0) },
        { "of the same fingerprint: other targets",
            "a 0.1234567 2 x print=7:1:2:3 | - 0.1234567 1 r print=7:1:9", "a 0.1234567 2 x; - 0.1234567 1 r", (2, 0, 0, 0) },
        { "of the same fingerprint: the very same before one that lacks targets",
            "a 0.1234567 2 x, b 0.1234567 2 y print=7:1 | - 0.1234567 1 r print=7:1", "a 0.1234567 2 x; b 0.1234567 2 y +r", (2, 0, 1, 0) },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Copies_of_one_event_are_one_row(string rule, string imports, string events, (long, long, long, long) counts)
    {
        using var log = new TestLog();
        foreach (var copies in imports.Split(" | ")) log.Import(copies.Split(", ").Select(Copy.Parse));
        Assert.True(Sorted(events).SequenceEqual(Sorted(log.Events())), $"{rule}: {log.Events()}");
        Assert.Equal(counts, log.Counts);
    }

    [Fact]
    public void A_tenant_once_known_stays_whatever_copy_is_shown()
    {
        using var log = new TestLog();
        log.Import(new Copy("a", Whole, 1, "x"), new Copy("b", Whole, 2, "x") { Tenant = 5 }, new Copy("c", Whole, 1, "x") { Tenant = 5 });
        log.Import(new Copy("a", Whole, 1, "y") { Tenant = 5 }, new Copy("b", Whole, 1, "y") { Tenant = 6 }, new Copy("c", Whole, 2, "y"));
        Assert.Equal([("a", 5L), ("b", 5L), ("c", 5L)],
            log.Query("SELECT record_id, tenant FROM test ORDER BY 1", row => (row.GetString(0), row.GetInt64(1))));
    }

    /// <summary>Columns of one copy, of a later one, and what the event has then (LogColumn.KeepsKnown, LogColumn.IsFixed).</summary>
    [Theory]
    [InlineData(1, 1, 1, 2, 2, 2, 2, 2, 1)]
    [InlineData(1, 1, 1, 0, 0, 0, 0, 1, 1)]
    [InlineData(0, 0, 0, 2, 2, 2, 2, 2, 0)]
    public void Columns_follow_the_richer_copy_as_they_are_declared(int plain, int known, int own, int plain2, int known2, int own2,
        long plainThen, long knownThen, long ownThen)
    {
        using var log = new TestLog();
        log.Import(new Copy("a", Whole, 1, "x") { Own = (plain, known, own) });
        log.Import(new Copy("a", Whole, 2, "y") { Own = (plain2, known2, own2) });
        log.Import(new Copy("a", Whole, 1, "z") { Own = (7, 7, 7) });
        Assert.Equal((plainThen, knownThen, ownThen),
            log.Query("SELECT plain, known, fixed FROM test", row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2))).Single());
    }

    [Fact]
    public void Identities_are_those_of_every_copy_that_was_shown()
    {
        using var log = new TestLog();
        log.Import(new Copy("a", Whole, 1, "x") { Links = [3, 0, 1] }, new Copy("b", Whole, 1, "x") { Links = [4] });
        log.Import(new Copy("a", Whole, 2, "y") { Links = [1, 2] }, new Copy("b", Whole, 0, "y") { Links = [5] });
        Assert.Equal(["a 1", "a 2", "a 3", "b 4"],
            log.Query("SELECT record_id || ' ' || identity FROM test_link JOIN test ON id = test ORDER BY 1", row => row.GetString(0)));
    }

    [Fact]
    public void An_event_that_gets_another_time_takes_along_all_that_names_it()
    {
        using var log = new TestLog();
        log.Import(new Copy("a", "0", 1, "x") { Kind = 9, Links = [3] }, new Copy("a", "0", 1, "conflict"));
        log.Run("INSERT INTO follower SELECT id FROM test WHERE kind = 9");
        log.Import(new Copy("a", "0", 1, "x") { Kind = 9 });
        log.Import(new Copy("a", "100.5", 2, "y") { Kind = 9, Links = [4] });
        Assert.Equal("a 0 1 conflict; a 100.5 2 y +x seen 2", log.Events());
        Assert.Equal([3L, 4L],
            log.Query("SELECT identity FROM test_link JOIN test ON id = test WHERE kind = 9 ORDER BY 1", row => row.GetInt64(0)));
        Assert.Single(log.Query("SELECT 1 FROM follower JOIN test ON id = test WHERE kind = 9", row => row.GetInt64(0)));
        // The conflict is still found under its id.
        log.Import(new Copy("a", "0", 1, "conflict"));
        Assert.Equal((2L, 1L), (log.Counts.Added, log.Counts.Conflicts));
    }

    /// <summary>ActivityTime: 256 numbers a tick; more run ahead, and their drift says by how much.</summary>
    [Theory]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(3_000)]
    public void Very_many_events_of_one_tick_keep_their_time(int count)
    {
        using var log = new TestLog();
        var many = Enumerable.Range(0, count).Select(i => new Copy($"id{i}", Whole, 1, $"x{i}")).ToList();
        log.Import(many.Append(new Copy("next", "0.1234568", 1, "y")));
        Assert.Equal(count, log.Events().Split("; ").Count(one => one.Contains(" 0.1234567 1 x", StringComparison.Ordinal)));
        Assert.Contains("next 0.1234568 1 y", log.Events(), StringComparison.Ordinal);
        log.Import(many);
        Assert.Equal((count + 1L, 0L, (long)count, 0L), log.Counts);
    }

    // Rows of one tick are numbered by the hash of their ids.
    private static IEnumerable<string> Sorted(string events) => events.Split("; ").Order(StringComparer.Ordinal);
}
