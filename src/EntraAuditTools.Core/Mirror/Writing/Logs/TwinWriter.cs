using System.Runtime.InteropServices;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Shared;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Schema;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Writing.Logs;

/// <summary>
/// Links events that both logs have (<c>activity_twin</c>), within the transaction that brings them: whatever is committed is paired. What
/// a transaction touches is paired anew, with what the mirror holds beside it, so that several imports in any order come to the same.
/// </summary>
internal sealed class TwinWriter : IDisposable
{
    /// <summary>
    /// <c>activity.origin</c> of the directory's events, of the unified log's, and of those that the directory's log has too.
    /// </summary>
    public const int Directory = 0, Unified = 1, Twin = 2;

    /// <summary>How much further is looked each time, when what was touched is not alone in its time.</summary>
    private const long Margin = 20 * TimeSpan.TicksPerSecond;

    /// <summary>Rows so near to each other may be one event's.</summary>
    private const long Near = (TwinMatcher.MaxTicks + ActivityTime.SlackTicks + TimeSpan.TicksPerSecond) << ActivityTime.SequenceBits;

    private const int MaxTargets = 50_000;

    private readonly Dictionary<SoughtId, (long From, long To)> touched = [];
    private readonly Dictionary<long, string> activities = [];
    private readonly Dictionary<long, TwinResult> results = [];
    private readonly Dictionary<long, TwinTarget> targets = [];
    private readonly List<TwinEvent> events = [];
    private readonly Dictionary<long, (long Directory, long Origin)> known = [];
    private readonly Dictionary<long, long> wanted = [];
    private readonly Statement anyUnified;
    private readonly Statement findEvents;
    private readonly Statement findTarget;
    private readonly Statement findLink;
    private readonly Statement findActivity;
    private readonly Statement findResult;
    private readonly Statement unlink;
    private readonly Statement free;
    private readonly Statement link;
    private readonly Statement setOrigin;
    private bool hasUnified;

    /// <summary>Prepares the statements.</summary>
    public TwinWriter(SqliteConnection connection)
    {
        anyUnified = new(connection,
            "SELECT 1 FROM activity INDEXED BY activity_unified WHERE origin <> 0 AND correlation = ?1 AND id BETWEEN ?2 AND ?3 LIMIT 1");
        findEvents = new(connection, """
            SELECT id, drift, key, origin, kind, result, tenant, property_set, target FROM activity INDEXED BY activity_correlation
            WHERE correlation = ?1 AND id BETWEEN ?2 AND ?3
            """);
        findTarget = new(connection, "SELECT object_id, upn, display_name FROM identity WHERE id = ?");
        findLink = new(connection, "SELECT directory FROM activity_twin WHERE activity = ?");
        findActivity = new(connection, "SELECT t.text FROM kind k JOIN term t ON t.id = k.activity WHERE k.id = ?");
        findResult = new(connection, "SELECT text FROM term WHERE id = ?");
        unlink = new(connection, "DELETE FROM activity_twin WHERE activity = ?1 OR directory = ?2");
        free = new(connection,
            $"UPDATE activity SET origin = {Unified} WHERE id = (SELECT activity FROM activity_twin WHERE directory = ?)");
        link = new(connection, "INSERT INTO activity_twin VALUES (?, ?)");
        setOrigin = new(connection, "UPDATE activity SET origin = ?2 WHERE id = ?1");
        hasUnified = MirrorFile.Scalar(connection,
            "SELECT EXISTS (SELECT 1 FROM activity INDEXED BY activity_unified WHERE origin <> 0 AND correlation IS NOT NULL)") != 0;
    }

    /// <summary>The mirror lacks rows that are fetched when they are sought: one of the unified log may be among them.</summary>
    public void LacksRows() => hasUnified = true;

    /// <summary>Notes an event that came, came again or became another.</summary>
    public void Touch(long row, int origin, ReadOnlySpan<byte> correlation, bool isGuid)
    {
        // Until the mirror holds an event of the unified log there is nothing to pair; from then on it looks for its partner itself.
        if (origin != Directory) hasUnified = true;
        if (!hasUnified || correlation.IsEmpty) return;
        ref var span = ref CollectionsMarshal.GetValueRefOrAddDefault(touched, SoughtId.Of(correlation, isGuid), out var isKnown);
        span = isKnown ? (Math.Min(span.From, row), Math.Max(span.To, row)) : (row, row);
    }

