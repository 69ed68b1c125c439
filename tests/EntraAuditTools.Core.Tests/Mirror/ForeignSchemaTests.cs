using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Queries;
using Microsoft.Data.Sqlite;
using Xunit;

namespace EntraAuditTools.Core.Tests.Mirror;

/// <summary>
/// A mirror that comes from somewhere else may hold more than data: what its schema could do by itself is never run. The danger behind each
/// row is of https://sqlite.org/security.html, "Untrusted SQLite Database Files".
/// </summary>
public sealed class ForeignSchemaTests
{
    private static readonly Event First = new("a1", "2026-10-02T08:00:00Z", "Add user"), Second = new("a2", "2026-10-02T09:00:00Z", "Delete user");

    /// <summary>The danger; what is done to the mirror; what the error names.</summary>
    public static TheoryData<string, string, string> Changes => new()
    {
        { "deletes all at the next import", "CREATE TRIGGER t AFTER INSERT ON import BEGIN DELETE FROM activity; END", "trigger 't'" },
        { "answers in place of a table",
            "DROP TABLE rejection; CREATE VIEW rejection AS SELECT 1 AS id, 1 AS import, 1 AS line, 1 AS byte_offset, '' AS reason, '' AS text", "view 'rejection'" },
        { "never ends",
            "DROP TABLE term; CREATE VIEW term AS WITH RECURSIVE r(id) AS (SELECT 1 UNION ALL SELECT id FROM r) SELECT id, 'x' AS text FROM r", "view 'term'" },
        { "a table of somebody else's", "CREATE TABLE guest (id INTEGER PRIMARY KEY, text TEXT)", "table 'guest'" },
        { "computes when it is read", "ALTER TABLE meta ADD COLUMN more GENERATED ALWAYS AS (abs(value)) VIRTUAL", "table 'meta'" },
        { "checks when it is written", "DROP TABLE address; CREATE TABLE address (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE CHECK (length(text) > 99))",
            "table 'address'" },
        { "an index over an expression", "CREATE INDEX more ON term (lower(text))", "index 'more'" },
        { "another index of the same name", "DROP INDEX activity_actor; CREATE INDEX activity_actor ON activity (actor) WHERE actor = 1", "index 'activity_actor'" },
        { "a table with code behind it", "CREATE VIRTUAL TABLE guest USING fts5(text)", "table 'guest'" },
        { "a lost table", "DROP TABLE activity_conflict", "lacks 1" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Is_neither_read_nor_written(string danger, string change, string seen)
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Event.All(First));
        Run(mirror.Path, change);

        var reading = Assert.Throws<AuditToolException>(() => MirrorReader.Open(mirror.Path));
        var writing = Assert.Throws<AuditToolException>(() => mirror.ImportText(Event.All(Second), "next.json"));

        Assert.Equal("MirrorAltered", reading.ErrorId);
        Assert.Equal("MirrorAltered", writing.ErrorId);
        Assert.True(reading.Message.Contains(seen, StringComparison.Ordinal), $"{danger}: {reading.Message}");
        Assert.Equal(["1"], OldMirror.Texts(mirror.Path, "SELECT count(*) FROM activity"));
    }

    [Fact]
    public void What_this_tool_and_SQLite_make_themselves_is_known()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Event.All(First));
        ActivitySearchIndex.Ensure(mirror.Path, null, TestContext.Current.CancellationToken);
        mirror.ImportText(Event.All(Second), "next.json");
        Run(mirror.Path, "ANALYZE");

        using var reader = MirrorReader.Open(mirror.Path);
        Assert.Equal(2, AuditActivityQuery.Run(reader, new() { Search = "user" }).Count());
    }

    private static void Run(string path, string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
