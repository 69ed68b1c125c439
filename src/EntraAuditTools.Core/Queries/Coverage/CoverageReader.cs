using EntraAuditTools.Core.Mirror.Tables;
using System.Globalization;
using System.Runtime.InteropServices;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Writing.Logs;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Coverage;

/// <summary>Records of one day, times in UTC ticks.</summary>
internal readonly record struct DayRecords(long Count, long First, long Last)
{
    public DayRecords Add(DayRecords other) =>
        new(Count + other.Count, Math.Min(First, other.First), Math.Max(Last, other.Last));
}

/// <summary>Records by the term of their tenant, and by day.</summary>
internal sealed class DaysByTenant : Dictionary<long, Dictionary<long, DayRecords>>
{
    /// <summary>Adds records of a day.</summary>
    public void Add(long tenant, long day, DayRecords records)
    {
        ref var ofTenant = ref CollectionsMarshal.GetValueRefOrAddDefault(this, tenant, out _);
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(ofTenant ??= [], day, out var isKnown);
        known = isKnown ? known.Add(records) : records;
    }
}

/// <summary>What the mirror holds of one log of one tenant. Days count from year 1; times are UTC ticks.</summary>
/// <param name="Tenant">Null when no export names it.</param>
/// <param name="TenantIds">Terms under which its records and spans are stored.</param>
/// <param name="Covered">Spans known to be complete.</param>
/// <param name="Days">Records by day; empty when only spans were asked for.</param>
/// <param name="First">
/// The first time that the mirror knows of, within the window asked for or by coverage; null when there is none.
/// </param>
/// <param name="Last">The last.</param>
internal sealed record CoverageLog(string? Tenant, IReadOnlyList<long> TenantIds, TimeSpans Covered,
    IReadOnlyDictionary<long, DayRecords> Days, long? First, long? Last);

/// <summary>
/// Reads a log's coverage by tenant. Exports that do not name their tenant (the portal's CSV) count as the only known one's where there is
/// only one; else they are a log of their own, of an unknown tenant.
/// </summary>
/// <param name="Log">The log; the mirror has its tables.</param>
internal sealed record CoverageReader(LogTable Log)
{
    private string Kind => Log.Kind;

    private string Table => Log.Name;

    private static readonly string Ticks =
        string.Create(CultureInfo.InvariantCulture, $"(id >> {ActivityTime.SequenceBits}) - drift + {ActivityTime.Epoch}");

    /// <summary>With records by day. Days outside the window are left out.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="after">Begin of the window, UTC ticks; null for all.</param>
    /// <param name="before">End of the window, UTC ticks; null for all.</param>
    /// <param name="counted">The records of the window, where somebody counted them already; null where they are to be counted.</param>
    public List<CoverageLog> Read(MirrorReader mirror, long? after, long? before, DaysByTenant? counted = null)
    {
        var days = counted ?? Count(mirror, after, before);
        // A tenant without records in the window is not a tenant without a log: its days are missing, and are to be shown so.
        var tenants = after is null && before is null ? [.. days.Keys]
            : TenantsWithin(mirror, new(ActivityTime.MinTicks, ActivityTime.MaxTicks));
        return Group(mirror, tenants, ids =>
        {
            var ofTenant = new SortedDictionary<long, DayRecords>();
            foreach (var (day, records) in ids.Where(days.ContainsKey).SelectMany(id => days[id]))
            {
                ofTenant[day] = ofTenant.TryGetValue(day, out var known) ? known.Add(records) : records;
            }

            return (ofTenant, ofTenant.Count > 0 ? (ofTenant.First().Value.First, ofTenant.Last().Value.Last) : null);
        });
    }

    /// <summary>
    /// What is covered, for the tenants with records in a window or with any coverage: quick, since every query needs it. One log without
    /// tenant ids, meaning all records, where nothing is covered at all.
    /// </summary>
    public List<CoverageLog> ReadSpans(MirrorReader mirror, TicksSpan window)
    {
        var none = new SortedDictionary<long, DayRecords>();
        var anyCoverage = mirror.Query($"SELECT 1 FROM coverage WHERE kind = '{Kind}' LIMIT 1", row => row.GetInt64(0)).Any();
        if (!anyCoverage) return [new CoverageLog(null, [], new TimeSpans([]), none, window.From, window.To)];

        return Group(mirror, TenantsWithin(mirror, window), _ => (none, (window.From, window.To)));
    }

