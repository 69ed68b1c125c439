namespace EntraAuditTools.Core.Reporting.Content;

/// <summary>A report: what it is about, and its sections.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="About">Facts about it, name and value: mirror, time, when it was made.</param>
/// <param name="Sections">Its sections, in order.</param>
internal sealed record Report(string Title, IReadOnlyList<(string Name, string Value)> About, IReadOnlyList<ReportSection> Sections);

/// <summary>A section.</summary>
/// <param name="Id">What links to it are called; stable.</param>
/// <param name="Title">Its heading.</param>
internal sealed record ReportSection(string Id, string Title)
{
    /// <summary>What it says in sentences: also why there is nothing to show.</summary>
    public IReadOnlyList<string> Sentences { get; init; } = [];

    /// <summary>Its numbers, each with what it counts.</summary>
    public IReadOnlyList<(string Name, string Value)> Numbers { get; init; } = [];

    /// <summary>Its charts.</summary>
    public IReadOnlyList<ReportChart> Charts { get; init; } = [];

    /// <summary>Its tables.</summary>
    public IReadOnlyList<ReportTable> Tables { get; init; } = [];
}

/// <summary>A chart of bars, each of one part or two.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="First">What the first part of a bar counts.</param>
/// <param name="Second">What the second part counts; null where there is none.</param>
/// <param name="Bars">The bars, in order.</param>
internal sealed record ReportChart(string Title, string First, string? Second, IReadOnlyList<ReportBar> Bars);

/// <summary>A bar.</summary>
/// <param name="Label">What it stands for.</param>
/// <param name="First">The first part.</param>
/// <param name="Second">The second part.</param>
/// <param name="Kind">A word that decides its colour; null for the usual ones.</param>
internal sealed record ReportBar(string Label, long First, long Second = 0, string? Kind = null);

/// <summary>A table.</summary>
/// <param name="Id">What links to it are called; stable.</param>
/// <param name="Caption">What it shows.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">Cells: texts, whole numbers, times (UTC), yes and no, or null.</param>
internal sealed record ReportTable(string Id, string Caption, IReadOnlyList<string> Columns, IReadOnlyList<object?[]> Rows)
{
    /// <summary>How many rows there are, where the table holds the first of them only; null where it holds all.</summary>
    public long? Total { get; init; }

    /// <summary>The command that answers with all rows.</summary>
    public required string Command { get; init; }

    /// <summary>What is said where there are no rows.</summary>
    public string Empty { get; init; } = "Nothing in the mirror.";
}
