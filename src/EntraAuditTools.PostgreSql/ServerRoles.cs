using System.Text;
using EntraAuditTools.Core.Mirror.Shared;
using EntraAuditTools.PostgreSql.Logs;
using EntraAuditTools.PostgreSql.Tenants;
using Npgsql;

namespace EntraAuditTools.PostgreSql;

/// <summary>
/// Who may do what with a mirror on a server: a group role that reads, one that reads originals with their secrets too, and one that imports,
/// of the database's name, since roles are of the whole server. Everything in one transaction, again and again without harm.
/// </summary>
/// <param name="server">The server.</param>
internal sealed class ServerRoles(ServerConnection server)
{
    private const string ReaderEnding = "_audit_reader", ImporterEnding = "_audit_importer",
        OriginalEnding = "_audit_original_reader", TenantEnding = "_audit_tenant_reader";

    // Longer names are cut off by the server (https://www.postgresql.org/docs/current/sql-syntax-lexical.html, "NAMEDATALEN").
    private const int MostBytes = 63;

    // From version 16 on, who made a role counts as a member who neither inherits its rights nor can take it on.
    private const string Members = """
        FROM pg_auth_members a JOIN pg_roles g ON g.oid = a.roleid JOIN pg_roles m ON m.oid = a.member
        WHERE g.rolname = $1 AND (coalesce(to_jsonb(a) ->> 'inherit_option', 'true') = 'true'
            OR coalesce(to_jsonb(a) ->> 'set_option', 'true') = 'true')
        """;

    /// <summary>Makes tables and roles where there are none, and members of those who are named.</summary>
    /// <exception cref="Core.Errors.AuditToolException">What can be wrong with a server, its roles or the caller's rights.</exception>
    public AuditMirrorInitialization Make(MirrorMembers members, bool asksLogs)
    {
        using var connection = server.Open();
        return server.Try(() =>
        {
            using var transaction = connection.BeginTransaction();
            var database = ServerSql.Texts(connection, "SELECT current_database()::text")[0];
            var (reader, importer, original) = (database + ReaderEnding, database + ImporterEnding, database + OriginalEnding);
            if (Encoding.UTF8.GetByteCount(original) > MostBytes)
                throw RoleErrors.NameTooLong(server.Server, MostBytes - OriginalEnding.Length);
            CheckThere(connection, [.. members.Readers, .. members.OriginalReaders, .. members.Importers, .. members.Revoked]);
            _ = MirrorState.Of(connection, server.Server);
            var isNew = false;
            Do(null, () => isNew = ServerSchema.CreateIfMissing(connection));
            Do(null, () => ServerHistory.AddIfOwner(connection));
            var some = new TenantRoles(server.Server, connection, database + TenantEnding, members);
            foreach (var (group, named) in new[]
                { (reader, some.All), (original, members.OriginalReaders), (importer, members.Importers) })
                Do(group, () => MakeGroup(connection, group, named));
            if (some.AreMade) Do(some.Group, () => MakeGroup(connection, some.Group, some.Some));
            Do(null, () => some.Leave(reader, original, importer));
            Do(null, () => Grant(connection, database, reader, importer, original));
            if (asksLogs) ServerLogTables.Ask(connection, server.Server);
            Do(null, () => some.Give(database));
            var made = new AuditMirrorInitialization
            {
                Server = server.Server.ToString(),
                Owner = ServerSchema.Owner(connection),
                ReaderRole = reader,
                OriginalReaderRole = original,
                ImporterRole = importer,
                Readers = new(MembersOf(connection, reader)),
                OriginalReaders = new(MembersOf(connection, original)),
                Importers = new(MembersOf(connection, importer)),
                TenantReaderRole = some.AreMade ? some.Group : string.Empty,
                TenantReaders = new(some.Describe()),
                IsNew = isNew,
                LogsOnServer = ServerLogTables.IsAsked(connection),
                Notes = new([
                    .. WithoutRight(connection, reader, "SELECT", "CONNECT"), .. WithoutRight(connection, original, "SELECT", "CONNECT"),
                    .. WithoutRight(connection, importer, "TRUNCATE", "TEMPORARY"),
                    .. some.AreMade ? WithoutRight(connection, some.Group, "SELECT", "CONNECT", TenantSchema.Name) : [], .. some.Notes(),
                ]),
            };
            transaction.Commit();
            return made;
        });
    }

