using System.Management.Automation;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Questions.Mirrors;
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
    private protected override RecordQuestion<object> Question => ImportsQuestion.Instance;
}
