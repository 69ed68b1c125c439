using EntraAuditTools.Core.Mirror.Rows;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Schema;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Writing.Entities;

/// <summary>
/// Writes items of lists: members of groups, incompatible packages, sponsors. An item counts from its first observation until a list that
/// is known to be complete lacks it. What is written depends on what was observed and when, never on the order of imports.
/// </summary>
internal sealed class EdgeWriter(SqliteConnection connection, EntityNumbers numbers) : IDisposable
{
    private readonly Statement spans = new(connection,
        "SELECT first, last, gone FROM edge WHERE source = ? AND role = ? AND target = ? ORDER BY first");
    private readonly Statement completeAfter =
        new(connection, "SELECT observed FROM edge_list WHERE source = ? AND role = ? AND complete = 1 AND observed > ? ORDER BY observed");
    private readonly Statement findComplete = new(connection,
        "SELECT 1 FROM edge_list WHERE source = ? AND role = ? AND complete = 1 AND observed = ?");
    private readonly Statement insert = new(connection, """
        INSERT INTO edge (source, role, target, first, last, gone, import) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        ON CONFLICT DO UPDATE SET last = ?5, gone = ?6, import = ?7
        """);
    private readonly Statement lengthen = new(connection,
        "UPDATE edge SET last = ?5 WHERE source = ?1 AND role = ?2 AND target = ?3 AND first = ?4");
    private readonly Statement close = new(connection,
        "UPDATE edge SET gone = ?5 WHERE source = ?1 AND role = ?2 AND target = ?3 AND first = ?4");
    private readonly Statement remove = new(connection, "DELETE FROM edge WHERE source = ? AND role = ? AND target = ?");
    private readonly Statement items =
        new(connection, "SELECT target, first, last FROM edge WHERE source = ? AND role = ? AND first <= ? AND (gone IS NULL OR gone > ?)");
    private readonly Statement addList =
        new(connection, "INSERT INTO edge_list (source, role, observed, complete) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET complete "
            + "= max(complete, excluded.complete)");
    private readonly Statement times = new(connection, "SELECT observed FROM edge_seen WHERE source = ? AND role = ? AND target = ?");
    private readonly Statement addTime = new(connection,
        "INSERT OR IGNORE INTO edge_seen (source, role, target, observed) VALUES (?, ?, ?, ?)");

    /// <summary>Writes the lists of an observation; says whether anything in them is new.</summary>
    /// <param name="observation">What was observed of the entity.</param>
    /// <param name="entity">Its number.</param>
    /// <param name="observed">When the list was observed, UTC ticks.</param>
    /// <param name="seen">When the export was taken, UTC ticks: an edge to a parent has no date of its own.</param>
    /// <param name="import">The import.</param>
    public bool Write(ObservedEntity observation, long entity, long observed, long seen, long import)
    {
        var changed = false;
        if (observation.Parent is { } parent)
            changed |= Add(new(numbers.Of(parent.Kind, parent.Id, out _), (int)parent.Role, entity), seen, import);
        if (observation.Lists.Length == 0 && observation.Edges.Length == 0) return changed;
        observed = Math.Max(observed, seen);
        var targets = new HashSet<(int Role, long Target)>();
        foreach (var (role, kind, id) in observation.Edges)
        {
            var target = numbers.Of(kind, id, out _);
            targets.Add(((int)role, target));
            changed |= Add(new(entity, (int)role, target), observed, import);
        }

        foreach (var (role, isComplete) in observation.Lists)
        {
            addList.Bind(1, entity).Bind(2, (int)role).Bind(3, observed).Bind(4, isComplete ? 1 : 0).Execute();
            if (isComplete) changed |= CloseOthers(entity, (int)role, observed, target => targets.Contains(((int)role, target)), import);
        }

        return changed;
    }

    /// <summary>Writes that an item was observed at a time, as another mirror has it.</summary>
    public void AddAgain(long source, EdgeRole role, long target, long observed, long import) =>
        Add(new(source, (int)role, target), observed, import);

    /// <summary>Ends the items that a list lacked that was declared to be whole, as another mirror has it.</summary>
    public void CloseAgain(long source, EdgeRole role, long observed, IReadOnlySet<long> items)
    {
        addList.Bind(1, source).Bind(2, (int)role).Bind(3, observed).Bind(4, 1).Execute();
        CloseOthers(source, (int)role, observed, items.Contains, 0);
    }

    /// <summary>Ends the items that complete exports of lists lack.</summary>
    public void CloseMissing(CompleteExports complete)
    {
        foreach (var (source, role, seen) in complete.Lists)
        {
            addList.Bind(1, source).Bind(2, role).Bind(3, seen).Bind(4, 1).Execute();
            CloseOthers(source, role, seen, target => complete.HasItem(source, role, target), 0);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in new[] { spans, completeAfter, findComplete, insert, lengthen, close, remove, items, addList, times,
            addTime }) statement.Dispose();
    }

