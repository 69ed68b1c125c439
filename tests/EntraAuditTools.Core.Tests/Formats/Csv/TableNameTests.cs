using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Formats.Csv;

/// <summary>What a header and the first rows say of a table of Log Analytics, where some of it is damaged or beyond measure.</summary>
public sealed class TableNameTests
{
    private const string Header = "TimeGenerated [UTC],Id,OperationName,LoggedByService,Result,Type\r\n";

    [Theory]
    [InlineData("x,2026-10-01T08:00:00Z,a1,Add user,Core Directory,success,AuditLogs", 2, 1, "a row with a cell too many came first, and all were left out")]
    [InlineData("2026-10-01T08:00:00Z,a1,Add user,Core Directory,success,1E400", 3, 0, "its name is another")]
    [InlineData("2026-10-01T08:00:00Z,a1,Add user,Core Directory,success,", 3, 0, "its name is missing")]
    public void The_name_is_what_most_rows_say(string first, int added, int rejected, string why)
    {
        using var mirror = new TestMirror();
        var result = mirror.ImportText($"{Header}{first}\r\n{Row("a2")}{Row("a3")}", "query_data.csv");
        Assert.True((added, rejected, 0L) == (result.Added, result.Rejected, result.NotSupported), $"{why}: {result}");
    }

    [Fact]
    public void Rows_of_another_table_are_left_out_by_its_name()
    {
        using var mirror = new TestMirror();
        var results = mirror.Import(mirror.Write("query_data.csv", System.Text.Encoding.UTF8.GetBytes(
            Header + Row("a1").Replace("AuditLogs", "SigninLogs", StringComparison.Ordinal))));
        Assert.Equal(1, Assert.Single(results).NotSupported);
    }

    [Theory]
    [InlineData(4_096, 1)]
    [InlineData(4_097, 0)]
    public void A_header_of_more_columns_than_anything_has_is_no_exports(int columns, int added)
    {
        using var mirror = new TestMirror();
        var header = Header.TrimEnd() + string.Concat(Enumerable.Range(0, columns - 6).Select(n => $",c{n}"));
        var results = mirror.Import(mirror.Write("wide.csv",
            System.Text.Encoding.UTF8.GetBytes($"{header}\r\n{Row("a1").TrimEnd()}{new string(',', columns - 6)}\r\n")));
        Assert.Equal(added, results.Sum(result => result.Added));
        Assert.Equal(added == 0 ? ["NotAnExport"] : [], mirror.Errors.Select(error => error.ErrorId));
    }

    private static string Row(string id) => $"2026-10-01T08:00:00Z,{id},Add user,Core Directory,success,AuditLogs\r\n";
}
