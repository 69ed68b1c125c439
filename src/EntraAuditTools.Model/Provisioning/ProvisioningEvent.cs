namespace EntraAuditTools;

/// <summary>
/// One event on the trail of an object through provisioning: imported, matched, ruled on, exported, retried. From the audit log
/// (service Account Provisioning) or from a step of a provisioning log entry.
/// </summary>
public sealed class ProvisioningEvent
{
    /// <summary>When, in UTC (offset zero). Steps have no time of their own: theirs is the entry's, or that of the audit record before them
    /// in their pass.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>
    /// <c>Import</c>, <c>Synchronization rule action</c>, <c>Export</c>, <c>Process escrow</c>, or another activity of the audit log.
    /// </summary>
    public string Activity { get; init; } = string.Empty;

    /// <summary>success, failure, skipped…; null when the log does not say.</summary>
    public string? Status { get; init; }

    /// <summary>What happened, in the service's words; null when the log does not say.</summary>
    public string? StatusReason { get; init; }

    /// <summary>Name of the application; null when unknown.</summary>
    public string? Application { get; init; }

    /// <summary><see cref="Time"/> as ISO 8601 text in UTC with seven digits, for files.</summary>
    public string TimeUtc => IsoText.Of(Time);

    /// <summary>Name or id of the user or group; null when the log names none.</summary>
    public string? Identity { get; init; }

    /// <summary>The service's own name of the event, for instance <c>EntryExportAdd</c>; null when the log does not say.</summary>
    public string? EventName { get; init; }

    /// <summary>Code of the error; null when there was none.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Joins the events of one pass: the correlation id of the audit log, the change id of the provisioning log.</summary>
    public string? Pass { get; init; }

    /// <summary>Where the trail is incomplete (exported never; in escrow, with the number of retries and their interval); on the last event
    /// of its pass, else null.</summary>
    public string? Note { get; init; }

    /// <summary>Which log contains it: <c>AuditLog</c>, <c>ProvisioningLog</c>, or both, separated by ", ".</summary>
    public string Source { get; init; } = string.Empty;

    /// <summary>Tenant; null when no export names it.</summary>
    public string? TenantId { get; init; }

    /// <summary>The record's id; null when the export has none.</summary>
    public string? RecordId { get; init; }

    /// <summary>The application and the id of the user or group that the event is about (what it is matched by: a UPN, an employee number),
    /// as in the portal's column Target(s).</summary>
    public RecordList<string> Targets { get; init; } = new([]);

    /// <summary>The attributes that were retrieved, evaluated or written.</summary>
    public RecordList<ModifiedProperty> Attributes { get; init; } = new([]);

    /// <summary>"time activity: status".</summary>
    public override string ToString() => $"{Time:yyyy-MM-dd HH:mm:ss}Z {Activity}: {Status}";
}
