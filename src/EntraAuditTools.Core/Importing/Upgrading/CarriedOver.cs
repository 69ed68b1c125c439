using System.Text;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Chain;
using EntraAuditTools.Core.Mirror.Rows;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Writing;
using EntraAuditTools.Core.Schema;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Importing.Upgrading;

/// <summary>
/// Copies, once all imports are derived anew, what no original contains: what exports that were declared complete lacked, when lists of a
/// page's address came again, when jobs were seen last, and which spans are covered.
/// </summary>
/// <param name="connection">The new mirror; the old one is attached.</param>
/// <param name="writer">Its writer.</param>
/// <param name="dimensions">Its numbers.</param>
internal sealed class CarriedOver(SqliteConnection connection, MirrorWriter writer, Dimensions dimensions)
{

    /// <summary>Takes it all over.</summary>
    /// <param name="imports">The imports, with the times at which their sources were written.</param>
    public void Run(IReadOnlyList<(OldImport Import, DateTime FileTime)> imports)
    {
        Jobs();
        writer.Within(() =>
        {
            Lists();
            CompleteLists(imports);
            Coverage(imports);
        });
    }

    /// <summary>Which entity is which: numbers are given in order, and so differ.</summary>
    private static string Same(string name, string old) => $"""
        JOIN old.entity {name}_old ON {name}_old.id = {old} JOIN main.entity {name} ON {name}.object_id = {name}_old.object_id AND {name}.kind = {name}_old.kind
        """;

    /// <summary>A job that was exported again in the same state was kept once.</summary>
    private void Jobs()
    {
        var batch = new ImportBatch();
        var type = dimensions.Term("ServicePrincipal"u8, batch);
        using (var jobs = new Statement(connection, """
            SELECT j.job, j.observed, j.last_observed, j.assumed, i.object_id, i.display_name, t.text, j.digest, j.block, j.slot,
                (SELECT count(*) FROM old.synchronization_job s WHERE s.block = j.block AND s.slot = j.slot) > 1
            FROM old.synchronization_job j LEFT JOIN old.identity i ON i.id = j.application LEFT JOIN old.term t ON t.id = j.tenant
            WHERE EXISTS (SELECT 1 FROM main.synchronization_job n WHERE n.block = j.block AND n.slot = j.slot)
                AND NOT EXISTS (
                    SELECT 1 FROM main.synchronization_job n
                    WHERE n.digest = j.digest AND n.job = j.job AND n.observed <= j.observed AND n.last_observed >= j.last_observed
                        AND (n.application <> 0 OR j.application = 0)
                        AND (j.tenant = 0 OR (SELECT text FROM main.term WHERE id = n.tenant) IS (SELECT text FROM old.term WHERE id = j.tenant)))
            ORDER BY j.observed
            """))
        {
            while (jobs.Step())
            {
                // A state with another one between its times is two rows of one original.
                long[] times = jobs.Number(10) != 0 ? [jobs.Number(1), jobs.Number(2)] : [jobs.Number(2)];
                foreach (var time in times.Distinct())
                {
                    var application = dimensions.Identity(type, jobs.Text(4), jobs.Text(5), default, batch);
                    batch.Jobs.Add(new(batch.Add(jobs.Text(0)), time, jobs.Number(3) != 0, application,
                        dimensions.Tenant(jobs.Text(6), batch), jobs.Number(7), default, RecordShape.GraphSynchronizationJob)
                    {
                        Place = new(jobs.Number(8), (int)jobs.Number(9)),
                    });
                }
            }
        }

        writer.Write([batch]);
    }

