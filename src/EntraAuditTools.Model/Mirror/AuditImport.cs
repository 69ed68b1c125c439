namespace EntraAuditTools;

/// <summary>One import, as the mirror keeps it.</summary>
public sealed class AuditImport
{
    /// <summary>Number of the import; later imports have higher numbers.</summary>
    public long ImportId { get; init; }

    /// <summary>When it began, UTC.</summary>
    public DateTimeOffset Started { get; init; }

    /// <summary>When it ended, UTC; null when it was interrupted.</summary>
    public DateTimeOffset? Finished { get; init; }

    /// <inheritdoc cref="ImportResult.Source"/>
    public string Source { get; init; } = string.Empty;

    /// <inheritdoc cref="ImportResult.Kind"/>
    public string Kind { get; init; } = string.Empty;

    /// <inheritdoc cref="ImportResult.Shape"/>
    public string Shape { get; init; } = string.Empty;

    /// <summary>As <see cref="ImportResult.Status"/>, or Interrupted.</summary>
    public string Status { get; init; } = string.Empty;

    /// <inheritdoc cref="ImportResult.Read"/>
    public long Read { get; init; }

    /// <inheritdoc cref="ImportResult.Added"/>
    public long Added { get; init; }

    /// <inheritdoc cref="ImportResult.Updated"/>
    public long Updated { get; init; }

    /// <inheritdoc cref="ImportResult.Unchanged"/>
    public long Unchanged { get; init; }

    /// <inheritdoc cref="ImportResult.Rejected"/>
    public long Rejected { get; init; }

    /// <inheritdoc cref="ImportResult.NotSupported"/>
    public long NotSupported { get; init; }

    /// <inheritdoc cref="ImportResult.Conflicts"/>
    public long Conflicts { get; init; }

    /// <inheritdoc cref="ImportResult.FirstTime"/>
    public DateTimeOffset? FirstTime { get; init; }

    /// <inheritdoc cref="ImportResult.LastTime"/>
    public DateTimeOffset? LastTime { get; init; }

    /// <summary>Size of the source in bytes, as stored (compressed when it is); null for pipeline input.</summary>
    public long? Bytes { get; init; }

    /// <inheritdoc cref="ImportResult.Sha256"/>
    public string? Sha256 { get; init; }

    /// <summary>Version of EntraAuditTools that imported it.</summary>
    public string ToolVersion { get; init; } = string.Empty;

    /// <summary>
    /// Who imported it: the role that the server of a shared mirror let in, or the user of the machine; null for imports of before this was
    /// kept.
    /// </summary>
    public string? ImportedBy { get; init; }

    /// <inheritdoc cref="ImportResult.Notes"/>
    public RecordList<string> Notes { get; init; } = new([]);

    /// <summary>The source's name.</summary>
    public override string ToString() => Source;
}
