namespace EntraAuditTools;

/// <summary>A mirror that was copied as a whole to a server, or from one into a file.</summary>
public sealed class AuditMirrorCopy
{
    /// <summary>What was copied: full path of a file, or a server as a connection URI.</summary>
    public string Source { get; init; } = string.Empty;

    /// <summary>Where it is now: full path of a file, or a server as a connection URI.</summary>
    public string Destination { get; init; } = string.Empty;

    /// <summary>Imports that it holds.</summary>
    public long Imports { get; init; }

    /// <summary>Original records that it holds, each compared with the digest that was made when it was imported.</summary>
    public long Records { get; init; }

    /// <summary>Size of the file in bytes; of a server's, of this machine's copy.</summary>
    public long Bytes { get; init; }

    /// <summary>Head of its chain in lower-case hex; null for a mirror of a version that made none.</summary>
    public string? ChainHead { get; init; }

    /// <summary>
    /// What was verified: Pages and Chain of what was copied, and for a server Rows, every row after it was fetched anew from there. What
    /// does not stand the test is an error, and never an object of this type.
    /// </summary>
    public RecordList<string> Verified { get; init; } = new([]);

    /// <summary>What is no fault and yet has to be known; see Test-AuditMirror.</summary>
    public RecordList<string> Notes { get; init; } = new([]);

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The destination.</summary>
    public override string ToString() => Destination;
}
