using System.Globalization;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Sql;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Upkeep.Salvage;

/// <summary>A column, as rows must have it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type as declared.</param>
/// <param name="IsRequired">Whether it is never null.</param>
/// <param name="Default">What rows have that are older than the column.</param>
internal readonly record struct LayoutColumn(string Name, string Type, bool IsRequired, object? Default)
{
    /// <summary>Whether a value can stand in it.</summary>
    public bool Takes(object? value) => value switch
    {
        null => !IsRequired,
        long => Type is "INTEGER" or "",
        string => Type is "TEXT" or "",
        byte[] => Type is "BLOB" or "",
        _ => false,
    };
}

/// <summary>How the rows of a table of mirrors are stored: which values, in which order, of which types.</summary>
internal sealed class TableLayout
{
    private readonly int rowColumn = -1;

    private TableLayout(string name, bool isIndex, IReadOnlyList<LayoutColumn> columns, int rowColumn)
    {
        Name = name;
        IsIndex = isIndex;
        Columns = columns;
        this.rowColumn = rowColumn;
    }

    /// <summary>The table.</summary>
    public string Name { get; }

    /// <summary>Whether it is a table WITHOUT ROWID, which is stored as an index is.</summary>
    public bool IsIndex { get; }

    /// <summary>Its columns, in the order in which they are stored.</summary>
    public IReadOnlyList<LayoutColumn> Columns { get; }

    /// <summary>The tables of a version of the schema.</summary>
    public static IReadOnlyList<TableLayout> OfVersion(long version)
    {
        using var memory = new SqliteConnection("Data Source=:memory:");
        memory.Open();
        MirrorFile.Execute(memory, MirrorMigration.Sql(0, version));
        var found = new List<TableLayout>();
        using var tables = new Statement(memory,
            "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite%'");
        while (tables.Step()) found.Add(Of(memory, tables.String(0)!, tables.Number(1) != 0));
        return found;
    }

    /// <summary>The row of values as stored; null when it is none of this table.</summary>
    /// <param name="row">Its number.</param>
    /// <param name="stored">The values.</param>
    public object?[]? Row(long row, object?[] stored)
    {
        if (stored.Length > Columns.Count || stored.Length == 0) return null;
        var values = new object?[Columns.Count];
        for (var i = 0; i < values.Length; i++)
        {
            if (i == rowColumn)
            {
                // It is the row's number, which is not stored twice.
                if (i >= stored.Length || stored[i] != null) return null;
                values[i] = row;
                continue;
            }

            values[i] = i < stored.Length ? stored[i] : Columns[i].Default;
            if (!Columns[i].Takes(values[i])) return null;
        }

        return values;
    }

    private static TableLayout Of(SqliteConnection memory, string table, bool isIndex)
    {
        var columns = new List<(LayoutColumn Column, long Key)>();
        using var info = new Statement(memory, $"SELECT name, type, \"notnull\", dflt_value, pk FROM pragma_table_info('{table}')");
        while (info.Step())
        {
            var isKey = info.Number(4) != 0;
            var isRequired = info.Number(2) != 0 || (isIndex && isKey);
            columns.Add((new(info.String(0)!, info.String(1)!, isRequired, Default(info.String(3))), info.Number(4)));
        }

        // Of a table WITHOUT ROWID the key stands first.
        if (isIndex) columns = [.. columns.Where(it => it.Key > 0).OrderBy(it => it.Key), .. columns.Where(it => it.Key == 0)];
        var key = isIndex ? -1 : columns.FindIndex(it => it.Key > 0 && it.Column.Type == "INTEGER");
        return new(table, isIndex, columns.ConvertAll(it => it.Column), key);
    }

    private static object? Default(string? text) =>
        text == null ? null : long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : text.Trim('\'');
}
