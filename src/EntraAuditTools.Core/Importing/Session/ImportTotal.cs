using System.Globalization;
using EntraAuditTools.Core.Mirror.Tables;

namespace EntraAuditTools.Core.Importing.Session;

/// <summary>
/// The results of all sources of an import together, in a line. They are added up as they come: there may be tens of thousands.
/// </summary>
internal sealed class ImportTotal
{
    // A source can name its content as it likes.
    private const int MaxKinds = 64;

    private readonly Dictionary<string, int> states = [];
    private readonly HashSet<string> kinds = [];
    private int sources;
    private long read;
    private long added;
    private long updated;
    private long unchanged;
    private long rejected;
    private long left;

    /// <summary>How many results there were.</summary>
    public int Sources => sources;

    /// <summary>Adds a result.</summary>
    public void Add(ImportResult result)
    {
        sources++;
        states[result.Status] = states.GetValueOrDefault(result.Status) + 1;
        foreach (var kind in result.Kind.Split(", ", StringSplitOptions.RemoveEmptyEntries))
        {
            if (kinds.Count < MaxKinds) kinds.Add(kind);
        }

        read += result.Read;
        added += result.Added;
        updated += result.Updated;
        unchanged += result.Unchanged;
        rejected += result.Rejected;
        left += result.NotSupported;
    }

    /// <summary>The line.</summary>
    /// <param name="errors">How often something was wrong with a source.</param>
    public string Describe(int errors)
    {
        var counts = states.OrderByDescending(state => state.Value).ThenBy(state => state.Key, StringComparer.Ordinal)
            .Select(state => Number(state.Value, State(state.Key)));
        var names = kinds.Select(Plural).Order(StringComparer.Ordinal).ToList();
        var parts = new List<string> { Number(read, "read"), Number(added, "added") };
        if (updated > 0) parts.Add(Number(updated, "updated"));
        parts.Add(Number(unchanged, "unchanged"));
        if (rejected > 0) parts.Add(Number(rejected, "rejected"));
        if (left > 0) parts.Add(Number(left, "left out"));
        return ($"In all {Number(sources, sources == 1 ? "source" : "sources")} "
            + $"({string.Join(", ", counts)}{(errors == 0 ? string.Empty : $"; {Number(errors, errors == 1 ? "error" : "errors")}")}). "
            + $"Records: {string.Join(", ", parts)}. "
            + (names.Count == 0 ? string.Empty : $"{(names.Count == 1 ? "Kind" : "Kinds")}: {string.Join(", ", names)}.")).TrimEnd();
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
