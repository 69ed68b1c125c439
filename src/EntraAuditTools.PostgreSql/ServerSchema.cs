using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.PostgreSql.Logs;
using Npgsql;

namespace EntraAuditTools.PostgreSql;

/// <summary>
/// The tables of a mirror on a server, in a schema of their own: those of the mirror under their names, each with the number of the change
/// that brought a row as it is; what was removed; and one row that says which mirror it is and who may change it.
/// </summary>
internal static class ServerSchema
{
    /// <summary>The schema.</summary>
    public const string Name = "entra_audit";

    /// <summary>Version of how a mirror is kept on a server: of the tables here, not of the mirror's.</summary>
    public const int Format = 2;

    /// <summary>Pattern of the tables of a mirror that is being copied here (<see cref="StagedRows"/>).</summary>
    public const string Copying = "copying%";

    /// <summary>The column with the number of the change.</summary>
    public const string Changed = "changed";

    /// <summary>A table of the schema.</summary>
    public static string Table(string name) => $"{Name}.{CopyTable.Quoted(name)}";

    /// <summary>Makes them where there are none.</summary>
    /// <param name="connection">The server, in a transaction.</param>
    /// <returns>Whether there were none.</returns>
    public static bool CreateIfMissing(NpgsqlConnection connection)
    {
        LockMaking(connection);
        using (var look = new NpgsqlCommand($"SELECT to_regclass('{Name}.mirror') IS NOT NULL", connection))
        {
            if (look.ExecuteScalar() is true) return false;
        }

        Create(connection, CopyTable.OfThisVersion());
        return true;
    }

    /// <summary>Until the end of the transaction, nobody else makes tables: two that find none at once make one.</summary>
    public static void LockMaking(NpgsqlConnection connection) =>
        Execute(connection, $"SELECT pg_advisory_xact_lock(hashtextextended('{Name}', 0))");

    /// <summary>How many imports there are.</summary>
    public static long CountImports(NpgsqlConnection connection, MirrorState state)
    {
        using var count = new NpgsqlCommand($"SELECT count(*) FROM {state.On}.import", connection);
        return (long)count.ExecuteScalar()!;
    }

    /// <summary>Who owns the tables.</summary>
    public static string Owner(NpgsqlConnection connection)
    {
        using var owner = new NpgsqlCommand(
            $"SELECT pg_get_userbyid(relowner)::text FROM pg_class WHERE oid = '{Name}.mirror'::regclass", connection);
        return (string)owner.ExecuteScalar()!;
    }

    /// <summary>
    /// To the end of the transaction, what is done is done as the owner of the tables: what is made is theirs, and their default privileges
    /// apply to it. Whoever is neither the owner nor a member nor a superuser is refused.
    /// </summary>
    public static void BecomeOwner(NpgsqlConnection connection) => ServerSql.Execute(connection, "SET LOCAL ROLE %I", Owner(connection));

    /// <summary>Whether the caller may become the owner.</summary>
    /// <remarks>From version 16 on, a member may be one who cannot take the role on: whoever made it, for instance.</remarks>
    public static bool IsOwner(NpgsqlConnection connection) => ServerSql.Texts(connection, $"""
        SELECT pg_has_role(relowner, CASE WHEN current_setting('server_version_num')::int < 160000 THEN 'MEMBER' ELSE 'SET' END)::text
        FROM pg_class WHERE oid = '{Name}.mirror'::regclass
        """) is ["true"];

    /// <summary>
    /// Gives new tables the rights that others have on the mirror's, by whomever they were given, and takes those from them that default
    /// privileges gave. As their owner.
    /// </summary>
    /// <param name="connection">The server.</param>
    /// <param name="tables">The new tables.</param>
    /// <param name="onlyWho">A right that somebody must have on the mirror's tables; null for all.</param>
    public static void CopyRights(NpgsqlConnection connection, IReadOnlyList<string> tables, string? onlyWho = null)
    {
        const string Who = "CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END";
        TakeRights(connection, tables);
        var list = List(tables);
        var rights = ServerSql.Texts(connection, $"""
            SELECT format('GRANT %s ON {list} TO %s; ', privilege_type, {Who}) FROM pg_class, LATERAL aclexplode(relacl) a
            WHERE oid = '{Name}.mirror'::regclass AND grantee <> relowner AND ($1 = '' OR EXISTS (
                SELECT 1 FROM aclexplode(relacl) o WHERE o.grantee = a.grantee AND o.privilege_type = $1))
            """, onlyWho ?? string.Empty);
        Execute(connection, string.Concat(rights) + "SELECT 1");
    }

    /// <summary>Takes all rights to new tables that default privileges gave to others than their owner. As that.</summary>
    /// <param name="connection">The server.</param>
    /// <param name="tables">The new tables.</param>
    public static void TakeRights(NpgsqlConnection connection, IReadOnlyList<string> tables)
    {
        var others = ServerSql.Texts(connection, $"""
            SELECT DISTINCT format('REVOKE ALL ON {List(tables)} FROM %s; ', CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END)
            FROM pg_class, aclexplode(relacl) WHERE oid = '{Table(tables[0])}'::regclass AND grantee <> relowner
            """);
        Execute(connection, string.Concat(others) + "SELECT 1");
    }

