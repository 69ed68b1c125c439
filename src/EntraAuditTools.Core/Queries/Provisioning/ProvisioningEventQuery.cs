using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Logs;

namespace EntraAuditTools.Core.Queries.Provisioning;

/// <summary>
/// The trail of a user or group through provisioning: imported, matched, ruled on, exported, retried; from the audit log and from the steps
/// of the provisioning log, each event once.
/// </summary>
internal static class ProvisioningEventQuery
{
    // Settings are changed under the same service: they are no part of anybody's trail.
    private static readonly string[] TrailActivities =
        [TrailEvent.Import, TrailEvent.Rule, TrailEvent.Export, TrailEvent.Escrow, TrailEvent.Other, "Execution", "User Provisioning",
            "Quarantine"];

    /// <summary>A pass is over when nothing has come for so long; retries come within a day at most.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromDays(2);

    /// <summary>
    /// The events that match, pass by pass in the order of their beginnings, each pass by time and normal order; read as they are asked
    /// for.
    /// </summary>
    /// <exception cref="AuditToolException">InvalidWildcard, or what can be wrong with a mirror.</exception>
    /// <exception cref="OperationCanceledException"><see cref="MirrorReader.Interrupt"/> was called.</exception>
    public static IEnumerable<ProvisioningEvent> Run(MirrorReader mirror, ProvisioningEventFilter filter)
    {
        var events = Matching(mirror, filter);
        if (filter.Skip > 0) events = events.Skip((int)Math.Min(filter.Skip, int.MaxValue));
        if (filter.First is { } first) events = events.Take((int)Math.Min(first, int.MaxValue));
        return events.Select(e => e.ToEvent());
    }

    /// <summary>How many events match, leaving <see cref="ProvisioningEventFilter.Skip"/> and <see cref="ProvisioningEventFilter.First"/>
    /// aside. All of them are read for it.</summary>
    /// <inheritdoc cref="Run" path="/exception"/>
    public static long Count(MirrorReader mirror, ProvisioningEventFilter filter) => Matching(mirror, filter).LongCount();

    /// <summary>The filter as it was understood: bounds in UTC and every condition.</summary>
    public static string Describe(ProvisioningEventFilter filter) =>
        new FilterDescription("Provisioning events", filter.After, filter.Before)
        .Add("identity's name, UPN or any id", filter.Identity)
        .Add("application's name or id", filter.Application)
        .Add("activity", filter.Activity)
        .Add("status", filter.Status)
        .Add("tenant", filter.Tenant)
        .End("pass by pass, oldest first", filter.Skip, filter.First);

    private static IEnumerable<TrailEvent> Matching(MirrorReader mirror, ProvisioningEventFilter filter)
    {
        var application = AnyOf<TrailEvent>(filter.Application, e => e.ApplicationTexts);
        var activity = AnyOf<TrailEvent>(filter.Activity, e => [e.Activity]);
        var status = AnyOf<TrailEvent>(filter.Status, e => [e.Status]);
        var source = filter.Identity is { Count: > 0 } ? OfIdentity(mirror, filter)
            : Merge(Audit(mirror, filter, filter.Application, null), Log(mirror, filter, null));
        return Passes(source)
            .SelectMany(pass => pass.Complete())
            .Where(e => !(e.Time < filter.After) && !(e.Time >= filter.Before) && application(e) && activity(e) && status(e));
    }

    /// <summary>
    /// The events of one object. Records name it in one way or another, or not at all: found by any of its names in either log, its passes
    /// are then completed by their ids with what names nobody else.
    /// </summary>
    private static IEnumerable<TrailRecord> OfIdentity(MirrorReader mirror, ProvisioningEventFilter filter)
    {
        var names = Names(mirror, filter.Identity!);
        var found = Audit(mirror, filter, names, null).Concat(Log(mirror, filter, null)).ToList();
        if (!found.Exists(e => e.IsFromAudit))
        {
            found.AddRange(Audit(mirror, filter, filter.Application, null)
                .Where(AnyOf<TrailRecord>(filter.Identity, e => e.IdentityTexts)));
        }

        var known = new HashSet<string>(names.Select(WildcardLiteral).OfType<string>().Concat(found.SelectMany(e => e.IdentityTexts)),
            StringComparer.OrdinalIgnoreCase);
        var seen = found.Select(record => record.Key).ToHashSet();
        foreach (var passes in found.Select(e => e.Pass).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(WildcardText.Escape).Chunk(200))
        {
            foreach (var more in Audit(mirror, filter, null, passes).Concat(Log(mirror, filter, passes)))
            {
                var isOurs = more.IdentityTexts.Count == 0 || more.IdentityTexts.Exists(known.Contains);
                if (isOurs && !seen.Contains(more.Key)) found.Add(more);
            }
        }

        return found.OrderBy(e => e.Time);
    }

