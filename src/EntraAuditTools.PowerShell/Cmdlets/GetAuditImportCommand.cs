using System.Management.Automation;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Imports;
using EntraAuditTools.PowerShell.Completion;
using EntraAuditTools.PowerShell.Parameters;

namespace EntraAuditTools.PowerShell.Cmdlets;

/// <summary>What came in, from where, and what was refused?</summary>
[Cmdlet(VerbsCommon.Get, "AuditImport", SupportsPaging = true, DefaultParameterSetName = ImportSet)]
[Alias("gaudimp")]
[OutputType(typeof(AuditImport), ParameterSetName = [ImportSet])]
[OutputType(typeof(RejectedRecord), ParameterSetName = [RejectedSet])]
public sealed class GetAuditImportCommand : MirrorQueryCmdlet<object>
{
    private const string ImportSet = "Import";
    private const string RejectedSet = "Rejected";

    private readonly List<long> ids = [];

    /// <summary>Number of the import; binds ImportId from results and evidence in the pipeline.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ImportCompleter))]
    public long[]? ImportId { get; set; }

    /// <summary>List the records that could not be read instead.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RejectedSet)]
    public SwitchParameter Rejected { get; set; }

    /// <summary>Show values that can hold key material instead of masking them.</summary>
    [Parameter(ParameterSetName = RejectedSet)]
    public SwitchParameter ShowSecret { get; set; }

    /// <inheritdoc/>
    protected override void Collect()
    {
        if (ImportId is not null) ids.AddRange(ImportId);
    }

    /// <inheritdoc/>
    private protected override IEnumerable<object> Query(MirrorReader mirror)
    {
        var only = ids.Count > 0 ? ids.Distinct().ToList() : null;
        return Rejected ? ImportHistoryQuery.Rejected(mirror, only, ShowSecret) : ImportHistoryQuery.Imports(mirror, only);
    }
}
