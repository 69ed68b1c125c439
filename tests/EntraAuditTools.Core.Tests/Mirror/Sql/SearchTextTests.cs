using System.Text;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EntraAuditTools.Core.Tests.Mirror.Sql;

/// <summary>
/// The danger: a search finds other records once the full-text index is there than it found without, since SQLite's tokenizer has its own
/// idea of words and capitals. Each question is asked both ways.
/// </summary>
public sealed class SearchTextTests : IDisposable
{
    private readonly SqliteConnection connection;

    static SearchTextTests() => Batteries_V2.Init();

    public SearchTextTests()
    {
        connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        Run(SearchIndexSchema.Create);
    }

    /// <summary>
    /// What a record says, values separated by "|"; what is looked for; whether it is there. Sources: SQLite's documentation of FTS5,
    /// "Full-text Query Syntax" (phrases, prefixes; "AND"), and of its tokenizer unicode61 (letters and numbers make words); Unicode's
    /// decompositions and foldings of case (UnicodeData.txt, CaseFolding.txt, status C).
    /// </summary>
    public static TheoryData<string, string, bool> Searches => new()
    {
        { "Sales West", "sales", true },
        { "Sales West", "west sales", true },
        { "Sales West", "sales east", false },
        { "Sales West", "sale", false },
        { "Sales West", "ales", false },
        // A beginning.
        { "Sales West", "sale*", true },
        { "Sales West", "sales*", true },
        { "Sales West", "ale*", false },
        { "Sales West", "sales *", true },
        // A phrase, and the beginning of its last word.
        { "Sales West", "\"sales west\"", true },
        { "Sales West", "\"west sales\"", false },
        { "Sales of the West", "\"sales west\"", false },
        { "Sales West", "\"sales we\"", false },
        { "Sales West", "\"sales we\"*", true },
        { "Sales West", "\"sale west\"*", false },
        { "Sales West", "\"sales we*\"", false },
        { "Sales West", "\"sales west", true },
        { "Sales|West", "\"sales west\"", false },
        { "Sales|West", "sales west", true },
        // Words of FTS5's own language are words.
        { "Sales and West", "and", true },
        { "Sales West", "sales AND west", false },
        { "Sales or West", "OR", true },
        { "Sales West", "sales NOT east", false },
        { "near (a)", "NEAR(a)", true },
        { "text: a", "text:a", true },
        { "a + b", "a+b", true },
        { "^a", "^a", true },
        // What stands between letters separates words; together they are a phrase.
        { "adele@contoso.com", "adele@contoso.com", true },
        { "adele contoso com", "adele@contoso.com", true },
        { "contoso.com adele", "adele@contoso.com", false },
        { "adele@contoso.com", "contoso", true },
        { "O'Neill", "o'neill", true },
        { "O'Neill", "neill", true },
        { "a_b", "b", true },
        // A GUID is one word, and so is its beginning up to the first hyphen.
        { "5f000000-0000-4000-8000-00000000000d", "5F000000-0000-4000-8000-00000000000D", true },
        { "5f000000-0000-4000-8000-00000000000d", "5f000000*", true },
        { "5f000000-0000-4000-8000-00000000000d", "5f000000", false },
        { "5f000000-0000-4000-8000-00000000000d", "5f000000-0000-4000-*", false },
        { "5f000000-0000-4000-8000-00000000000d", "5f00000000004000800000000000000d", true },
        // Case and accents.
        { "Müller", "muller", true },
        { "muller", "MÜLLER", true },
        { "Mu\u0308ller", "müller", true },
        { "Łukasz", "łukasz", true },
        { "Łukasz", "lukasz", false },
        { "Straße", "STRAßE", true },
        { "Straße", "strasse", false },
        { "İstanbul", "istanbul", true },
        { "Параскева", "ПАРАСКЕВА", true },
        { "Παπαδόπουλος", "ΠΑΠΑΔΟΠΟΥΛΟΣ", true },
        { "ΠΑΠΑΔΟΠΟΥΛΟΣ", "Παπαδόπουλος", true },
        { "50 µm", "50 μm", true },
        { "서울", "서울", true },
        { "서울", "서*", true },
        { "東京都", "東京都", true },
        { "東京都", "東京", false },
        { "𐐀𐐁", "𐐨𐐩", true },
        // Numbers.
        { "30", "30", true },
        { "3.14", "3.14", true },
    };

