using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Mirror.Rows;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Importing.Records;

/// <summary>What the reading side learns of a source: counts, times, and notes for the admin.</summary>
internal sealed class ImportStatistics
{
    // Row counts at which the portal and its services cut a download off (FORMATS §2).
    private static readonly long[] Caps = [5_000, 50_000, 100_000, 250_000];

    // A file can name as many kinds as it has records: only so many are counted by name.
    private const int MaxLabels = 64;
    private const int MaxLabelsNamed = 5;
    private const int MaxLabelChars = 120;
    private const int MaxNotes = 32;

    private static readonly string Taken =
        $"recognised and left out: this version takes in {LogTable.InSentence} logs, synchronization jobs, "
        + "and what entitlement management and the directory export.";

    private readonly Dictionary<string, long> kinds = [];
    private readonly Dictionary<string, long> shapes = [];
    private readonly Dictionary<string, long> notSupported = [];
    private readonly List<string> notes = [];
    private long otherLabels;
    private long otherNotes;
    private readonly AnswerCounts answers = new();
    private readonly List<Func<IEnumerable<string>>> later = [];
    private string? queryError;

    public long Read { get; private set; }

    public long Accepted { get; private set; }

    public long Rejected { get; private set; }

    public long Unknown { get; private set; }

    /// <summary>How many of the rejected were errors that Graph, or an API like it, had answered.</summary>
    public long AnsweredErrors { get; private set; }

    /// <summary>Whether of all that was rejected nothing was meant as a record.</summary>
    public bool IsAllForeign => Unknown > 0 && Unknown + AnsweredErrors == Rejected;

    public long NotSupported { get; private set; }

    /// <summary>Whether something that was rejected was meant as a JSON object, damaged or not understood.</summary>
    public bool SawObject { get; set; }

    public long Cut { get; private set; }

    /// <summary>The first error that Graph had answered instead of records; null when there was none.</summary>
    public string? GraphError { get; private set; }

    /// <summary>Properties of the first object that is no known record; null when there was none.</summary>
    public string? UnknownProperties { get; private set; }

    /// <summary>Why the first rejected record was.</summary>
    public string? FirstRejection { get; private set; }

    public long FirstTicks { get; private set; } = long.MaxValue;

    public long LastTicks { get; private set; } = long.MinValue;

    /// <summary>Tenant of the last record that names one, as the mirror's number; 0 when none does.</summary>
    public int Tenant { get; set; }

    /// <summary>The kinds that were taken in, most frequent first.</summary>
    public IReadOnlyList<string> Kinds => [.. kinds.OrderByDescending(k => k.Value).Select(k => k.Key)];

    public string Shapes => string.Join(", ", shapes.OrderByDescending(s => s.Value).Select(s => s.Key));

    /// <summary>The kinds that were left out, named like cmdlets name theirs: <c>AccessPackageAssignment</c>.</summary>
    public string NotSupportedKinds
    {
        get
        {
            var names = notSupported.OrderByDescending(k => k.Value).Select(k => KindName(k.Key)).Distinct().ToList();
            if (names.Count > MaxLabelsNamed || otherLabels > 0) names = [.. names.Take(MaxLabelsNamed), "others"];
            return string.Join(", ", names);
        }
    }

    /// <summary>True when the source is at a known download cap. Pages of Graph's objects continue by their links, and have none.</summary>
    public bool IsAtCap => Array.IndexOf(Caps, Read) >= 0
        && (kinds.Count == 0 || kinds.Keys.Any(LogTable.IsLog) || shapes.ContainsKey(ShapeInfo.Of(RecordShape.PortalAssignmentRow).Name));

    /// <summary>A record of a log was taken in.</summary>
    /// <param name="record">Its row.</param>
    /// <param name="isCut">Whether values are missing because the export was too shallow.</param>
    public void Accept(in RecordRow record, bool isCut)
    {
        if (record.Tenant != 0) Tenant = record.Tenant;
        var shape = ShapeInfo.Of(record.Shape);
        Accept(shape.Kind!, shape.Name, record.Ticks, isCut);
    }

    /// <summary>A record was taken in.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="shape">How it was written.</param>
    /// <param name="ticks">Its time; 0 when it has none of its own.</param>
    /// <param name="isCut">Whether values are missing because the export was too shallow.</param>
    public void Accept(string kind, string shape, long ticks, bool isCut)
    {
        Read++;
        Accepted++;
        kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
        shapes[shape] = shapes.GetValueOrDefault(shape) + 1;
        if (isCut) Cut++;
        if (ticks == 0) return;
        if (ticks < FirstTicks) FirstTicks = ticks;
        if (ticks > LastTicks) LastTicks = ticks;
    }

    public void Reject(string reason)
    {
        Read++;
        Rejected++;
        FirstRejection ??= reason;
    }

    public void RejectUnknown(string properties, string reason)
    {
        Reject(reason);
        Unknown++;
        UnknownProperties ??= properties;
    }

