using EntraAuditTools.Core.Mirror.Originals;
using EntraAuditTools.Core.Schema;
using Npgsql;

namespace EntraAuditTools.PostgreSql.Tenants;

/// <summary>
/// The originals that audiences see. A block whose originals are all an audience's is theirs as it is; of one that others have a part in they
/// have their own, in their slots, and nothing in the others'.
/// </summary>
internal static class TenantBlocks
{
    private const string T = TenantSchema.Name, M = ServerSchema.Name, Audience = TenantSchema.Audience, Own = TenantSchema.Own;

    private const string Blocks = "pg_temp.tenant_slots";

    /// <summary>Brings originals to audiences.</summary>
    /// <param name="remote">The server.</param>
    /// <param name="slots">SQL for which: audience, block and slot.</param>
    /// <param name="change">The number of the change.</param>
    /// <returns>Whether there were any.</returns>
    public static bool Update(NpgsqlConnection remote, string slots, long change)
    {
        var whole = ServerSchema.Execute(remote, $"""
            CREATE TEMP TABLE tenant_slots ON COMMIT DROP AS
            SELECT s.{Audience} AS audience, s.block, count(*) AS own, string_agg(s.slot::text, ',') AS slots
            FROM ({slots}) s GROUP BY 1, 2;
            INSERT INTO {T}.block ({Audience}, id, import, count, raw_length, data, {ServerSchema.Changed}, {Own})
            SELECT s.audience, b.id, b.import, b.count, b.raw_length, b.data, {change}, s.own FROM {Blocks} s JOIN {M}.block b ON b.id = s.block
            WHERE s.own = b.count AND NOT EXISTS (SELECT 1 FROM {T}.block h WHERE h.{Audience} = s.audience AND h.id = b.id)
            """);
        var parts = Parts(remote);
        foreach (var part in parts) Write(remote, part, change);
        ServerSchema.Execute(remote, $"DROP TABLE {Blocks}");
        return whole > 0 || parts.Count > 0;
    }

    private static List<Part> Parts(NpgsqlConnection remote)
    {
        using var command = new NpgsqlCommand($"""
            SELECT s.audience, s.block, s.slots FROM {Blocks} s JOIN {M}.block b ON b.id = s.block
            LEFT JOIN {T}.block h ON h.{Audience} = s.audience AND h.id = s.block WHERE coalesce(h.{Own}, 0) < b.count ORDER BY s.block
            """, remote);
        using var rows = command.ExecuteReader();
        var parts = new List<Part>();
        while (rows.Read()) parts.Add(new(rows.GetInt64(0), rows.GetInt64(1), [.. rows.GetString(2).Split(',').Select(int.Parse)]));
        return parts;
    }

    private static void Write(NpgsqlConnection remote, Part part, long change)
    {
        if (Read(remote, part) is not var (block, before)) return;
        var slots = new HashSet<int>(part.Slots);
        slots.UnionWith((before?.ReadAll() ?? []).Select((record, slot) => record.Json.IsEmpty ? -1 : slot));
        var (writer, own, at) = (new OriginalBlockWriter(), 0, 0);
        foreach (var record in block.ReadAll().ToList())
        {
            var isOwn = slots.Contains(at++) && !record.Json.IsEmpty;
            if (isOwn) own++;
            writer.Add(isOwn ? record : new OriginalRecord(record.Shape, default));
        }

        using var seen = writer.Compress();
        using var write = new NpgsqlCommand($"""
            INSERT INTO {T}.block ({Audience}, id, import, count, raw_length, data, {ServerSchema.Changed}, {Own})
            SELECT $1, b.id, b.import, b.count, $3, $4, $5, $6 FROM {M}.block b WHERE b.id = $2
            ON CONFLICT ({Audience}, id) DO UPDATE SET raw_length = excluded.raw_length, data = excluded.data,
                {ServerSchema.Changed} = excluded.{ServerSchema.Changed}, {Own} = excluded.{Own}
            """, remote);
        foreach (var value in new object[] { part.Audience, part.Block, (long)seen.RawLength, seen.Data.ToArray(), change, (long)own })
            write.Parameters.Add(new() { Value = value });
        write.ExecuteNonQuery();
    }

    private static (OriginalBlock Block, OriginalBlock? Before)? Read(NpgsqlConnection remote, Part part)
    {
        using var command = new NpgsqlCommand($"""
            SELECT b.data, b.raw_length, h.data, h.raw_length
            FROM {M}.block b LEFT JOIN {T}.block h ON h.{Audience} = $1 AND h.id = b.id WHERE b.id = $2
            """, remote);
        command.Parameters.Add(new() { Value = part.Audience });
        command.Parameters.Add(new() { Value = part.Block });
        using var row = command.ExecuteReader();
        if (!row.Read()) return null;
        return (new(row.GetFieldValue<byte[]>(0), row.GetInt64(1)), row.IsDBNull(2) ? null : new(row.GetFieldValue<byte[]>(2), row.GetInt64(3)));
    }

    private sealed record Part(long Audience, long Block, IReadOnlyList<int> Slots);
}
