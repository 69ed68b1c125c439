using EntraAuditTools.Core.Mirror.Reading;

namespace EntraAuditTools.Core.Mirror.Sql;

/// <summary>Names of the functions that our SQL uses on a reader's connection (<see cref="FunctionRegistration"/>).</summary>
internal static class MirrorFunctions
{
    /// <summary><c>matches(pattern, text)</c>: PowerShell's wildcards, any script, without regard to case.</summary>
    public const string Matches = "matches";

    /// <summary><c>any_line_matches(pattern, lines)</c>: as <see cref="Matches"/>, for each of several lines.</summary>
    public const string AnyLineMatches = "any_line_matches";

    /// <summary><c>correlation_text(value)</c>: a stored correlation id as text.</summary>
    public const string CorrelationText = "correlation_text";

    /// <summary><c>record_id_text(record_id, correlation)</c>: a stored record id in full.</summary>
    public const string RecordIdText = "record_id_text";

    /// <summary>
    /// <c>original_has(search, block, slot)</c>: whether an original has all words of a search; for mirrors without a full-text index.
    /// </summary>
    public const string OriginalHas = "original_has";
}
