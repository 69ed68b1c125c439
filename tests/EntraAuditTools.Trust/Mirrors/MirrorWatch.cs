using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Trust.Mirrors;

/// <summary>
/// Watches an import of another process from outside: how many imports are finished. What it has seen once must be there for ever.
/// </summary>
internal sealed class MirrorWatch(string mirror) : IDisposable
{
    private SqliteConnection? connection;

    /// <summary>The most finished imports that were seen.</summary>
    public long Seen { get; private set; }

    /// <summary>How many imports are finished; 0 while there is no mirror.</summary>
    public long Finished()
    {
        var finished = Number("SELECT count(*) FROM import WHERE finished IS NOT NULL");
        Seen = Math.Max(Seen, finished);
        return finished;
    }

    /// <summary>How many blocks of originals are committed.</summary>
    public long Blocks() => Number("SELECT count(*) FROM block");

    public void Dispose()
    {
        connection?.Dispose();
        connection = null;
    }

    private long Number(string sql)
    {
        try
        {
            using var command = Connection()?.CreateCommand();
            if (command == null) return 0;
            command.CommandText = sql;
            return (long)command.ExecuteScalar()!;
        }
        catch (SqliteException)
        {
            // It is being made or opened.
            Dispose();
            return 0;
        }
    }

    private SqliteConnection? Connection()
    {
        if (connection != null || !File.Exists(mirror)) return connection;
        connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = mirror, Pooling = false, Mode = SqliteOpenMode.ReadOnly }.ToString());
        connection.Open();
        return connection;
    }
}
