using System.Globalization;
using EntraAuditTools.Core.Mirror.Tables;

namespace EntraAuditTools.Core.Importing.Session;

/// <summary>The results of all sources of an import together, in a line.</summary>
internal static class ImportTotal
{
    /// <summary>The line.</summary>
    /// <param name="results">What was taken in.</param>
    /// <param name="errors">How often something was wrong with a source.</param>
    public static string Of(IReadOnlyCollection<ImportResult> results, int errors)
    {
        ArgumentNullException.ThrowIfNull(results);
        var states = results.GroupBy(result => result.Status).OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => Number(group.Count(), State(group.Key)));
        var kinds = results.SelectMany(result => result.Kind.Split(", ", StringSplitOptions.RemoveEmptyEntries)).Distinct().Select(Plural)
            .Order(StringComparer.Ordinal).ToList();
        long Sum(Func<ImportResult, long> count) => results.Sum(count);
        var parts = new List<string> { Number(Sum(result => result.Read), "read"), Number(Sum(result => result.Added), "added") };
        if (Sum(result => result.Updated) is > 0 and var updated) parts.Add(Number(updated, "updated"));
        parts.Add(Number(Sum(result => result.Unchanged), "unchanged"));
        if (Sum(result => result.Rejected) is > 0 and var rejected) parts.Add(Number(rejected, "rejected"));
        if (Sum(result => result.NotSupported) is > 0 and var left) parts.Add(Number(left, "left out"));
        return ($"In all {Number(results.Count, results.Count == 1 ? "source" : "sources")} "
            + $"({string.Join(", ", states)}{(errors == 0 ? string.Empty : $"; {Number(errors, errors == 1 ? "error" : "errors")}")}). "
            + $"Records: {string.Join(", ", parts)}. "
            + (kinds.Count == 0 ? string.Empty : $"{(kinds.Count == 1 ? "Kind" : "Kinds")}: {string.Join(", ", kinds)}.")).TrimEnd();
    }

    private static string Plural(string kind)
    {
        if (LogTable.Find(kind) is { } log) return log.Records;
        // Names of kinds are written as one word: AccessPackageAssignmentPolicy. What is of another kind has a label in words.
        if (kind.Contains(' ', StringComparison.Ordinal)) return kind;
        var words = string.Concat(
            kind.Select((letter, at) => char.IsUpper(letter)
                ? (at == 0 ? string.Empty : " ") + char.ToLowerInvariant(letter) : letter.ToString()));
        return words.EndsWith('s') ? words : words.EndsWith('y') ? $"{words[..^1]}ies" : $"{words}s";
    }

    private static string State(string status) => status switch
    {
        "Imported" => "imported",
        "AlreadyImported" => "imported before",
        "Partial" => "in part",
        "NotSupported" => "of a kind that is not taken in",
        "Failed" => "failed",
        _ => status,
    };

    private static string Number(long count, string what) => string.Create(CultureInfo.CurrentCulture, $"{count:N0} {what}");
}