    /// <summary>
    /// Items of lists that a page's address or the admin named: where the page came again, only the mirror has the times; and where its
    /// context was not kept, only the mirror has the items.
    /// </summary>
    private void Lists()
    {
        var found = new List<(long Source, EdgeRole Role, long Target, long Time, long Import)>();
        var sql = $"""
            WITH known AS (
                SELECT g.source, g.role, g.target, g.first, g.last, g.import FROM old.edge g
                WHERE g.role <> {(int)EdgeRole.PolicyOf} AND EXISTS (SELECT 1 FROM old.entity_original p WHERE p.entity = g.target)
                    AND g.import NOT IN (SELECT id FROM main.import WHERE json_extract(options, '$.SetAside') IS NOT NULL))
            SELECT owner.id, k.role, item.id, k.first, k.last, k.import FROM known k
            {Same("owner", "k.source")} {Same("item", "k.target")}
            WHERE NOT EXISTS (SELECT 1 FROM main.edge n WHERE n.source = owner.id AND n.role = k.role AND n.target = item.id
                AND n.first <= k.last AND n.last >= k.last)
            """;
        using (var edges = new Statement(connection, sql))
        {
            while (edges.Step())
            {
                var edge = (edges.Number(0), (EdgeRole)edges.Number(1), edges.Number(2));
                found.Add((edge.Item1, edge.Item2, edge.Item3, edges.Number(3), edges.Number(5)));
                if (edges.Number(4) != edges.Number(3)) found.Add((edge.Item1, edge.Item2, edge.Item3, edges.Number(4), edges.Number(5)));
            }
        }

        foreach (var (source, role, target, time, import) in found) writer.Entities.Edges.AddAgain(source, role, target, time, import);
    }

    /// <summary>Lists that were declared to be whole.</summary>
    private void CompleteLists(IReadOnlyList<(OldImport Import, DateTime FileTime)> imports)
    {
        var declared = imports.Where(entry => entry.Import.IsComplete)
            .Select(entry => (entry.Import.ToOptions(string.Empty, null).ObservedAt?.UtcDateTime ?? entry.FileTime).Ticks).ToHashSet();
        if (declared.Count == 0) return;
        var lists = new List<(long Old, long New, EdgeRole Role, long Observed)>();
        using (var all = new Statement(connection, $"""
            SELECT l.source, owner.id, l.role, l.observed FROM old.edge_list l {Same("owner", "l.source")}
            WHERE l.complete = 1 AND NOT EXISTS (SELECT 1 FROM main.edge_list n WHERE n.source = owner.id AND n.role = l.role
                AND n.observed = l.observed AND n.complete = 1)
            ORDER BY l.observed
            """))
        {
            while (all.Step()) lists.Add((all.Number(0), all.Number(1), (EdgeRole)all.Number(2), all.Number(3)));
        }

        using var items = new Statement(connection, $"""
            SELECT item.id FROM old.edge g {Same("item", "g.target")}
            WHERE g.source = ?1 AND g.role = ?2 AND g.first <= ?3 AND (g.gone IS NULL OR g.gone > ?3)
            """);
        foreach (var (old, now, role, observed) in lists.Where(list => declared.Contains(list.Observed)))
        {
            var had = new HashSet<long>();
            items.Bind(1, old).Bind(2, (int)role).Bind(3, observed);
            while (items.Step()) had.Add(items.Number(0));
            writer.Entities.Edges.CloseAgain(now, role, observed, had);
        }
    }

