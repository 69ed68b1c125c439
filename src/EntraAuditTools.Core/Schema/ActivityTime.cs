namespace EntraAuditTools.Core.Schema;

/// <summary>
/// The rowid of an activity carries its time: ticks since 2000 in the upper 55 bits, a sequence number in the lower 8.
/// When more than 256 events share a tick the rowid runs ahead; <c>activity.drift</c> says by how many ticks, so that
/// the time stays exact: <c>time = (id &gt;&gt; 8) - drift</c>.
/// </summary>
internal static class ActivityTime
{
    public const int SequenceBits = 8;

    /// <summary>
    /// How far a rowid may run ahead or lag behind: queries by time widen their rowid range by this and then compare exactly.
    /// </summary>
    public const long SlackTicks = 2 * TimeSpan.TicksPerSecond;

    /// <summary>UTC ticks of 2000-01-01.</summary>
    public static readonly long Epoch = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    /// <summary>Times outside this range cannot be stored and are refused at import.</summary>
    public static readonly long MinTicks = new DateTime(1900, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    /// <inheritdoc cref="MinTicks"/>
    public static readonly long MaxTicks = new DateTime(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    /// <summary>The first rowid of a time.</summary>
    public static long ToRowId(long utcTicks) => (utcTicks - Epoch) << SequenceBits;

    /// <summary>The UTC ticks of a row.</summary>
    public static long ToTicks(long rowId, long drift) => (rowId >> SequenceBits) + Epoch - drift;
}