    /// <summary>The first time that the mirror has a record or coverage of; null when it has none.</summary>
    public long? FirstKnown(MirrorReader mirror)
    {
        var sql = mirror.LogText($"SELECT (id >> {ActivityTime.SequenceBits}) - drift + {ActivityTime.Epoch} FROM {Table} ORDER BY id LIMIT 1");
        var record = mirror.QueryLog(sql, row => row.Number(0)).FirstOrDefault(long.MaxValue);
        var covered = mirror.Query($"SELECT max(min(from_time), {ActivityTime.MinTicks}) FROM coverage WHERE kind = '{Kind}'",
            row => row.IsDBNull(0) ? long.MaxValue : row.GetInt64(0)).First();
        return Math.Min(record, covered) is < long.MaxValue and var first ? first : null;
    }

    /// <summary>Time of the newest record, UTC; null when there is none.</summary>
    public DateTimeOffset? NewestRecord(MirrorReader mirror)
    {
        var sql = mirror.LogText(
            $"SELECT (id >> {ActivityTime.SequenceBits}) - drift + {ActivityTime.Epoch} FROM {Table} ORDER BY id DESC LIMIT 1");
        return mirror.QueryLog(sql, row => (DateTimeOffset?)UtcTime.Of(row.Number(0))).FirstOrDefault();
    }

    /// <summary>Whether any record of these tenants (of all when there is none) is in a span.</summary>
    public bool HasRecords(MirrorReader mirror, IReadOnlyList<long> tenantIds, TicksSpan span)
    {
        var sql = mirror.LogText();
        sql.Add($"SELECT 1 FROM {Walked(sql)} WHERE {InSpan(sql, span)}");
        if (tenantIds.Count > 0) sql.Add(" AND ").Add(sql.In("tenant", tenantIds));
        return mirror.AnyInLog(sql.Add(" LIMIT 1"));
    }

    /// <summary>An event that both logs contain counts once, as in every other question.</summary>
    private string Shown => Log.Twins != null ? $" AND origin <> {TwinWriter.Twin}" : string.Empty;

    /// <summary>
    /// The tenants with records in a window (0: records that name none). Where only one is known any record will do: the log is its. Else
    /// the records are gone through until each tenant was seen.
    /// </summary>
    private HashSet<long> TenantsWithin(MirrorReader mirror, TicksSpan window)
    {
        HashSet<long>? known = null;
        if (mirror.SchemaVersion >= ReadingSchema.Since)
        {
            known = [.. mirror.Query("SELECT term FROM tenant UNION SELECT tenant FROM coverage", row => row.GetInt64(0)), 0];
            if (known.Count <= 2) return HasRecords(mirror, [], window) ? known : [];
        }

        // Where the logs are elsewhere, a look for each tenant is less than their rows.
        if (mirror.Light != null && known != null) return [.. known.Where(tenant => HasRecords(mirror, [tenant], window))];
        var sql = mirror.LogText();
        sql.Add($"SELECT tenant FROM {Walked(sql)} WHERE {InSpan(sql, window)}");
        var seen = new HashSet<long>();
        foreach (var row in mirror.LogRows(sql))
        {
            seen.Add(row.Number(0));
            if (seen.Count == known?.Count) break;
        }

        return seen;
    }

    private string Walked(SqlText sql) => sql.Dialect.WalkRows(Table, "w");

    private static string InSpan(SqlText sql, TicksSpan span) =>
        $"id >= {sql.Bind(ActivityTime.ToRowId(Math.Clamp(span.From, ActivityTime.MinTicks, ActivityTime.MaxTicks)))} AND id < "
            + $"{sql.Bind(ActivityTime.ToRowId(Math.Clamp(span.To, ActivityTime.MinTicks, ActivityTime.MaxTicks)))}";

