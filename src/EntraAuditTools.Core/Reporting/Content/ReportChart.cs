namespace EntraAuditTools.Core.Reporting.Content;

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
