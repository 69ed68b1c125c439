using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Rows;

/// <summary>Numbers of one log's kinds. The reading thread gives them; the writing one looks up what they mean.</summary>
internal sealed class KindNumbers
{
    private readonly KindTable table;
    private readonly Dictionary<LogKind, int> numbers = [];
    private readonly List<LogKind> kinds = [];

    /// <summary>Reads those that the mirror has.</summary>
    public KindNumbers(SqliteConnection mirror, KindTable table)
    {
        this.table = table;
        using var all = new Statement(mirror, $"{table.Select()} ORDER BY id");
        Span<int> parts = stackalloc int[table.Columns.Count];
        while (all.Step())
        {
            for (var i = 0; i < parts.Length; i++) parts[i] = (int)all.Number(i + 1);
            Keep((int)all.Number(0), new(parts));
        }
    }

    /// <summary>The number of a kind; a new one is added to the batch.</summary>
    public int Of(in LogKind kind, ImportBatch batch)
    {
        if (numbers.TryGetValue(kind, out var id)) return id;
        Keep(id = kinds.Count + 1, kind);
        batch.Kinds.Add(new(table, id, kind));
        return id;
    }

    /// <summary>A part of a kind, by its column's position.</summary>
    public int PartOf(int kind, int part)
    {
        lock (kinds) return kinds[kind - 1][part];
    }

    private void Keep(int id, in LogKind kind)
    {
        numbers.TryAdd(kind, id);
        lock (kinds)
        {
            while (kinds.Count < id) kinds.Add(kind);
        }
    }
}