    /// <summary>
    /// What complete exports lacked that ended with an import, and that they were complete: before the next import, as it was then.
    /// </summary>
    /// <param name="import">The import.</param>
    /// <param name="seen">When its exports were taken.</param>
    public void Complete(OldImport import, long seen)
    {
        using (var gone = new Statement(connection, $"""
            SELECT owner.id, owner.kind, s.seen, s.last_seen, s.assumed, s.id FROM main.work_gone w
                JOIN old.entity_state s ON s.id = w.state {Same("owner", "s.entity")}
            WHERE w.import = ?1 AND EXISTS (SELECT 1 FROM main.entity_state n WHERE n.entity = owner.id)
            """))
        {
            var found = new List<(long Entity, EntityKind Kind, long Time, bool IsAssumed)>();
            gone.Bind(1, import.Id);
            while (gone.Step()) found.Add(
                (gone.Number(0), (EntityKind)gone.Number(1), TimeOf(gone.Number(5), gone.Number(2), gone.Number(3), import.Id, seen),
                    gone.Number(4) != 0));
            foreach (var (entity, kind, time, isAssumed) in found) writer.Entities.LackAgain(entity, kind, time, isAssumed, import.Id);
        }

        using var complete = new Statement(connection, $"""
            INSERT OR IGNORE INTO main.complete_export (kind, tenant, scope, seen, assumed, import)
            SELECT c.kind, {Tenant}, owner.id, c.seen, c.assumed, c.import FROM old.complete_export c {Same("owner", "c.scope")} WHERE c.import = ?1
            UNION ALL SELECT c.kind, {Tenant}, 0, c.seen, c.assumed, c.import FROM old.complete_export c WHERE c.scope = 0 AND c.import = ?1
            """);
        if (complete.Bind(1, import.Id).ExecuteCounted() > 0) writer.Entities.ForgetComplete();
    }

    private const string Tenant = "coalesce((SELECT n.id FROM main.term n JOIN old.term o ON o.text = n.text WHERE o.id = c.tenant), 0)";

    /// <summary>At which of the times at which something was missing an import found that out: its own, or the newest of the files that
    /// were imported with it.</summary>
    private long TimeOf(long state, long first, long last, long import, long seen)
    {
        if (seen == first || seen == last) return seen;
        var times = new SortedSet<long> { first, last };
        using (var again = new Statement(connection, "SELECT seen FROM old.entity_seen WHERE state = ?"))
        {
            again.Bind(1, state);
            while (again.Step()) times.Add(again.Number(0));
        }

        if (times.Contains(seen)) return seen;
        using var order = new Statement(connection, "SELECT count(*) FROM old.entity_sighting WHERE state = ? AND import < ?");
        order.Bind(1, state).Bind(2, import).Step();
        var position = (int)order.Number(0);
        order.Reset();
        return times.ElementAt(Math.Min(position, times.Count - 1));
    }

    private void Coverage(IReadOnlyList<(OldImport Import, DateTime FileTime)> imports)
    {
        var byId = imports.ToDictionary(entry => entry.Import.Id, entry => entry.Import);
        var removed = new RemovedRecords(connection);
        var batch = new ImportBatch();
        var spans = new List<(CoveredSpan Span, long Import)>();
        using (var all = new Statement(connection, """
            SELECT c.kind, t.text, c.from_time, c.to_time, c.basis, c.import, i.first_time, i.last_time
            FROM old.coverage c LEFT JOIN old.term t ON t.id = c.tenant LEFT JOIN main.import i ON i.id = c.import ORDER BY c.id
            """))
        {
            while (all.Step())
            {
                var (from, to, import) = (all.Number(2), all.Number(3), all.Number(5));
                // An end that was not declared is where the records end. A span with other ends was declared later, when the same file came
                // again: it stands as it is.
                if (all.String(4) == "declared" && byId.GetValueOrDefault(import) is { } by && all.NumberOrNull(6) is { } first
                    && all.NumberOrNull(7) is { } last)
                {
                    var options = by.ToOptions(string.Empty, null);
                    if (options.CoversFrom == null && options.CoversTo is { } until && until.UtcTicks == to) from = first;
                    if (options.CoversTo == null && options.CoversFrom is { } since && since.UtcTicks == from) to = last + 1;
                }

                // What an import brought of before was removed since.
                if (removed.Before(all.String(0)!, import) is { } end) from = Math.Max(from, end);
                if (from < to) spans.Add(
                    (new(all.String(0)!, dimensions.Term(Encoding.UTF8.GetBytes(all.String(1) ?? string.Empty), batch), from, to,
                        all.String(4)!), import));
            }
        }

        writer.Write([batch]);
        foreach (var (span, import) in spans) writer.AddCoverage(span, import);
    }
}
