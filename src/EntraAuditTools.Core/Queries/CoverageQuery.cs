using System.Globalization;
using EntraAuditTools.Core.Mirror;

namespace EntraAuditTools.Core.Queries;

/// <summary>For which days does the mirror hold which log, and where are the gaps?</summary>
public static class CoverageQuery
{
    /// <summary>Entra delivers records late: what is newer than this may still grow.</summary>
    private static readonly TimeSpan Provisional = TimeSpan.FromHours(2);

    /// <summary>Each UTC day from the first to the last that the mirror knows of, oldest first, for each tenant.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="kind">Kinds of record; wildcards; null for all.</param>
    /// <param name="tenant">Tenants; wildcards; null for all.</param>
    /// <param name="after">Only days that end after this; null for all.</param>
    /// <param name="before">Only days that begin before this; null for all.</param>
    public static IEnumerable<AuditCoverage> Run(MirrorReader mirror, IReadOnlyList<string>? kind, IReadOnlyList<string>? tenant, DateTimeOffset? after, DateTimeOffset? before)
    {
        var settled = (DateTimeOffset.UtcNow - Provisional).UtcTicks;
        return CoverageReader.Logs.Where(reader => Matches(kind, reader.Kind))
            .SelectMany(reader => reader.Read(mirror, after?.UtcTicks, before?.UtcTicks).Select(log => (reader.Kind, Log: log)))
            .Where(found => Matches(tenant, found.Log.Tenant ?? string.Empty))
            .SelectMany(found => Days(found.Kind, found.Log, settled, after?.UtcTicks ?? long.MinValue, before?.UtcTicks ?? long.MaxValue))
            .OrderBy(day => day.Day).ThenBy(day => day.Kind, StringComparer.Ordinal).ThenBy(day => day.TenantId, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>One sentence that says for which parts of a window the mirror may lack records.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="after">Begin of the window; null for the first that the mirror holds.</param>
    /// <param name="before">End of the window; null for now.</param>
    /// <param name="now">The present.</param>
    /// <param name="kind">The log that was asked: AuditActivity or ProvisioningLog.</param>
    /// <returns>Null when the window is covered, or neither bound was given.</returns>
    public static string? Warning(MirrorReader mirror, DateTimeOffset? after, DateTimeOffset? before, DateTimeOffset now, string kind = KindNames.AuditActivity)
    {
        var reader = CoverageReader.Logs.First(log => log.Kind.Equals(kind, StringComparison.OrdinalIgnoreCase));
        if (after is null && before is null) return null;
        var to = Math.Min((before ?? now).UtcTicks, now.UtcTicks);
        var window = new TicksSpan(after?.UtcTicks ?? reader.FirstKnown(mirror) ?? to, to);
        if (window.Length == 0) return null;

        var settled = (now - Provisional).UtcTicks;
        var parts = new List<string>();
        var logs = reader.ReadSpans(mirror, window);
        foreach (var log in logs)
        {
            var whose = logs.Count == 1 ? string.Empty : $", tenant {log.Tenant ?? "unknown"}";
            foreach (var missing in log.Covered.MissingOf(window)) parts.Add($"{Text(missing)} ({(reader.HasRecords(mirror, log.TenantIds, missing) ? "observed only" : "no records")}{whose})");
            foreach (var late in log.Covered.Spans.Select(span => span.Intersect(window).Intersect(new(settled, long.MaxValue))).Where(span => span.Length > 0))
            {
                parts.Add($"{Text(late)} (provisional: records may still arrive{whose})");
            }
        }

        return parts.Count == 0 ? null : Sentence(parts);
    }

    private static string Sentence(List<string> parts)
    {
        const int Most = 4;
        var text = string.Join("; ", parts.Take(Most)) + (parts.Count > Most ? string.Create(CultureInfo.InvariantCulture, $"; and {parts.Count - Most} more") : string.Empty);
        return $"The mirror is not known to be complete for {text}; \"no rows\" does not mean \"nothing happened\". See Get-AuditCoverage.";
    }

    private static string Text(TicksSpan span) => $"{Text(span.From)} – {Text(span.To)}";

    private static string Text(long ticks)
    {
        var time = new DateTime(ticks, DateTimeKind.Utc);
        return time.ToString(ticks % TimeSpan.TicksPerMinute == 0 ? "yyyy-MM-dd HH:mm'Z'" : "yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }

    private static bool Matches(IReadOnlyList<string>? patterns, string text) => patterns is not { Count: > 0 } || patterns.Any(pattern => new WildcardText(pattern).IsMatch(text));

    private static IEnumerable<AuditCoverage> Days(string kind, CoverageLog log, long settled, long after, long before)
    {
        var first = Math.Max(log.First, after) / TimeSpan.TicksPerDay;
        var last = Math.Min(log.Last, before - 1) / TimeSpan.TicksPerDay;
        for (var day = first; day <= last; day++)
        {
            var span = new TicksSpan(day * TimeSpan.TicksPerDay, (day + 1) * TimeSpan.TicksPerDay);
            log.Days.TryGetValue(day, out var records);
            yield return new AuditCoverage
            {
                Day = DateOnly.FromDateTime(new DateTime(span.From)),
                Kind = kind,
                TenantId = log.Tenant,
                State = State(log, span, records.Count, settled),
                Records = records.Count,
                First = records.Count > 0 ? UtcTime.Of(records.First) : null,
                Last = records.Count > 0 ? UtcTime.Of(records.Last) : null,
            };
        }
    }

    private static string State(CoverageLog log, TicksSpan day, long records, long settled)
    {
        var covered = log.Covered.CoveredOf(day);
        // A day that is not over, or has just ended, is covered as far as anything can be by now.
        if (covered > 0 && day.To > settled && log.Covered.CoveredOf(new(day.From, settled)) == Math.Max(0, settled - day.From)) return "Provisional";
        if (covered == day.Length) return "Covered";
        return covered > 0 ? "Partial" : records > 0 ? "Observed" : "Gap";
    }
}
