using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Sql;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Mirror;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Tests.Queries.Sql;

/// <summary>A question in SQL reads the views and does nothing else, whatever is tried.</summary>
public sealed class SqlGuardTests : IDisposable
{
    private readonly TestMirror mirror = new();

    public SqlGuardTests() => mirror.Import(mirror.Write("a.json",
        System.Text.Encoding.UTF8.GetBytes(Event.All([new Event("a", "2026-10-01T08:00:00Z", "Add user")]))));

    /// <summary>Every kind of statement (https://sqlite.org/lang.html), and what SELECT can reach besides.</summary>
    public static TheoryData<string> Others => new(
        "ALTER TABLE activity RENAME TO x", "ANALYZE", "ATTACH 'other.db' AS other", "ATTACH ':memory:' AS other", "BEGIN",
        "BEGIN IMMEDIATE",
        "COMMIT", "END", "ROLLBACK", "SAVEPOINT s", "RELEASE s", "CREATE TABLE x (a)", "CREATE TEMP TABLE x (a)",
        "CREATE TABLE x AS SELECT 1", "CREATE INDEX x ON activity (kind)", "CREATE VIEW x AS SELECT 1", "CREATE TEMP VIEW x AS SELECT 1",
        "CREATE TRIGGER x AFTER INSERT ON activity BEGIN SELECT 1; END",
        "CREATE TEMP TRIGGER x AFTER INSERT ON main.activity BEGIN SELECT 1; END",
        "CREATE VIRTUAL TABLE x USING fts5(a)", "CREATE VIRTUAL TABLE temp.x USING dbstat(main)", "DELETE FROM activity",
        "DELETE FROM activities",
        "DETACH main", "DROP TABLE activity", "DROP VIEW activities", "DROP INDEX activity_kind", "INSERT INTO term VALUES (1, 'x')",
        "INSERT INTO activities DEFAULT VALUES", "REPLACE INTO term VALUES (1, 'x')", "UPDATE activity SET tenant = 1",
        "UPDATE activities SET activity = 'x'", "WITH x AS (SELECT 1) DELETE FROM activity", "REINDEX", "VACUUM", "VACUUM INTO 'copy.db'",
        "INSERT INTO term SELECT 1, 'x' RETURNING id", "PRAGMA writable_schema = 1",
        // What a SELECT must not reach.
        "SELECT data FROM block", "SELECT * FROM activity", "SELECT a.key FROM activities v, activity a",
        "SELECT (SELECT facts FROM entity_state)", "SELECT * FROM main.import", "SELECT * FROM sqlite_dbpage", "SELECT * FROM dbstat",
        "SELECT * FROM sqlite_stat1", "SELECT audit_changes(1, 0)", "SELECT load_extension('x')", "SELECT readfile('/etc/passwd')",
        "SELECT writefile('x', 'y')", "SELECT 1; DELETE FROM activity", "SELECT 1; SELECT 2", "", " ; ");

    [Fact]
    public void JSON_that_is_none_is_the_questions_own()
    {
        var error = Assert.Throws<AuditToolException>(() => Ask("SELECT json_extract('{bad', '$')"));
        Assert.Equal("InvalidQuery", error.ErrorId);
        Assert.Contains("malformed JSON", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void Anything_else_is_refused(string sql)
    {
        var before = File.ReadAllBytes(mirror.Path);

        var error = Assert.Throws<AuditToolException>(() => Ask(sql));

        Assert.Equal("InvalidQuery", error.ErrorId);
        Assert.Equal(before, File.ReadAllBytes(mirror.Path));
        Assert.False(File.Exists("copy.db") || File.Exists("other.db"));
    }

    [Fact]
    public void No_pragma_is_allowed_as_a_statement_or_as_a_table()
    {
        var names = new List<string>();
        using (var any = new SqliteConnection("Data Source=:memory:"))
        {
            any.Open();
            using var command = any.CreateCommand();
            command.CommandText = "PRAGMA pragma_list";
            using var rows = command.ExecuteReader();
            while (rows.Read()) names.Add(rows.GetString(0));
        }

        Assert.True(names.Count > 50);
        foreach (var name in names)
        {
            string[] tries = [$"PRAGMA {name}", $"PRAGMA {name} = 1", $"PRAGMA {name}(activity)", $"SELECT * FROM pragma_{name}"];
            foreach (var sql in tries)
                Assert.Equal("InvalidQuery", Assert.Throws<AuditToolException>(() => Ask(sql)).ErrorId);
        }
    }

    [Theory]
    [InlineData("SELECT 1 AS x")]
    [InlineData("VALUES (1)")]
    [InlineData("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 10) SELECT max(x) FROM n")]
    [InlineData("SELECT count(*) FROM activities; -- and no more")]
    [InlineData("SELECT row_number() OVER (ORDER BY time) FROM activities")]
    [InlineData("SELECT value FROM json_each('[1]')")]
    [InlineData("SELECT name FROM sqlite_temp_schema LIMIT 1")]
    [InlineData("EXPLAIN QUERY PLAN SELECT activity FROM activities")]
    [InlineData("SELECT activity FROM (SELECT * FROM activities) LEFT JOIN (SELECT activity_id AS i FROM activity_changes) ON i = activity_id")]
    public void What_reads_the_views_is_answered(string sql) => Assert.NotEmpty(Ask(sql));

    /// <summary>A mirror of an older version answers from the tables that it has; it may lie where nobody can write.</summary>
    [Theory]
    [InlineData(1, 8)]
    [InlineData(2, 20)]
    [InlineData(3, 20)]
    public void An_older_mirror_has_the_views_of_its_tables(int version, int views)
    {
        OldMirror.Age(mirror, version);
        var names = Ask("SELECT DISTINCT view FROM view_columns").ConvertAll(row => (string)row.Values[0]!);
        Assert.Equal(views, names.Count);
        Assert.All(names, name => Ask($"SELECT * FROM {name}"));
        Assert.Equal("Add user", Assert.Single(Ask("SELECT activity FROM activities")).Values[0]);
        Assert.Equal([$"{version}"], OldMirror.Texts(mirror.Path, "PRAGMA user_version"));
    }

    [Fact]
    public void What_is_refused_says_what_and_what_to_do()
    {
        var written = Assert.Throws<AuditToolException>(() => Ask("DELETE FROM activity"));
        Assert.Equal("The question cannot be asked: a question only reads: SELECT or WITH.", written.Message);
        Assert.Contains("view_columns", written.RecommendedAction, StringComparison.Ordinal);

        var table = Assert.Throws<AuditToolException>(() => Ask("SELECT * FROM activites"));
        Assert.Equal("The question is not understood: no such table: activites.", table.Message);
        Assert.StartsWith("Nearest: activities", table.RecommendedAction, StringComparison.Ordinal);

        var column = Assert.Throws<AuditToolException>(() => Ask("SELECT a.tiem FROM activities a"));
        Assert.StartsWith("Nearest: time", column.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_without_end_is_stopped()
    {
        using var reader = MirrorReader.Open(mirror.Path);
        var question = new AuditSqlQuery(reader).Run(
            "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n",
            new Dictionary<string, object?>());
        var asked = Task.Run(() => question.Count());

        while (!asked.IsCompleted)
        {
            reader.Interrupt();
            await Task.WhenAny(asked, Task.Delay(50, TestContext.Current.CancellationToken));
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }

    public void Dispose() => mirror.Dispose();

    private List<SqlRow> Ask(string sql)
    {
        using var reader = MirrorReader.Open(mirror.Path);
        return new AuditSqlQuery(reader).Run(sql, new Dictionary<string, object?>()).ToList();
    }
}
