using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Sql;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.PostgreSql;

/// <summary>
/// Which rows of a mirror changed through a connection: triggers of that connection alone (temporary ones) write their keys down, in the
/// transaction that changes them.
/// </summary>
internal sealed class ChangedRows
{
    private readonly SqliteConnection connection;

    /// <summary>Begins to take note.</summary>
    public ChangedRows(SqliteConnection connection)
    {
        this.connection = connection;
        Tables = CopyTable.Of(connection);
        // A row that REPLACE pushes out counts as deleted only then (https://sqlite.org/pragma.html#pragma_recursive_triggers).
        MirrorFile.Execute(connection, "PRAGMA recursive_triggers = 1; PRAGMA temp_store = MEMORY; " + string.Concat(Tables.Select(Triggers)));
    }

    /// <summary>The tables of the mirror.</summary>
    public IReadOnlyList<CopyTable> Tables { get; }

    /// <summary>Whether rows of a table changed since the last <see cref="Forget"/>.</summary>
    public bool Has(CopyTable table) => MirrorFile.Scalar(connection, $"SELECT EXISTS (SELECT 1 FROM {Of(table)})") != 0;

    /// <summary>Whether rows changed that the server may have.</summary>
    public bool HasOld(CopyTable table) => MirrorFile.Scalar(connection, $"SELECT EXISTS (SELECT 1 FROM {Of(table)} WHERE fresh = 0)") != 0;

    /// <summary>Rows that the server has not: made since, whatever became of them meanwhile.</summary>
    public Statement Fresh(CopyTable table) => Rows(table, "fresh = 1");

    /// <summary>Rows that changed and are there.</summary>
    public Statement Kept(CopyTable table) => Rows(table, "fresh = 0");

    /// <summary>Ids of rows that changed and that the server may have, of a table whose key is one.</summary>
    public long[] OldIds(CopyTable table)
    {
        using var rows = new Statement(connection, $"SELECT {table.KeyList()} FROM {Of(table)} WHERE fresh = 0");
        var ids = new List<long>();
        while (rows.Step()) ids.Add(rows.Number(0));
        return [.. ids];
    }

    /// <summary>Keys of rows that the server may have and that are not there any more.</summary>
    public Statement Gone(CopyTable table) => new(connection,
        $"SELECT {table.KeyList("c.")} FROM {Of(table)} c WHERE c.fresh = 0 AND NOT EXISTS "
        + $"(SELECT 1 FROM {CopyTable.Quoted(table.Name)} t WHERE {table.SameKey("t", "c")})");

    /// <summary>Begins anew: what was written down is on the server.</summary>
    public void Forget()
    {
        foreach (var table in Tables.Where(Has)) MirrorFile.Execute(connection, $"DELETE FROM {Of(table)}");
    }

    /// <summary>The table that has the keys of those that changed, and in <c>fresh</c> whether the server has not had them.</summary>
    public static string Of(CopyTable table) => $"temp.{CopyTable.Quoted(Name(table))}";

    private static string Name(CopyTable table) => "changed_" + table.Name;

    private Statement Rows(CopyTable table, string which) => new(connection,
        $"SELECT {table.ColumnList("t.")} FROM {Of(table)} c CROSS JOIN {CopyTable.Quoted(table.Name)} t ON {table.SameKey("t", "c")} "
        + $"WHERE c.{which}");

    // Not INSERT OR IGNORE: such a clause gives way to that of the statement that fires the trigger
    // (https://sqlite.org/lang_createtrigger.html).
    private static string Triggers(CopyTable table)
    {
        var (changed, own) = (CopyTable.Quoted(Name(table)), CopyTable.Quoted(table.Name));
        string Note(string row, int fresh) =>
            $"INSERT INTO {changed} VALUES ({table.KeyList(row)}, {fresh}) ON CONFLICT DO NOTHING;";
        var key = table.HasRowId ? $"{table.KeyList()} INTEGER PRIMARY KEY, fresh INTEGER NOT NULL)"
            : $"{table.KeyList()}, fresh INTEGER NOT NULL, PRIMARY KEY ({table.KeyList()})) WITHOUT ROWID";
        return $"""
            CREATE TEMP TABLE {changed} ({key};
            CREATE TEMP TRIGGER "{Name(table)}_insert" AFTER INSERT ON main.{own} BEGIN {Note("new.", 1)} END;
            CREATE TEMP TRIGGER "{Name(table)}_update" AFTER UPDATE ON main.{own} BEGIN {Note("old.", 0)} {Note("new.", 0)} END;
            CREATE TEMP TRIGGER "{Name(table)}_delete" AFTER DELETE ON main.{own} BEGIN {Note("old.", 0)} END;

            """;
    }
}
