using EntraAuditTools.Core.Mirror.Tables;
using Npgsql;

namespace EntraAuditTools.PostgreSql;

/// <summary>What somebody sees of the secrets of a mirror on a server. The numbers are kept in copies.</summary>
internal enum SecretSight
{
    /// <summary>All: they do not stand apart, since an earlier version wrote the mirror.</summary>
    All = 0,

    /// <summary>Those that stand apart, too.</summary>
    Apart = 1,

    /// <summary>None: they are masked.</summary>
    Masked = 2,
}

/// <summary>
/// What only some may read of a mirror on a server: originals that hold secrets, and rejected records that do. They stand in tables of their
/// own; the mirror's tables have them masked, so that a right to those gives no secret. Servers that an earlier version made have no such
/// tables until all is written anew by their owner.
/// </summary>
internal static class ServerSecrets
{
    private const string Prefix = "secret_";

    /// <summary>Which columns of which tables hold secrets; the key is <c>id</c>.</summary>
    private static readonly (string Table, string[] Columns, string Create)[] Held =
    [
        ("block", ["raw_length", "data"], "raw_length bigint NOT NULL, data bytea NOT NULL"), ("rejection", ["text"], "text bytea NOT NULL"),
    ];

    /// <summary>The tables.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Held.Select(held => Prefix + held.Table)];

    /// <summary>SQL that makes them.</summary>
    public static string Create { get; } = string.Concat(Held.Select(held => $"""
        CREATE TABLE {Of(held.Table)} (id bigint PRIMARY KEY, {held.Create});
        ALTER TABLE {Of(held.Table)} ALTER {held.Columns[^1]} SET STORAGE EXTERNAL;
        COMMENT ON TABLE {Of(held.Table)} IS 'Rows of {held.Table} that hold secrets, as they were imported; there they are masked.';

        """));

    /// <summary>SQL for whether a server has them.</summary>
    public static string IsThere { get; } = $"to_regclass('{Of(Held[0].Table)}') IS NOT NULL";

    /// <summary>SQL for what the caller sees (<see cref="SecretSight"/>).</summary>
    public static string Sight { get; } = $"CASE WHEN NOT {IsThere} THEN 0 WHEN {string.Join(" AND ", Held.Select(held =>
        $"coalesce(has_table_privilege(to_regclass('{Of(held.Table)}'), 'SELECT'), false)"))} THEN 1 ELSE 2 END";

    /// <summary>SQL that empties them.</summary>
    public static string Empty { get; } = $"TRUNCATE {string.Join(", ", Held.Select(held => Of(held.Table)))}";

    /// <summary>SQL that takes the right to read them from a role, and from everybody.</summary>
    public static string Revoke { get; } = $"REVOKE ALL ON {string.Join(", ", Held.Select(held => Of(held.Table)))} FROM PUBLIC, ";

    /// <summary>Whether a server has them.</summary>
    public static bool IsKept(NpgsqlConnection connection) => ServerSql.Texts(connection, $"SELECT ({IsThere})::text") is ["true"];

    /// <summary>The columns of a table that can hold secrets; none for most.</summary>
    public static IReadOnlyList<string> Columns(CopyTable table) =>
        Held.FirstOrDefault(held => held.Table == table.Name).Columns ?? [];

    /// <summary>The table that has a table's secrets.</summary>
    public static string Of(string table) => $"{ServerSchema.Name}.{NameOf(table)}";

    /// <summary>What that is called in the schema.</summary>
    public static string NameOf(string table) => Prefix + table;

    /// <summary>SELECT of a table's rows, named <c>t</c>, as the caller sees them.</summary>
    /// <param name="table">The table.</param>
    /// <param name="sight">What the caller sees.</param>
    /// <param name="on">The schema that is read.</param>
    public static string Select(CopyTable table, SecretSight sight, string on)
    {
        var columns = sight == SecretSight.Apart ? Columns(table) : [];
        if (columns.Count == 0) return $"SELECT {table.ColumnList("t.")} FROM {on}.{CopyTable.Quoted(table.Name)} t";
        var list = string.Join(", ", table.Columns.Select(column =>
            columns.Contains(column.Name) ? $"coalesce(s.{column.Name}, t.{column.Name})" : $"t.{CopyTable.Quoted(column.Name)}"));
        return $"SELECT {list} FROM {ServerSchema.Table(table.Name)} t LEFT JOIN {Of(table.Name)} s ON s.id = t.id";
    }

    /// <summary>SQL of where originals are, as the caller sees them.</summary>
    public static string Blocks(SecretSight sight) => sight != SecretSight.Apart ? "block"
        : $"(SELECT k.id, k.import, coalesce(s.data, k.data) AS data, coalesce(s.raw_length, k.raw_length) AS raw_length "
            + $"FROM block k LEFT JOIN {Of("block")} s ON s.id = k.id)";

    /// <summary>
    /// Makes them where the mirror is about to be written anew as a whole, which then is masked: as the owner, who alone can. From then on an
    /// earlier version, which masks nothing, writes no more.
    /// </summary>
    /// <param name="remote">The server, in the transaction that replaces all.</param>
    public static void AddIfOwner(NpgsqlConnection remote)
    {
        if (IsKept(remote) || !ServerSchema.IsOwner(remote)) return;
        ServerSchema.BecomeOwner(remote);
        ServerSchema.Execute(remote, $"{Create}UPDATE {ServerSchema.Name}.mirror SET format = {ServerSchema.Format}");
        // By default new tables are everybody's who may read the others.
        ServerSchema.CopyRights(remote, Names, onlyWho: "INSERT");
        ServerSchema.Execute(remote, "RESET ROLE");
    }
}
