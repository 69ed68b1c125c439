using System.Globalization;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.PostgreSql.Logs;
using Npgsql;

namespace EntraAuditTools.PostgreSql.Tenants;

/// <summary>
/// The tables that readers of some tenants get instead of the mirror's: the same under the same names, in a schema of their own, with a
/// column more, the audience that a row is for. An audience is a set of tenants that somebody may ask about; row-level security gives
/// everybody the rows of their audience alone, words, names and imports included. Nothing here is a view or a function, which could pass the
/// rights by, and the mirror's own tables are not theirs to read. Servers without such readers have no such schema.
/// </summary>
internal static class TenantSchema
{
    /// <summary>The schema.</summary>
    public const string Name = "entra_audit_tenants";

    /// <summary>The column with the audience.</summary>
    public const string Audience = "audience";

    /// <summary>Version of how a mirror is kept on a server that has them: an earlier one of ours would import past them.</summary>
    public const int Format = 3;

    /// <summary>How many originals of a block an audience sees, and whether all that an import brought is an audience's.</summary>
    public const string Own = "own", Whole = "whole";

    /// <summary>SQL for whether a server has them.</summary>
    public const string IsThere = $"to_regnamespace('{Name}') IS NOT NULL";

    /// <summary>
    /// SQL for whether the caller reads from here: who may use the mirror's own schema asks that, which holds all tenants.
    /// </summary>
    public const string IsAsked = $"CASE WHEN {IsThere} THEN has_schema_privilege(to_regnamespace('{Name}')::oid, 'USAGE') "
        + $"AND NOT coalesce(has_schema_privilege(to_regnamespace('{ServerSchema.Name}')::oid, 'USAGE'), true) ELSE false END";

    /// <summary>What readers need besides the mirror's tables.</summary>
    private static readonly string[] ForReaders = ["mirror", "history", "removed", "reader"];

    /// <summary>What only the derivation needs.</summary>
    private static readonly string[] ForWriters = ["audience_tenant", "audience_term", "audience_import"];

    // Of the caller: what was said of that very role, else of the groups it is in, where they agree.
    private const string Mine = $"""
        (SELECT coalesce(max(r.{Audience}) FILTER (WHERE r.role = current_user::text),
            CASE WHEN min(r.{Audience}) = max(r.{Audience}) THEN min(r.{Audience}) END) FROM {Name}.reader r)
        """;

    private const string IsOfMine = "EXISTS (SELECT 1 FROM pg_roles p WHERE p.rolname = role AND pg_has_role(p.oid, 'USAGE'))";

    private static readonly string Create = $"""
        CREATE SCHEMA {Name};
        COMMENT ON SCHEMA {Name} IS 'What readers of some tenants see of the audit mirror in {ServerSchema.Name}: rows of their audience alone.';
        CREATE TABLE {Name}.mirror ({Audience} bigint PRIMARY KEY, format integer NOT NULL, schema bigint NOT NULL, generation uuid NOT NULL,
            change bigint NOT NULL, tenants text NOT NULL, {ServerLogTables.Flag} boolean NOT NULL DEFAULT false);
        COMMENT ON TABLE {Name}.mirror IS 'The audiences. change: the last one of the mirror that concerned it; tenants: theirs, one a line.';
        CREATE TABLE {Name}.history ({Audience} bigint NOT NULL, number bigint NOT NULL, token uuid NOT NULL, PRIMARY KEY ({Audience}, number));
        CREATE TABLE {Name}.removed ({Audience} bigint NOT NULL, tab text NOT NULL, key bytea NOT NULL, {ServerSchema.Changed} bigint NOT NULL);
        CREATE INDEX ON {Name}.removed ({Audience}, {ServerSchema.Changed});
        CREATE TABLE {Name}.reader (role text PRIMARY KEY, {Audience} bigint NOT NULL);
        COMMENT ON TABLE {Name}.reader IS 'Roles, and the audience that each is of.';
        CREATE TABLE {Name}.audience_tenant ({Audience} bigint NOT NULL, tenant text NOT NULL, PRIMARY KEY ({Audience}, tenant));
        CREATE TABLE {Name}.audience_term ({Audience} bigint NOT NULL, term bigint NOT NULL, PRIMARY KEY ({Audience}, term));
        COMMENT ON TABLE {Name}.audience_term IS 'The words that an audience''s tenants are in the mirror.';
        CREATE TABLE {Name}.audience_import ({Audience} bigint NOT NULL, import bigint NOT NULL, PRIMARY KEY ({Audience}, import));
        COMMENT ON TABLE {Name}.audience_import IS 'Imports that were told to be of an audience''s tenant.';

        """;