    /// <summary>Pairs what was touched.</summary>
    public void Pair()
    {
        // In the order of time, in which what belongs together lies.
        foreach (var (correlation, span) in touched.OrderBy(pair => pair.Value.From)) Pair(correlation, span.From, span.To);
        touched.Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in new[] { anyUnified, findEvents, findTarget, findLink, findActivity, findResult, unlink, free, link,
            setOrigin }) statement.Dispose();
    }

    private void Pair(SoughtId correlation, long from, long to)
    {
        var (low, high) = (from, to);
        for (var margin = Margin; ; margin *= 4)
        {
            var (first, last) = (Before(low, margin), After(high, margin));
            if (!AnyUnified(correlation, first, last)) return;
            Read(correlation, first, last);
            if (events.Count == 0) return;
            // What else could be paired with these, and with those, must be seen too. Rows come in the order of the index, which ends in
            // time.
            var (least, most) = (events[0].Id, events[^1].Id);
            if (least > first + Near && most < last - Near) break;
            (low, high) = (Math.Min(low, least), Math.Max(high, most));
        }

        Store(TwinMatcher.Match(events));
    }

    private static long Before(long row, long ticks) =>
        row < long.MinValue + (ticks << ActivityTime.SequenceBits) ? long.MinValue : row - (ticks << ActivityTime.SequenceBits);

    private static long After(long row, long ticks) =>
        row > long.MaxValue - (ticks << ActivityTime.SequenceBits) ? long.MaxValue : row + (ticks << ActivityTime.SequenceBits);

    private bool AnyUnified(SoughtId correlation, long first, long last)
    {
        var found = correlation.Bind(anyUnified, 1).Bind(2, first).Bind(3, last).Step();
        if (found) anyUnified.Reset();
        return found;
    }

    private void Read(SoughtId correlation, long first, long last)
    {
        events.Clear();
        known.Clear();
        var rows = correlation.Bind(findEvents, 1).Bind(2, first).Bind(3, last);
        while (rows.Step())
        {
            var (id, origin) = (rows.Number(0), rows.Number(3));
            events.Add(new(id, ActivityTime.ToTicks(id, rows.Number(1)), rows.Number(2), origin != Directory, Activity(rows.Number(4)),
                Target(rows.Number(8)))
            {
                Result = Result(rows.Number(5)),
                Tenant = rows.Number(6),
                PropertySet = rows.Number(7),
            });
            if (origin != Directory) known.Add(id, (0, origin));
        }

        foreach (var logged in events)
        {
            if (!logged.IsUnified || known[logged.Id].Origin != Twin) continue;
            if (findLink.Bind(1, logged.Id).Step()) known[logged.Id] = (findLink.Number(0), Twin);
            findLink.Reset();
        }
    }

    private void Store(IReadOnlyList<TwinPair> pairs)
    {
        wanted.Clear();
        foreach (var pair in pairs) wanted.Add(pair.Unified, pair.Directory);
        foreach (var (unified, (directory, _)) in known)
        {
            if (directory != 0 && wanted.GetValueOrDefault(unified) != directory) unlink.Bind(1, unified).Bind(2, 0).Execute();
        }

        foreach (var (unified, (before, origin)) in known)
        {
            var directory = wanted.GetValueOrDefault(unified);
            if (directory != 0 && directory != before)
            {
                // One that moved here from another correlation id may still be linked there.
                free.Bind(1, directory).Execute();
                unlink.Bind(1, unified).Bind(2, directory).Execute();
                link.Bind(1, unified).Bind(2, directory).Execute();
            }

            var now = directory == 0 ? Unified : Twin;
            if (origin != now) setOrigin.Bind(1, unified).Bind(2, now).Execute();
        }
    }

    private string Activity(long kind)
    {
        if (activities.TryGetValue(kind, out var text)) return text;
        findActivity.Bind(1, kind);
        text = findActivity.Step() ? TwinEvent.ActivityKey(findActivity.String(0) ?? string.Empty) : string.Empty;
        findActivity.Reset();
        activities.Add(kind, text);
        return text;
    }

    private TwinTarget Target(long identity)
    {
        if (identity == 0) return default;
        if (targets.TryGetValue(identity, out var target)) return target;
        if (targets.Count >= MaxTargets) targets.Clear();
        if (findTarget.Bind(1, identity).Step()) target = TwinTarget.Of(findTarget.String(0), findTarget.String(1), findTarget.String(2));
        findTarget.Reset();
        targets.Add(identity, target);
        return target;
    }

    private TwinResult Result(long term)
    {
        if (term == 0) return TwinResult.Unknown;
        if (results.TryGetValue(term, out var result)) return result;
        findResult.Bind(1, term);
        result = !findResult.Step() ? TwinResult.Unknown : findResult.String(0)?.ToUpperInvariant() switch
        {
            "SUCCESS" or "SUCCEEDED" => TwinResult.Success,
            "FAILURE" or "FAILED" or "TIMEOUT" or "PARTIALLYSUCCEEDED" => TwinResult.Failure,
            _ => TwinResult.Unknown,
        };
        findResult.Reset();
        results.Add(term, result);
        return result;
    }
}
