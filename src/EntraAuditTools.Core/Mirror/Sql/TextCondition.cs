using System.Text;
using System.Text.Json;

namespace EntraAuditTools.Core.Mirror.Sql;

/// <summary>SQL for "any of these texts, wildcards included, matches any of these columns".</summary>
internal static class TextCondition
{
    // SQLite refuses expressions deeper than 1,000; a pipeline can bring any number of users.
    private const int MaxTerms = 100;

    // Declared NOCASE. Where the terms of an OR say it again (upn = ? COLLATE NOCASE OR …), SQLite 3.53 reads the whole table, which 3.35
    // did not; without, it searches each term's index.
    private static readonly HashSet<string> DeclaredCaseless = ["object_id", "upn", "display_name", "name", "job"];

    /// <summary>The condition. Columns declared NOCASE (or indexed so) are searched through their index where the text allows.</summary>
    public static string AnyOf(SqlText sql, IReadOnlyList<string> texts, params string[] columns)
    {
        var literals = new List<string>();
        var patterns = new List<WildcardText>();
        foreach (var text in texts)
        {
            var wildcard = new WildcardText(text);
            // NOCASE folds ASCII letters only, which is exact as long as the text asked for is ASCII.
            if (wildcard.Literal is { } literal && Ascii.IsValid(literal)) literals.Add(literal);
            else patterns.Add(wildcard);
        }

        var terms = new List<string>();
        if (literals.Count > 0)
        {
            var value = literals.Count == 1
                ? sql.Bind(literals[0]) : $"(SELECT value FROM json_each({sql.Bind(JsonSerializer.Serialize(literals))}))";
            foreach (var column in columns) terms.Add($"{Caseless(column)} {(literals.Count == 1 ? "=" : "IN")} {value}");
        }

        if (patterns.Count * columns.Length > MaxTerms)
        {
            var all = sql.Bind(JsonSerializer.Serialize(patterns.Select(pattern => pattern.Pattern)));
            foreach (var column in columns)
                terms.Add($"EXISTS (SELECT 1 FROM json_each({all}) p WHERE {MirrorFunctions.Matches}(p.value, {column}))");
        }
        else
        {
            foreach (var pattern in patterns) Add(terms, sql, pattern, columns);
        }

        return terms.Count == 1 ? terms[0] : "(" + string.Join(" OR ", terms) + ")";
    }

    private static void Add(List<string> terms, SqlText sql, WildcardText pattern, string[] columns)
    {
        if (pattern.TryGetPrefix(out var prefix))
        {
            terms.AddRange(BeginsWith(sql, prefix, columns));
        }
        else if (pattern.TryGetLike(out var like))
        {
            var value = sql.Bind(like);
            foreach (var column in columns) terms.Add($"{column} LIKE {value} ESCAPE '\\'");
        }
        else
        {
            var value = sql.Bind(pattern.Pattern);
            var matches = columns.Select(column => $"{MirrorFunctions.Matches}({value}, {column})");
            // The index narrows down the rows for the function, which is far slower.
            if (pattern.CommonStart() is { Length: > 0 } start)
                matches = BeginsWith(sql, start, columns).Zip(matches, (range, match) => $"({range} AND {match})");
            terms.AddRange(matches);
        }
    }

    // U+10FFFF is no character, so nothing that begins with the prefix sorts after it.
    private static IEnumerable<string> BeginsWith(SqlText sql, string prefix, string[] columns)
    {
        var (from, to) = (sql.Bind(prefix), sql.Bind(prefix + "\U0010FFFF"));
        return columns.Select(column => $"{Caseless(column)} BETWEEN {from} AND {to}");
    }

    private static string Caseless(string column) => DeclaredCaseless.Contains(column) ? column : column + " COLLATE NOCASE";
}
