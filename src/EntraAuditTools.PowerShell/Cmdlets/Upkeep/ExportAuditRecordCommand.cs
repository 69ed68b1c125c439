using System.Management.Automation;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.Core.Exporting;
using EntraAuditTools.Core.Exporting.Pseudonyms;
using EntraAuditTools.PowerShell.Completion;
using EntraAuditTools.PowerShell.Messages;
using EntraAuditTools.PowerShell.Parameters;
using EntraAuditTools.PowerShell.Session;

namespace EntraAuditTools.PowerShell.Cmdlets.Upkeep;

/// <summary>Writes records into a file: originals as they are, or rows; with secrets masked, or with other names for whom and what they name.</summary>
[Cmdlet(VerbsData.Export, "AuditRecord", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low, DefaultParameterSetName = PlainSet)]
[OutputType(typeof(AuditRecordExport))]
public sealed class ExportAuditRecordCommand : ExportCmdlet
{
    private const string PlainSet = "Plain", PseudonymSet = "Pseudonymize";

    private readonly List<long> imports = [];

    /// <summary>Originals, or rows; by the file's name where it is not given.</summary>
    [Parameter]
    [ValidateSet("NdJson", "Csv", "Parquet")]
    public string? As { get; set; }

    /// <summary>Kinds of record.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RecordKindCompleter))]
    [ClosedList(typeof(RecordKindCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Kind { get; set; }

    /// <summary>Of logs: at or after this time.</summary>
    [Parameter]
    [Alias("Start", "Since")]
    [TimeArgument]
    public DateTimeOffset? After { get; set; }

    /// <summary>Imports that brought the records; binds ImportId from results and imports in the pipeline.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ImportCompleter))]
    public long[]? ImportId { get; set; }

    /// <summary>Write values that can hold key material instead of masking them.</summary>
    [Parameter(ParameterSetName = PlainSet)]
    public SwitchParameter ShowSecret { get; set; }

    /// <summary>Give whom and what the records name other names.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PseudonymSet)]
    public SwitchParameter Pseudonymize { get; set; }

    /// <summary>The key that the other names are made with: a secure string, a text or bytes.</summary>
    [Parameter(ParameterSetName = PseudonymSet)]
    [ValidateNotNullOrEmpty]
    public object? Key { get; set; }

    /// <summary>A file with the key; one that is not there is made with a new one.</summary>
    [Parameter(ParameterSetName = PseudonymSet)]
    [ValidateNotNullOrEmpty]
    public string? KeyFile { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ImportId is not null) imports.AddRange(ImportId);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        // The pipeline brought no import: nothing is meant then, not everything.
        if (MyInvocation.ExpectingInput && imports.Count == 0) return;
        WriteDateNotes();
        var mirror = Attempt(Location).Path;
        var path = Target();
        var window = Window(After);
        if (!ShouldProcess(path, $"Export records of the mirror '{mirror}'")) return;
        var options = new ExportOptions
        {
            As = As,
            Kinds = AnyValue.Unless(Kind),
            Tenants = Tenant,
            After = window.After,
            Before = window.Before,
            Imports = imports.Count > 0 ? [.. imports.Distinct()] : null,
            ShowSecret = ShowSecret,
            Key = Pseudonymize ? Attempt(TakeKey) : null,
            IsForced = Force,
        };
        var work = new WorkProgress("Exporting records", "records");
        var export = Attempt(() => RecordExport.Run(mirror, path, options, progress => WriteProgress(work.Of(progress)), Stopped));
        WriteObject(export);
        foreach (var note in export.Notes) WriteWarning(note);
    }

    private PseudonymKey TakeKey()
    {
        if (KeyFile != null) return KeyMaterial.OfFile(FilePaths.Unresolved(SessionState.Path, KeyFile), Key, WriteWarning);
        if (Key != null) return PseudonymKey.Of(KeyMaterial.Bytes(Key));
        WriteWarning("The key of these pseudonyms is a random one that is not kept: another export will have others. -KeyFile keeps one.");
        return PseudonymKey.Random();
    }
}
