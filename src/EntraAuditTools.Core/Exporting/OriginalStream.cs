using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Exporting;

/// <summary>An original, and the <c>@odata.context</c> of its page where it has states and that was kept.</summary>
internal readonly record struct ExportedOriginal(OriginalRecord Record, string? Context);

/// <summary>The originals of a mirror in the order in which they came, a block at a time.</summary>
internal static class OriginalStream
{
    /// <summary>Reads them.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="selection">Which; null for all.</param>
    /// <param name="imports">Imports that brought them; null for all.</param>
    /// <exception cref="AuditToolException">MirrorDamaged: an original is not what was imported.</exception>
    public static IEnumerable<ExportedOriginal> Read(MirrorReader mirror, OriginalSelection? selection, IReadOnlyList<long>? imports)
    {
        var sql = new SqlText("SELECT id, import FROM block");
        if (imports != null) sql.Add($" WHERE {sql.In("import", imports)}");
        using var contexts = new Contexts(mirror);
        foreach (var (block, import) in mirror.Query(sql.Add(" ORDER BY id"), row => (row.GetInt64(0), row.GetInt64(1))))
        {
            if (selection?.HasAny(block) == false) continue;
            var slot = 0;
            foreach (var record in Load(mirror, block))
            {
                var place = slot++;
                // Removed records leave their slots behind.
                if (record.Json.IsEmpty || selection?.Has(block, place) == false) continue;
                yield return new(record, IsState(record.Shape) ? contexts.Of(import, block, place) : null);
            }
        }
    }

    private static bool IsState(RecordShape shape) => shape is RecordShape.GraphEntitlement or RecordShape.GraphSynchronizationJob;

    private static OriginalRecord[] Load(MirrorReader mirror, long block)
    {
        try
        {
            return StoredBlock.Read(mirror, block) ?? [];
        }
        catch (InvalidDataException e)
        {
            throw MirrorErrors.Damaged(mirror.Path, e);
        }
    }

    /// <summary>The context that an original has: the last one of its import that was noted before it or with it.</summary>
    private sealed class Contexts : IDisposable
    {
        private readonly Dictionary<long, string?> current = [];
        private readonly IEnumerator<(long Block, int Slot, long Import, string Text)>? noted;
        private bool isAtNote;

        public Contexts(MirrorReader mirror)
        {
            if (mirror.SchemaVersion < ReadingSchema.Since) return;
            noted = mirror.Query(
                "SELECT c.block, c.slot, b.import, c.context FROM original_context c JOIN block b ON b.id = c.block ORDER BY c.block, c.slot",
                row => (row.GetInt64(0), row.GetInt32(1), row.GetInt64(2), row.GetString(3))).GetEnumerator();
            isAtNote = noted.MoveNext();
        }

        public string? Of(long import, long block, int slot)
        {
            while (isAtNote && (noted!.Current.Block, noted.Current.Slot).CompareTo((block, slot)) <= 0)
            {
                current[noted.Current.Import] = noted.Current.Text is { Length: > 0 } text ? text : null;
                isAtNote = noted.MoveNext();
            }

            return current.GetValueOrDefault(import);
        }

        public void Dispose() => noted?.Dispose();
    }
}
