using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using EntraAuditTools.Core.Formats.Dates;
using EntraAuditTools.Core.Mirror.Originals;
using EntraAuditTools.Core.Mirror.Rows;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Mirror.Writing.Logs;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EntraAuditTools.Core.Tests.Mirror.Writing.Logs;

/// <summary>A record on its way into a log that only tests have.</summary>
/// <param name="Id">Its id; null for none.</param>
/// <param name="Time">Seconds and their fraction behind 8 o'clock, as its shape writes them.</param>
/// <param name="Rank">How rich it is.</param>
/// <param name="Text">The original.</param>
internal sealed record Copy(string? Id, string Time, int Rank, string Text)
{
    /// <summary>What all shapes of the event share, and three parts that some lack (0).</summary>
    public (long Base, long[] Parts) Print { get; init; } = (7, []);

    public int Kind { get; init; } = 1;

    public int Tenant { get; init; }

    public int[] Links { get; init; } = [];

    /// <summary>
    /// The columns of the log's own: one that any richer copy changes, one that it changes to a value only, one that stays.
    /// </summary>
    public (int Plain, int KeepsKnown, int Fixed) Own { get; init; }

    /// <summary>
    /// Reads "a 0.1234567 2 x kind=2 print=7:1:2": id (- for none), seconds, rank and original, then what is not as usual.
    /// </summary>
    public static Copy Parse(string text)
    {
        var words = text.Split(' ');
        var copy = new Copy(words[0] == "-" ? null : words[0], words[1], int.Parse(words[2], CultureInfo.InvariantCulture), words[3]);
        foreach (var word in words.Skip(4))
        {
            var numbers = word.Split('=')[1].Split(':').Select(number => long.Parse(number, CultureInfo.InvariantCulture)).ToArray();
            copy = word.StartsWith("kind", StringComparison.Ordinal) ? copy with { Kind = (int)numbers[0] }
                : copy with { Print = (numbers[0], numbers[1..]) };
        }

        return copy;
    }
}

/// <summary>The smallest log there can be, on an empty mirror, to see what writing decides.</summary>
internal sealed class TestLog : IDisposable
{
    private static readonly long Start = new DateTime(2026, 10, 1, 8, 0, 0).Ticks;

    private static readonly LogTable Table = new()
    {
        Kind = "TestLog", Collection = "auditLogs/tests", Words = "test log", Records = "tests", Name = "test", Alias = "t",
        Kinds = new("test_kind", "word"), Links = "test_link", Indexes = [],
        Columns = [new("plain"), new("known", KeepsKnown: true), new("fixed", IsFixed: true)], Followers = [new("follower", "test")],
    };

    private readonly SqliteConnection connection = new("Data Source=:memory:");
    private readonly WriteCounts counts = new();
    private readonly BlockQueue blocks;
    private readonly Writer writer;
    private long imports;

    static TestLog() => Batteries_V2.Init();

    public TestLog()
    {
        connection.Open();
        Run(Table.Create());
        Run("""
            CREATE TABLE block (id INTEGER PRIMARY KEY, import INTEGER, count INTEGER, raw_length INTEGER, data BLOB);
            CREATE TABLE original_context (block INTEGER, slot INTEGER, context TEXT, PRIMARY KEY (block, slot));
            CREATE TABLE block_digest (block INTEGER PRIMARY KEY, import INTEGER, digest BLOB);
            CREATE TABLE follower (test INTEGER PRIMARY KEY)
            """);
        blocks = new BlockQueue(connection);
        writer = new Writer(connection, blocks, counts);
    }

    /// <summary>What became of all records: added, updated, unchanged, conflicts.</summary>
    public (long Added, long Updated, long Unchanged, long Conflicts) Counts =>
        (counts.Added, counts.Updated, counts.Unchanged, counts.Conflicts);

    /// <summary>Takes records in, in one import.</summary>
    public void Import(params IEnumerable<Copy> copies)
    {
        blocks.BeginImport(++imports);
        writer.BeginImport(imports);
        var batch = new ImportBatch();
        var rows = batch.Rows<TestRow>();
        foreach (var copy in copies) rows.Rows.Add(Row(copy, batch, rows.Links));
        writer.Write([batch]);
        blocks.Flush();
        writer.Flush();
    }