    private static string List(IReadOnlyList<string> tables) => string.Join(", ", tables.Select(Table));

    private static void Create(NpgsqlConnection connection, IEnumerable<CopyTable> tables) => Execute(connection, $"""
        CREATE SCHEMA IF NOT EXISTS {Name};
        CREATE TABLE {Name}.mirror (
            one integer PRIMARY KEY CHECK (one = 1), format integer NOT NULL, schema bigint NOT NULL, generation uuid NOT NULL,
            change bigint NOT NULL, lease uuid, lease_holder text, lease_until timestamptz);
        COMMENT ON TABLE {Name}.mirror IS 'An audit mirror of EntraAuditTools. generation: changes when all is written anew; change: '
            'counts changes; lease: who may change it.';
        CREATE TABLE {Name}.removed (tab text NOT NULL, key bytea NOT NULL, {Changed} bigint NOT NULL);
        CREATE INDEX ON {Name}.removed ({Changed});
        COMMENT ON TABLE {Name}.removed IS 'Keys of rows that were removed.';
        INSERT INTO {Name}.mirror VALUES (1, {Format}, {MirrorSchema.Version}, gen_random_uuid(), 0);
        {ServerHistory.Create}
        {ServerSecrets.Create}
        {string.Concat(tables.Select(Table))}
        """);

    /// <summary>Waits until nobody fetches, and lets nobody begin to until the end of the transaction (<see cref="HoldStill"/>).</summary>
    public static void StopFetching(NpgsqlConnection connection) =>
        Execute(connection, $"LOCK TABLE {Name}.removed IN ACCESS EXCLUSIVE MODE");

    /// <summary>What <see cref="HoldStill"/> carries out.</summary>
    /// <param name="on">The schema that is read.</param>
    public static IReadOnlyList<string> HoldingStill(string on) => ["SET TRANSACTION READ ONLY", $"LOCK TABLE {on}.removed IN ACCESS SHARE MODE"];

    /// <summary>
    /// First in the transaction of who fetches: tables that are emptied or made anew meanwhile would look empty, whatever state the
    /// transaction is to see (https://www.postgresql.org/docs/current/mvcc-caveats.html).
    /// </summary>
    public static void HoldStill(NpgsqlConnection connection, string on)
    {
        foreach (var statement in HoldingStill(on)) Execute(connection, statement);
    }

    /// <summary>Empties the tables of a mirror.</summary>
    /// <param name="connection">The server, in a transaction.</param>
    /// <param name="tables">The tables of a mirror.</param>
    public static void Empty(NpgsqlConnection connection, IEnumerable<CopyTable> tables) =>
        Execute(connection, $"TRUNCATE {Name}.removed, {string.Join(", ", tables.Select(table => Table(table.Name)))}");

    /// <summary>Makes the tables of a mirror anew, empty: those of another version may differ. As their owner.</summary>
    /// <inheritdoc cref="Empty"/>
    public static void Replace(NpgsqlConnection connection, IEnumerable<CopyTable> tables)
    {
        var names = new List<string>();
        using (var command = new NpgsqlCommand(
            "SELECT tablename FROM pg_tables WHERE schemaname = $1 AND tablename "
            + $"NOT IN ('mirror', 'removed', '{ServerHistory.Name}', {string.Join(", ", ServerSecrets.Names.Select(name => $"'{name}'"))}) "
            + $"AND tablename NOT LIKE '{Copying}'", connection))
        {
            command.Parameters.Add(new() { Value = Name });
            using var rows = command.ExecuteReader();
            while (rows.Read()) names.Add(rows.GetString(0));
        }

        Execute(connection, $"DELETE FROM {Name}.removed; " + string.Concat(names.Select(name => $"DROP TABLE {Table(name)}; "))
            + string.Concat(tables.Select(Table)));
        if (ServerLogTables.IsAsked(connection)) ServerLogTables.Index(connection);
    }

    /// <summary>Runs SQL of ours that returns nothing; says how many rows it changed.</summary>
    public static int Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteNonQuery();
    }

    private static string Table(CopyTable table)
    {
        var (name, columns) = (Table(table.Name), string.Join(", ", table.Columns.Select(Column)));
        // What is compressed already is not worth a second try.
        var plain = table.Columns.Where(column => column.Kind == ColumnKind.Bytes)
            .Select(column => $"ALTER TABLE {name} ALTER {CopyTable.Quoted(column.Name)} SET STORAGE EXTERNAL;\n");
        return $"CREATE TABLE {name} ({columns}, {Changed} bigint NOT NULL, PRIMARY KEY ({table.KeyList()}));\n"
            + $"CREATE INDEX ON {name} ({Changed});\n{string.Concat(plain)}";
    }

    /// <summary>A column in the definition of a table.</summary>
    public static string Column(CopyColumn column)
    {
        var type = column.Kind switch
        {
            ColumnKind.Number => "bigint",
            ColumnKind.Text => "text",
            _ => "bytea",
        };
        return $"{CopyTable.Quoted(column.Name)} {type}{(column.IsRequired ? " NOT NULL" : string.Empty)}";
    }
}
