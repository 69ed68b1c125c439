namespace EntraAuditTools;

/// <summary>Which import brought a record, and from which file.</summary>
public sealed class AuditEvidence
{
    /// <summary>Number of the import; <c>Get-AuditImport -ImportId</c> shows it whole.</summary>
    public long ImportId { get; init; }

    /// <summary>File (or entry of an archive, or <c>pipeline</c>) as given at import.</summary>
    public string Source { get; init; } = string.Empty;

    /// <summary>SHA-256 of the file in lower-case hex; null for pipeline input.</summary>
    public string? Sha256 { get; init; }

    /// <summary>When the import ended, in UTC.</summary>
    public DateTimeOffset ImportedAt { get; init; }

    /// <summary>Graph's record id in that import; null when the export carries none.</summary>
    public string? RecordId { get; init; }

    /// <summary>
    /// Which log the record is of: <c>DirectoryAudit</c> or <c>UnifiedAudit</c>; an event that both contain has evidence of both. Null for
    /// what comes from one log only.
    /// </summary>
    public string? Origin { get; init; }

    /// <summary>The source's name.</summary>
    public override string ToString() => Source;
}