    /// <summary>
    /// The events in the order of their rows: id, seconds, rank and original of the copy that is shown, then the other originals, and the
    /// imports that brought one that was there.
    /// </summary>
    public string Events() => string.Join("; ", Query("SELECT id, drift, record_id, rank, block, slot FROM test ORDER BY id", row =>
    {
        var (id, shown) = (row.GetInt64(0), Original(row.GetInt64(4), row.GetInt32(5)));
        var others = Query($"SELECT block, slot FROM test_copy WHERE test = {id} ORDER BY 1, 2",
            other => Original(other.GetInt64(0), other.GetInt32(1)));
        var seen = Query($"SELECT import FROM test_sighting WHERE test = {id} ORDER BY 1", one => $" seen {one.GetInt64(0)}");
        var time = Seconds(ActivityTime.ToTicks(id, row.GetInt64(1)));
        return $"{(row.IsDBNull(2) ? "-" : row.GetString(2))} {time} {row.GetInt64(3)} {shown}"
            + string.Concat(others.Where(text => text != shown).Select(text => $" +{text}").Concat(seen));
    }));

    /// <summary>A query's rows.</summary>
    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> row)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        var found = new List<T>();
        while (rows.Read()) found.Add(row(rows));
        return found;
    }

    /// <summary>A statement without rows.</summary>
    public void Run(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        writer.Dispose();
        blocks.Dispose();
        connection.Dispose();
    }

    private static TestRow Row(Copy copy, ImportBatch batch, List<int> links)
    {
        var original = Encoding.UTF8.GetBytes(copy.Text);
        links.AddRange(copy.Links);
        return new TestRow
        {
            Own = copy.Own,
            Record = new RecordRow
            {
                Ticks = Start + (long)(decimal.Parse(copy.Time, CultureInfo.InvariantCulture) * TimeSpan.TicksPerSecond),
                IdKey = copy.Id == null ? 0 : StableHash.Of(copy.Id),
                RecordId = new(copy.Id == null ? default : batch.Add(Encoding.UTF8.GetBytes(copy.Id)), false),
                Fingerprint = Fingerprint.Of(copy.Print.Base << 40, copy.Print.Parts),
                Rank = copy.Rank,
                Digest = StableHash.OfUtf8(original),
                Kind = copy.Kind,
                Tenant = copy.Tenant,
                LinkCount = copy.Links.Length,
                Original = batch.Add(original),
                Shape = RecordShape.GraphAudit,
            },
        };
    }

    private static string Seconds(long ticks) =>
        ((decimal)(ticks - Start) / TimeSpan.TicksPerSecond).ToString("0.#######", CultureInfo.InvariantCulture);

    private string Original(long block, int slot) => Query($"SELECT data, raw_length FROM block WHERE id = {block}",
        row => Encoding.UTF8.GetString(new OriginalBlock((byte[])row[0], row.GetInt32(1)).Read(slot).Json.Span)).Single();

    private struct TestRow : IRecordRow
    {
        public RecordRow Record;
        public (int Plain, int KeepsKnown, int Fixed) Own;

        public static LogTable Log => Table;

        [UnscopedRef]
        ref RecordRow IRecordRow.Record => ref Record;

        public readonly void Bind(Statement statement, int first, ImportBatch batch) =>
            statement.Bind(first, Own.Plain).Bind(first + 1, Own.KeepsKnown).Bind(first + 2, Own.Fixed);
    }

    private sealed class Writer(SqliteConnection connection, BlockQueue blocks, WriteCounts counts)
        : RecordWriter<TestRow>(connection, blocks, counts)
    {
        /// <summary>What is of this kind is of one id whenever it was (as entries of the provisioning log are).</summary>
        private const int OfAnyTime = 9;

        protected override bool IsSame(in Existing known, in TestRow row) =>
            known.Kind == row.Record.Kind && (row.Record.Kind == OfAnyTime || TimeText.Agree(known.Ticks, row.Record.Ticks));
    }
}