    /// <summary>A table of the schema.</summary>
    public static string Table(string name) => $"{Name}.{CopyTable.Quoted(name)}";

    /// <summary>Whether a server has them.</summary>
    public static bool IsKept(NpgsqlConnection connection) => ServerSql.Texts(connection, $"SELECT ({IsThere})::text") is ["true"];

    /// <summary>Makes the schema where there is none, and lets earlier versions write no more. As the owner of the mirror.</summary>
    public static void CreateIfMissing(NpgsqlConnection connection)
    {
        if (IsKept(connection)) return;
        ServerSchema.Execute(connection, Create);
        MakeTables(connection);
        ServerSchema.Execute(connection, $"UPDATE {ServerSchema.Name}.mirror SET format = {Format}");
        ServerSchema.Execute(connection, string.Concat(LookUps().Select(sql => sql + ";\n")));
    }

    /// <summary>Makes the tables anew, empty, where those of the mirror are of another version now. As the owner.</summary>
    public static void Replace(NpgsqlConnection connection)
    {
        // Who fetches sees them as they were, or the new ones with what they hold (ServerSchema.StopFetching).
        ServerSchema.Execute(connection, $"LOCK TABLE {Name}.removed IN ACCESS EXCLUSIVE MODE");
        var own = ForReaders.Concat(ForWriters).ToArray();
        var old = ServerSql.Texts(connection, $"SELECT tablename::text FROM pg_tables WHERE schemaname = '{Name}' AND NOT tablename = ANY("
            + $"ARRAY[{string.Join(", ", own.Select(name => $"'{name}'"))}])");
        ServerSchema.Execute(connection, string.Concat(old.Select(name => $"DROP TABLE {Table(name)}; ")) + "SELECT 1");
        var group = ServerSql.Texts(connection, $"""
            SELECT DISTINCT grantee::regrole::text FROM pg_namespace, aclexplode(nspacl)
            WHERE nspname = '{Name}' AND grantee <> 0 AND grantee <> nspowner
            """);
        MakeTables(connection);
        ServerSchema.Execute(connection, string.Concat(LookUps().Select(sql => sql + ";\n")));
        if (ServerLogTables.IsAsked(connection)) Ask(connection);
        Secure(connection, group);
    }

    /// <summary>
    /// Row-level security on every table, and who may do what: those who may write the mirror keep these up to date, and the groups that are
    /// named read. As the owner, again and again without harm.
    /// </summary>
    /// <param name="connection">The server.</param>
    /// <param name="readers">Groups, quoted where they have to be.</param>
    public static void Secure(NpgsqlConnection connection, IReadOnlyList<string> readers)
    {
        var writers = ServerSql.Texts(connection, $"""
            SELECT DISTINCT grantee::regrole::text FROM pg_class, aclexplode(coalesce(relacl, acldefault('r', relowner)))
            WHERE oid = '{ServerSchema.Name}.mirror'::regclass AND grantee <> 0 AND privilege_type = 'INSERT'
            UNION SELECT relowner::regrole::text FROM pg_class WHERE oid = '{ServerSchema.Name}.mirror'::regclass ORDER BY 1
            """);
        var all = string.Join(", ", writers);
        var read = readers.Except(writers).ToList();
        var tables = ServerSql.Texts(connection, $"SELECT tablename::text FROM pg_tables WHERE schemaname = '{Name}'");
        var sql = new List<string>
        {
            $"REVOKE ALL ON SCHEMA {Name} FROM PUBLIC", $"GRANT USAGE ON SCHEMA {Name} TO {string.Join(", ", writers.Concat(read))}",
        };
        foreach (var name in tables)
        {
            var table = Table(name);
            sql.AddRange([
                $"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY", $"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
                $"DROP POLICY IF EXISTS reader ON {table}", $"DROP POLICY IF EXISTS writer ON {table}",
                $"CREATE POLICY reader ON {table} FOR SELECT USING ({(name == "reader" ? IsOfMine : $"{Audience} = {Mine}")})",
                $"CREATE POLICY writer ON {table} TO {all} USING (true) WITH CHECK (true)",
                $"REVOKE ALL ON {table} FROM PUBLIC", $"GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON {table} TO {all}",
                .. read.Count == 0 || ForWriters.Contains(name) ? [] : new[] { $"GRANT SELECT ON {table} TO {string.Join(", ", read)}" },
            ]);
        }

        ServerSchema.Execute(connection, string.Join(";\n", sql));
    }

