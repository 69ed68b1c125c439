namespace EntraAuditTools.Core.Queries.Sql;

/// <summary>One row of an answer to a question in SQL.</summary>
/// <param name="Columns">The names of its columns, each once.</param>
/// <param name="Values">
/// Their values: a whole number (long), a number (double), a text, bytes, or null; a time that a view made is a DateTimeOffset, UTC.
/// </param>
internal sealed record SqlRow(IReadOnlyList<string> Columns, object?[] Values);
