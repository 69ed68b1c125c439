namespace EntraAuditTools.Core.Formats.Common;

/// <summary>
/// The time at which the records that this thread reads were imported: nothing can have been observed after it. Now, except for records
/// that are derived anew, which must be understood as they were when they were imported.
/// </summary>
internal static class ImportClock
{
    [ThreadStatic]
    private static DateTime? asOf;

    /// <summary>That time, UTC.</summary>
    public static DateTime Now => asOf ?? DateTime.UtcNow;

    /// <summary>Sets it for this thread; null for now.</summary>
    public static void Set(DateTime? time) => asOf = time;
}
