namespace EntraAuditTools;

/// <summary>
/// One event of the directory audit log (Graph <c>directoryAudit</c>, a row of the portal's Audit logs download,
/// an <c>AuditLogs</c> record of diagnostic settings or Log Analytics, or an Entra row of the unified audit log).
/// Property names are the portal's; the Graph SDK's names are aliases added by the module.
/// </summary>
public sealed class AuditActivity
{
    private readonly Lazy<AuditActivityDetails> details;
    private readonly Lazy<RecordList<AuditEvidence>> evidence;
    private readonly Func<string> original;

    /// <summary>Creates an activity whose details, evidence and original are read on first use.</summary>
    public AuditActivity(Func<AuditActivityDetails> details, Func<RecordList<AuditEvidence>> evidence, Func<string> original)
    {
        this.original = original;
        this.details = new Lazy<AuditActivityDetails>(details);
        this.evidence = new Lazy<RecordList<AuditEvidence>>(evidence);
    }

    /// <summary>When it happened, in UTC (offset zero). Use <c>.LocalDateTime</c> for local time.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>Service that logged it, for instance <c>Core Directory</c>; null when the export has none.</summary>
    public string? Service { get; init; }

    /// <summary>Category, for instance <c>UserManagement</c>; null when the export has none.</summary>
    public string? Category { get; init; }

    /// <summary>Name of the activity, for instance <c>Add member to group</c>.</summary>
    public string Activity { get; init; } = string.Empty;

    /// <summary>Type of operation as the service writes it (Add, Assign, Update…); null when absent.</summary>
    public string? OperationType { get; init; }

    /// <summary><c>success</c>, <c>failure</c>, <c>timeout</c> or another word that the export used; null when absent.</summary>
    public string? Result { get; init; }

    /// <summary>Why, in the service's words; null when empty.</summary>
    public string? ResultReason => details.Value.ResultReason;

    /// <summary><see cref="Time"/> as ISO 8601 text in UTC with seven digits, for files.</summary>
    public string TimeUtc => IsoText.Of(Time);

    /// <summary>Who did it; never null, but its properties are when the export does not say.</summary>
    public AuditInitiator InitiatedBy { get; init; } = new();

    /// <summary>The initiator's IP address; null when unknown.</summary>
    public string? IPAddress => InitiatedBy.IPAddress;

    /// <summary>
    /// What changed, as "name: old → new", separated by "; ": by names instead of ids where the mirror holds them, of policies only the
    /// values that differ, each thing once. Empty when nothing is recorded. The properties as written are those of <see cref="Targets"/>.
    /// </summary>
    public string Changes => details.Value.Changes.Value;

    /// <summary>The objects acted on, with modified properties.</summary>
    public RecordList<AuditTarget> Targets => details.Value.Targets;

    /// <summary>Further details as the service wrote them.</summary>
    public RecordList<AuditDetail> AdditionalDetails => details.Value.AdditionalDetails;

    /// <summary>Joins the events of one operation; null when absent.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The client's user agent; null when the export does not carry it.</summary>
    public string? UserAgent => details.Value.UserAgent;

    /// <summary>Tenant, as an export or the import's <c>-Tenant</c> names it; else null.</summary>
    public string? TenantId { get; init; }

    /// <summary>Graph's record id; null for exports that carry none (the portal's CSV).</summary>
    public string? Id { get; init; }

    /// <summary>Which log it comes from: <c>DirectoryAudit</c> or <c>UnifiedAudit</c>.</summary>
    public string Origin { get; init; } = string.Empty;

    /// <summary>Where it comes from: each import that brought it, with file and SHA-256.</summary>
    public RecordList<AuditEvidence> Evidence => evidence.Value;

    /// <summary>Name of the first target, for views; null when there is none. Known without reading the original.</summary>
    public string? TargetSummary { get; init; }

    /// <summary>How many targets there are. Known without reading the original.</summary>
    public int TargetCount { get; init; }

    /// <summary>The original record as JSON text (a row of a CSV as one object, header to cell).</summary>
    public string GetOriginal() => original();

    /// <summary>
    /// The targets by name, as far as the record or the mirror knows names, each once; those that only have an id come last.
    /// </summary>
    public IReadOnlyList<string> GetTargetNames() =>
        [.. details.Value.TargetNames.Value.Where(name => name.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)
            .OrderBy(name => Guid.TryParse(name, out _))];

    /// <summary>The name of one of <see cref="Targets"/>; null when neither the record nor the mirror has one.</summary>
    public string? GetTargetName(int index) =>
        details.Value.TargetNames.Value.ElementAtOrDefault(index) is { Length: > 0 } name && !Guid.TryParse(name, out _) ? name : null;

    /// <summary>
    /// The activity's name for people. Two logs can contain the same event: the unified log's records say so, so that they do not look like
    /// a repetition.
    /// </summary>
    public string GetTitle() => Origin == "UnifiedAudit" ? $"{Activity} [unified log]" : Activity;

    /// <summary>"time activity".</summary>
    public override string ToString() => $"{Time:yyyy-MM-dd HH:mm:ss}Z {Activity}";
}
