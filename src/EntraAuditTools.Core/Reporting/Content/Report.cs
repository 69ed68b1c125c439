namespace EntraAuditTools.Core.Reporting.Content;

/// <summary>A report: what it is about, and its sections.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="About">Facts about it, name and value: mirror, time, when it was made.</param>
/// <param name="Sections">Its sections, in order.</param>
internal sealed record Report(string Title, IReadOnlyList<(string Name, string Value)> About, IReadOnlyList<ReportSection> Sections);
