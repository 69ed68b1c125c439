using EntraAuditTools.Core.Mirror.Shared;
using Npgsql;

namespace EntraAuditTools.PostgreSql.Tenants;

/// <summary>The part of Initialize-AuditMirror that is about readers of some tenants, and about taking rights.</summary>
/// <param name="server">The server.</param>
/// <param name="connection">It, in a transaction.</param>
/// <param name="group">The group of those who read some tenants only.</param>
/// <param name="members">Who may do what from now on.</param>
internal sealed class TenantRoles(ServerAddress server, NpgsqlConnection connection, string group, MirrorMembers members)
{
    private readonly TenantReaders readers = new(connection);
    // A mirror of an earlier version is masked first: Initialize runs again then.
    private readonly bool areGiven = members.Tenants.Count > 0 && ServerSecrets.IsKept(connection);
    private readonly bool wereMade = TenantSchema.IsKept(connection);

    /// <summary>The group.</summary>
    public string Group => group;

    /// <summary>Whether there are such readers, now or before.</summary>
    public bool AreMade => areGiven || wereMade;

    /// <summary>Those named who read all tenants.</summary>
    public IReadOnlyList<string> All => members.Tenants.Count == 0 ? members.Readers : [];

    /// <summary>Those named who read some.</summary>
    public IReadOnlyList<string> Some => areGiven ? members.Readers : [];

    /// <summary>Takes the rights of those who are to have none, or less. As who may give them.</summary>
    public void Leave(params string[] others)
    {
        foreach (var (role, from) in members.Revoked.SelectMany(role => others.Append(group).Select(from => (role, from)))
            .Concat(Some.SelectMany(role => others.Select(from => (role, from)))))
        {
            if (ServerSql.Texts(connection, "SELECT 1::text FROM pg_auth_members a JOIN pg_roles g ON g.oid = a.roleid "
                + "JOIN pg_roles m ON m.oid = a.member WHERE g.rolname = $1 AND m.rolname = $2", from, role).Count > 0)
                ServerSql.Execute(connection, "REVOKE %I FROM %I", from, role);
        }
    }

    /// <summary>Gives them theirs. As the owner.</summary>
    /// <param name="database">The database.</param>
    public void Give(string database)
    {
        if (areGiven && TenantReaders.AreSpread(connection)) throw RoleErrors.TenantsSpread(server);
        if (areGiven) readers.Set(Some, members.Tenants);
        if (!AreMade) return;
        readers.Remove(members.Revoked.Concat(All));
        readers.Forget();
        TenantSchema.Secure(connection, [ServerSql.Texts(connection, "SELECT quote_ident($1)", group)[0]]);
        if (ServerSql.Texts(connection, "SELECT has_database_privilege(current_database()::text, 'CONNECT WITH GRANT OPTION')::text") is ["true"])
            ServerSql.Execute(connection, "GRANT CONNECT ON DATABASE %I TO %I", database, group);
        var more = Some.Where(role => ServerSql.Texts(connection,
            $"SELECT has_schema_privilege($1, '{ServerSchema.Name}', 'USAGE')::text", role) is ["true"]).ToList();
        if (more.Count > 0) throw RoleErrors.SeesAll(server, more);
    }

    /// <summary>Who may ask about which tenants: a sentence each.</summary>
    public List<string> Describe() => AreMade ? readers.Describe() : [];

    /// <summary>What an administrator may not expect.</summary>
    public IEnumerable<string> Notes() => !AreMade ? [] : readers.Unknown().Select(tenant =>
        $"The mirror holds nothing of tenant '{Core.Text.TerminalText.Line(tenant)}' yet: whoever may ask about it gets an answer once an export "
        + "says that it is its.");
}
