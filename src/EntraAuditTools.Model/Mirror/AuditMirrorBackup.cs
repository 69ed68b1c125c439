namespace EntraAuditTools;

/// <summary>A copy of a mirror that was made while it may have been in use.</summary>
public sealed class AuditMirrorBackup
{
    /// <summary>Full path of the copy.</summary>
    public string Path { get; init; } = string.Empty;

    /// <summary>Full path of the mirror that it was made of.</summary>
    public string Mirror { get; init; } = string.Empty;

    /// <summary>Size of the copy in bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>Imports that it holds.</summary>
    public long Imports { get; init; }

    /// <summary>Original records that it holds, each compared with the digest that was made when it was imported.</summary>
    public long Originals { get; init; }

    /// <summary>Head of its chain in lower-case hex; null for a mirror of a version that made none.</summary>
    public string? ChainHead { get; init; }

    /// <summary>What was checked of the copy before it got its name: Pages, Chain.</summary>
    public RecordList<string> Checks { get; init; } = new([]);

    /// <summary>What is no fault and yet has to be known; see Test-AuditMirror.</summary>
    public RecordList<string> Notes { get; init; } = new([]);

    /// <summary>Blocks of some hundred originals each that were lost; null for a backup of a mirror that is whole.</summary>
    public long? LostBlocks { get; init; }

    /// <summary>Imports that lost originals, whose files should be imported again; empty for a backup of a mirror that is whole.</summary>
    public RecordList<IncompleteImport> ImportAgain { get; init; } = new([]);

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The path.</summary>
    public override string ToString() => Path;
}
