using EntraAuditTools.Core.Mirror.Shared;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.PostgreSql.Logs;
using Npgsql;

namespace EntraAuditTools.PostgreSql.Tenants;

/// <summary>Who may ask about some tenants only: roles, each of one audience. In the transaction of who owns the mirror.</summary>
/// <param name="connection">The server.</param>
internal sealed class TenantReaders(NpgsqlConnection connection)
{
    private const string T = TenantSchema.Name, Audience = TenantSchema.Audience;

    /// <summary>Whether the logs are spread over several servers, whose rows are not kept by audience.</summary>
    public static bool AreSpread(NpgsqlConnection connection) =>
        ServerSql.Texts(connection, "SELECT 1::text FROM pg_extension WHERE extname = 'citus'").Count > 0
        && ServerSql.Texts(connection, $"SELECT 1::text FROM pg_dist_partition WHERE logicalrelid = '{ServerSchema.Name}.block'::regclass").Count > 0;

    /// <summary>Lets roles ask about tenants, and about no others any more.</summary>
    public void Set(IReadOnlyList<string> roles, IReadOnlyList<string> tenants)
    {
        TenantSchema.CreateIfMissing(connection);
        // Whoever imports meanwhile is waited for, and waits.
        ServerSchema.Execute(connection, $"UPDATE {ServerSchema.Name}.mirror SET change = change");
        var names = tenants.Select(tenant => tenant.Trim()).Where(tenant => tenant.Length > 0).DistinctBy(tenant => tenant.ToLowerInvariant())
            .OrderBy(tenant => tenant.ToLowerInvariant(), StringComparer.Ordinal).ToArray();
        var audience = Find(names) ?? Make(names);
        foreach (var role in roles)
        {
            using var add = new NpgsqlCommand(
                $"INSERT INTO {T}.reader VALUES ($1, $2) ON CONFLICT (role) DO UPDATE SET {Audience} = excluded.{Audience}", connection);
            add.Parameters.Add(new() { Value = role });
            add.Parameters.Add(new() { Value = audience });
            add.ExecuteNonQuery();
        }
    }

    /// <summary>Roles are of no audience any more.</summary>
    public void Remove(IEnumerable<string> roles)
    {
        foreach (var role in roles)
        {
            using var remove = new NpgsqlCommand($"DELETE FROM {T}.reader WHERE role = $1", connection);
            remove.Parameters.Add(new() { Value = role });
            remove.ExecuteNonQuery();
        }
    }

    /// <summary>Removes what nobody may ask about any more: what is kept costs every import.</summary>
    public void Forget()
    {
        var idle = $"SELECT {Audience}::text FROM {T}.mirror WHERE {Audience} NOT IN (SELECT {Audience} FROM {T}.reader)";
        if (ServerSql.Texts(connection, idle).Count == 0) return;
        var which = $"WHERE {Audience} NOT IN (SELECT {Audience} FROM {T}.reader)";
        var tables = ServerSql.Texts(connection, $"SELECT tablename::text FROM pg_tables WHERE schemaname = '{T}' AND tablename <> 'reader'");
        ServerSchema.Execute(connection, string.Join(";\n", tables.Select(table => $"DELETE FROM {TenantSchema.Table(table)} {which}")));
    }

    /// <summary>Who may ask about which tenants: a sentence each.</summary>
    public List<string> Describe() => ServerSql.Texts(connection, $"""
        SELECT r.role || ': ' || replace(m.tenants, E'\n', ', ') FROM {T}.reader r JOIN {T}.mirror m USING ({Audience}) ORDER BY r.role COLLATE "C"
        """);

    /// <summary>Tenants of which the mirror holds nothing yet.</summary>
    public List<string> Unknown() => ServerSql.Texts(connection, $"""
        SELECT DISTINCT t.tenant FROM {T}.audience_tenant t WHERE NOT EXISTS (
            SELECT 1 FROM {T}.audience_term w JOIN {ServerSchema.Name}.term x ON x.id = w.term
            WHERE w.{Audience} = t.{Audience} AND lower(x.text) = t.tenant)
        ORDER BY 1
        """);

    private long? Find(string[] tenants)
    {
        var found = ServerSql.Texts(connection, $"""
            SELECT {Audience}::text FROM {T}.audience_tenant GROUP BY {Audience} HAVING string_agg(tenant, E'\n' ORDER BY tenant COLLATE "C") = $1
            """, string.Join('\n', tenants).ToLowerInvariant());
        return found is [var audience] ? long.Parse(audience, System.Globalization.CultureInfo.InvariantCulture) : null;
    }

    private long Make(string[] tenants)
    {
        using var make = new NpgsqlCommand($"""
            INSERT INTO {T}.mirror ({Audience}, format, schema, generation, change, tenants, {ServerLogTables.Flag})
            SELECT coalesce((SELECT max({Audience}) FROM {T}.mirror), 0) + 1, {TenantSchema.Format}, m.schema, gen_random_uuid(), m.change, $1, $2
            FROM {ServerSchema.Name}.mirror m RETURNING {Audience}
            """, connection);
        make.Parameters.Add(new() { Value = string.Join('\n', tenants) });
        make.Parameters.Add(new() { Value = ServerLogTables.IsAsked(connection) });
        var audience = (long)make.ExecuteScalar()!;
        foreach (var tenant in tenants)
        {
            using var add = new NpgsqlCommand($"INSERT INTO {T}.audience_tenant VALUES ($1, lower($2))", connection);
            add.Parameters.Add(new() { Value = audience });
            add.Parameters.Add(new() { Value = tenant });
            add.ExecuteNonQuery();
        }

        if (ServerLogTables.IsAsked(connection)) TenantSchema.Ask(connection);
        var change = ServerSql.Texts(connection, $"SELECT change::text FROM {ServerSchema.Name}.mirror")[0];
        new TenantRows(connection, long.Parse(change, System.Globalization.CultureInfo.InvariantCulture)).Rebuild([audience]);
        ServerSchema.Execute(connection, string.Join("; ", CopyTable.OfThisVersion().Select(table => $"ANALYZE {TenantSchema.Table(table.Name)}")));
        return audience;
    }
}