    public void Skip(string label)
    {
        Read++;
        NotSupported++;
        if (label.Length > MaxLabelChars) label = ContentDescription.Shorten(label);
        if (notSupported.TryGetValue(label, out var count)) notSupported[label] = count + 1;
        else if (notSupported.Count < MaxLabels) notSupported.Add(label, 1);
        else otherLabels++;
    }

    public void AnswerError(string error)
    {
        Read++;
        Rejected++;
        AnsweredErrors++;
        GraphError ??= ContentDescription.Shorten(error);
        FirstRejection ??= $"an error that Graph answered: {ContentDescription.Shorten(error)}";
    }

    /// <summary>Pages within parts of a <c>$batch</c> or another wrapper that end with a link to another.</summary>
    public int LeftPages { get; set; }

    /// <summary>Whether parts of the answers that the source holds failed, or were not all there is.</summary>
    public bool IsMissingAnswers => LeftPages > 0 || answers.Failed > 0 || queryError != null;

    /// <summary>A part of a <c>$batch</c> was answered.</summary>
    /// <param name="status">With what.</param>
    /// <param name="error">The error in its body; null when there is none.</param>
    public void Answered(int status, string? error)
    {
        answers.Add(status, error);
        if (status >= 400 || error != null) GraphError ??= error ?? $"status {status}";
    }

    /// <summary>What a page that was read says about itself.</summary>
    public void Add(PageInfo page)
    {
        if (page.Status is { } status) Answered(status, null);
        if (page is { Status: not null, NextLink: not null }) LeftPages++;
        queryError ??= page.Error;
    }

    /// <summary>True when the source ends before a list or page in it does.</summary>
    public bool IsOpenEnded { get; private set; }

    public void NoteOpenEnd()
    {
        IsOpenEnded = true;
        Note("The file ends before its list of records does: it is truncated or damaged.");
    }

    public void Note(string text)
    {
        if (notes.Contains(text)) return;
        if (notes.Count < MaxNotes) notes.Add(text);
        else otherNotes++;
    }

    /// <summary>Adds what is known only at the end.</summary>
    public void AddNotes(Func<IEnumerable<string>> describe) => later.Add(describe);

    /// <summary>All notes, the most important first.</summary>
    public IEnumerable<string> Notes()
    {
        var labels = notSupported.OrderByDescending(l => l.Value).ToList();
        foreach (var (label,
            count) in labels.Take(MaxLabelsNamed)) yield return $"{count} {Plural(TerminalText.Line(label), count)} {Taken}";
        if (labels.Count > MaxLabelsNamed)
        {
            var others = NotSupported - labels.Take(MaxLabelsNamed).Sum(l => l.Value);
            yield return $"And {others:N0} {(others == 1 ? "other, of another kind, was" : $"others, of {(otherLabels > 0 ? "very many" : labels.Count - MaxLabelsNamed)} other kinds, were")} {Taken}";
        }

        if (answers.Describe() is { } failed) yield return failed;
        else if (GraphError != null)
            yield return $"Among the records is an error that Graph answered: {ContentDescription.Shorten(GraphError)}";
        if (LeftPages > 0) yield return $"{LeftPages} {(LeftPages == 1 ? "page in it ends" : "pages in it end")} with an "
            + $"@odata.nextLink: there are more records than were exported.";
        if (queryError != null)
            yield return $"The query that it is the answer of was not answered whole: {ContentDescription.Shorten(queryError)}";
        if (IsAtCap) yield return $"It holds exactly {Read:N0} records: downloads are cut off at that number, so there may be more.";
        if (Cut > 0) yield return $"{Cut} {(Cut == 1 ? "record was exported without its" : "records were exported without their")} "
            + $"nested values (ConvertTo-Json needs -Depth 10; Export-Csv cuts them; a cell may have been cut): parts of "
            + $"{(Cut == 1 ? "it" : "them")} are missing.";
        foreach (var note in later.SelectMany(describe => describe())) yield return note;
        foreach (var note in notes) yield return note;
        if (otherNotes > 0) yield return $"And more notes like these ({otherNotes:N0}).";
    }

    /// <summary>A label's words without blanks between them, of any kind: a file can have named its content.</summary>
    private static string KindName(string label) =>
        string.Concat(TerminalText.Line(label).Split(" (")[0].Split([' ', '-', '\t', '\u00a0'], StringSplitOptions.RemoveEmptyEntries)
            .Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static string Plural(string label, long count)
    {
        if (count == 1) return $"{label} was";
        // The first noun is the one that is counted: "rows of a table", "reports on a user".
        var at = FirstOf(label, " (", " of ", " on ");
        var (noun, rest) = at < 0 ? (label, string.Empty) : (label[..at], label[at..]);
        return $"{(noun.EndsWith('y') ? $"{noun[..^1]}ies" : noun.EndsWith('s') ? noun : $"{noun}s")}{rest} were";
    }

    private static int FirstOf(string text, params ReadOnlySpan<string> ends)
    {
        var first = -1;
        foreach (var end in ends)
        {
            var at = text.IndexOf(end, StringComparison.Ordinal);
            if (at > 0 && (first < 0 || at < first)) first = at;
        }

        return first;
    }
}