    /// <summary>From now on the logs are asked on the server: the indexes of the mirror's own tables, each audience's rows together.</summary>
    public static void Ask(NpgsqlConnection connection)
    {
        ServerSchema.Execute(connection, $"UPDATE {Name}.mirror SET {ServerLogTables.Flag} = true");
        foreach (var index in ServerLogTables.Indexes())
        {
            ServerSchema.Execute(connection, $"CREATE INDEX IF NOT EXISTS {CopyTable.Quoted(index.Name)} ON {Table(index.Table)} "
                + $"({Audience}, {index.Columns}){index.Where}");
        }
    }

    private static void MakeTables(NpgsqlConnection connection)
    {
        var sql = new List<string>();
        foreach (var table in CopyTable.OfThisVersion())
        {
            var (name, columns) = (Table(table.Name), string.Join(", ", table.Columns.Select(ServerSchema.Column)));
            var more = table.Name switch
            {
                "block" => $", {Own} bigint NOT NULL",
                "import" => $", {Whole} boolean NOT NULL",
                _ => string.Empty,
            };
            sql.Add($"CREATE TABLE {name} ({Audience} bigint NOT NULL, {columns}, {ServerSchema.Changed} bigint NOT NULL{more}, "
                + $"PRIMARY KEY ({Audience}, {table.KeyList()}))");
            sql.Add($"CREATE INDEX ON {name} ({Audience}, {ServerSchema.Changed})");
        }

        sql.Add($"ALTER TABLE {Table("block")} ALTER data SET STORAGE EXTERNAL");
        sql.Add($"CREATE INDEX ON {Table("block")} ({Audience}, import)");
        foreach (var log in LogTable.All) sql.Add($"CREATE INDEX ON {Table(log.Sightings)} ({Audience}, import)");
        sql.Add($"CREATE INDEX ON {Table("provisioning")} (change_id) WHERE change_id IS NOT NULL");
        ServerSchema.Execute(connection, string.Join(";\n", sql));
    }

    /// <summary>Indexes on the mirror's own tables, by which what belongs to a row that changed is found.</summary>
    private static IEnumerable<string> LookUps()
    {
        var columns = LogTable.All.SelectMany(log => log.Places.Where(place => place.Table != log.Name))
            .Concat([new("block", "import"), new("coverage", "import"), new("complete_export", "import"), new("entity_state", "entity"),
                new("entity_sighting", "import"), new("entity_original", "entity"), new("entity_link", "source"), new("edge", "target"),
                new("provisioning_part", "change_id"), new("removed_original", "block")])
            .Concat(LogTable.All.Select(log => new Follower(log.Sightings, "import")))
            .Concat(LogTable.All.Select(log => new Follower(log.Name, "tenant")));
        return columns.Distinct().Select(place => string.Create(CultureInfo.InvariantCulture,
            $"CREATE INDEX IF NOT EXISTS tenants_{place.Table}_{place.Column} ON {ServerSchema.Table(place.Table)} ({place.Column})"));
    }
}
