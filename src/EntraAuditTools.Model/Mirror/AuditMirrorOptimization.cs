namespace EntraAuditTools;

/// <summary>What Optimize-AuditMirror did.</summary>
public sealed class AuditMirrorOptimization
{
    /// <summary>Full path of the mirror.</summary>
    public string Path { get; init; } = string.Empty;

    /// <summary>Size of the mirror before, in bytes.</summary>
    public long BytesBefore { get; init; }

    /// <summary>Size of the mirror now, in bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>Whether the mirror has a full-text index, which was merged; the first -Search makes one.</summary>
    public bool HasSearchIndex { get; init; }

    /// <summary>What has to be known besides.</summary>
    public RecordList<string> Notes { get; init; } = new([]);

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The sizes.</summary>
    public override string ToString() => FormattableString.Invariant($"{BytesBefore:N0} bytes before, {Bytes:N0} now");
}
