using EntraAuditTools.Cli.Output;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Importing.Session;

namespace EntraAuditTools.Cli.Importing;

/// <summary>Imports some files, shows the progress and the result of each.</summary>
internal sealed class ImportRun
{
    private readonly List<ImportResult> results = [];
    private readonly List<string> notes = [];
    private readonly ProgressLine progress = new();
    private int failures;

    /// <summary>The result of each source, in order.</summary>
    public IReadOnlyList<ImportResult> Results => results;

    /// <summary>True when something is wrong with a source, or it could not be taken in.</summary>
    public bool Failed => failures > 0;

    /// <summary>True when a source is wholly of a kind that is not taken in.</summary>
    public bool LeftOut => results.Exists(result => result.Status == "NotSupported");

    /// <summary>Takes the files in; errors of single files are printed and counted, the rest goes on.</summary>
    /// <param name="options">How.</param>
    /// <param name="files">Full paths.</param>
    /// <param name="nameOf">What a file is called in the mirror and on the screen.</param>
    /// <param name="stop">Stops at once; what was committed stays.</param>
    public void Import(ImportOptions options, IEnumerable<string> files, Func<string, string> nameOf, CancellationToken stop)
    {
        try
        {
            using var session = ImportSession.Open(options, progress.Show, stop);
            foreach (var file in files) session.ImportFile(file, nameOf(file), results.Add, Fail, progress.Show, stop);
            notes.AddRange(session.Complete());
            if (session.Refusal is { } refusal) Fail(refusal);
        }
        finally
        {
            progress.Clear();
        }
    }

    /// <summary>Prints an error and remembers it.</summary>
    public void Fail(AuditToolException error)
    {
        progress.Clear();
        Screen.WriteError(error);
        failures++;
    }

    /// <summary>The table of results, and under it what an administrator should know of single sources.</summary>
    public void WriteResults()
    {
        if (results.Count == 0) return;
        var common = CommonFolder();
        Screen.WriteTable(
            [
                Column.FilePath("Source"), "Shape", "Status", Column.Number("Read"), Column.Number("Added"), Column.Number("Updated"),
                Column.Number("Unchanged"),
                Column.Number("Rejected"), "Last (UTC)",
            ],
            results.Select(result => (IReadOnlyList<string>)
            [
                result.Source[common..], result.Shape, result.Status, $"{result.Read:N0}", $"{result.Added:N0}", $"{result.Updated:N0}",
                $"{result.Unchanged:N0}",
                $"{result.Rejected:N0}", Day(result.LastTime),
            ]));
        foreach (var result in results.Where(result => result.Status != "Failed"))
        {
            foreach (var note in result.Notes)
            {
                if (result.Status == "NotSupported") Screen.WriteWarning($"{result.Source}: {note}");
                else Screen.WriteLine($"{result.Source}: {note}");
            }
        }

        var written = results.SelectMany(result => result.Notes.Select(note => $"{result.Source}: {note}")).ToHashSet();
        foreach (var note in notes.Where(note => !written.Contains(note))) Screen.WriteLine(note);
        var total = new ImportTotal();
        results.ForEach(total.Add);
        Screen.WriteLine(total.Describe(failures));
        if (results.LastOrDefault(result => result.ChainHead != null) is { } last) Screen.WriteLine($"Chain head: {last.ChainHead}");
    }

    /// <summary>Length of the folder that all sources begin with: it says nothing in a table.</summary>
    private int CommonFolder()
    {
        var common = results[0].Source;
        foreach (var result in results) common = common[..common.AsSpan().CommonPrefixLength(result.Source)];
        return common.LastIndexOfAny(['/', '\\']) + 1;
    }

    private static string Day(DateTimeOffset? time) =>
        time?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) ?? string.Empty;
}
