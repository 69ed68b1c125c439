using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EntraAuditTools.Core.Mirror.Reading;

/// <summary>
/// A copy of a server's mirror without its logs: words, names, imports, coverage and the directory's objects, but no event and no original.
/// What is asked of the logs, the server answers. Its tables of logs are there and empty, so they must never be read: the answer would be
/// "nothing happened".
/// </summary>
internal sealed class LightCopy
{
    /// <summary>How a copy says in <c>meta</c> that it is one.</summary>
    public const string Mark = SharedCopy.StatePrefix + "light";

    /// <summary>The table whose rows it has without the originals in them.</summary>
    public const string Blocks = "block";

    // https://sqlite.org/c3ref/c_alter_table.html
    private const int Read = 20;

    /// <summary>The column of those.</summary>
    public const string Originals = "data";

    /// <summary>The tables that stay on the server.</summary>
    public static readonly IReadOnlySet<string> LeftOut = LogTable.All.SelectMany(log => log.Places).Select(place => place.Table)
        .Concat(["provisioning_part", "block_digest", SearchIndexSchema.Table])
        .Where(table => table != "entitlement_event").ToHashSet(StringComparer.Ordinal);

    private readonly delegate_authorizer decide;

    private LightCopy(ILogStore logs)
    {
        Logs = logs;
        decide = (_, action, table, column, _, _) => action == Read ? MayRead(table.utf8_to_string(), column.utf8_to_string()) : raw.SQLITE_OK;
    }

    /// <summary>Where its logs are.</summary>
    public ILogStore Logs { get; }

    /// <summary>Whether something was asked that only a whole copy answers.</summary>
    public bool WasRefused { get; private set; }

    /// <summary>What a mirror that is opened is; null when it is whole. From now on, reading what it lacks is an error.</summary>
    /// <exception cref="Errors.AuditToolException">MirrorIsPart: nothing says where its logs are.</exception>
    public static LightCopy? Of(SqliteConnection connection, string path)
    {
        using (var command = connection.CreateCommand())
        {
            command.CommandText = $"SELECT 1 FROM meta WHERE name = '{Mark}'";
            if (command.ExecuteScalar() == null) return null;
        }

        var light = new LightCopy(LogStores.Of(path) ?? throw MirrorErrors.IsPart(path, null));
        _ = raw.sqlite3_set_authorizer(connection.Handle, light.decide, null);
        return light;
    }

    private int MayRead(string? table, string? column)
    {
        if (!LeftOut.Contains(table ?? string.Empty) && !(table == Blocks && column == Originals)) return raw.SQLITE_OK;
        WasRefused = true;
        return raw.SQLITE_DENY;
    }
}
