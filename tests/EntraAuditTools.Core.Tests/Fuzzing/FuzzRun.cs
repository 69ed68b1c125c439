using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Importing.Session;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Imports;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Tests.Fuzzing;

/// <summary>Something that must not be.</summary>
/// <param name="Kind">What, so that the same mistake counts as one.</param>
/// <param name="File">The file that shows it.</param>
/// <param name="Detail">What was seen.</param>
internal sealed record FuzzFailure(string Kind, FuzzSeed File, string Detail);

/// <summary>Imports files many at a time, between good ones, asks every question, and reports what went wrong.</summary>
internal sealed partial class FuzzRun(Action<string>? log = null)
{
    /// <summary>A good file stands before, after and among so many others.</summary>
    private const int GoodEvery = 20;

    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(3);

    // Each batch otherwise: what an admin says with an import has its own ways through the code.
    private static readonly Func<string, ImportOptions>[] Ways =
    [
        path => new() { MirrorPath = path },
        path => new() { MirrorPath = path, Tenant = "99999999-0000-4000-8000-000000000009", ObservedAt = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero) },
        path => new() { MirrorPath = path },
        path => new() { MirrorPath = path, Complete = true, Application = "ServiceNow", AccessPackage = "Night shift" },
        path => new() { MirrorPath = path },
        path => new() { MirrorPath = path, Group = "Interns", CoversFrom = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), DateFormat = "DayFirst" },
    ];

    /// <summary>How many ways of importing there are, one for each batch.</summary>
    public static int WayCount => Ways.Length;

    private readonly List<FuzzFailure> failures = [];
    private int batches;

    public IReadOnlyList<FuzzFailure> Failures => failures;

    /// <summary>How many files were imported.</summary>
    public int Files { get; private set; }

    /// <summary>The file that took longest.</summary>
    public (string Name, TimeSpan Time) Slowest { get; private set; }

    /// <summary>The file of which most was rejected.</summary>
    public (FuzzSeed? File, long Count) MostRejected { get; private set; }

    /// <summary>How many records came of them, and how many were rejected.</summary>
    public (long Read, long Rejected) Records { get; private set; }

    /// <summary>Leaves a way of importing out.</summary>
    public void SkipWay() => batches++;

    /// <summary>One batch in one mirror.</summary>
    public void Add(IReadOnlyList<FuzzSeed> files)
    {
        var way = batches++ % Ways.Length;
        Files += files.Count;
        var done = Task.Run(() => Batch(files, way));
        if (!done.Wait(Hang))
        {
            log?.Invoke("a batch hangs");
            failures.AddRange(files.Select(file => new FuzzFailure("hang", file, "its batch did not end")));
            return;
        }

        var unanswered = done.Result;
        if (unanswered.Count == 0) return;
        // Whose question was it?
        var found = files.SelectMany(file => Alone(file, way)).ToList();
        failures.AddRange(found);
        failures.AddRange(unanswered.Where(failure => !found.Exists(other => other.Kind == failure.Kind))
            .SelectMany(failure => files.Select(file => failure with { Kind = $"{failure.Kind} (together only)", File = file })));
    }

    private List<FuzzFailure> Alone(FuzzSeed file, int way)
    {
        var before = failures.Count;
        var found = Batch([file], way);
        failures.RemoveRange(before, failures.Count - before);
        return found;
    }

    private List<FuzzFailure> Batch(IReadOnlyList<FuzzSeed> files, int way)
    {
        using var mirror = new TestMirror();
        var options = Ways[way](mirror.Path);
        var results = new List<ImportResult>();
        var good = 0;
        try
        {
            using var session = ImportSession.Open(options, CancellationToken.None);
            for (var i = 0; i < files.Count; i++)
            {
                if (i % GoodEvery == 0) Good(session, mirror, good++);
                Import(session, mirror, files[i], results.Add);
            }

            Good(session, mirror, good++);
            CheckWords(files[0], [.. session.Complete(), session.Refusal?.Message]);
        }
        catch (Exception e)
        {
            Fail($"the session threw {Seen(e)}", files[^1], e.ToString());
        }

        CheckGood(mirror, files, good);
        if (way == 0) Again(mirror, files);
        return [.. Questions.Ask(mirror.Path)
            .Select(row => new FuzzFailure($"question '{row.Question}': {Seen(row.Failure)}", files[0], row.Failure.ToString()))];
    }

    private void Import(ImportSession session, TestMirror mirror, FuzzSeed file, Action<ImportResult> onResult)
    {
        var clock = Stopwatch.StartNew();
        var path = mirror.Write(file.Name, file.Bytes);
        void Taken(ImportResult result)
        {
            onResult(result);
            Check(file, result);
        }

        session.ImportFile(path, file.Name, Taken, error => Check(file, error), _ => { }, CancellationToken.None);
        if (clock.Elapsed > Slowest.Time) Slowest = (file.Name, clock.Elapsed);
    }

    private void Check(FuzzSeed file, ImportResult result)
    {
        Records = (Records.Read + result.Read, Records.Rejected + result.Rejected);
        if (result.Rejected > MostRejected.Count) MostRejected = (file, result.Rejected);
        if (result.Read != result.Added + result.Updated + result.Unchanged + result.Rejected + result.NotSupported)
            Fail("counts that do not add up", file, $"{result}, {result.Read} read, {result.NotSupported} not supported");
        CheckWords(file, result.Notes);
    }

    private void Check(FuzzSeed file, AuditToolException error)
    {
        if (error.ErrorId == ToolFault.ErrorId) Fail($"a mistake of ours: {Seen(error.InnerException ?? error)}", file, error.ToString());
        if (string.IsNullOrWhiteSpace(error.RecommendedAction)) Fail($"an error without advice: {error.ErrorId}", file, error.Message);
        CheckWords(file, [error.Message, error.RecommendedAction]);
    }

    /// <summary>What people read is in our words, not in those of the libraries.</summary>
    private void CheckWords(FuzzSeed file, IEnumerable<string?> texts)
    {
        foreach (var text in texts.OfType<string>())
        {
            if (Foreign().Match(Quoted().Replace(text, string.Empty)) is { Success: true } word) Fail($"words of a library: {word.Value}", file, text);
            if (TerminalText.Visible(text) != text) Fail("a message with text that must not reach a terminal", file, text);
        }
    }

    private static void Good(ImportSession session, TestMirror mirror, int number)
    {
        var path = mirror.Write($"good{number}.json", Encoding.UTF8.GetBytes($"[{GoodRecord(number, 1)},{GoodRecord(number, 2)}]"));
        session.ImportFile(path, $"good{number}.json", _ => { },
            error => throw new InvalidOperationException($"a good file failed: {error.Message}"), _ => { }, CancellationToken.None);
    }

    private static string GoodRecord(int number, int part) =>
        Importing.Records.Graph($"good-{number}-{part}", $"2026-09-{part:00}T10:{number % 60:00}:00Z", $"Good activity {number}");

    private void CheckGood(TestMirror mirror, IReadOnlyList<FuzzSeed> files, int count)
    {
        try
        {
            using var reader = MirrorReader.Open(mirror.Path);
            var held = AuditActivityQuery.Run(reader, new() { Activity = ["Good activity *"] }).Select(a => a.Id).ToHashSet();
            var lost = Enumerable.Range(0, count).SelectMany(number => new[] { $"good-{number}-1", $"good-{number}-2" })
                .Where(id => !held.Contains(id)).ToList();
            if (lost.Count > 0) Fail("good neighbours are lost", files[0], string.Join(", ", lost));
            foreach (var rejected in ImportHistoryQuery.Rejected(reader, null))
                CheckWords(files.FirstOrDefault(file => file.Name == rejected.Source) ?? files[0], [rejected.Reason]);
        }
        catch (Exception e)
        {
            Fail($"good neighbours cannot be asked for: {Seen(e)}", files[0], e.ToString());
        }
    }

    /// <summary>Read once more, the same files add nothing.</summary>
    private void Again(TestMirror mirror, IReadOnlyList<FuzzSeed> files)
    {
        try
        {
            using var session = ImportSession.Open(new() { MirrorPath = mirror.Path, Force = true }, CancellationToken.None);
            foreach (var file in files)
            {
                void Taken(ImportResult result)
                {
                    // Beside others of the same seed, a record without an id may be taken for one or the other.
                    if (result.Added > 0 && AddsAgain(file)) Fail("read again, records are added", file, result.ToString());
                }

                session.ImportFile(Path.Combine(mirror.Folder, file.Name), file.Name, Taken, _ => { }, _ => { }, CancellationToken.None);
            }

            session.Complete();
        }
        catch (Exception e)
        {
            Fail($"reading again threw {Seen(e)}", files[^1], e.ToString());
        }
    }

    private static bool AddsAgain(FuzzSeed file)
    {
        using var mirror = new TestMirror();
        var path = mirror.Write(file.Name, file.Bytes);
        mirror.Import(path);
        return mirror.Import(new ImportOptions { MirrorPath = mirror.Path, Force = true }, path).Exists(result => result.Added > 0);
    }

    private void Fail(string kind, FuzzSeed file, string detail) => failures.Add(new(kind, file, detail));

    private static string Seen(Exception e)
    {
        var frame = new StackTrace(e).GetFrames().Select(f => f.GetMethod())
            .FirstOrDefault(method => method?.DeclaringType?.Namespace is { } space && space.StartsWith("EntraAuditTools", StringComparison.Ordinal));
        return $"{e.GetType().Name} in {frame?.DeclaringType?.Name}.{frame?.Name}"
            + (e is AuditToolException tool ? $" ({tool.ErrorId})" : e is InvalidOperationException ? $" ({e.Message})" : string.Empty);
    }

    // The wording of .NET, SQLite and Brotli; a file's own words stand in quotes, or behind "properties:".
    [GeneratedRegex(@"LineNumber|BytePositionInLine|is an invalid|Exception\b|System\.(?=[A-Z])(?!Object|Collections)|Expected |UTF-16|SQLite Error|Parameter '|Index was|configured depth|could not be converted|reached end of data|Object reference|invalid escapable|Specified argument|Arithmetic operation")]
    private static partial Regex Foreign();

    [GeneratedRegex(@"'[^']*'|properties:? .*$|begins with "".*$|the columns .*$|""[^""]*""|not understood: .*$", RegexOptions.Singleline)]
    private static partial Regex Quoted();
}
