namespace EntraAuditTools.Core.Mirror.Tables;

/// <summary>
/// The table of a log's kinds: every combination that occurs of what recurs in its rows, as numbers of words or identities (0: the export
/// had none). A row has the number of its kind alone, and a question compares kinds before it looks at rows. So they must stay few: what is
/// nearly each row's own (an address, a correlation) is a column of the row.
/// </summary>
/// <param name="name">The table.</param>
/// <param name="columns">Its columns, in the order of a combination's parts.</param>
internal sealed class KindTable(string name, params string[] columns)
{
    /// <summary>The table.</summary>
    public string Name => name;

    /// <summary>Its columns besides <c>id</c>.</summary>
    public IReadOnlyList<string> Columns => columns;

    /// <summary>Columns that the database holds to be unique together, as SQL; null where it has no such index.</summary>
    public string? Unique { get; init; }

    /// <summary>The part that a column holds.</summary>
    public int PartOf(string column) => Array.IndexOf(columns, column);

    /// <summary>SELECT of all kinds: the number, then the parts.</summary>
    public string Select() => $"SELECT id, {string.Join(", ", columns)} FROM {name}";

    /// <summary>INSERT of one: the number, then the parts.</summary>
    public string Insert() =>
        $"INSERT INTO {name} (id, {string.Join(", ", columns)}) VALUES (?{string.Concat(Enumerable.Repeat(", ?", columns.Length))})";

    /// <summary>SQL that makes it.</summary>
    public string Create() => $"""
        CREATE TABLE {name} (
            id INTEGER PRIMARY KEY, {string.Join(", ", columns.Select(column => $"{column} INTEGER NOT NULL"))}{Constraint});
        """;

    private string Constraint => Unique == null ? string.Empty : $",\n    UNIQUE ({Unique})";
}