    public void Dispose() => connection.Dispose();

    [Theory]
    [MemberData(nameof(Searches))]
    public void Words_are_found(string record, string search, bool found)
    {
        var text = Text(record.Split('|'));
        Add(1, text);
        Assert.Equal(found, new SearchText(search).IsMatch(text));
        Assert.Equal(found, Find(search).Count == 1);
    }

    [Fact]
    public void The_index_keeps_every_word_as_the_text_has_it()
    {
        var words = Enumerable.Range(0, 0x110000).Where(Rune.IsValid).Select(code => Text(new Rune(code).ToString()))
            .SelectMany(text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToHashSet(StringComparer.Ordinal);
        Add(1, string.Join(' ', words));
        Run($"CREATE VIRTUAL TABLE word USING fts5vocab({SearchIndexSchema.Table}, row)");
        words.ExceptWith(Read("SELECT term FROM word"));

        // Signs that Unicode made letters in its versions 8 (New Tai Lue) and 12.1 (Vedic): SQLite has them as marks.
        Assert.All(words, word => Assert.True(word[0] is (>= '\u19b0' and <= '\u19c9') or '\u1cf2' or '\u1cf3', $"U+{(int)word[0]:X4}"));
    }

    [Fact]
    public void The_index_finds_what_is_found_without_it()
    {
        var random = new Random(20260101);
        string[] parts =
        [
            "a", "A", "b", "ä", "ς", "Σ", "9", "½", "東", "𐐀", " ", " ", "-", "@", "\"", "*", "\u0308", "\ue000", "\ufffe", "\ud800",
        ];
        string Any(int most) => string.Concat(Enumerable.Range(0, random.Next(1, most)).Select(_ => parts[random.Next(parts.Length)]));

        var texts = Enumerable.Range(0, 400).Select(_ => Text(Any(6), Any(6), Any(4))).ToList();
        for (var i = 0; i < texts.Count; i++) Add(i, texts[i]);
        for (var i = 0; i < 4000; i++)
        {
            var search = "a " + Any(7);
            var words = new SearchText(search);
            var expected = Enumerable.Range(0, texts.Count).Where(at => words.IsMatch(texts[at])).Select(at => (long)at);
            Assert.True(expected.SequenceEqual(Find(search)), search);
        }
    }

    // Written as an importer reads it: half a surrogate pair stands as its escape.
    private static string Text(params string[] values) =>
        SearchText.TextOf(Encoding.UTF8.GetBytes($"[{string.Join(',', values.Select(Quoted))}]"));

    private static string Quoted(string value) =>
        $"\"{string.Concat(value.Select(c => char.IsLetterOrDigit(c) ? c.ToString() : $"\\u{(int)c:x4}"))}\"";

    private List<long> Find(string search)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT rowid FROM {SearchIndexSchema.Table} WHERE {SearchIndexSchema.Table} MATCH $match ORDER BY rowid";
        command.Parameters.AddWithValue("$match", new SearchText(search).ToMatch());
        using var reader = command.ExecuteReader();
        var found = new List<long>();
        while (reader.Read()) found.Add(reader.GetInt64(0));
        return found;
    }

    private List<string> Read(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var found = new List<string>();
        while (reader.Read()) found.Add(reader.GetString(0));
        return found;
    }

    private void Add(long id, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"INSERT INTO {SearchIndexSchema.Table} (rowid, text) VALUES ($id, $text)";
        command.Parameters.AddWithValue("$id", id);
        command.Parameters.AddWithValue("$text", text);
        command.ExecuteNonQuery();
    }

    private void Run(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
