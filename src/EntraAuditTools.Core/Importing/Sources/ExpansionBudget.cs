namespace EntraAuditTools.Core.Importing.Sources;

/// <summary>
/// How far something compressed may unpack: an archive with all its entries, which may share their bytes (so that each for itself looks
/// harmless), and all sources of an import together.
/// </summary>
/// <param name="outer">What this is a part of; null for an import.</param>
/// <param name="always">So much may always be unpacked.</param>
internal sealed class ExpansionBudget(ExpansionBudget? outer, long always)
{
    // Logs as JSON compress 10 to 40 times; 300 leaves room for very even ones. Small sources may expand as they like.
    public const long OfSource = 64 * 1024 * 1024;
    public const long OfImport = 1024 * 1024 * 1024;
    private const long MaxRatio = 300;

    // A file is read up to four times: for its hash, its dates, its records, and what can be saved of damage.
    private const int MaxReadings = 20;

    private long expanded;
    private long compressed;

    /// <summary>The most compressed bytes that count: entries that share theirs would count them each.</summary>
    public long MaxCompressed { get; init; } = long.MaxValue;

    /// <summary>
    /// Whether more was expanded than a genuine export would be, or the same bytes were read so often that many entries must share them:
    /// they may all unpack to nothing.
    /// </summary>
    public bool IsExceeded => (expanded > always && expanded / MaxRatio > Math.Min(compressed, MaxCompressed))
        || (compressed > always && compressed / MaxReadings > MaxCompressed) || outer?.IsExceeded == true;

    /// <summary>Compressed bytes were read.</summary>
    public void AddCompressed(long bytes)
    {
        compressed += bytes;
        outer?.AddCompressed(bytes);
    }

    /// <summary>Bytes were unpacked.</summary>
    public void AddExpanded(long bytes)
    {
        expanded += bytes;
        outer?.AddExpanded(bytes);
    }
}
