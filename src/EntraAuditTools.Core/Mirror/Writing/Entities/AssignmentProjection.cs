using System.Text;
using System.Text.Json;
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
    public void ProjectFirst(long entity, ReadOnlyMemory<byte> json, long state)
    {
        using var facts = EntraAuditTools.Core.Formats.Json.RecordJson.ParseRecord(json);
        Write(entity, fact => facts.RootElement.TryGetProperty(fact, out var value) ? value : default, gone: null, state, versions: 1);
    }

    /// <summary>Writes an assignment of which there are several.</summary>
    public void Project(long entity, IReadOnlyList<StoredState> states)
    {
        var newest = EntityState.At(states, null);
        Write(entity, newest.Json, newest.IsGone ? newest.GoneSince : null, newest.Current?.Id ?? 0, states.Count);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        write.Dispose();
        findTerm.Dispose();
    }

    private void Write(long entity, Func<string, JsonElement> fact, long? gone, long state, int versions)
    {
        long Link(string name, EntityKind kind) => Text(fact(name)) is { Length: > 0 } id ? numbers.Of(kind, id, out _) : 0;
        var starts = StoredState.Ticks(Text(fact(FactNames.Start)));
        var (ends, isKnown) = AssignmentSchedule.End(fact);
        write.Bind(1, entity).Bind(2, Link(FactNames.Package, EntityKind.AccessPackage)).Bind(3, Link(FactNames.Policy, EntityKind.Policy))
            .Bind(4, Link(FactNames.Subject, EntityKind.User))
            .Bind(5, Link(FactNames.Catalog, EntityKind.Catalog)).Bind(6, Term(Text(fact(FactNames.State)))).Bind(9, isKnown ? 1 : 0)
            .Bind(12, fact(FactNames.Portal).ValueKind == JsonValueKind.True ? 1 : 0).Bind(13, state).Bind(14, versions);
        Bind(7, starts);
        Bind(8, ends);
        Bind(10, StoredState.Ticks(Text(fact(FactNames.Expired))));
        Bind(11, gone);
        write.Execute();
    }

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

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
