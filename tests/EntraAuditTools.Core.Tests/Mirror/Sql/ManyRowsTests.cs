using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Sql;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Tests.Mirror.Sql;

/// <summary>Rows that are inserted some at a time are the rows that were added, however many there are.</summary>
public sealed class ManyRowsTests : IDisposable
{
    private readonly SqliteConnection connection;

    public ManyRowsTests()
    {
        SqliteLibrary.Load();
        connection = new("Data Source=:memory:");
        connection.Open();
        MirrorFile.Execute(connection, "CREATE TABLE t (id INTEGER PRIMARY KEY, word TEXT, bytes BLOB, number INTEGER)");
    }

    public void Dispose() => connection.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(40)]
    public void Each_row_is_inserted_once_with_what_was_added(int count)
    {
        using (var rows = new ManyRows(connection, "t", "id", "word", "bytes", "number"))
        {
            for (var i = 1; i <= count; i++)
            {
                byte[] bytes = i % 4 == 0 ? [] : [(byte)i, 0, 255];
                rows.Add(i).Number(i).Text(i % 3 == 0 ? default : "é"u8).Blob(bytes).Number(i % 5 == 0 ? null : (long?)-i);
            }

            rows.Flush();
            rows.Flush();
        }

        Assert.Equal(count, MirrorFile.Scalar(connection, "SELECT count(*) FROM t"));
        Assert.Equal(count, MirrorFile.Scalar(connection, """
            SELECT count(*) FROM t WHERE word IS iif(id % 3 = 0, NULL, 'é') AND number IS iif(id % 5 = 0, NULL, -id)
                AND hex(bytes) IS iif(id % 4 = 0, '', printf('%02X00FF', id))
            """));
    }

    [Fact]
    public void Rows_wait_until_one_of_them_is_wanted()
    {
        using var rows = new ManyRows(connection, "t", "id", "word");
        rows.Add(7).Number(1).Text("a"u8);
        rows.Flush(8);
        Assert.Equal(0, MirrorFile.Scalar(connection, "SELECT count(*) FROM t"));
        rows.Flush(7);
        Assert.Equal(1, MirrorFile.Scalar(connection, "SELECT count(*) FROM t"));
        rows.Flush(7);
        Assert.Equal(1, MirrorFile.Scalar(connection, "SELECT count(*) FROM t"));
    }

    [Fact]
    public void A_row_that_cannot_be_is_an_error()
    {
        using var rows = new ManyRows(connection, "t", "id");
        rows.Add(1).Number(1);
        rows.Add(1).Number(1);
        Assert.Throws<SqliteException>(rows.Flush);
    }
}
