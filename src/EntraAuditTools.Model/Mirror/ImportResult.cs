namespace EntraAuditTools;

/// <summary>What an import made of one source.</summary>
public sealed class ImportResult
{
    /// <summary>File, entry of an archive (<c>export.zip!AuditLogs.json</c>), or <c>pipeline</c>.</summary>
    public string Source { get; init; } = string.Empty;

    /// <summary>
    /// What the records are: <c>AuditActivity</c>, <c>ProvisioningLog</c>, <c>SynchronizationJob</c>; several kinds are separated by ", ".
    /// </summary>
    public string Kind { get; init; } = string.Empty;

    /// <summary>How they were written, for instance <c>Graph page</c>, <c>Portal CSV</c>, <c>Diagnostic records</c>.</summary>
    public string Shape { get; init; } = string.Empty;

    /// <summary>Imported, AlreadyImported (this very file was taken in before), Partial (some records rejected or left out, or the source
    /// is cut off or damaged), NotSupported (all of it is of a kind that is not taken in), Failed.</summary>
    public string Status { get; init; } = string.Empty;

    /// <summary>Records found in the source.</summary>
    public long Read { get; init; }

    /// <summary>Events that the mirror did not have.</summary>
    public long Added { get; init; }

    /// <summary>Events that the mirror had and now shows from this richer copy.</summary>
    public long Updated { get; init; }

    /// <summary>Events that the mirror already had.</summary>
    public long Unchanged { get; init; }

    /// <summary>Records that could not be read; <c>Get-AuditImport -Rejected</c> lists them.</summary>
    public long Rejected { get; init; }

    /// <summary>Records of a kind that this version does not take in yet.</summary>
    public long NotSupported { get; init; }

    /// <summary>Records with an id that the mirror holds with another time, activity or change: both are kept.</summary>
    public long Conflicts { get; init; }

    /// <summary>Time of the earliest record, UTC; null when nothing was read.</summary>
    public DateTimeOffset? FirstTime { get; init; }

    /// <summary>Time of the latest record, UTC; null when nothing was read.</summary>
    public DateTimeOffset? LastTime { get; init; }

    /// <summary>SHA-256 of the file in lower-case hex; null for pipeline input.</summary>
    public string? Sha256 { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary><see cref="Duration"/> in seconds, to measure and for files.</summary>
    public double DurationSeconds => Duration.TotalSeconds;

    /// <summary>Number of the import in the mirror; 0 when nothing was recorded.</summary>
    public long ImportId { get; init; }

    /// <summary>
    /// Head of the mirror's chain once this import was linked, in lower-case hex: kept elsewhere, it proves later that nothing up to here was
    /// changed (<c>Test-AuditMirror -ExpectedHead</c>). Null when nothing was recorded.
    /// </summary>
    public string? ChainHead { get; init; }

    /// <summary>What an admin should know: columns not understood, a left-over next link, a download cap, truncated values.</summary>
    public RecordList<string> Notes { get; init; } = new([]);

    /// <summary>"source: added n, unchanged n".</summary>
    public override string ToString() => $"{Source}: {Added} added, {Updated} updated, {Unchanged} unchanged, {Rejected} rejected";
}
