namespace EntraAuditTools;

/// <summary>One event of an access package: a row of the portal's workbook "Access Package Activity".</summary>
public sealed class AccessPackageActivity
{
    private readonly Lazy<AuditActivity> activity;
    private readonly Lazy<string?> detailsJson;
    private readonly string? givenJson;

    /// <summary>Creates an event whose audit record and details are read on first use.</summary>
    public AccessPackageActivity(Func<AuditActivity> activity, Func<string?>? detailsJson = null)
    {
        this.activity = new Lazy<AuditActivity>(activity);
        this.detailsJson = new Lazy<string?>(detailsJson ?? (() => null));
    }

    /// <summary>When, in UTC (offset zero).</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>Id of the package.</summary>
    public string? AccessPackageId { get; init; }

    /// <summary>Name of the package; null when not known.</summary>
    public string? AccessPackage { get; init; }

    /// <summary>Name of the activity.</summary>
    public string Operation { get; init; } = string.Empty;

    /// <summary>Object id of who started it; null when the log does not say.</summary>
    public string? ObjectId { get; init; }

    /// <summary>UPN of who started it; null when the log does not say.</summary>
    public string? UserPrincipalName { get; init; }

    /// <summary>Display name of who started it; null when the log does not say.</summary>
    public string? DisplayName { get; init; }

    /// <summary>success, failure…; null when the log does not say.</summary>
    public string? Result { get; init; }

    /// <summary><see cref="Time"/> as ISO 8601 text in UTC with seven digits, for files.</summary>
    public string TimeUtc => IsoText.Of(Time);

    /// <summary>Correlation id; null when the log does not say.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Tenant; null when no export names it.</summary>
    public string? TenantId { get; init; }

    /// <summary>Additional details of the audit record.</summary>
    public RecordList<AuditDetail> Details => activity.Value.AdditionalDetails;

    /// <summary>The same as JSON text.</summary>
    public string? DetailsJson
    {
        get => givenJson ?? detailsJson.Value;
        init => givenJson = value;
    }

    /// <summary>Other objects that the event is about: the audit record's targets.</summary>
    public RecordList<AuditTarget> Targets => activity.Value.Targets;

    /// <summary>Where it comes from: each import that brought it, with file and SHA-256.</summary>
    public RecordList<AuditEvidence> Evidence => activity.Value.Evidence;

    /// <summary>The audit record whole.</summary>
    public AuditActivity GetActivity() => activity.Value;

    /// <summary>"time operation: result".</summary>
    public override string ToString() => $"{Time:yyyy-MM-dd HH:mm:ss}Z {Operation}: {Result}";
}