    private DaysByTenant Count(MirrorReader mirror, long? after, long? before)
    {
        // Whole days, by rowid; the exact times decide the day.
        var from = Math.Clamp((after ?? ActivityTime.MinTicks) / TimeSpan.TicksPerDay * TimeSpan.TicksPerDay, ActivityTime.MinTicks,
            ActivityTime.MaxTicks);
        var to = Math.Clamp(((before ?? ActivityTime.MaxTicks) / TimeSpan.TicksPerDay * TimeSpan.TicksPerDay) + TimeSpan.TicksPerDay,
            ActivityTime.MinTicks, ActivityTime.MaxTicks);
        var sql = mirror.LogText();
        var where = $"{Walked(sql)} WHERE id >= {sql.Bind(ActivityTime.ToRowId(from))} AND id <= {sql.Bind(ActivityTime.ToRowId(to))}{Shown}";
        var days = new DaysByTenant();
        if (mirror.Light != null)
        {
            const string Day = "day";
            sql.Add($"SELECT tenant, {Day}, count(*), min(ticks), max(ticks) FROM (SELECT tenant, {Ticks} AS ticks, "
                + $"({Ticks}) / {TimeSpan.TicksPerDay} AS {Day} FROM {where}) r GROUP BY tenant, {Day}");
            foreach (var row in mirror.LogRows(sql)) days.Add(row.Number(0), row.Number(1), new(row.Number(2), row.Number(3), row.Number(4)));
            return days;
        }

        // Counted here: SQLite sorts rows before it groups them, which takes three times as long.
        foreach (var row in mirror.LogRows(sql.Add($"SELECT tenant, id, drift FROM {where}")))
        {
            var ticks = ActivityTime.ToTicks(row.Number(1), row.Number(2));
            days.Add(row.Number(0), ticks / TimeSpan.TicksPerDay, new(1, ticks, ticks));
        }

        return days;
    }

    private delegate (IReadOnlyDictionary<long, DayRecords> Days, (long First, long Last)? Ends) RecordsOf(IReadOnlyList<long> tenantIds);

    private List<CoverageLog> Group(MirrorReader mirror, IEnumerable<long> withRecords, RecordsOf recordsOf)
    {
        // Spans of a mirror from elsewhere may lie beyond the calendar.
        var spans = mirror.Query(
            $"SELECT tenant, max(from_time, {ActivityTime.MinTicks}), min(to_time, {ActivityTime.MaxTicks}) FROM coverage WHERE kind = '{Kind}' "
                + $"AND from_time < to_time AND from_time < {ActivityTime.MaxTicks} AND to_time > {ActivityTime.MinTicks}",
            row => (Tenant: row.GetInt64(0), Span: new TicksSpan(row.GetInt64(1), row.GetInt64(2))))
            .ToLookup(row => row.Tenant, row => row.Span);
        var withAny = withRecords.ToHashSet();
        var tenants = withAny.Concat(spans.Select(group => group.Key)).Distinct().Order().ToList();
        var known = tenants.Where(id => id != 0).ToList();
        List<long[]> groups = known.Count <= 1 ? (tenants.Count == 0 ? [] : [[.. tenants]]) : tenants.ConvertAll(id => new[] { id });

        var logs = new List<CoverageLog>();
        foreach (var ids in groups)
        {
            var covered = new TimeSpans(ids.SelectMany(id => spans[id]));
            var (days, ends) = recordsOf(ids);
            var times = covered.Spans.SelectMany(span => new[] { span.From, span.To - 1 })
                .Concat(ends is { } some ? [some.First, some.Last] : []).ToList();
            if (times.Count == 0 && !ids.Any(withAny.Contains)) continue;
            var name = Name(mirror, ids.FirstOrDefault(id => id != 0));
            logs.Add(new CoverageLog(name, ids, covered, days, times.Count > 0 ? times.Min() : null, times.Count > 0 ? times.Max() : null));
        }

        return logs;
    }

    private static string? Name(MirrorReader mirror, long tenant)
    {
        var sql = new SqlText();
        sql.Add($"SELECT text FROM term WHERE id = {sql.Bind(tenant)}");
        return TerminalText.Visible(mirror.Query(sql, row => row.GetString(0)).FirstOrDefault());
    }
}
