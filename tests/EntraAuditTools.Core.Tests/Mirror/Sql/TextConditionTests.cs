using System.Text.RegularExpressions;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EntraAuditTools.Core.Tests.Mirror.Sql;

/// <summary>
/// The danger: SQL finds other rows than the pattern means, since it goes four ways (equality, a range of an index, LIKE, a function), or
/// finds them by looking at every row. What a pattern means is the table's (<see cref="Wildcards"/>).
/// </summary>
public sealed class TextConditionTests : IDisposable
{
    private readonly SqliteConnection connection;

    static TextConditionTests() => Batteries_V2.Init();

    public TextConditionTests()
    {
        connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        FunctionRegistration.Register(connection, "none");
        Run("CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT, other TEXT COLLATE NOCASE)");
        Run("CREATE INDEX word_text ON word (text COLLATE NOCASE); CREATE INDEX word_other ON word (other)");
    }

    public void Dispose() => connection.Dispose();

    [Fact]
    public void SQL_finds_what_the_pattern_means()
    {
        foreach (var text in Texts()) Add(text);
        foreach (var pattern in Wildcards.Table.Where(row => row.Like != "refused").Select(row => row.Pattern).Distinct())
        {
            var wildcard = new WildcardText(pattern);
            Assert.Equal(Texts().Where(text => wildcard.IsMatch(text)).Order(StringComparer.Ordinal), Find([pattern], "text"));
        }

        foreach (var (pattern, text, _) in Wildcards.Table.Where(row => row.Like == "yes")) Assert.Contains(text, Find([pattern], "text"));
    }

    [Fact]
    public void Several_patterns_and_columns_mean_any_of_them()
    {
        foreach (var text in Texts()) Add(text, string.Concat(text.Reverse()));
        var random = new Random(16);
        var patterns = Wildcards.Table.Where(row => row.Like != "refused" && row.Pattern.Trim('*').Length > 0)
            .Select(row => row.Pattern).Distinct().ToArray();
        // Beyond 100 terms all go to one function; literals among them go their own way.
        foreach (var count in (ReadOnlySpan<int>)[2, 3, 10, patterns.Length, patterns.Length * 3])
        {
            string[] some = [.. Enumerable.Range(0, count).Select(_ => patterns[random.Next(patterns.Length)])];
            var wildcards = some.Select(pattern => new WildcardText(pattern)).ToList();
            var expected = Texts().Where(text => wildcards.Exists(item => item.IsMatch(text) || item.IsMatch(string.Concat(text.Reverse()))));
            Assert.Equal(expected.Order(StringComparer.Ordinal), Find(some, "text", "other"));
        }
    }

    [Fact]
    public void A_row_without_a_text_is_found_by_nothing()
    {
        Run("INSERT INTO word (text) VALUES (NULL)");
        foreach (var pattern in (string[])["*", "?*", "a", "", "é*", "[a]*"]) Assert.Empty(Find([pattern], "text"));
    }

    /// <summary>The patterns; whether an index narrows them down.</summary>
    [Theory]
    [InlineData("adele", true)]
    [InlineData("adele*", true)]
    [InlineData("adele*contoso?com", true)]
    [InlineData("a[bd]ele", true)]
    [InlineData("adele,bob,cy", true)]
    [InlineData("*adele", false)]
    [InlineData("?dele", false)]
    [InlineData("adèle", true)]
    public void What_begins_with_a_letter_goes_by_the_index(string patterns, bool isIndexed)
    {
        var sql = new SqlText();
        sql.Add($"SELECT id FROM word WHERE {TextCondition.AnyOf(sql, patterns.Split(','), "text")}");
        using var command = sql.ToCommand(connection);
        command.CommandText = $"EXPLAIN QUERY PLAN {command.CommandText}";
        using var rows = command.ExecuteReader();
        Assert.True(rows.Read());
        Assert.Equal(isIndexed, Regex.IsMatch(rows.GetString(3), "^SEARCH word USING .*INDEX word_text"));
    }

    private static IEnumerable<string> Texts() =>
        Wildcards.Table.Select(row => row.Text)
            .Concat(["adele", "ADELE@contoso.com", "Zoë", "zoË", "a%b", "a_b", "AXB", "x'y", "a\\"]).Distinct(StringComparer.Ordinal);

    private List<string> Find(IReadOnlyList<string> patterns, params string[] columns)
    {
        var sql = new SqlText();
        sql.Add($"SELECT text FROM word WHERE {TextCondition.AnyOf(sql, patterns, columns)}");
        using var command = sql.ToCommand(connection);
        using var rows = command.ExecuteReader();
        var found = new List<string>();
        while (rows.Read()) found.Add(rows.GetString(0));
        return [.. found.Order(StringComparer.Ordinal)];
    }

    private void Add(string text, string? other = null)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO word (text, other) VALUES (@text, @other)";
        command.Parameters.AddWithValue("@text", text);
        command.Parameters.AddWithValue("@other", (object?)other ?? DBNull.Value);
        command.ExecuteNonQuery();
    }

    private void Run(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
