using System.Management.Automation;
using System.Text;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.PowerShell.Errors;
using EntraAuditTools.PowerShell.Parameters;
using EntraAuditTools.PowerShell.Serialization;

namespace EntraAuditTools.PowerShell.Importing;

/// <summary>
/// What comes down the pipeline as text or records, as one source per name: documents and records go together, rows of
/// a CSV and the lines of another file begin a source of their own.
/// </summary>
internal sealed class PipelineSources(MirrorCmdlet cmdlet, ImportWorker worker, string action) : IDisposable
{
    private const string Name = "pipeline";

    /// <summary>The beginning of the text that replaces a masked value.</summary>
    private const string Masked = "(masked: ";

    private readonly RecordJson json = new();
    private (string Name, bool Rows)? source;
    private bool isOpen;

    private delegate ReadOnlySpan<byte> Utf8();

    /// <summary>A line or more of text; from a file when that is known.</summary>
    public void Text(string? file, string text) => Write(file ?? Name, rows: false, () => Encoding.UTF8.GetBytes(text + "\n"));

    /// <summary>Rows of a CSV.</summary>
    public void Rows(string text) => Write(Name, rows: true, () => Encoding.UTF8.GetBytes(text + "\n"));

    /// <summary>Bytes of text; from a file when that is known.</summary>
    public void Bytes(string? file, byte[] bytes) => Write(file ?? Name, rows: false, () => bytes);

    /// <summary>A record; of an activity, its original.</summary>
    public void Record(object record)
    {
        if (record is not PSObject { BaseObject: AuditActivity activity })
        {
            Write(Name, rows: false, () => json.Write(record));
            return;
        }

        var original = activity.GetOriginal();
        if (original.Contains(Masked, StringComparison.Ordinal)) cmdlet.WriteError(ErrorRecords.From(ActivityMasked(activity)));
        else Write(Name, rows: false, () => Encoding.UTF8.GetBytes(original + "\n"));
    }

    /// <summary>Ends the source that is open, and writes its result.</summary>
    public void End()
    {
        source = null;
        if (!isOpen) return;
        isOpen = false;
        if (!Try(worker.CompletePipe)) worker.Missed(Name);
    }

    public void Dispose() => json.Dispose();

    private void Write(string name, bool rows, Utf8 content)
    {
        if (source != (name, rows)) Begin(name, rows);
        if (!isOpen || Try(() => worker.WritePipe(content()))) return;

        // The rest of this source is not needed either.
        isOpen = false;
        worker.Missed(name);
        worker.AbortPipe();
    }

    private void Begin(string name, bool rows)
    {
        End();
        source = (name, rows);
        if (!cmdlet.ShouldProcess(name, action))
        {
            worker.Missed(name);
            return;
        }

        cmdlet.Attempt(() =>
        {
            worker.OpenPipe(name);
            return true;
        });
        isOpen = true;
    }

    /// <summary>False when it failed; the error is written, and other sources are still imported.</summary>
    private bool Try(Action step)
    {
        AuditToolException failure;
        try
        {
            step();
            return true;
        }
        catch (AuditToolException error)
        {
            failure = error;
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }

        // A fault of the mirror ends it all.
        if (failure.IsOfMirror) cmdlet.ThrowTerminatingError(ErrorRecords.From(failure));
        cmdlet.WriteError(ErrorRecords.From(failure));
        return false;
    }

    /// <summary>The text in place of a masked secret was never logged: it must not be imported as an original.</summary>
    private static AuditToolException ActivityMasked(AuditActivity activity) =>
        new("ActivityMasked", AuditErrorKind.InvalidData, $"Values of '{activity}' are masked; importing it would lose them.",
            "Copy activities with Get-AuditActivity -ShowSecret.", activity);
}
