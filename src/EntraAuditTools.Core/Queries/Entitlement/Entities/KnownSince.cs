using System.Globalization;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Queries.Coverage;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Entitlement.Entities;

/// <summary>Since when the mirror has anything on entitlement management: answers for an earlier date are assumed, not known.</summary>
internal static class KnownSince
{
    /// <summary>A sentence on a date before anything is known; null for any other, or where nothing is known at all.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="asOf">The date asked for; null for now.</param>
    public static string? Warning(MirrorReader mirror, DateTimeOffset? asOf)
    {
        if (asOf is not { } time || mirror.SchemaVersion < EntitySchema.Since) return null;
        if (FirstExport(mirror) is not { } export || export <= time) return null;
        var first = new[] { export, FirstEvent(mirror) ?? export, FirstStart(mirror) ?? export }.Min();
        return first <= time ? null
            : $"Nothing is known of {CoverageGap.Show(time)}: what the mirror holds of entitlement management begins on "
                + $"{CoverageGap.Show(first)} (its first export is of {CoverageGap.Show(export)}). "
                + "What is shown for an earlier time is what was told first; no rows do not mean that there was nothing.";
    }

    /// <summary>When the first export of objects was taken: as given at its import, else by its file.</summary>
    private static DateTimeOffset? FirstExport(MirrorReader mirror)
    {
        var fileTime = mirror.SchemaVersion < ReadingSchema.Since ? "NULL" : "file_time";
        return mirror.Query(
            $"SELECT kind, json_extract(options, '$.ObservedAt'), coalesce({fileTime}, started) FROM import WHERE added + updated + unchanged > 0",
            row => (Kind: row.GetString(0), ObservedAt: row.IsDBNull(1) ? null : row.GetString(1), File: row.GetInt64(2)))
            .Where(import => !import.Kind.Split(", ").All(LogTable.IsLog))
            .Select(import => DateTimeOffset.TryParse(import.ObservedAt, CultureInfo.InvariantCulture, out var read)
                ? read : (DateTimeOffset?)UtcTime.Of(import.File))
            .Min();
    }

    private static DateTimeOffset? FirstEvent(MirrorReader mirror) =>
        mirror.Query("SELECT activity FROM entitlement_event ORDER BY activity LIMIT 1",
            row => (DateTimeOffset?)UtcTime.Of(ActivityTime.ToTicks(row.GetInt64(0), 0))).FirstOrDefault();

    private static DateTimeOffset? FirstStart(MirrorReader mirror) =>
        mirror.Query("SELECT starts FROM assignment WHERE starts IS NOT NULL ORDER BY starts LIMIT 1",
            row => (DateTimeOffset?)UtcTime.Of(row.GetInt64(0))).FirstOrDefault();
}
