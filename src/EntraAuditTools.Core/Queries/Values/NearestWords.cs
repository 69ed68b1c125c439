namespace EntraAuditTools.Core.Queries.Values;

/// <summary>Suggestions for a text that is not there.</summary>
internal static class NearestWords
{
    private const int Most = 3;

    /// <summary>Up to three candidates that are near enough, nearest first; empty when none is.</summary>
    public static IReadOnlyList<string> Of(string asked, IEnumerable<string> candidates)
    {
        var key = Key(asked);
        var near = candidates
            .Where(candidate => candidate.Length > 0)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(candidate => (Text: candidate, Distance: DistanceOf(key, candidate)))
            .Where(found => found.Distance is not null)
            .OrderBy(found => found.Distance).ThenBy(found => found.Text, StringComparer.OrdinalIgnoreCase)
            .ToList();
        return [.. near.TakeWhile(found => found.Distance <= near[0].Distance + 1).Take(Most).Select(found => found.Text)];
    }

    // The whole text, or one of its words: people give the first word of an application, or the name before the at sign.
    private static int? DistanceOf(string asked, string candidate)
    {
        var best = Distance(asked, Key(candidate));
        foreach (var word in WordsOf(candidate))
        {
            if (word.Length >= 4 && Distance(asked, Key(word)) + 1 is { } distance && (best is null || distance < best)) best = distance;
        }

        return best;
    }

    private static string[] WordsOf(string text) => text.Split([' ', '@', '.', '-', '_', '('], StringSplitOptions.RemoveEmptyEntries);

    // What people leave out or put in between: blanks, hyphens, dots, and everything about case.
    private static string Key(string text) => new([.. text.Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant)]);

    /// <summary>How far apart two texts are; null when too far. A text within the other (a name without its surname) is near.</summary>
    private static int? Distance(string asked, string candidate)
    {
        if (asked.Length == 0 || candidate.Length == 0) return null;
        if (asked == candidate) return 0;
        // Created and create, failed and failure: the same word with another end.
        var common = asked.AsSpan().CommonPrefixLength(candidate);
        var shorter = Math.Min(asked.Length, candidate.Length);
        if (common >= 4 && common >= shorter - 1 && Math.Abs(asked.Length - candidate.Length) <= 3) return 1;
        if (common >= 4 && common * 3 >= Math.Max(asked.Length, candidate.Length) * 2 - 3) return 2;
        var allowed = Math.Max(1, Math.Max(asked.Length, candidate.Length) / 4);
        var edits = Math.Abs(asked.Length - candidate.Length) <= allowed ? Edits(asked, candidate, allowed) : null;
        if (edits is not null) return edits;
        return shorter >= 4 && (candidate.Contains(asked, StringComparison.Ordinal) || asked.Contains(candidate, StringComparison.Ordinal))
            ? allowed + 1 : null;
    }

    /// <summary>Letters to insert, leave out, replace or swap with their neighbour; null for more than allowed.</summary>
    private static int? Edits(string a, string b, int allowed)
    {
        // Optimal string alignment: three rows are enough.
        int[] before = [], last = [.. Enumerable.Range(0, b.Length + 1)], row = [];
        for (var i = 1; i <= a.Length; i++)
        {
            row = new int[b.Length + 1];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = Math.Min(row[j], before[j - 2] + 1);
            }

            (before, last) = (last, row);
        }

        return last[^1] <= allowed ? last[^1] : null;
    }
}
