using System.Management.Automation;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Importing.Session;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Text;
using EntraAuditTools.PowerShell.Errors;
using EntraAuditTools.PowerShell.Parameters;

namespace EntraAuditTools.PowerShell.Importing;

/// <summary>
/// Takes in everything that <c>Import-AuditExport</c> is given: finds the files of the paths, asks -WhatIf and -Confirm, and writes results
/// and errors. An error of one source never stops the others.
/// </summary>
internal sealed class ExportIntake : IInputSink, IDisposable
{
    private readonly MirrorCmdlet cmdlet;
    private readonly MirrorFiles mirrorFiles;
    private readonly string action;
    private readonly bool recurse;
    private readonly HashSet<string> seen = new(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
    private readonly ProgressDisplay progress;
    private readonly ImportWorker worker;
    private readonly PipelineSources pipeline;
    private readonly SourceLook look;
    private readonly ImportTotal results = new();
    private int errors;

    /// <summary>Prepares; nothing is opened or made before the first source that is really imported.</summary>
    public ExportIntake(MirrorCmdlet cmdlet, ImportOptions options, bool recurse, CancellationToken stopped)
    {
        this.cmdlet = cmdlet;
        this.recurse = recurse;
        mirrorFiles = new MirrorFiles(options.MirrorPath);
        action = $"Import into {options.MirrorName}";
        progress = new ProgressDisplay(cmdlet.WriteProgress);
        worker = new ImportWorker(options, Write, progress, stopped);
        pipeline = new PipelineSources(cmdlet, worker, action);
        look = new SourceLook(options, stopped);
    }

    /// <summary>A path as typed, maybe with wildcards.</summary>
    public void Path(string path) => Files(() => FilePaths.Resolved(cmdlet.SessionState.Path, path), path);

    /// <summary>A path without wildcards.</summary>
    public void LiteralPath(string path) => Files(() => [FilePaths.Unresolved(cmdlet.SessionState.Path, path)], path);

    /// <summary>After the last source.</summary>
    public void Complete()
    {
        pipeline.End();
        cmdlet.Attempt(() =>
        {
            worker.Complete();
            return true;
        });
        if (results.Sources + errors < 2) return;

        // Not among the results, which scripts count. Shown where the results are shown: not when they go on to another command.
        var total = results.Describe(errors);
        cmdlet.WriteVerbose(total);
        string[] tags = cmdlet.MyInvocation.PipelinePosition == cmdlet.MyInvocation.PipelineLength
            ? ["ImportTotal", "PSHOST"] : ["ImportTotal"];
        cmdlet.WriteInformation(
            new HostInformationMessage { Message = string.Join('\n', HostLines.Of(cmdlet.Host, TerminalText.Line(total))) }, tags);
    }

    public void Dispose()
    {
        worker.Dispose();
        pipeline.Dispose();
        look.Dispose();
    }

    // Get-ChildItem lists the mirror among the exports when it is in the same folder.
    void IInputSink.File(string fullPath) => Import(mirrorFiles.Contains(fullPath) ? [] : [fullPath]);

    void IInputSink.Folder(string fullPath) => Files(() => [fullPath], fullPath);

    void IInputSink.Text(string? source, string text) => pipeline.Text(source, text);

    void IInputSink.Rows(string text) => pipeline.Rows(text);

    void IInputSink.Bytes(string? source, byte[] bytes) => pipeline.Bytes(source, bytes);

    void IInputSink.Record(object record) => pipeline.Record(record);

    private void Files(Func<IReadOnlyList<string>> resolve, string path)
    {
        var files = new List<string>();
        AuditToolException? failure = null;
        try
        {
            var found = resolve().SelectMany(Expand).ToList();
            files.AddRange(found.Where(file => !mirrorFiles.Contains(file)));
            if (files.Count == 0)
                failure = ExportFileFinder.Empty(path, found.Count > 0, recurse ? null : "-Recurse looks into its folders too.");
        }
        catch (AuditToolException error)
        {
            failure = error;
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            failure = new AuditToolException("PathUnreadable", AuditErrorKind.PermissionDenied, $"'{path}' cannot be read.",
                "Check the permissions of the folder.", path, error);
        }

        if (failure is not null)
        {
            worker.Missed(path);
            cmdlet.WriteError(ErrorRecords.From(failure));
        }

        Import(files);
    }

    private IEnumerable<string> Expand(string fullPath)
    {
        if (Directory.Exists(fullPath))
        {
            return ExportFileFinder.Files(
                fullPath,
                recurse,
                error =>
                {
                    worker.Missed(fullPath);
                    cmdlet.WriteError(ErrorRecords.From(error));
                },
                mirrorFiles);
        }

        return System.IO.Path.Exists(fullPath) ? [fullPath] : throw FilePaths.NotFound(fullPath, null);
    }

    private void Import(List<string> files)
    {
        pipeline.End();
        progress.Sources = files.Count;
        for (var i = 0; i < files.Count; i++)
        {
            var file = files[i];
            progress.Source = i + 1;

            // Get-ChildItem -Recurse names folders and then the files in them: once is enough.
            if (!seen.Add(file)) continue;
            // Who asks what would happen is told what each file is.
            var target = cmdlet.IsWhatIf ? $"{file} ({cmdlet.Attempt(() => look.Describe(file))})" : file;
            if (!cmdlet.ShouldProcess(target, action))
            {
                worker.Missed(file);
                continue;
            }

            cmdlet.Attempt(() =>
            {
                worker.ImportFile(file);
                return true;
            });
        }
    }

    private void Write(object item)
    {
        if (item is AuditToolException error)
        {
            errors++;
            cmdlet.WriteError(ErrorRecords.From(error));
            return;
        }

        if (item is string warning)
        {
            cmdlet.WriteWarning(warning);
            return;
        }

        if (item is ImportResult taken) results.Add(taken);
        cmdlet.WriteObject(item);

        // A next link that was left over, a download cap, a kind that is not taken in: a table of results does not show these.
        if (item is not ImportResult { Status: "Imported" or "Partial" or "NotSupported" } result) return;
        foreach (var note in result.Notes) cmdlet.WriteWarning($"{result.Source}: {note}");
    }
}