    private void Do(string? role, Action work) => RoleErrors.Explain(work, e => RoleErrors.MayNotInitialize(server.Server, role, e));

    private void CheckThere(NpgsqlConnection connection, IEnumerable<string> roles)
    {
        var missing = roles.Distinct()
            .Where(role => ServerSql.Texts(connection, "SELECT rolname::text FROM pg_roles WHERE rolname = $1", role).Count == 0).ToList();
        if (missing.Count > 0) throw RoleErrors.NotThere(server.Server, missing);
    }

    private void MakeGroup(NpgsqlConnection connection, string group, IReadOnlyList<string> members)
    {
        var there = ServerSql.Texts(connection, "SELECT (rolcanlogin OR rolsuper)::text FROM pg_roles WHERE rolname = $1", group);
        if (there is ["true"]) throw RoleErrors.IsLogin(server.Server, group);
        if (there.Count == 0) ServerSql.Execute(connection, "CREATE ROLE %I NOLOGIN", group);
        var known = MembersOf(connection, group);
        foreach (var member in members.Except(known)) ServerSql.Execute(connection, "GRANT %I TO %I", group, member);
    }

    private static void Grant(NpgsqlConnection connection, string database, string reader, string importer, string original)
    {
        const string Change = "INSERT, UPDATE, DELETE, TRUNCATE";
        ServerSchema.BecomeOwner(connection);
        string[] sql =
        [
            $"REVOKE ALL ON SCHEMA {ServerSchema.Name} FROM PUBLIC",
            $"REVOKE ALL ON ALL TABLES IN SCHEMA {ServerSchema.Name} FROM PUBLIC",
            $"GRANT USAGE ON SCHEMA {ServerSchema.Name} TO %1$I, %2$I, %3$I",
            $"GRANT SELECT ON ALL TABLES IN SCHEMA {ServerSchema.Name} TO %1$I, %2$I, %3$I",
            $"GRANT {Change} ON ALL TABLES IN SCHEMA {ServerSchema.Name} TO %2$I",
            // Not the ones with secrets.
            .. ServerSecrets.IsKept(connection) ? new[] { ServerSecrets.Revoke + "%1$I" } : [],
            // Tables that a later version makes, too: their owner makes them.
            $"ALTER DEFAULT PRIVILEGES IN SCHEMA {ServerSchema.Name} GRANT SELECT ON TABLES TO %1$I, %2$I, %3$I",
            $"ALTER DEFAULT PRIVILEGES IN SCHEMA {ServerSchema.Name} GRANT {Change} ON TABLES TO %2$I",
        ];
        foreach (var statement in sql) ServerSql.Execute(connection, statement, reader, importer, original);
        // Everybody has these unless somebody took them away; whoever does not own the database cannot give them.
        const string MayGive = "SELECT has_database_privilege(current_database()::text, 'CONNECT WITH GRANT OPTION')::text";
        if (ServerSql.Texts(connection, MayGive) is not ["true"]) return;
        ServerSql.Execute(connection, "GRANT CONNECT ON DATABASE %1$I TO %2$I, %3$I, %4$I", database, reader, importer, original);
        ServerSql.Execute(connection, "GRANT TEMPORARY ON DATABASE %1$I TO %2$I", database, importer);
    }

    private static List<string> MembersOf(NpgsqlConnection connection, string group) =>
        ServerSql.Texts(connection, $"SELECT DISTINCT m.rolname::text COLLATE \"C\" {Members} ORDER BY 1", group);

    /// <summary>Members who nevertheless may not: a sentence on each.</summary>
    private static IEnumerable<string> WithoutRight(NpgsqlConnection connection, string group, string onTables, string onDatabase,
        string on = ServerSchema.Name)
    {
        IEnumerable<string> Lacking(string condition) =>
            ServerSql.Texts(connection, $"SELECT DISTINCT m.rolname::text {Members} AND NOT {condition}", group);

        foreach (var member in Lacking($"has_table_privilege(m.oid, '{on}.mirror', '{onTables}')"))
            yield return $"'{member}' is a member of '{group}', but does not inherit its rights (NOINHERIT): ALTER ROLE {member} INHERIT.";
        foreach (var member in Lacking($"has_database_privilege(m.oid, current_database()::text, '{onDatabase}')"))
            yield return $"'{member}' lacks {onDatabase} on the database, which its owner gives: GRANT {onDatabase} ON DATABASE … TO {group}.";
    }
}
