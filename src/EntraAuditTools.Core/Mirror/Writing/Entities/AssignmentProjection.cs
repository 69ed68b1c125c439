using System.Text;
using EntraAuditTools.Core.Mirror.Entities;
using EntraAuditTools.Core.Mirror.Rows;
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
    private readonly ManyRows insert = new(connection, "assignment", "entity", "package", "policy", "subject", "catalog", "state", "starts",
        "ends", "end_known", "expired", "gone", "portal", "latest", "versions");
    private readonly Statement findTerm = new(connection, "SELECT id FROM term WHERE text = ?");
    private readonly Dictionary<string, long> terms = [];

    /// <summary>Writes an assignment of which there is one state. It waits to be written where it has no row yet.</summary>
    /// <param name="entity">Its number.</param>
    /// <param name="links">What the state says; null where an id in it is no GUID.</param>
    /// <param name="json">The state's facts, as they are stored.</param>
    /// <param name="state">The state's number.</param>
    /// <param name="isNew">Whether it surely has no row yet.</param>
    public void ProjectFirst(long entity, AssignmentLinks? links, ReadOnlySpan<byte> json, long state, bool isNew)
    {
        if (links == null)
        {
            Write(entity, AssignmentColumns.Of(json), gone: null, state, versions: 1);
            return;
        }

        long Link(Guid id, EntityKind kind) => id == Guid.Empty ? 0 : numbers.Of(kind, id);
        var columns = new Columns(Link(links.Package, EntityKind.AccessPackage), Link(links.Policy, EntityKind.Policy),
            Link(links.Subject, EntityKind.User), Link(links.Catalog, EntityKind.Catalog), links.State, links.Starts, links.Ends,
            links.IsEndKnown, links.Expired, Gone: null, links.IsPortal, state, Versions: 1);
        if (isNew) columns.Add(insert.Add(entity).Number(entity));
        else Write(entity, columns);
    }

    /// <summary>Writes an assignment of which there are several.</summary>
    public void Project(long entity, IReadOnlyList<StoredState> states)
    {
        var newest = EntityState.At(states, null);
        Write(entity, AssignmentColumns.Of(newest.Json), newest.IsGone ? newest.GoneSince : null, newest.Current?.Id ?? 0, states.Count);
    }

    /// <summary>Writes the rows that wait.</summary>
    public void Flush() => insert.Flush();

    /// <summary>Writes the rows that wait if one of them is an assignment's.</summary>
    public void Flush(long assignment) => insert.Flush(assignment);

    /// <inheritdoc/>
    public void Dispose()
    {
        write.Dispose();
        insert.Dispose();
        findTerm.Dispose();
    }

    private void Write(long entity, in AssignmentColumns facts, long? gone, long state, int versions)
    {
        long Link(string? id, EntityKind kind) => string.IsNullOrEmpty(id) ? 0 : numbers.Of(kind, id, out _);
        var (ends, isKnown) = AssignmentSchedule.End(facts.ExpirationEnd, facts.ExpirationType, facts.Start, facts.ExpirationDuration);
        var columns = new Columns(Link(facts.Package, EntityKind.AccessPackage), Link(facts.Policy, EntityKind.Policy),
            Link(facts.Subject, EntityKind.User), Link(facts.Catalog, EntityKind.Catalog), Term(facts.State),
            StoredState.Ticks(facts.Start), ends, isKnown, StoredState.Ticks(facts.Expired), gone, facts.IsPortal, state, versions);
        Write(entity, columns);
    }

    private void Write(long entity, in Columns columns)
    {
        insert.Flush();
        columns.Bind(write.Bind(1, entity));
        write.Execute();
    }

    private readonly record struct Columns(long Package, long Policy, long Subject, long Catalog, long State, long? Starts, long? Ends,
        bool IsEndKnown, long? Expired, long? Gone, bool IsPortal, long Latest, int Versions)
    {
        public void Bind(Statement row) =>
            row.Bind(2, Package).Bind(3, Policy).Bind(4, Subject).Bind(5, Catalog).Bind(6, State).BindNumber(7, Starts).BindNumber(8, Ends)
                .Bind(9, IsEndKnown ? 1 : 0).BindNumber(10, Expired).BindNumber(11, Gone).Bind(12, IsPortal ? 1 : 0).Bind(13, Latest)
                .Bind(14, Versions);

        public void Add(ManyRows row) =>
            row.Number(Package).Number(Policy).Number(Subject).Number(Catalog).Number(State).Number(Starts).Number(Ends)
                .Number(IsEndKnown ? 1 : 0).Number(Expired).Number(Gone).Number(IsPortal ? 1 : 0).Number(Latest).Number(Versions);
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
