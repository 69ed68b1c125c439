using System.Diagnostics;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Importing.Session;
using EntraAuditTools.Core.Text;
using EntraAuditTools.Trust.Running;

namespace EntraAuditTools.Trust.Hostile;

/// <summary>
/// Imports whatever a campaign made, and holds what must hold of every import: it ends, without a mistake of ours, counts add up, texts for
/// people are short and plain, and memory stays within bounds.
/// </summary>
internal sealed class HostileImport(Round round, string mirror)
{
    /// <summary>No source of a campaign takes nearly as long, on a machine that does other things too.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>Records of 16 MB are held several times over; what grows with the input beyond that is a fault.</summary>
    private const long MaxMemory = 1200L * 1024 * 1024;

    private const int MaxText = 4_000;

    /// <summary>What was taken in, in order.</summary>
    public List<ImportResult> Results { get; } = [];

    /// <summary>What other campaigns of this process left, which is not of these imports.</summary>
    private readonly long before = SettledMemory();

    /// <summary>What was wrong with sources.</summary>
    public List<AuditToolException> Errors { get; } = [];

    /// <summary>Records that are in the mirror now, new or not.</summary>
    public long Accepted => Results.Sum(result => result.Added + result.Updated + result.Unchanged);

    /// <summary>Imports files in one session; false when it hangs, which ends the round.</summary>
    public bool Import(params string[] paths) => Import(new ImportOptions { MirrorPath = mirror }, paths);

    /// <inheritdoc cref="Import(string[])"/>
    public bool Import(ImportOptions options, params string[] paths)
    {
        var done = Task.Factory.StartNew(() => Run(options, paths), CancellationToken.None, TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        var clock = Stopwatch.StartNew();
        while (!Task.WaitAny([done], 250).Equals(0))
        {
            round.Cancel.ThrowIfCancellationRequested();
            if (clock.Elapsed < Patience) continue;
            round.Fail($"the import of {string.Join(", ", paths.Select(Path.GetFileName))} does not end");
            return false;
        }

        done.GetAwaiter().GetResult();
        return true;
    }

    private static long SettledMemory()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private void Run(ImportOptions options, string[] paths)
    {
        using var session = ImportSession.Open(options, CancellationToken.None);
        foreach (var path in paths)
        {
            session.ImportFile(path, Path.GetFileName(path), Taken, Failed, _ => { }, CancellationToken.None);
            using var process = Process.GetCurrentProcess();
            round.Expect(process.WorkingSet64 - before < MaxMemory,
                $"{(process.WorkingSet64 - before) / 1024 / 1024} MB of memory more than the {before / 1024 / 1024} before, after "
                + $"{Path.GetFileName(path)} of {new FileInfo(path).Length:N0} bytes");
        }

        foreach (var note in session.Complete()) CheckText("a note", note);
    }

    private void Taken(ImportResult result)
    {
        Results.Add(result);
        round.Count("records", result.Read);
        round.ExpectEqual(result.Read, result.Added + result.Updated + result.Unchanged + result.Rejected + result.NotSupported,
            $"records that are accounted for of {result.Source}");
        foreach (var text in result.Notes.Append(result.Kind).Append(result.Source)) CheckText("a result", text);
    }

    private void Failed(AuditToolException error)
    {
        Errors.Add(error);
        round.Count("errors");
        if (error.ErrorId == ToolFault.ErrorId) round.Fail($"a mistake of ours: {error.InnerException ?? error}");
        CheckText($"error {error.ErrorId}", error.Message);
        CheckText($"the advice of {error.ErrorId}", error.RecommendedAction ?? string.Empty);
    }

    private void CheckText(string what, string text)
    {
        round.Expect(text.Length <= MaxText, $"{what} has {text.Length:N0} characters: {text[..Math.Min(text.Length, 200)]}");
        round.Expect(TerminalText.Visible(text) == text, $"{what} has what must not reach a terminal: {TerminalText.Visible(text)}");
    }
}
