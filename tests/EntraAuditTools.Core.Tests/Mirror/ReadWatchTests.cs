using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Queries;

namespace EntraAuditTools.Core.Tests.Mirror;

/// <summary>Long reading is watched, also within one statement, and what the watcher throws ends it.</summary>
public sealed class ReadWatchTests : IDisposable
{
    private const string Long = """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) SELECT sum(i) FROM n
        """;

    private readonly TestMirror mirror = new();

    public ReadWatchTests() => mirror.ImportText(Event.All(new Event("1", "2026-10-01T08:00:00Z", "Add user")));

    public void Dispose() => mirror.Dispose();

    [Fact]
    public void One_long_statement_is_watched_with_the_rows_before_it()
    {
        using var reader = MirrorReader.Open(mirror.Path);
        var seen = new List<long>();
        reader.Watch(seen.Add);
        Assert.Single(reader.Query("SELECT id FROM activity", row => row.GetInt64(0)));
        Assert.Empty(seen);
        Assert.Equal(20_000_100_000L, reader.Query(Long, row => row.GetInt64(0)).Single());
        Assert.True(seen.Count > 3);
        Assert.All(seen, rows => Assert.Equal(1, rows));
    }

    [Fact]
    public void What_the_watcher_throws_ends_the_question()
    {
        using var reader = MirrorReader.Open(mirror.Path);
        reader.Watch(_ => throw new NotSupportedException("Enough."));
        Assert.Equal("Enough.", Assert.Throws<NotSupportedException>(() => reader.Query(Long, row => row.GetInt64(0)).ToList()).Message);
        using var other = MirrorReader.Open(mirror.Path);
        other.Watch(_ => throw new NotSupportedException("Enough."));
        using var statement = other.Prepare(Long);
        Assert.Equal("Enough.", Assert.Throws<NotSupportedException>(() => other.Step(statement)).Message);
    }
}
