using System.Globalization;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Coverage;

/// <summary>For which days does the mirror hold which log, and where are the gaps?</summary>
internal static class CoverageQuery
{
    /// <summary>Entra delivers records late: what is newer than this may still grow.</summary>
    private static readonly TimeSpan Provisional = TimeSpan.FromHours(2);

    /// <summary>The kinds of record that are logs, and so have coverage.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. LogTable.All.Select(log => log.Kind)];

    /// <summary>
    /// UTC days, oldest first, for each log and tenant: those that were asked for, whether or not anything is held of them; when none were,
    /// from the first that the mirror knows of to the last, or to today for a log that was once covered, since nothing says that it ended.
    /// </summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="kind">
    /// Kinds of record; wildcards; null for all that the mirror holds. A kind that is named is listed even if it holds none.
    /// </param>
    /// <param name="tenant">Tenants; wildcards; null for all.</param>
    /// <param name="after">Only days that end after this; null for all.</param>
    /// <param name="before">Only days that begin before this; null for all. Days to come are never listed.</param>
    /// <param name="now">The present.</param>
    /// <param name="activities">The activities of the time by day, where they were counted already.</param>
    public static IEnumerable<AuditCoverage> Run(
        MirrorReader mirror, IReadOnlyList<string>? kind, IReadOnlyList<string>? tenant, DateTimeOffset? after, DateTimeOffset? before,
            DateTimeOffset now, DaysByTenant? activities = null)
    {
        var tenants = TenantScope.Of(mirror, tenant);
        var window = new CoverageWindow(after?.UtcTicks, before?.UtcTicks, now.UtcTicks, (now - Provisional).UtcTicks);
        return Kinds.Where(one => Matches(kind, one))
            .SelectMany(one => Held(mirror, LogTable.Of(one), window, IsNamed(kind, one), activities).Select(log => (Kind: one, Log: log)))
            .Where(found => tenants?.Has(found.Log.Tenant) != false)
            .SelectMany(found => Days(found.Kind, found.Log, window))
            .OrderBy(day => day.Day).ThenBy(day => day.Kind, StringComparer.Ordinal)
            .ThenBy(day => day.TenantId, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>For which parts of a window the mirror may lack records of a log.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="after">Begin of the window; null for the first that the mirror holds.</param>
    /// <param name="before">End of the window; null for now.</param>
    /// <param name="now">The present.</param>
    /// <param name="kind">The log that was asked: AuditActivity or ProvisioningLog.</param>
    /// <returns>Null when the window is covered, or neither bound was given.</returns>
    public static CoverageGap? Gap(MirrorReader mirror, DateTimeOffset? after, DateTimeOffset? before, DateTimeOffset now,
        string kind = KindNames.AuditActivity)
    {
        var table = LogTable.Of(kind);
        if (after is null && before is null) return null;
        var reader = mirror.Has(table) ? new CoverageReader(table) : null;
        var to = Math.Min((before ?? now).UtcTicks, now.UtcTicks);
        var window = new TicksSpan(after?.UtcTicks ?? reader?.FirstKnown(mirror) ?? to, to);
        if (window.Length == 0) return null;
        if (reader == null) return new CoverageGap(table.Kind, [$"{Text(window)} (no records)"], [], null);

        var settled = (now - Provisional).UtcTicks;
        var (missing, late) = (new List<string>(), new List<string>());
        var logs = reader.ReadSpans(mirror, window);
        foreach (var log in logs)
        {
            var whose = logs.Count == 1 ? string.Empty : $", tenant {log.Tenant ?? "unknown"}";
            foreach (var span in log.Covered.MissingOf(window))
                missing.Add($"{Text(span)} ({(reader.HasRecords(mirror, log.TenantIds, span) ? "observed only" : "no records")}{whose})");
            foreach (var span in log.Covered.Spans.Select(span => span.Intersect(window).Intersect(new(settled, long.MaxValue)))
                .Where(span => span.Length > 0))
                late.Add($"{Text(span)} (provisional: records may still arrive{whose})");
        }

        return missing.Count + late.Count == 0 ? null : new CoverageGap(table.Kind, missing, late, reader.NewestRecord(mirror));
    }

    /// <summary><see cref="Gap"/> as one sentence to warn with; null when there is none.</summary>
    /// <inheritdoc cref="Gap" path="/param"/>
    public static string? Warning(MirrorReader mirror, DateTimeOffset? after, DateTimeOffset? before, DateTimeOffset now,
        string kind = KindNames.AuditActivity) =>
        Gap(mirror, after, before, now, kind)?.Warning;

    private static bool IsNamed(IReadOnlyList<string>? patterns, string kind) =>
        patterns?.Any(pattern => new WildcardText(pattern).Literal is { } literal
            && literal.Equals(kind, StringComparison.OrdinalIgnoreCase)) == true;

    private static List<CoverageLog> Held(
        MirrorReader mirror, LogTable table, in CoverageWindow window, bool isNamed, DaysByTenant? activities)
    {
        var counted = table == LogTable.Activity ? activities : null;
        var logs = mirror.Has(table) ? new CoverageReader(table).Read(mirror, window.After, window.Before, counted) : [];
        if (logs.Count == 0 && isNamed && window.IsGiven)
            logs.Add(new CoverageLog(null, [], new TimeSpans([]), new SortedDictionary<long, DayRecords>(), null, null));
        return logs;
    }

    private static string Text(TicksSpan span) => $"{CoverageGap.Text(span.From)} – {CoverageGap.Text(span.To)}";

    private static bool Matches(IReadOnlyList<string>? patterns, string text) =>
        patterns is not { Count: > 0 } || patterns.Any(pattern => new WildcardText(pattern).IsMatch(text));

    private static IEnumerable<AuditCoverage> Days(string kind, CoverageLog log, CoverageWindow window)
    {
        var (first, last) = window.Days(log);
        for (var day = first; day <= last; day++)
        {
            var span = new TicksSpan(day * TimeSpan.TicksPerDay, (day + 1) * TimeSpan.TicksPerDay);
            log.Days.TryGetValue(day, out var records);
            yield return new AuditCoverage
            {
                Day = DateOnly.FromDateTime(new DateTime(span.From)),
                Kind = kind,
                TenantId = log.Tenant,
                State = State(log, span, records.Count, window.Settled),
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
        if (covered > 0 && day.To > settled && log.Covered.CoveredOf(new(day.From, settled)) == Math.Max(0, settled - day.From))
            return "Provisional";
        if (covered == day.Length) return "Covered";
        return covered > 0 ? "Partial" : records > 0 ? "Observed" : "Gap";
    }
}
