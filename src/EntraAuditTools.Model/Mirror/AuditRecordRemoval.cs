namespace EntraAuditTools;

/// <summary>What Remove-AuditRecord removed from a mirror.</summary>
public sealed class AuditRecordRemoval
{
    /// <summary>Full path of the mirror.</summary>
    public string Path { get; init; } = string.Empty;

    /// <summary>Records of before this time were removed.</summary>
    public DateTimeOffset Before { get; init; }

    /// <summary>Audit activities that were removed; an event that both logs had counts as two.</summary>
    public long Activities { get; init; }

    /// <summary>Entries of the provisioning log that were removed.</summary>
    public long ProvisioningEntries { get; init; }

    /// <summary>Original records that were removed: of each event all copies, and provisioning steps and properties of files of their own.</summary>
    public long Originals { get; init; }

    /// <summary>Size of the mirror before, in bytes.</summary>
    public long BytesBefore { get; init; }

    /// <summary>Size of the mirror now, in bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>Head of the mirror's chain in lower-case hex, whose last link says what was removed.</summary>
    public string? ChainHead { get; init; }

    /// <summary>What has to be known besides: copies that hold the records still, what has to be made again.</summary>
    public RecordList<string> Notes { get; init; } = new([]);

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>How many records were removed.</summary>
    public override string ToString() => FormattableString.Invariant($"{Activities:N0} activities, {ProvisioningEntries:N0} provisioning entries");
}
