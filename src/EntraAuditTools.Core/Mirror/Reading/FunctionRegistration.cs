using EntraAuditTools.Core.Mirror.Sql;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Reading;

/// <summary>Gives a connection the functions of <see cref="MirrorFunctions"/>.</summary>
internal static class FunctionRegistration
{
    public static void Register(SqliteConnection connection, string mirrorPath)
    {
        var patterns = new Dictionary<string, WildcardText>(StringComparer.Ordinal);
        WildcardText Get(string pattern)
        {
            if (!patterns.TryGetValue(pattern, out var wildcard)) patterns.Add(pattern, wildcard = new WildcardText(pattern));
            return wildcard;
        }

        connection.CreateFunction(MirrorFunctions.Matches, (string pattern, string? text) => text is not null && Get(pattern).IsMatch(text),
            isDeterministic: true);
        connection.CreateFunction(MirrorFunctions.AnyLineMatches, (string pattern, string? lines) =>
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
        connection.CreateFunction(MirrorFunctions.OriginalHas, (string search, long block, int slot) =>
        {
            if (!searches.TryGetValue(search, out var words)) searches.Add(search, words = new SearchText(search));
            return words.IsMatch(ActivitySearchIndex.TextOf(originals.Read(block, slot)));
        });

        connection.CreateFunction(MirrorFunctions.CorrelationText, (object? stored) => StoredId.Correlation(stored), isDeterministic: true);
        connection.CreateFunction(MirrorFunctions.RecordIdText,
            (string? recordId, object? correlation) => StoredId.Record(recordId, StoredId.Correlation(correlation)), isDeterministic: true);
    }
}
