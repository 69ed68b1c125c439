namespace EntraAuditTools.Core.Mirror.Writing;

/// <summary>A piece of a batch's bytes.</summary>
internal readonly record struct ByteRange(int Start, int Length);

/// <summary>One audit activity on its way into the mirror: ids of interned values, and ranges in its batch's bytes.</summary>
internal struct ActivityRow
{
    /// <summary>UTC ticks.</summary>
    public long Ticks;

    /// <summary>Hash of the record id; 0 when the record has none.</summary>
    public long IdKey;

    /// <summary>Hash of what all shapes of one event share, without its time.</summary>
    public long Fingerprint;

    /// <summary>How rich this copy is.</summary>
    public long Rank;

    /// <summary>Hash of the original's bytes.</summary>
    public long Digest;

    public int Kind;
    public int ActivityTerm;
    public int Result;
    public int Actor;
    public int PropertySet;
    public int Address;
    public int Tenant;
    public int Origin;
    public int FirstTarget;
    public int TargetCount;

    /// <summary>16 bytes where <see cref="CorrelationIsGuid"/>, else text.</summary>
    public ByteRange Correlation;
    public bool CorrelationIsGuid;
    public ByteRange RecordId;
    public ByteRange Original;
    public Formats.RecordShape Shape;
}
