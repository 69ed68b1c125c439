using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.PostgreSql;

/// <summary>What a column of a mirror holds.</summary>
internal enum ColumnKind
{
    /// <summary>Whole numbers: <c>bigint</c>.</summary>
    Number,

    /// <summary>Texts: <c>text</c>.</summary>
    Text,

    /// <summary>Bytes: <c>bytea</c>.</summary>
    Bytes,

    /// <summary>Ids, which are 16 bytes where they are GUIDs and texts otherwise: <c>bytea</c> in a form of its own (<see cref="AnyValue"/>).</summary>
    Any,
}

/// <summary>A column of a table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="IsRequired">Whether it is never null.</param>
internal sealed record CopyColumn(string Name, ColumnKind Kind, bool IsRequired);

/// <summary>
/// A table of a mirror, which the server has under the same name with the same columns. What those are is read from the mirror itself, so
/// a later schema needs nothing here.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Its columns, in their order.</param>
/// <param name="Key">The columns of its primary key, in their order.</param>
internal sealed record CopyTable(string Name, IReadOnlyList<CopyColumn> Columns, IReadOnlyList<CopyColumn> Key)
{
    /// <summary>What a mirror keeps of itself, and the full-text index, which each copy makes when it is asked to search.</summary>
    private static readonly string[] Own = ["meta", SearchIndexSchema.Table];

    /// <summary>Whether the key is the number that SQLite gives rows.</summary>
    public bool HasRowId => Key is [{ Kind: ColumnKind.Number }];

    /// <summary>The columns, quoted, with a prefix each.</summary>
    public string ColumnList(string prefix = "") => List(Columns, prefix);

    /// <summary>The columns of the key, quoted, with a prefix each.</summary>
    public string KeyList(string prefix = "") => List(Key, prefix);

    /// <summary>That the keys of two tables are equal.</summary>
    public string SameKey(string one, string other) =>
        string.Join(" AND ", Key.Select(column => $"{one}.{Quoted(column.Name)} = {other}.{Quoted(column.Name)}"));

    /// <summary>The tables of a mirror.</summary>
    public static IReadOnlyList<CopyTable> Of(SqliteConnection connection)
    {
        var names = new List<string>();
        using (var tables = new Statement(connection,
            "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid"))
        {
            while (tables.Step()) names.Add(tables.String(0)!);
        }

        return [.. names.Where(name => !Own.Any(own => name == own || name.StartsWith(own + "_", StringComparison.Ordinal)))
            .Select(name => Of(connection, name))];
    }

    /// <summary>The tables of a mirror that this version makes.</summary>
    public static IReadOnlyList<CopyTable> OfThisVersion()
    {
        SqliteLibrary.Load();
        using var memory = new SqliteConnection("Data Source=:memory:");
        memory.Open();
        MirrorFile.Execute(memory, MirrorMigration.Sql(0, MirrorSchema.Version));
        return Of(memory);
    }

    /// <summary>A name in SQL.</summary>
    public static string Quoted(string name) => $"\"{name}\"";

    private static CopyTable Of(SqliteConnection connection, string name)
    {
        var (columns, keys) = (new List<CopyColumn>(), new SortedDictionary<long, CopyColumn>());
        using var info = new Statement(connection, "SELECT name, type, \"notnull\", pk FROM pragma_table_info(?)");
        info.BindString(1, name);
        while (info.Step())
        {
            var column = new CopyColumn(info.String(0)!, KindOf(info.String(1)!), info.Number(2) != 0 || info.Number(3) != 0);
            columns.Add(column);
            if (info.Number(3) is var position and not 0) keys.Add(position, column);
        }

        return new(name, columns, [.. keys.Values]);
    }

    private static ColumnKind KindOf(string type) => type switch
    {
        "INTEGER" => ColumnKind.Number,
        "TEXT" => ColumnKind.Text,
        "BLOB" => ColumnKind.Bytes,
        "" => ColumnKind.Any,
        _ => throw new InvalidOperationException($"No way to keep a column of type '{type}' on a server."),
    };

    private static string List(IEnumerable<CopyColumn> columns, string prefix) =>
        string.Join(", ", columns.Select(column => prefix + Quoted(column.Name)));
}
