using System.Diagnostics;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Rows;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Importing.Session;

/// <summary>The report on a source that was read to its end, or to what stopped it.</summary>
internal sealed class SourceReport(string name, ImportStatistics statistics, WriteCounts counts)
{
    private readonly Stopwatch clock = Stopwatch.StartNew();

    /// <summary>The name of its content where nothing in it was taken in.</summary>
    public string LayoutKind { get; set; } = KindNames.AuditActivity;

    /// <summary>The error of a source that could be read, of which nothing could be taken in; null for any other.</summary>
    public AuditToolException? NothingTaken()
    {
        if (statistics is { Accepted: 0, NotSupported: 0, Rejected: 0, GraphError: { } answered })
            return SourceErrors.GraphError(name, answered);
        if (statistics is not { Accepted: 0, NotSupported: 0, Rejected: > 0 }) return null;
        if (statistics.GraphError is { } error && statistics.Rejected == 1) return SourceErrors.GraphError(name, error);
        return statistics.IsAllForeign
            ? SourceErrors.NotAnExport(name, $"JSON objects with the properties {statistics.UnknownProperties}")
            : SourceErrors.NothingReadable(name, statistics.Rejected, statistics.FirstRejection);
    }

    /// <summary>Whether it is no export at all: objects of something else are no records that were lost.</summary>
    public bool IsForeign(AuditToolException? failure) =>
        failure?.ErrorId is "NotAnExport" or "GraphErrorSaved" && statistics.Accepted + statistics.NotSupported == 0;

    /// <summary>What an admin should know of it.</summary>
    /// <param name="failure">Its error; null when there is none.</param>
    /// <param name="isComplete">Whether it was declared complete.</param>
    public List<string> Notes(AuditToolException? failure, bool isComplete)
    {
        var notes = statistics.Notes().ToList();
        if (counts.Conflicts > 0)
        {
            notes.Add($"{counts.Conflicts} {(counts.Conflicts == 1 ? "record has" : "records have")} the id of another event, of another "
                + $"time, activity or change: {(counts.Conflicts == 1 ? "both" : "all")} are kept.");
        }

        if (statistics.Read == 0 && failure == null)
            notes.Add(isComplete ? "It holds no records, and was declared complete: there are none." : "It holds no records.");
        if (statistics.FirstRejection != null && !IsForeign(failure)) notes.Add($"First rejected: {statistics.FirstRejection}.");
        return notes;
    }

    /// <summary>The result.</summary>
    /// <param name="importId">Number of the import.</param>
    /// <param name="sha256">Hash of a source that has one: of a file that was read to its end; else null.</param>
    /// <param name="failure">Its error; null when there is none.</param>
    /// <param name="notes">What an admin should know.</param>
    /// <param name="head">The digest of the mirror's chain with it; null before it is linked.</param>
    public ImportResult Result(long importId, byte[]? sha256, AuditToolException? failure, List<string> notes, byte[]? head = null) => new()
    {
        Source = name,
        Kind = statistics.Accepted > 0 ? string.Join(", ", statistics.Kinds) : statistics.NotSupported > 0 ? statistics.NotSupportedKinds
            : failure != null && statistics.Rejected == 0 ? string.Empty : LayoutKind,
        Shape = statistics.Shapes,
        Status = statistics.Accepted == 0 && failure != null ? "Failed"
            : statistics.Accepted == 0 && statistics.NotSupported > 0 ? "NotSupported"
            : failure != null || statistics.IsMissingAnswers || statistics.Rejected + statistics.NotSupported > 0 ? "Partial" : "Imported",
        Read = statistics.Read,
        Added = counts.Added,
        Updated = counts.Updated,
        Unchanged = counts.Unchanged,
        Rejected = statistics.Rejected,
        NotSupported = statistics.NotSupported,
        Conflicts = counts.Conflicts,
        FirstTime = statistics.FirstTicks <= statistics.LastTicks ? new DateTimeOffset(statistics.FirstTicks, TimeSpan.Zero) : null,
        LastTime = statistics.FirstTicks <= statistics.LastTicks ? new DateTimeOffset(statistics.LastTicks, TimeSpan.Zero) : null,
        Sha256 = sha256 == null ? null : Convert.ToHexString(sha256).ToLowerInvariant(),
        Duration = clock.Elapsed,
        ImportId = importId,
        ChainHead = head == null ? null : Mirror.Chain.ChainHead.Text(head),
        Notes = new(notes),
    };
}
