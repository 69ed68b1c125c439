using EntraAuditTools.Core.Formats.Entitlement;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Writing;

/// <summary>
/// Writes items of lists: members of groups, incompatible packages, sponsors. An item counts from when it was first observed; a list that
/// is known to be whole ends the items that it lacks.
/// </summary>
internal sealed class EdgeWriter(SqliteConnection connection, EntityNumbers numbers) : IDisposable
{
    private readonly Statement before = new(connection, "SELECT first, last, gone FROM edge WHERE source = ? AND role = ? AND target = ? AND first <= ? ORDER BY first DESC LIMIT 1");
    private readonly Statement after = new(connection, "SELECT min(first) FROM edge WHERE source = ? AND role = ? AND target = ? AND first > ?");
    private readonly Statement listBetween = new(connection, "SELECT EXISTS (SELECT 1 FROM edge_list WHERE source = ? AND role = ? AND complete = 1 AND observed >= ? AND observed < ?)");
    private readonly Statement insert = new(connection, "INSERT OR REPLACE INTO edge (source, role, target, first, last, gone, import) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    private readonly Statement lengthen = new(connection, "UPDATE edge SET last = max(last, ?5) WHERE source = ?1 AND role = ?2 AND target = ?3 AND first = ?4");
    private readonly Statement remove = new(connection, "DELETE FROM edge WHERE source = ? AND role = ? AND target = ? AND first = ?");
    private readonly Statement items = new(connection, "SELECT target, first, last, gone FROM edge WHERE source = ? AND role = ? AND first <= ? AND (gone IS NULL OR gone > ?)");
    private readonly Statement told = new(connection, "INSERT INTO edge_list (source, role, observed, complete) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET complete = max(complete, excluded.complete)");
    private readonly Statement close = new(connection, "UPDATE edge SET last = ?5, gone = ?6 WHERE source = ?1 AND role = ?2 AND target = ?3 AND first = ?4");

    /// <summary>Writes the lists of an observation; says whether anything in them is new.</summary>
    /// <param name="observation">What was told of the entity.</param>
    /// <param name="entity">Its number.</param>
    /// <param name="observed">When the list was observed, UTC ticks.</param>
    /// <param name="seen">When the export was taken, UTC ticks: an edge to a parent has no date of its own.</param>
    /// <param name="import">The import.</param>
    public bool Write(ToldEntity observation, long entity, long observed, long seen, long import)
    {
        var changed = false;
        if (observation.Parent is { } parent) changed |= Add(numbers.Of(parent.Kind, parent.Id, out _), (int)parent.Role, entity, seen, import);
        if (observation.Lists.Length == 0 && observation.Edges.Length == 0) return changed;
        observed = Math.Max(observed, seen);
        var targets = new HashSet<(int Role, long Target)>();
        foreach (var (role, kind, id) in observation.Edges)
        {
            var target = numbers.Of(kind, id, out _);
            targets.Add(((int)role, target));
            changed |= Add(entity, (int)role, target, observed, import);
        }

        foreach (var (role, isComplete) in observation.Lists)
        {
            told.Bind(1, entity).Bind(2, (int)role).Bind(3, observed).Bind(4, isComplete ? 1 : 0).Execute();
            if (isComplete) changed |= CloseOthers(entity, (int)role, observed, target => targets.Contains(((int)role, target)), import);
        }

        return changed;
    }

    /// <summary>Ends the items that complete exports of lists lack.</summary>
    public void CloseMissing(CompleteExports complete)
    {
        foreach (var (source, role, seen) in complete.Lists.ToList())
        {
            told.Bind(1, source).Bind(2, role).Bind(3, seen).Bind(4, 1).Execute();
            CloseOthers(source, role, seen, target => complete.HasItem(source, role, target), 0);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in new[] { before, after, listBetween, insert, lengthen, remove, items, told, close }) statement.Dispose();
    }

    private bool Add(long source, int role, long target, long observed, long import)
    {
        if (before.Bind(1, source).Bind(2, role).Bind(3, target).Bind(4, observed).Step())
        {
            var (first, gone) = (before.Number(0), before.IsNull(2) ? (long?)null : before.Number(2));
            before.Reset();
            if (gone == null || gone > observed)
            {
                lengthen.Bind(1, source).Bind(2, role).Bind(3, target).Bind(4, first).Bind(5, observed).Execute();
                return false;
            }
        }

        // Seen earlier than known so far: the same item, unless a whole list between lacked it.
        if (after.Bind(1, source).Bind(2, role).Bind(3, target).Bind(4, observed).Step())
        {
            var next = after.IsNull(0) ? (long?)null : after.Number(0);
            after.Reset();
            if (next is { } later && !IsListBetween(source, role, observed, later))
            {
                if (before.Bind(1, source).Bind(2, role).Bind(3, target).Bind(4, later).Step())
                {
                    var (last, gone) = (before.Number(1), before.IsNull(2) ? (long?)null : before.Number(2));
                    before.Reset();
                    remove.Bind(1, source).Bind(2, role).Bind(3, target).Bind(4, later).Execute();
                    Insert(source, role, target, observed, last, gone, import);
                    return true;
                }
            }
        }

        // A whole list that was observed later without it has ended it already.
        Insert(source, role, target, observed, observed, FirstListAfter(source, role, observed), import);
        return true;
    }

    private bool IsListBetween(long source, int role, long from, long to)
    {
        listBetween.Bind(1, source).Bind(2, role).Bind(3, from).Bind(4, to).Step();
        var found = listBetween.Number(0) != 0;
        listBetween.Reset();
        return found;
    }

    private readonly Statement listAfter = new(connection, "SELECT min(observed) FROM edge_list WHERE source = ? AND role = ? AND complete = 1 AND observed > ?");

    private long? FirstListAfter(long source, int role, long observed)
    {
        listAfter.Bind(1, source).Bind(2, role).Bind(3, observed).Step();
        long? found = listAfter.IsNull(0) ? null : listAfter.Number(0);
        listAfter.Reset();
        return found;
    }

    private bool CloseOthers(long source, int role, long observed, Func<long, bool> isItem, long import)
    {
        var ended = new List<(long Target, long First, long Last, long? Gone)>();
        items.Bind(1, source).Bind(2, role).Bind(3, observed).Bind(4, observed);
        while (items.Step())
        {
            if (!isItem(items.Number(0))) ended.Add((items.Number(0), items.Number(1), items.Number(2), items.IsNull(3) ? null : items.Number(3)));
        }

        foreach (var (target, first, last, gone) in ended)
        {
            if (first == observed) continue;
            close.Bind(1, source).Bind(2, role).Bind(3, target).Bind(4, first).Bind(5, Math.Min(last, observed)).Bind(6, observed).Execute();
            // Seen again later: it came back at some time.
            if (last > observed) Insert(source, role, target, last, last, gone, import);
        }

        return ended.Count > 0;
    }

    private void Insert(long source, int role, long target, long first, long last, long? gone, long import)
    {
        insert.Bind(1, source).Bind(2, role).Bind(3, target).Bind(4, first).Bind(5, last).Bind(7, import);
        if (gone is { } ticks) insert.Bind(6, ticks);
        else insert.BindText(6, default);
        insert.Execute();
    }
}
