namespace EntraAuditTools.Core.Reporting.Content;

/// <summary>A view of a table that the page offers: what many look for first.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Column">The column that decides.</param>
/// <param name="Filter">What the column is filtered by, as in the page: <c>=failure</c>, <c>^Add</c>, <c>&gt;0</c>.</param>
internal sealed record ReportView(string Name, string Column, string Filter);
