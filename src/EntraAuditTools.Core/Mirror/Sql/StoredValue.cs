namespace EntraAuditTools.Core.Mirror.Sql;

/// <summary>A bound value of a column that has no type: bytes or a text, which another store keeps in a form of its own.</summary>
/// <param name="Value">The value, as SQLite has it.</param>
internal sealed record StoredValue(object Value);
