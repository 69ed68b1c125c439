namespace EntraAuditTools;

/// <summary>One event of a request.</summary>
public sealed class AccessPackageRequestEvent
{
    /// <summary>When, in UTC (offset zero).</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary><c>Request</c>, <c>Approval</c>, <c>Delivery</c>, <c>End</c>, <c>Resource</c> (access to one resource), <c>Directory</c> (a
    /// related write to the directory), <c>Callout</c> (a custom extension), or <c>Other</c>.</summary>
    public string Phase { get; init; } = "Other";

    /// <summary>Name of the activity as the log has it.</summary>
    public string Activity { get; init; } = string.Empty;

    /// <summary>Who did it; null when the log does not say.</summary>
    public string? By { get; init; }

    /// <summary>success, failure…; null when the log does not say.</summary>
    public string? Result { get; init; }

    /// <summary>The result: reason, justification, resource; null when there is none.</summary>
    public string? Detail { get; init; }

    /// <summary>
    /// How it was tied to the request: <c>RequestId</c>, <c>AssignmentId</c>, <c>CorrelationId</c> or <c>PersonPackageTime</c>;
    /// <c>RequestObject</c> for what the request object contains.
    /// </summary>
    public string MatchedBy { get; init; } = string.Empty;

    /// <summary>Correlation id of the audit event; null when the log does not say.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Id of the audit record; null when the export has none.</summary>
    public string? RecordId { get; init; }

    /// <summary>"time activity: result".</summary>
    public override string ToString() => $"{Time:yyyy-MM-dd HH:mm:ss}Z {Activity}: {Result}";
}
