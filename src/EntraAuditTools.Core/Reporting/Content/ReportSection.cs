namespace EntraAuditTools.Core.Reporting.Content;

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
