using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Sql;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Queries.Sql;

public sealed class SqlParameterTests : IDisposable
{
    private static readonly DateTimeOffset Time = new(2026, 10, 1, 10, 0, 0, TimeSpan.FromHours(2));

    private readonly TestMirror mirror = new();

    public SqlParameterTests() => mirror.Import(mirror.Write("a.json", System.Text.Encoding.UTF8.GetBytes(Event.All(
        [new Event("a", "2026-10-01T08:00:00Z", "Add user"), new Event("b", "2026-10-02T08:00:00.1234567Z", "Delete user")]))));

    public static TheoryData<object?, object?> Values => new()
    {
        { null, null }, { 7, 7L }, { (byte)7, 7L }, { long.MinValue, long.MinValue }, { true, 1L }, { false, 0L }, { 1.5, 1.5 },
        { 2.5m, 2.5 },
        { "it's", "it's" }, { string.Empty, string.Empty }, { "'; DROP TABLE activity; --", "'; DROP TABLE activity; --" },
        { new byte[] { 0, 255 }, new byte[] { 0, 255 } }, { Time, Time }, { Time.UtcDateTime, Time },
        { new DateOnly(2026, 10, 1), "2026-10-01" }, { DayOfWeek.Monday, "Monday" },
        { Guid.Parse("00000000-0000-4000-8000-00000000000A"), "00000000-0000-4000-8000-00000000000a" },
        { new[] { "a", "b" }, "[\"a\",\"b\"]" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_comes_back_as_what_it_is(object? given, object? expected) =>
        Assert.Equal(expected, Assert.Single(Ask("SELECT @value", ("value", given))).Values[0]);

    [Fact]
    public void A_time_compares_with_the_times_of_the_views()
    {
        Assert.Equal("Delete user", Assert.Single(Ask("SELECT activity FROM activities WHERE time > @t", ("@t", Time))).Values[0]);
        Assert.Equal(2, Ask("SELECT activity FROM activities WHERE time >= $t", ("T", Time)).Count);
        Assert.Equal(2, Ask("SELECT activity FROM activities WHERE activity IN (SELECT value FROM json_each(:list))",
            ("list", new[] { "Add user", "Delete user" })).Count);
    }

    [Fact]
    public void What_is_missing_and_what_is_too_much_is_said()
    {
        Assert.Equal("The question has a parameter @who, and no value was given for it.",
            Assert.Throws<AuditToolException>(() => Ask("SELECT @who")).Message);
        Assert.Equal("The question has no parameter 'whom'.",
            Assert.Throws<AuditToolException>(() => Ask("SELECT @who", ("who", 1), ("whom", 2))).Message);
        var wrong = Assert.Throws<AuditToolException>(() => Ask("SELECT @who", ("who", new Uri("https://contoso.example"))));
        Assert.Contains("is a Uri", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_of_one_name_are_told_apart()
    {
        var row = Assert.Single(Ask("SELECT 1 AS a, 2 AS A, 3 AS a_2, 4"));
        Assert.Equal(["a", "A_2", "a_2_2", "4"], row.Columns);
    }

    [Fact]
    public void A_reader_answers_several_questions_and_times_as_text()
    {
        using var reader = MirrorReader.Open(mirror.Path);
        var session = new AuditSqlQuery(reader) { HasTimesAsText = true };
        var none = new Dictionary<string, object?>();
        Assert.Equal("2026-10-01T08:00:00.0000000Z", Assert.Single(session.Run("SELECT min(time) FROM activities", none)).Values[0]);
        Assert.Throws<AuditToolException>(() => session.Run("DELETE FROM activities", none).ToList());
        Assert.Equal("The question is not understood: no such column: nobody.",
            Assert.Throws<AuditToolException>(() => session.Run("SELECT nobody", none).ToList()).Message);
        Assert.Equal(2L, Assert.Single(session.Run("SELECT count(*) FROM activities", none)).Values[0]);
    }

    public void Dispose() => mirror.Dispose();

    private List<SqlRow> Ask(string sql, params (string Name, object? Value)[] values)
    {
        using var reader = MirrorReader.Open(mirror.Path);
        return new AuditSqlQuery(reader).Run(sql, values.ToDictionary(value => value.Name, value => value.Value)).ToList();
    }
}
