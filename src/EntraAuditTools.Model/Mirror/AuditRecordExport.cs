namespace EntraAuditTools;

/// <summary>A file of records that were exported from a mirror: originals, or rows.</summary>
public sealed class AuditRecordExport
{
    /// <summary>Full path of the file.</summary>
    public string Path { get; init; } = string.Empty;

    /// <summary>Full path of the mirror.</summary>
    public string Mirror { get; init; } = string.Empty;

    /// <summary>How it is written: NdJson (originals, a record a line), Csv or Parquet (rows of one kind of record).</summary>
    public string Format { get; init; } = string.Empty;

    /// <summary>Records in it.</summary>
    public long Records { get; init; }

    /// <summary>Records in which values that can hold key material were masked.</summary>
    public long Masked { get; init; }

    /// <summary>Whether whom and what the records name got other names.</summary>
    public bool Pseudonymized { get; init; }

    /// <summary>Whether the records are the originals byte for byte, but for line ends between values.</summary>
    public bool IsVerbatim { get; init; }

    /// <summary>Size of the file in bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>SHA-256 of the file in lower-case hex.</summary>
    public string? Sha256 { get; init; }

    /// <summary>What has to be known of it.</summary>
    public RecordList<string> Notes { get; init; } = new([]);

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The path.</summary>
    public override string ToString() => Path;
}
