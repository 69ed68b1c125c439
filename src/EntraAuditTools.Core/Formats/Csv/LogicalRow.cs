namespace EntraAuditTools.Core.Formats.Csv;

/// <summary>A row of a CSV, which continues in the next line while a quote is open.</summary>
/// <param name="Lines">Its lines.</param>
/// <param name="Text">The row as it is in the file, with line feeds between its lines.</param>
/// <param name="Error">Why it is no row; null when it may be one.</param>
internal sealed record LogicalRow(IReadOnlyList<Line> Lines, string Text, string? Error)
{
    /// <summary>The line on which it begins, from 1.</summary>
    public long Number => Lines[0].Number;

    /// <summary>Whether a file begins here that was joined to others.</summary>
    public bool BeginsText => Lines[0].BeginsText;
}
