namespace EntraAuditTools.Core.Queries.Sql;

/// <summary>A column of a view for questions in SQL.</summary>
/// <param name="Name">Its name: stable, in snake_case.</param>
/// <param name="Sql">How it is made; of SQLite's own functions alone, unless the view is <see cref="AuditView.NeedsFunction"/>.</param>
/// <param name="Meaning">What it holds, for the documentation and completion.</param>
/// <param name="Holds">Of what sort its values are, for files that keep types and for pseudonyms.</param>
internal sealed record ViewColumn(string Name, string Sql, string Meaning, ColumnHolds Holds = ColumnHolds.Name);

/// <summary>
/// What a question in SQL asks of: one view a kind of record, with readable columns, whatever the mirror's tables are like.
/// </summary>
/// <param name="Name">Its name: stable, in snake_case, plural.</param>
/// <param name="Meaning">What a row is.</param>
/// <param name="From">Where it comes from, with its condition.</param>
internal sealed record AuditView(string Name, string Meaning, string From)
{
    /// <summary>Its columns.</summary>
    public required IReadOnlyList<ViewColumn> Columns { get; init; }

    /// <summary>The version of the mirror's schema that has the tables it needs.</summary>
    public int Since { get; init; } = 1;

    /// <summary>Whether it reads originals, by a function of ours: other SQLite tools cannot have it.</summary>
    public bool NeedsFunction { get; init; }

    /// <summary>The kind of record of which a row is one (<see cref="Schema.KindNames"/>); null when it is of none.</summary>
    public string? Kind { get; init; }

    /// <summary>
    /// SQL that makes it for one connection. It is not stored: a mirror from elsewhere may hold no views (<c>SchemaGuard</c>).
    /// </summary>
    public string Create()
    {
        var columns = Columns.Select(column => $"{column.Sql} AS {column.Name}");
        return $"CREATE TEMP VIEW {Name} AS SELECT\n    {string.Join(",\n    ", columns)}\nFROM {From};\n";
    }

    /// <summary>SQL that reads its rows without making it.</summary>
    /// <param name="condition">Which rows, in terms of <see cref="From"/>.</param>
    /// <param name="order">The order, in the same terms.</param>
    public string Select(string condition, string order)
    {
        var and = From.Contains(" WHERE ", StringComparison.Ordinal) ? "AND" : "WHERE";
        return $"SELECT {string.Join(", ", Columns.Select(column => column.Sql))} FROM {From} {and} {condition} ORDER BY {order}";
    }
}
