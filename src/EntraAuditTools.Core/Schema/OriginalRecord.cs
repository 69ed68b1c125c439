namespace EntraAuditTools.Core.Schema;

/// <summary>An original record and how it was written.</summary>
/// <param name="Shape">How it was written.</param>
/// <param name="Json">The record; empty where it was removed.</param>
internal readonly record struct OriginalRecord(RecordShape Shape, ReadOnlyMemory<byte> Json)
{
    /// <summary>
    /// Of one whose secrets are masked in the mirror itself, the SHA-256 of the record as it was imported; empty for one that is as imported.
    /// </summary>
    public ReadOnlyMemory<byte> Sha256 { get; init; }

    /// <summary>Whether its secrets are masked in the mirror itself, so that nothing can show them.</summary>
    public bool IsMasked => !Sha256.IsEmpty;
}
