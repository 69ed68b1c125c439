using System.Management.Automation;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Questions.Provisioning;
using EntraAuditTools.PowerShell.Completion;
using EntraAuditTools.PowerShell.Errors;
using EntraAuditTools.PowerShell.Parameters;

namespace EntraAuditTools.PowerShell.Cmdlets;

/// <summary>What did provisioning do to this identity or application?</summary>
[Cmdlet(VerbsCommon.Get, "ProvisioningLog", SupportsPaging = true)]
[Alias("gprovlog")]
[OutputType(typeof(ProvisioningLogEntry))]
public sealed class GetProvisioningLogCommand : ProvisionedIdentityCmdlet<ProvisioningLogEntry>
{
    private readonly List<string> jobs = [];
    private bool hasOthers;

    /// <summary>create, update, delete, disable, stagedDelete, other.</summary>
    [Parameter]
    [Alias("ProvisioningAction")]
    [ArgumentCompleter(typeof(ProvisioningFieldCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Action { get; set; }

    /// <summary>User, Group…</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProvisioningFieldCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? IdentityType { get; set; }

    /// <summary>System that is read.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProvisioningFieldCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? SourceSystem { get; set; }

    /// <summary>System that is written.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProvisioningFieldCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? TargetSystem { get; set; }

    /// <summary>Code of the error.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProvisioningFieldCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? ErrorCode { get; set; }

    /// <summary>The job; binds JobId from the pipeline, for instance from a summary.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProvisioningFieldCompleter))]
    [SupportsWildcards]
    public string[]? JobId { get; set; }

    /// <summary>One iteration of the job.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProvisioningIdCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? CycleId { get; set; }

    /// <summary>The change of one object in one cycle.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProvisioningIdCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? ChangeId { get; set; }

    /// <summary>Graph's record id.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProvisioningIdCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <summary>Number of an import: what came with it, first or again. Binds ImportId of imports, their results and evidence.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ImportCompleter))]
    [ValidateNotNullOrEmpty]
    public long[]? ImportId { get; set; }

    /// <summary>What is new since a time: what came first with an import that started after it.</summary>
    [Parameter]
    [TimeArgument]
    public DateTimeOffset? ImportedAfter { get; set; }

    /// <inheritdoc/>
    private protected override RecordQuestion<ProvisioningLogEntry> Question => ProvisioningQuestion.Instance;

    /// <inheritdoc/>
    private protected override bool IsNarrower => base.IsNarrower || HasJob;

    private IReadOnlyList<string>? JobIds =>
        IsJobGiven ? JobId : jobs.Count > 0 && !hasOthers ? [.. jobs.Select(WildcardPattern.Escape)] : null;

    private bool IsJobGiven => IsGiven(nameof(JobId));

    private bool HasJob => JobId?.Any(text => !string.IsNullOrEmpty(text)) == true;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (IsJobGiven && JobId?.Any(string.IsNullOrEmpty) != false)
            ThrowTerminatingError(ErrorRecords.From(
                AuditToolException.BadArgument("ArgumentEmpty", "-JobId is empty.", "Leave -JobId out to ask without it.", nameof(JobId))));
    }

    /// <inheritdoc/>
    protected override void Collect()
    {
        base.Collect();
        if (IsJobGiven) return;
        // Identities that an object names are asked about for any job.
        if (HasJob && Identity is null)
            jobs.AddRange(JobId!.Where(text => !string.IsNullOrEmpty(text)).Except(jobs, StringComparer.OrdinalIgnoreCase));
        else hasOthers |= Identity is null;
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<string>? TextsOf(QuestionField field) =>
        field.Name == nameof(JobId) ? JobIds : base.TextsOf(field);
}
