using System.Text;
using EntraAuditTools.Core.Mirror.Entities;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Schema;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Writing.Entities;

/// <summary>Keeps the table <c>assignment</c>: the newest that is known of each, in columns that questions filter by.</summary>
internal sealed class AssignmentProjection(SqliteConnection connection, EntityNumbers numbers) : IDisposable
{
    // Not OR REPLACE: with that SQLite keeps a copy of each page that a statement changes, and writes it to a file (a third of the time of
    // a large import).
    private readonly Statement write = new(connection, """
        INSERT INTO assignment VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
        ON CONFLICT (entity) DO UPDATE SET package = ?2, policy = ?3, subject = ?4, catalog = ?5, state = ?6, starts = ?7, ends = ?8,
            end_known = ?9, expired = ?10, gone = ?11, portal = ?12, latest = ?13, versions = ?14
        """);
    private readonly Statement findTerm = new(connection, "SELECT id FROM term WHERE text = ?");
    private readonly Dictionary<string, long> terms = [];

    /// <summary>Writes an assignment of which there is one state.</summary>
    /// <param name="entity">Its number.</param>
    /// <param name="json">The state's facts, as they are stored: one pass over them is enough.</param>
    /// <param name="state">The state's number.</param>
    public void ProjectFirst(long entity, ReadOnlySpan<byte> json, long state) =>
        Write(entity, AssignmentColumns.Of(json), gone: null, state, versions: 1);

    /// <summary>Writes an assignment of which there are several.</summary>
    public void Project(long entity, IReadOnlyList<StoredState> states)
    {
        var newest = EntityState.At(states, null);
        Write(entity, AssignmentColumns.Of(newest.Json), newest.IsGone ? newest.GoneSince : null, newest.Current?.Id ?? 0, states.Count);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        write.Dispose();
        findTerm.Dispose();
    }

    private void Write(long entity, in AssignmentColumns facts, long? gone, long state, int versions)
    {
        long Link(string? id, EntityKind kind) => string.IsNullOrEmpty(id) ? 0 : numbers.Of(kind, id, out _);
        var (ends, isKnown) = AssignmentSchedule.End(facts.ExpirationEnd, facts.ExpirationType, facts.Start, facts.ExpirationDuration);
        write.Bind(1, entity).Bind(2, Link(facts.Package, EntityKind.AccessPackage)).Bind(3, Link(facts.Policy, EntityKind.Policy))
            .Bind(4, Link(facts.Subject, EntityKind.User)).Bind(5, Link(facts.Catalog, EntityKind.Catalog))
            .Bind(6, Term(facts.State)).Bind(9, isKnown ? 1 : 0).Bind(12, facts.IsPortal ? 1 : 0).Bind(13, state).Bind(14, versions);
        Bind(7, StoredState.Ticks(facts.Start));
        Bind(8, ends);
        Bind(10, StoredState.Ticks(facts.Expired));
        Bind(11, gone);
        write.Execute();
    }

    private void Bind(int index, long? ticks)
    {
        if (ticks is { } number) write.Bind(index, number);
        else write.BindText(index, default);
    }

    private long Term(string? text)
    {
        if (string.IsNullOrEmpty(text)) return 0;
        if (terms.TryGetValue(text, out var number)) return number;
        // The reading thread gives words their numbers, and has given this one with the batch that is being written.
        if (!findTerm.BindText(1, Encoding.UTF8.GetBytes(text)).Step()) return 0;
        number = findTerm.Number(0);
        findTerm.Reset();
        terms.Add(text, number);
        return number;
    }
}
