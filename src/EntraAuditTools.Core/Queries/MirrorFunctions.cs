using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Queries;

/// <summary>Functions that our SQL uses on a reader's connection.</summary>
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

    /// <summary><c>original_has(search, block, slot)</c>: whether an original has all words of a search; for mirrors without a full-text index.</summary>
    public const string OriginalHas = "original_has";

    public static void Register(SqliteConnection connection, string mirrorPath)
    {
        var patterns = new Dictionary<string, WildcardText>(StringComparer.Ordinal);
        WildcardText Get(string pattern)
        {
            if (!patterns.TryGetValue(pattern, out var wildcard)) patterns.Add(pattern, wildcard = new WildcardText(pattern));
            return wildcard;
        }

        connection.CreateFunction(Matches, (string pattern, string? text) => text is not null && Get(pattern).IsMatch(text), isDeterministic: true);
        connection.CreateFunction(AnyLineMatches, (string pattern, string? lines) =>
        {
            var wildcard = Get(pattern);
            foreach (var line in lines.AsSpan().EnumerateLines())
            {
                if (wildcard.IsMatch(line)) return true;
            }

            return false;
        }, isDeterministic: true);

        var originals = new OriginalSource(mirrorPath);
        var searches = new Dictionary<string, SearchText>(StringComparer.Ordinal);
        connection.CreateFunction(OriginalHas, (string search, long block, int slot) =>
        {
            if (!searches.TryGetValue(search, out var words)) searches.Add(search, words = new SearchText(search));
            return words.IsMatch(ActivitySearchIndex.TextOf(originals.Read(block, slot)));
        });

        connection.CreateFunction(CorrelationText, (object? stored) => StoredId.Correlation(stored), isDeterministic: true);
        connection.CreateFunction(RecordIdText,
            (string? recordId, object? correlation) => StoredId.Record(recordId, StoredId.Correlation(correlation)), isDeterministic: true);
    }
}
