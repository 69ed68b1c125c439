namespace EntraAuditTools.Core.Reporting.Content;

/// <summary>A table.</summary>
/// <param name="Id">What links to it are called; stable.</param>
/// <param name="Caption">What it shows.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">Cells: texts, whole numbers, times (UTC), yes and no, or null.</param>
internal sealed record ReportTable(string Id, string Caption, IReadOnlyList<string> Columns, IReadOnlyList<object?[]> Rows)
{
    /// <summary>How many rows there are, where the table holds the first of them only; null where it holds all.</summary>
    public long? Total { get; init; }

    /// <summary>Views that the page offers.</summary>
    public IReadOnlyList<ReportView> Views { get; init; } = [];

    /// <summary>The command that answers with all rows.</summary>
    public required string Command { get; init; }

    /// <summary>What is said where there are no rows.</summary>
    public string Empty { get; init; } = "Nothing in the mirror.";
}