    private readonly record struct Edge(long Source, int Role, long Target);

    private readonly record struct Span(long First, long Last, long? Gone);

    private bool Add(in Edge edge, long observed, long import)
    {
        var known = Spans(edge);
        if (known.Count == 0)
        {
            Insert(edge, new(observed, observed, CompleteAfter(edge, observed).Cast<long?>().FirstOrDefault()), import);
            return true;
        }

        var at = known.FindLastIndex(span => span.First <= observed);
        if (at >= 0 && known[at] is var around && (around.Gone == null || around.Gone > observed))
        {
            // Observed again while it lasts, and later than ever: nearly always.
            if (observed == around.First || observed == around.Last) return false;
            if (observed > around.Last)
            {
                if (around.Last != around.First && !IsCompleteAt(edge, around.Last)) AddTime(edge, around.Last);
                Bind(lengthen, edge).Bind(4, around.First).Bind(5, observed).Execute();
            }
            else
            {
                AddTime(edge, observed);
            }

            return false;
        }

        Rewrite(edge, known, observed, null, import);
        return true;
    }

    private bool CloseOthers(long source, int role, long observed, Func<long, bool> isItem, long import)
    {
        var ended = new List<(long Target, long First, long Last)>();
        items.Bind(1, source).Bind(2, role).Bind(3, observed).Bind(4, observed);
        while (items.Step())
        {
            if (!isItem(items.Number(0))) ended.Add((items.Number(0), items.Number(1), items.Number(2)));
        }

        var changed = false;
        foreach (var (target, first, last) in ended)
        {
            // Observed at the same moment: something names it.
            if (first == observed || last == observed) continue;
            var edge = new Edge(source, role, target);
            if (last < observed) Bind(close, edge).Bind(4, first).Bind(5, observed).Execute();
            else Rewrite(edge, Spans(edge), null, observed, import);
            changed = true;
        }

        return changed;
    }

    // From every time at which it was observed (one may be new) and every complete list that lacks it (so may one).
    private void Rewrite(in Edge edge, List<Span> known, long? observed, long? lacks, long import)
    {
        var seen = new SortedSet<long>(Times(edge));
        var complete = CompleteAfter(edge, long.MinValue);
        foreach (var span in known)
        {
            seen.Add(span.First);
            seen.Add(span.Last);
            // A whole list that does not end it had it; the one that is new had not.
            foreach (var list in complete)
            {
                if (list > span.First && list < span.Last && list != lacks) seen.Add(list);
            }
        }

        if (observed is { } number) seen.Add(number);
        var lacking = complete.FindAll(list => !seen.Contains(list));
        var spans = new List<Span>();
        foreach (var time in seen)
        {
            if (spans.Count > 0 && spans[^1] is var last && !lacking.Exists(list => list > last.First && list < time && list > last.Last))
                spans[^1] = last with { Last = time };
            else spans.Add(new(time, time, null));
        }

        Bind(remove, edge).Execute();
        foreach (var span in spans)
            Insert(edge, span with { Gone = lacking.Where(list => list > span.Last).Cast<long?>().FirstOrDefault() }, import);
        foreach (var time in seen)
        {
            if (!spans.Exists(span => span.First == time || span.Last == time) && !complete.Contains(time)) AddTime(edge, time);
        }
    }

    private List<Span> Spans(in Edge edge)
    {
        var found = new List<Span>(1);
        Bind(spans, edge);
        while (spans.Step()) found.Add(new(spans.Number(0), spans.Number(1), spans.IsNull(2) ? null : spans.Number(2)));
        return found;
    }

    private List<long> CompleteAfter(in Edge edge, long time)
    {
        var found = new List<long>();
        completeAfter.Bind(1, edge.Source).Bind(2, edge.Role).Bind(3, time);
        while (completeAfter.Step()) found.Add(completeAfter.Number(0));
        return found;
    }

    private bool IsCompleteAt(in Edge edge, long time)
    {
        var found = findComplete.Bind(1, edge.Source).Bind(2, edge.Role).Bind(3, time).Step();
        if (found) findComplete.Reset();
        return found;
    }

    private List<long> Times(in Edge edge)
    {
        var found = new List<long>();
        Bind(times, edge);
        while (times.Step()) found.Add(times.Number(0));
        return found;
    }

    private void AddTime(in Edge edge, long time) => Bind(addTime, edge).Bind(4, time).Execute();

    private static Statement Bind(Statement statement, in Edge edge) =>
        statement.Bind(1, edge.Source).Bind(2, edge.Role).Bind(3, edge.Target);

    private void Insert(in Edge edge, in Span span, long import)
    {
        Bind(insert, edge).Bind(4, span.First).Bind(5, span.Last).Bind(7, import);
        if (span.Gone is { } ticks) insert.Bind(6, ticks);
        else insert.BindText(6, default);
        insert.Execute();
    }
}
