using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Exporting;

/// <summary>
/// Where the originals stand that a filter means: a bit for each, so that millions take a megabyte. Kind, tenant and time are the rows' own,
/// as questions see them; every original of an event counts, not only the one that is shown.
/// </summary>
internal sealed class OriginalSelection
{
    private readonly Dictionary<long, ulong[]> slots = [];

    private OriginalSelection()
    {
    }

    /// <summary>The kinds of record that can be asked for.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
    [
        .. LogTable.All.Select(log => log.Kind), KindNames.SynchronizationJob,
        .. Enum.GetValues<EntityKind>().Select(EntityKinds.Name).Where(name => name.Length > 0).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>Whether there is such a kind; wildcards are allowed.</summary>
    public static bool IsKind(string text) => Kinds.Any(kind => new WildcardText(text).IsMatch(kind));

    /// <summary>Finds them; null when nothing narrows them down, and all are meant.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="options">The filter.</param>
    public static OriginalSelection? Of(MirrorReader mirror, ExportOptions options)
    {
        var time = TimeCondition.Of(options.After, options.Before);
        var tenants = TenantScope.Of(mirror, options.Tenants)?.Ids;
        if (options.Kinds == null && tenants == null && time.IsOpen) return null;
        var patterns = options.Kinds?.Select(kind => new WildcardText(kind)).ToList();
        var selection = new OriginalSelection();
        foreach (var log in mirror.Logs.Where(log => IsMeant(log.Kind))) selection.Add(mirror, log, time, tenants);
        if (IsMeant(KindNames.SynchronizationJob)) selection.Add(mirror, sql => $"synchronization_job x WHERE {OfTenant(sql, "x", tenants)}");
        var entities = Enum.GetValues<EntityKind>().Where(kind => IsMeant(EntityKinds.Name(kind))).Select(kind => (long)kind).ToList();
        if (mirror.SchemaVersion >= EntitySchema.Since && entities.Count > 0)
            selection.Add(mirror, sql => $"entity_original x JOIN entity e ON e.id = x.entity WHERE {sql.In("e.kind", entities)} "
                + $"AND {OfTenant(sql, "e", tenants)}");
        return selection;

        bool IsMeant(string kind) => patterns?.Exists(pattern => pattern.IsMatch(kind)) != false;
    }

    /// <summary>Whether originals of a block are meant.</summary>
    public bool HasAny(long block) => slots.ContainsKey(block);

    /// <summary>Whether an original is meant.</summary>
    public bool Has(long block, int slot) =>
        slots.TryGetValue(block, out var bits) && slot >> 6 < bits.Length && (bits[slot >> 6] & (1UL << (slot & 63))) != 0;

    private void Add(MirrorReader mirror, LogTable log, TimeCondition time, IReadOnlyList<long>? tenants)
    {
        string Condition(SqlText sql) => $"{OfTenant(sql, "a", tenants)}{time.Exact(sql, "a")}";
        Add(mirror, sql => $"(SELECT a.block, a.slot FROM {log.Name} a WHERE {Condition(sql)}) x");
        Add(mirror, sql => $"{log.Copies} x JOIN {log.Name} a ON a.id = x.{log.Name} WHERE {Condition(sql)}");
        // Steps and properties that came in files of their own: those of the changes that are meant, and, when that is all, of any.
        if (log != LogTable.Provisioning) return;
        Add(mirror, sql => tenants == null && time.IsOpen ? "provisioning_part x"
            : $"provisioning_part x WHERE x.change_id IN (SELECT a.change_id FROM {log.Name} a WHERE {Condition(sql)})");
    }

    private void Add(MirrorReader mirror, Func<SqlText, string> from)
    {
        var sql = new SqlText();
        sql.Add($"SELECT x.block, x.slot FROM {from(sql)}");
        foreach (var (block, slot) in mirror.Query(sql, row => (row.GetInt64(0), row.GetInt32(1))))
        {
            var at = slot >> 6;
            if (slot < 0) continue;
            if (!slots.TryGetValue(block, out var bits)) slots.Add(block, bits = new ulong[at + 1]);
            if (at >= bits.Length)
            {
                Array.Resize(ref bits, at + 1);
                slots[block] = bits;
            }

            bits[at] |= 1UL << (slot & 63);
        }
    }

    private static string OfTenant(SqlText sql, string alias, IReadOnlyList<long>? tenants) => tenants == null ? "1" : sql.In($"{alias}.tenant", tenants);
}
