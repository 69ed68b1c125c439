using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Trust.PowerCut;

/// <summary>A reader that holds one state of a mirror until it is disposed, so that no checkpoint can go beyond it.</summary>
internal sealed class HeldState : IDisposable
{
    private readonly SqliteConnection connection;

    public HeldState(string mirror)
    {
        connection = new(new SqliteConnectionStringBuilder { DataSource = mirror, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN; SELECT count(*) FROM import";
        command.ExecuteScalar();
    }

    public void Dispose() => connection.Dispose();
}
