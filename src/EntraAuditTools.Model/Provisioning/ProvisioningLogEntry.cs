namespace EntraAuditTools;

/// <summary>
/// One entry of the provisioning log (Graph <c>provisioningObjectSummary</c>, the portal's Provisioning logs download, a
/// <c>ProvisioningLogs</c> record of diagnostic settings, a row of <c>AADProvisioningLogs</c>): what provisioning did to one object.
/// Property names are the portal's; the Graph SDK's names are aliases added by the module.
/// </summary>
public sealed class ProvisioningLogEntry
{
    private readonly Lazy<ProvisioningLogDetails> details;
    private readonly Lazy<RecordList<AuditEvidence>> evidence;
    private readonly Func<string> original;

    /// <summary>Creates an entry whose details, evidence and original are read on first use.</summary>
    public ProvisioningLogEntry(Func<ProvisioningLogDetails> details, Func<RecordList<AuditEvidence>> evidence, Func<string> original)
    {
        this.original = original;
        this.details = new Lazy<ProvisioningLogDetails>(details);
        this.evidence = new Lazy<RecordList<AuditEvidence>>(evidence);
    }

    /// <summary>When it happened, in UTC (offset zero). Use <c>.LocalDateTime</c> for local time.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary><c>create</c>, <c>update</c>, <c>delete</c>, <c>disable</c>, <c>stagedDelete</c>, <c>other</c>, or another word that the
    /// export used; null when absent.</summary>
    public string? Action { get; init; }

    /// <summary>
    /// <c>success</c>, <c>failure</c>, <c>skipped</c>, <c>warning</c>, or another word that the export used; null when absent.
    /// </summary>
    public string? Status { get; init; }

    /// <summary>Display name of the application that is provisioned to or from, else its id; null when the export names none.</summary>
    public string? Application { get; init; }

    /// <summary>Object id of the application's service principal; null when absent.</summary>
    public string? ApplicationId { get; init; }

    /// <summary><see cref="Time"/> as ISO 8601 text in UTC with seven digits, for files.</summary>
    public string TimeUtc => IsoText.Of(Time);

    /// <summary>
    /// The most descriptive name of the object that it is about: the source's display name, UPN, the target's name, else an id; null when
    /// nothing is known.
    /// </summary>
    public string? Identity { get; init; }

    /// <summary>
    /// User, Group, ServicePrincipal… as the source names it (the target when the source says nothing); null when absent.
    /// </summary>
    public string? IdentityType { get; init; }

    /// <summary>Name of the system that is read; null when absent.</summary>
    public string? SourceSystem { get; init; }

    /// <summary>Name of the system that is written; null when absent.</summary>
    public string? TargetSystem { get; init; }

    /// <summary>Id of the object in the source system; null when absent.</summary>
    public string? SourceId => SourceIdentity.Id;

    /// <summary>Id of the object in the target system; null when absent, as before it was created.</summary>
    public string? TargetId => TargetIdentity.Id;

    /// <summary>Code of the error, for instance <c>MandatoryFieldsMissing</c>; null when there was none.</summary>
    public string? ErrorCode { get; init; }

    /// <summary><c>failure</c>, <c>nonServiceFailure</c>, <c>success</c>, or another word; null when there was no error.</summary>
    public string? ErrorCategory { get; init; }

    /// <summary>Why it was skipped, for instance <c>NotEffectivelyEntitled</c>; null when no step says so.</summary>
    public string? SkipReason { get; init; }

    /// <summary>What went wrong, in the service's words; null when there was no error.</summary>
    public string? Reason => details.Value.Reason;

    /// <summary>What the service advises to do about the error; null when it gives no advice.</summary>
    public string? RecommendedAction => details.Value.RecommendedAction;

    /// <summary>Further words on the error; null when there are none.</summary>
    public string? ErrorDetails => details.Value.ErrorDetails;

    /// <summary>How long it took; null when the export does not say.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary><see cref="Duration"/> in seconds, to measure and for files; null when it is.</summary>
    public double? DurationSeconds => Duration?.TotalSeconds;

    /// <summary>The change of one object in one cycle; several entries can share it (retries, several actions). Null when absent.</summary>
    public string? ChangeId { get; init; }

    /// <summary>One iteration of the job; null when absent.</summary>
    public string? CycleId { get; init; }

    /// <summary>The job; null when absent.</summary>
    public string? JobId { get; init; }

    /// <summary>Who or what caused it; null when the export does not say.</summary>
    public string? InitiatedBy { get; init; }

    /// <summary><c>user</c>, <c>application</c> or <c>system</c>; null when the export does not say.</summary>
    public string? InitiatorType { get; init; }

    /// <summary>Whether it was requested (<c>provisionOnDemand</c>), rather than scheduled by the job, as far as the record says.</summary>
    public bool IsOnDemand => details.Value.IsOnDemand;

    /// <summary>Tenant, as an export or the import's <c>-Tenant</c> names it; else null.</summary>
    public string? TenantId { get; init; }

    /// <summary>Graph's record id; null for exports that carry none (the portal's CSV).</summary>
    public string? Id { get; init; }

    /// <summary>The object in the source system; never null, but its properties are when the export does not say.</summary>
    public ProvisioningIdentity SourceIdentity { get; init; } = new();

    /// <summary>The object in the target system; never null, but its properties are when the export does not say.</summary>
    public ProvisioningIdentity TargetIdentity { get; init; } = new();

    /// <summary>What was done, in its order: import, scope, match, provision.</summary>
    public RecordList<ProvisioningStep> Steps => details.Value.Steps;

    /// <summary>What changed in the target system; the old value is null when there was none.</summary>
    public RecordList<ModifiedProperty> ModifiedProperties => details.Value.ModifiedProperties;

    /// <summary>Where it comes from: each import that brought it, with file and SHA-256.</summary>
    public RecordList<AuditEvidence> Evidence => evidence.Value;

    /// <summary>The original record as JSON text (a row of a CSV as one object, header to cell).</summary>
    public string GetOriginal() => original();

    /// <summary>"time action identity: status".</summary>
    public override string ToString() => $"{Time:yyyy-MM-dd HH:mm:ss}Z {Action} {Identity}: {Status}";
}
