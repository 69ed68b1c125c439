using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.PostgreSql.Tenants;
using Npgsql;

namespace EntraAuditTools.PostgreSql.Logs;

/// <summary>
/// Whether the logs of a mirror are asked on its server, and the indexes that answer there: an import keeps them up to date, so whoever
/// keeps whole copies does without. Each index of a log ends in the row's number and so in the order of time, as SQLite's do.
/// </summary>
internal static class ServerLogTables
{
    /// <summary>The column that says so.</summary>
    public const string Flag = "asks_logs";

    /// <summary>SQL for whether they are asked there; servers that an earlier version made have no such column.</summary>
    public const string AreAsked = $"(to_jsonb(m) ->> '{Flag}') = 'true'";

    /// <summary>Whether they are asked there.</summary>
    /// <param name="connection">The server.</param>
    /// <param name="on">The schema that is read.</param>
    public static bool IsAsked(NpgsqlConnection connection, string on = ServerSchema.Name)
    {
        using var command = new NpgsqlCommand($"SELECT {AreAsked} FROM {on}.mirror m", connection);
        return command.ExecuteScalar() is true;
    }

    /// <summary>From now on they are. As the owner of the tables, in a transaction.</summary>
    /// <param name="connection">It.</param>
    /// <param name="server">What it is called.</param>
    public static void Ask(NpgsqlConnection connection, Core.Mirror.Shared.ServerAddress server)
    {
        ServerSchema.Execute(connection, $"ALTER TABLE {ServerSchema.Name}.mirror ADD COLUMN IF NOT EXISTS {Flag} boolean NOT NULL DEFAULT false; "
            + $"UPDATE {ServerSchema.Name}.mirror SET {Flag} = true");
        Spread(connection, server);
        Index(connection);
        if (TenantSchema.IsKept(connection)) TenantSchema.Ask(connection);
    }

    /// <summary>
    /// Spreads the logs over the nodes of the server where it is Citus's and they are not yet spread: by their rows, whose numbers carry the
    /// time and differ in their last bits, so that each node has as much of every tenant and every day. Everything of a row is where the row
    /// is. All other tables stay as they are: each machine has them.
    /// </summary>
    private static void Spread(NpgsqlConnection connection, Core.Mirror.Shared.ServerAddress server)
    {
        const string Lacks = "SELECT 1 FROM pg_extension WHERE extname = 'citus' AND NOT EXISTS (SELECT 1 FROM pg_dist_partition "
            + $"WHERE logicalrelid = '{ServerSchema.Name}.block'::regclass)";
        using (var look = new NpgsqlCommand("SELECT 1 FROM pg_extension WHERE extname = 'citus'", connection))
        {
            if (look.ExecuteScalar() == null) return;
        }

        using (var look = new NpgsqlCommand(Lacks, connection))
        {
            if (look.ExecuteScalar() == null) return;
        }

        if (TenantSchema.IsKept(connection)) throw RoleErrors.TenantsSpread(server);
        foreach (var log in LogTable.All)
        {
            Spread(connection, log.Name, "id", null);
            foreach (var place in log.Places.DistinctBy(place => place.Table).Where(place => place.Table != log.Name && IsSpread(place.Table)))
                Spread(connection, place.Table, place.Column, log.Name);
        }

        Spread(connection, "block", "id", null);
        Spread(connection, "block_digest", "block", "block");
        if (ServerSecrets.IsKept(connection)) Spread(connection, "secret_block", "id", "block");
        Spread(connection, "provisioning_part", "change_id", null);
    }

    private static bool IsSpread(string table) => Core.Mirror.Reading.LightCopy.LeftOut.Contains(table);

    private static void Spread(NpgsqlConnection connection, string table, string column, string? with)
    {
        using var spread = new NpgsqlCommand("SELECT create_distributed_table($1::regclass, $2, colocate_with => $3)", connection);
        foreach (var text in new[] { ServerSchema.Table(table), column, with == null ? "none" : ServerSchema.Table(with) })
            spread.Parameters.Add(new() { Value = text });
        spread.ExecuteNonQuery();
    }

    /// <summary>Makes the indexes that lack, and lets the planner look at what is there.</summary>
    public static void Index(NpgsqlConnection connection)
    {
        var sql = Indexes().Select(index => $"CREATE INDEX IF NOT EXISTS {CopyTable.Quoted(index.Name)} ON {ServerSchema.Table(index.Table)} "
            + $"({index.Columns}){index.Where}");
        // The full-text index is each machine's own.
        var analyzed = Core.Mirror.Reading.LightCopy.LeftOut.Where(table => table != SearchIndexSchema.Table).Select(ServerSchema.Table);
        foreach (var statement in sql.Append($"ANALYZE {string.Join(", ", analyzed)}")) ServerSchema.Execute(connection, statement);
    }

    /// <summary>The indexes that a mirror's own lack.</summary>
    public static IEnumerable<(string Name, string Table, string Columns, string Where)> Indexes()
    {
        foreach (var log in LogTable.All)
        {
            foreach (var index in log.Indexes)
                yield return (index.Name, log.Name, $"{index.Column}, id", index.SkipsNull ? $" WHERE {index.Column} IS NOT NULL" : string.Empty);
            // What an import looks for that has no copy of the logs.
            yield return ($"{log.Name}_key", log.Name, "key", string.Empty);
            yield return ($"{log.Name}_alike", log.Name, "(fingerprint >> 40), id", string.Empty);
            yield return ($"{log.Name}_tenant", log.Name, "tenant, id", string.Empty);
            foreach (var links in new[] { log.Links, log.Mentions }.OfType<string>()) yield return ($"{links}_{log.Name}", links, log.Name, string.Empty);
            if (log.Twins is not { } twins) continue;
            yield return ($"{twins}_directory", twins, "directory", string.Empty);
            yield return ($"{log.Name}_unified", log.Name, "correlation", " WHERE origin <> 0 AND correlation IS NOT NULL");
        }

        yield return ("block_import", "block", "import", string.Empty);
    }
}
