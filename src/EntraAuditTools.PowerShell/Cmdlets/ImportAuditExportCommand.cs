using System.Collections;
using System.Management.Automation;
using System.Text;
using EntraAuditTools.Core;
using EntraAuditTools.Core.Importing;
using EntraAuditTools.PowerShell.Binding;
using EntraAuditTools.PowerShell.Importing;

namespace EntraAuditTools.PowerShell.Cmdlets;

/// <summary>Take these exports in: files, folders, Get-ChildItem output, or the records themselves.</summary>
[Cmdlet(VerbsData.Import, "AuditExport", DefaultParameterSetName = PathSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(ImportResult))]
public sealed class ImportAuditExportCommand : MirrorCmdlet, IInputSink
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string InputObjectSet = "InputObject";
    private const string PipelineName = "pipeline";

    /// <summary>The beginning of what stands in place of a masked value.</summary>
    private const string Masked = "(masked: ";

    private readonly HashSet<string> seen = new(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
    private readonly RecordJson json = new();
    private ImportMeter meter = null!;
    private InputRouter router = null!;
    private ImportWorker? worker;
    private string mirrorPath = string.Empty;
    private (string Name, FeedContent Content)? feedKey;
    private bool feedOpen;

    /// <summary>Files or folders; wildcards are expanded.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files or folders, taken literally.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>
    /// From the pipeline: files, folders, paths, lines of Get-Content, JSON text, Graph SDK objects, hashtables, rows of
    /// Import-Csv, deserialised objects, activities. Only this parameter takes pipeline values: next to one that takes
    /// any object, PowerShell binds nothing else.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public PSObject? InputObject { get; set; }

    /// <summary>Look into the folders of folders.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Tenant of records that do not say theirs.</summary>
    [Parameter]
    [Alias("TenantId")]
    [ValidateNotNullOrEmpty]
    public string? Tenant { get; set; }

    /// <summary>The exports are complete from here on.</summary>
    [Parameter]
    [TimeArgument]
    public DateTimeOffset? CoversFrom { get; set; }

    /// <summary>The exports are complete up to here.</summary>
    [Parameter]
    [TimeArgument]
    public DateTimeOffset? CoversTo { get; set; }

    /// <summary>Headers of a CSV that are not known, each with the property it holds.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? ColumnMap { get; set; }

    /// <summary>Read files again that were imported before.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        mirrorPath = Attempt(() => Location().Path);
        WriteVerbose($"Importing into {mirrorPath}.");
        meter = new ImportMeter(WriteProgress);
        router = new InputRouter(this, text => FilePaths.Exists(SessionState.Path, text));
        worker = new ImportWorker(Options(), Write, meter, Stopped);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case PathSet:
                foreach (var path in Path) ((IInputSink)this).Path(path);
                break;
            case LiteralPathSet:
                foreach (var path in LiteralPath) Each(() => [FilePaths.Unresolved(SessionState.Path, path)], path);
                break;
            default:
                router.Route(InputObject);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        EndFeed();
        Work(worker => worker.Complete());
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            worker?.Dispose();
            json.Dispose();
        }

        base.Dispose(disposing);
    }

    void IInputSink.File(string fullPath) => ImportFiles([fullPath]);

    void IInputSink.Folder(string fullPath) => Each(() => [fullPath], fullPath);

    void IInputSink.Path(string path) => Each(() => FilePaths.Resolved(SessionState.Path, path), path);

    void IInputSink.Text(string? source, string text) => Feed(source ?? PipelineName, FeedContent.Json, () => Encoding.UTF8.GetBytes(text + "\n"));

    void IInputSink.Rows(string text) => Feed(PipelineName, FeedContent.Rows, () => Encoding.UTF8.GetBytes(text + "\n"));

    void IInputSink.Bytes(string? source, byte[] bytes) => Feed(source ?? PipelineName, FeedContent.Json, () => bytes);

    void IInputSink.Record(object record)
    {
        if (record is not PSObject { BaseObject: AuditActivity activity }) Feed(PipelineName, FeedContent.Json, () => json.Write(record));
        else if (activity.GetOriginal() is var original && original.Contains(Masked, StringComparison.Ordinal)) WriteError(ErrorRecords.From(ActivityMasked(activity)));
        else Feed(PipelineName, FeedContent.Json, () => Encoding.UTF8.GetBytes(original + "\n"));
    }

    /// <summary>What the mask leaves in place of a secret is not what was logged: it must not pass for an original.</summary>
    private static AuditToolException ActivityMasked(AuditActivity activity) =>
        new("ActivityMasked", AuditErrorKind.InvalidData, $"Values of '{activity}' are masked; importing it would lose them.", "Copy activities with Get-AuditActivity -ShowSecret.", activity);

    private delegate ReadOnlySpan<byte> Utf8();

    /// <summary>What can go through one feed together: documents and records can, rows of a CSV cannot.</summary>
    private enum FeedContent
    {
        Json,
        Rows,
    }

    /// <summary>Imports the files that a path means; a path that means nothing is an error, and the next goes on.</summary>
    private void Each(Func<IReadOnlyList<string>> resolve, string path)
    {
        List<string>? files = null;
        AuditToolException? failure = null;
        try
        {
            files = resolve().SelectMany(Expand).Where(file => !IsMirror(file)).ToList();
            if (files.Count == 0) failure = new AuditToolException("FolderEmpty", AuditErrorKind.NotFound, $"There are no files in '{path}'.", Recurse ? null : "-Recurse looks into its folders too.", path);
        }
        catch (AuditToolException error)
        {
            failure = error;
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            failure = new AuditToolException("PathUnreadable", AuditErrorKind.PermissionDenied, $"'{path}' cannot be read: {error.Message}", "Check the permissions of the folder.", path, error);
        }

        if (failure is not null) WriteError(ErrorRecords.From(failure));
        else ImportFiles(files!);
    }

    private IEnumerable<string> Expand(string fullPath)
    {
        if (Directory.Exists(fullPath)) return ExportFileFinder.Files(fullPath, Recurse);
        return System.IO.Path.Exists(fullPath) ? [fullPath] : throw FilePaths.NotFound(fullPath, null);
    }

    /// <summary>The mirror and what SQLite keeps beside it, when it lies in the folder of the exports.</summary>
    private bool IsMirror(string fullPath) => fullPath.StartsWith(mirrorPath, StringComparison.OrdinalIgnoreCase) && (fullPath.Length == mirrorPath.Length || fullPath[mirrorPath.Length] is '-' or '.');

    private void ImportFiles(List<string> files)
    {
        EndFeed();
        meter.Sources = files.Count;
        for (var i = 0; i < files.Count; i++)
        {
            meter.Source = i + 1;

            // Get-ChildItem -Recurse names folders and then the files in them: once is enough.
            if (!seen.Add(files[i]) || !ShouldProcess(files[i], $"Import into {mirrorPath}")) continue;
            var file = files[i];
            Work(worker => worker.ImportFile(file));
        }
    }

    private void Feed(string name, FeedContent kind, Utf8 content)
    {
        if (feedKey != (name, kind))
        {
            EndFeed();
            feedKey = (name, kind);
            if (ShouldProcess(name, $"Import into {mirrorPath}"))
            {
                Work(worker => worker.OpenFeed(name));
                feedOpen = true;
            }
        }

        if (!feedOpen) return;
        AuditToolException? failure = null;
        try
        {
            worker!.Feed(content());
        }
        catch (AuditToolException error)
        {
            failure = error;
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }

        if (failure is null) return;

        // What else comes from there is of no use either.
        feedOpen = false;
        worker!.AbortFeed();
        WriteError(ErrorRecords.From(failure));
    }

    private void EndFeed()
    {
        feedKey = null;
        if (!feedOpen) return;
        feedOpen = false;
        AuditToolException? failure = null;
        try
        {
            worker!.CompleteFeed();
        }
        catch (AuditToolException error)
        {
            failure = error;
        }
        catch (OperationCanceledException) when (Stopped.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }

        if (failure is not null) WriteError(ErrorRecords.From(failure));
    }

    /// <summary>Whatever fails here fails for all sources: the mirror cannot be opened or written.</summary>
    private void Work(Action<ImportWorker> action)
    {
        AuditToolException failure;
        try
        {
            action(worker!);
            return;
        }
        catch (AuditToolException error)
        {
            failure = error;
        }
        catch (OperationCanceledException) when (Stopped.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }

        ThrowTerminatingError(ErrorRecords.From(failure));
    }

    private void Write(object item)
    {
        if (item is AuditToolException error)
        {
            WriteError(ErrorRecords.From(error));
            return;
        }

        WriteObject(item);

        // A next link that was left over, a download cap: a table of results does not show these. What is not supported it does.
        if (item is not ImportResult { Status: "Imported" or "Partial" } result) return;
        foreach (var note in result.Notes) WriteWarning($"{result.Source}: {note}");
    }

    private ImportOptions Options() => new()
    {
        MirrorPath = mirrorPath,
        Tenant = Tenant,
        CoversFrom = CoversFrom?.ToUniversalTime(),
        CoversTo = CoversTo?.ToUniversalTime(),
        ColumnMap = ColumnMap?.Cast<DictionaryEntry>().ToDictionary(entry => entry.Key.ToString()!, entry => entry.Value?.ToString() ?? string.Empty, StringComparer.OrdinalIgnoreCase),
        Force = Force,
    };
}
