using System.Collections;
using System.Management.Automation;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.PowerShell.Completion;
using EntraAuditTools.PowerShell.Importing;
using EntraAuditTools.PowerShell.Parameters;

namespace EntraAuditTools.PowerShell.Cmdlets;

/// <summary>Take these exports in: files, folders, Get-ChildItem output, or the records themselves.</summary>
[Cmdlet(VerbsData.Import, "AuditExport", DefaultParameterSetName = PathSet, SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Low)]
[Alias("ipaudit")]
[OutputType(typeof(ImportResult))]
public sealed class ImportAuditExportCommand : MirrorCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string InputObjectSet = "InputObject";

    private ExportIntake? intake;
    private InputRouter? router;

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
    [ArgumentCompleter(typeof(TenantCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Tenant { get; set; }

    /// <summary>Name or object id of the application, for exports of synchronization jobs, which do not name theirs.</summary>
    [Parameter]
    [Alias("ServicePrincipal")]
    [ArgumentCompleter(typeof(ProvisioningFieldCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Application { get; set; }

    /// <summary>Name or id of the access package, for downloads of assignments, which do not name theirs.</summary>
    [Parameter]
    [Alias("AccessPackageId")]
    [ArgumentCompleter(typeof(AccessPackageCompleter))]
    [ValidateNotNullOrEmpty]
    public string? AccessPackage { get; set; }

    /// <summary>Name or object id of the group, for lists of members, which do not name theirs.</summary>
    [Parameter]
    [Alias("GroupId")]
    [ArgumentCompleter(typeof(GroupCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Group { get; set; }

    /// <summary>These exports together are all there is of their kinds (or of the package's assignments, the group's members).</summary>
    [Parameter]
    public SwitchParameter Complete { get; set; }

    /// <summary>When exports of states (packages, assignments, synchronization jobs…) were taken.</summary>
    [Parameter]
    [TimeArgument]
    public DateTimeOffset? ObservedAt { get; set; }

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

    /// <summary>
    /// How dates are written that could be read in several ways: DayFirst, MonthFirst, YearFirst, or a format such as dd/MM/yyyy. Not
    /// needed where a file gives it away itself.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(DateFormatCompleter))]
    [ValidateNotNullOrEmpty]
    public string? DateFormat { get; set; }

    /// <summary>Read files again that were imported before.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        var options = Attempt(() => Options(IsWhatIf ? ToLookAt() : NamedMirror()));
        WriteDateNotes();
        WriteVerbose($"Importing into {options.MirrorName}.");
        intake = new ExportIntake(this, options, Recurse, Stopped);
        router = new InputRouter(intake, text => FilePaths.Exists(SessionState.Path, text));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case PathSet:
                foreach (var path in Path) intake!.Path(path);
                break;
            case LiteralPathSet:
                foreach (var path in LiteralPath) intake!.LiteralPath(path);
                break;
            default:
                router!.Route(InputObject);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => intake!.Complete();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) intake?.Dispose();
        base.Dispose(disposing);
    }

    // Whether a file was imported before is looked up: in what the server holds, if it holds anything.
    private MirrorLocation ToLookAt()
    {
        try
        {
            return Location();
        }
        catch (AuditToolException error) when (error.ErrorId == "MirrorNotFound")
        {
            return NamedMirror();
        }
    }

    private ImportOptions Options(MirrorLocation mirror) => new()
    {
        MirrorPath = mirror.Path,
        Server = mirror.Server,
        Tenant = Tenant,
        Application = Application,
        AccessPackage = AccessPackage,
        Group = Group,
        Complete = Complete,
        ObservedAt = ObservedAt?.ToUniversalTime(),
        CoversFrom = CoversFrom?.ToUniversalTime(),
        CoversTo = CoversTo?.ToUniversalTime(),
        ColumnMap = ColumnMap?.Cast<DictionaryEntry>()
        .ToDictionary(entry => entry.Key.ToString()!, entry => entry.Value?.ToString() ?? string.Empty, StringComparer.OrdinalIgnoreCase),
        DateFormat = DateFormat,
        Force = Force,
    };
}