    private static string? WildcardLiteral(string text) => new WildcardText(text).Literal;

    /// <summary>The texts asked for, and the other names and ids under which the mirror knows the same objects.</summary>
    private static List<string> Names(MirrorReader mirror, IReadOnlyList<string> identity)
    {
        const int Most = 500;
        var names = new HashSet<string>(identity, StringComparer.OrdinalIgnoreCase);
        var sql = new SqlText($"SELECT object_id, upn FROM identity WHERE ");
        sql.Add(TextCondition.AnyOf(sql, identity, "object_id", "upn", "display_name")).Add($" LIMIT {Most}");
        foreach (var (id, upn) in mirror.Query(sql,
            row => (row.IsDBNull(0) ? null : row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1))))
        {
            // An id with few letters (an employee number) may be anything else's elsewhere: only ids that are unmistakable are followed.
            if (id != null && Guid.TryParse(id, out _)) names.Add(id);
            if (upn != null && upn.Contains('@', StringComparison.Ordinal)) names.Add(WildcardText.Escape(upn));
        }

        return [.. names];
    }

    private static IEnumerable<TrailRecord> Audit(MirrorReader mirror, ProvisioningEventFilter filter, IReadOnlyList<string>? targets,
        IReadOnlyList<string>? passes)
    {
        var isPart = passes != null;
        var activities = new AuditActivityFilter
        {
            Service = ["Account Provisioning"],
            Activity = TrailActivities,
            Target = targets,
            CorrelationId = passes,
            Tenant = filter.Tenant,
            After = isPart ? null : filter.After - TimeSpan.FromHours(1),
            Before = isPart ? null : filter.Before + Quiet,
            ShowSecret = filter.ShowSecret,
        };
        return ActivityLog.Query.Run(mirror, activities, oldestFirst: true).Select(activity => new TrailRecord(TrailEvent.Of(activity)));
    }

    private static IEnumerable<TrailRecord> Log(MirrorReader mirror, ProvisioningEventFilter filter, IReadOnlyList<string>? passes)
    {
        var isPart = passes != null;
        var entries = new ProvisioningLogFilter
        {
            Identity = isPart ? null : filter.Identity,
            Application = filter.Application,
            ChangeId = passes,
            Tenant = filter.Tenant,
            After = isPart ? null : filter.After - TimeSpan.FromHours(1),
            Before = isPart ? null : filter.Before + Quiet,
            ShowSecret = filter.ShowSecret,
        };
        return ProvisioningLog.Query.Run(mirror, entries, oldestFirst: true).Select(entry => new TrailRecord(entry));
    }

    /// <summary>Two streams in time order as one.</summary>
    private static IEnumerable<TrailRecord> Merge(IEnumerable<TrailRecord> first, IEnumerable<TrailRecord> second)
    {
        using var a = first.GetEnumerator();
        using var b = second.GetEnumerator();
        var (hasA, hasB) = (a.MoveNext(), b.MoveNext());
        while (hasA || hasB)
        {
            if (hasA && (!hasB || a.Current.Time <= b.Current.Time))
            {
                yield return a.Current;
                hasA = a.MoveNext();
            }
            else
            {
                yield return b.Current;
                hasB = b.MoveNext();
            }
        }
    }

    /// <summary>
    /// Gathers records in time order into passes, in the order of their beginnings; no more than some days are held at a time.
    /// </summary>
    private static IEnumerable<TrailPass> Passes(IEnumerable<TrailRecord> records)
    {
        var byKey = new Dictionary<string, TrailPass>(StringComparer.OrdinalIgnoreCase);
        var open = new Queue<(string Key, TrailPass Pass)>();
        var single = 0;
        foreach (var record in records)
        {
            while (open.Count > 0 && open.Peek().Pass.End < record.Time - Quiet) yield return Close();
            var key = record.Pass ?? $"\n{single++}";
            if (!byKey.TryGetValue(key, out var pass))
            {
                byKey.Add(key, pass = new TrailPass());
                open.Enqueue((key, pass));
            }

            pass.Add(record);
        }

        while (open.Count > 0) yield return Close();

        TrailPass Close()
        {
            var (key, pass) = open.Dequeue();
            byKey.Remove(key);
            return pass;
        }
    }

    private static Func<T, bool> AnyOf<T>(IReadOnlyList<string>? texts, Func<T, IEnumerable<string?>> values)
    {
        if (texts is not { Count: > 0 }) return _ => true;
        var patterns = texts.Select(text => new WildcardText(text)).ToList();
        return step => values(step).Any(value => value != null && patterns.Exists(p => p.IsMatch(value)));
    }
}
