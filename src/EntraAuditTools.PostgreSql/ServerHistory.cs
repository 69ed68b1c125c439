using EntraAuditTools.PostgreSql.Tenants;
using Npgsql;
using NpgsqlTypes;

namespace EntraAuditTools.PostgreSql;

/// <summary>
/// The changes of a mirror on a server, each with a random token beside its number. A server that is restored from a backup goes on with
/// numbers that copies know from before; by its token a copy is of the same change, or of one that the server never had. Servers that an
/// earlier version made have no such table until their owner imports or initializes.
/// </summary>
internal static class ServerHistory
{
    /// <summary>The table.</summary>
    public const string Name = "history";

    private const string Table = $"{ServerSchema.Name}.{Name}";

    /// <summary>SQL that makes it, with the change that the mirror is of.</summary>
    public const string Create = $"""
        CREATE TABLE {Table} (number bigint PRIMARY KEY, token uuid NOT NULL);
        COMMENT ON TABLE {Table} IS 'Changes of the mirror since it was last written anew as a whole. token: no two changes have one.';
        INSERT INTO {Table} SELECT change, gen_random_uuid() FROM {ServerSchema.Name}.mirror;

        """;

    /// <summary>SQL for whether a server has it.</summary>
    public const string IsThere = $"to_regclass('{Table}') IS NOT NULL";

    /// <summary>SQL for the token of the mirror's change; null for one that an earlier version made.</summary>
    public const string Token = $"(SELECT token FROM {Table} WHERE number = change)";

    /// <summary>
    /// Makes it where it lacks and the caller owns the mirror. Who may do what with the mirror's other tables may with this one, also where
    /// that was given by hand.
    /// </summary>
    /// <param name="connection">The server, in a transaction.</param>
    public static void AddIfOwner(NpgsqlConnection connection)
    {
        if (IsKept(connection) || !ServerSchema.IsOwner(connection)) return;
        ServerSchema.LockMaking(connection);
        if (IsKept(connection)) return;
        ServerSchema.BecomeOwner(connection);
        ServerSchema.Execute(connection, Create);
        ServerSchema.CopyRights(connection, [Name]);
        ServerSchema.Execute(connection, "RESET ROLE");
    }

    /// <summary>Whether a server has it.</summary>
    public static bool IsKept(NpgsqlConnection connection) => ServerSql.Texts(connection, $"SELECT ({IsThere})::text") is ["true"];

    /// <summary>Writes down a change; says its token.</summary>
    /// <param name="remote">The server, in the transaction of the change.</param>
    /// <param name="change">Its number.</param>
    /// <param name="isFirst">Whether all is written anew, so that nobody asks for earlier changes.</param>
    public static Guid Add(NpgsqlConnection remote, long change, bool isFirst)
    {
        // Not TRUNCATE: those who look at the mirror's state meanwhile do not wait for the end of the change.
        if (isFirst) ServerSchema.Execute(remote, $"DELETE FROM {Table}");
        using var add = new NpgsqlCommand($"INSERT INTO {Table} (number, token) VALUES ($1, gen_random_uuid()) "
            + "ON CONFLICT (number) DO UPDATE SET token = excluded.token RETURNING token", remote);
        add.Parameters.Add(new() { Value = change });
        return (Guid)add.ExecuteScalar()!;
    }

    /// <summary>
    /// Whether the server's mirror was once in this state, so that what a copy of it lacks is what changed since. A standby may not have
    /// got that far yet.
    /// </summary>
    public static bool Has(NpgsqlConnection connection, MirrorState state)
    {
        var table = state.Tenants == null ? Table : $"{TenantSchema.Name}.{Name}";
        var same = state.Tenants != null || IsKept(connection) ? $"EXISTS (SELECT 1 FROM {table} WHERE number = $1 AND token = $2)" : "$2 IS NULL";
        using var look = new NpgsqlCommand(
            $"SELECT CASE WHEN change < $1 THEN pg_is_in_recovery() ELSE {same} END FROM {state.On}.mirror", connection);
        look.Parameters.Add(new() { Value = state.Change });
        look.Parameters.Add(Parameter(state.Token));
        return look.ExecuteScalar() is true;
    }

    /// <summary>A token as a parameter.</summary>
    public static NpgsqlParameter Parameter(Guid? token) => new() { Value = token ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid };
}
