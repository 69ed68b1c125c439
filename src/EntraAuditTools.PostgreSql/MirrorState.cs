using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Originals;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.PostgreSql.Tenants;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace EntraAuditTools.PostgreSql;

/// <summary>Which state of a mirror a server holds, or a copy is of.</summary>
/// <param name="Schema">Version of the mirror's tables.</param>
/// <param name="Generation">Changes when all of it is written anew.</param>
/// <param name="Change">The number of the last change.</param>
/// <param name="Token">What distinguishes that change from others of its number (<see cref="ServerHistory"/>); null where nothing does.</param>
/// <param name="Sight">What the caller sees of secrets, or the copy has of them.</param>
/// <param name="Tenants">The tenants, one a line, whose part of the mirror it is (<see cref="TenantSchema"/>); null for all of it.</param>
internal sealed record MirrorState(long Schema, Guid Generation, long Change, Guid? Token, SecretSight Sight, string? Tenants = null)
{
    // Where a copy keeps it: beside what a mirror says of itself, and never sent.
    private const string GenerationName = SharedCopy.StatePrefix + "generation", ChangeName = SharedCopy.StatePrefix + "change",
        TokenName = SharedCopy.StatePrefix + "token", SightName = SharedCopy.StatePrefix + "sight";

    private const string KeepTenants = $"INSERT INTO main.meta VALUES ('{TenantPart.MetaName}', ?) "
        + "ON CONFLICT (name) DO UPDATE SET value = excluded.value";

    private const string KeepMasked = $"INSERT OR IGNORE INTO main.meta VALUES ('{MaskedOriginals.MetaName}', '{MaskedOriginals.MetaValue}')",
        KeepWhole = $"DELETE FROM main.meta WHERE name = '{MaskedOriginals.MetaName}'";

    /// <summary>The state of the server's; null when it holds no mirror.</summary>
    /// <exception cref="Core.Errors.AuditToolException">NotAMirror or MirrorNewer.</exception>
    public static MirrorState? Of(NpgsqlConnection connection, Core.Mirror.Shared.ServerAddress server)
    {
        var isPart = false;
        var hasHistory = false;
        using (var look = new NpgsqlCommand($"""
            SELECT CASE WHEN {TenantSchema.IsAsked} THEN 'part' WHEN to_regclass('{ServerSchema.Name}.mirror') IS NULL THEN 'none'
                WHEN {ServerHistory.IsThere} THEN 'kept' ELSE 'old' END
            """, connection))
        {
            var found = (string)look.ExecuteScalar()!;
            if (found == "none") return null;
            (isPart, hasHistory) = (found == "part", found == "kept");
        }

        var columns = isPart ? OfPart : $"{(hasHistory ? ServerHistory.Token : "NULL::uuid")}, {ServerSecrets.Sight}, NULL::text "
            + $"FROM {ServerSchema.Name}.mirror";
        using var command = new NpgsqlCommand($"SELECT format, schema, generation, change, {columns}", connection);
        using var row = command.ExecuteReader();
        if (!row.Read())
        {
            throw isPart ? ServerErrors.NoTenant(server)
                : ServerErrors.NotAMirror(server, $"its schema {ServerSchema.Name} is something else's");
        }

        if (row.GetInt32(0) > TenantSchema.Format || row.GetInt64(1) > MirrorSchema.Version) throw ServerErrors.Newer(server);
        return Read(row, 1);
    }

    /// <summary>SQL for the state, as <see cref="Read"/> takes it, of who was found to see so much of a mirror.</summary>
    public static string Sql(MirrorState? known) => known?.Tenants != null ? $"SELECT schema, generation, change, {OfPart}"
        : $"SELECT schema, generation, change, {(known?.Token == null ? "NULL::uuid" : ServerHistory.Token)}, {ServerSecrets.Sight}, NULL::text "
            + $"FROM {ServerSchema.Name}.mirror";

    /// <summary>Reads it.</summary>
    public static MirrorState Read(NpgsqlDataReader row, int first = 0) => new(row.GetInt64(first), row.GetGuid(first + 1), row.GetInt64(first + 2),
        row.IsDBNull(first + 3) ? null : row.GetGuid(first + 3), (SecretSight)row.GetInt32(first + 4),
        row.IsDBNull(first + 5) ? null : row.GetString(first + 5));

    // What is kept for audiences has its secrets masked, whoever they are.
    private static readonly string OfPart = $"(SELECT token FROM {TenantSchema.Name}.history h WHERE h.number = m.change "
        + $"AND h.{TenantSchema.Audience} = m.{TenantSchema.Audience}), {(int)SecretSight.Masked}, tenants FROM {TenantSchema.Name}.mirror m";

    /// <summary>The schema on the server that this is a state of.</summary>
    public string On => Tenants == null ? ServerSchema.Name : TenantSchema.Name;

    /// <summary>Whether it is a later state than another of the same rows, by its number alone.</summary>
    public bool IsAfter(MirrorState other) => Schema == other.Schema && Generation == other.Generation
        && Sight == other.Sight && Change > other.Change;

    /// <summary>The state that a copy is of; null when it is no whole copy.</summary>
    public static MirrorState? Of(SqliteConnection copy)
    {
        using var read = new Statement(copy, $"""
            SELECT (SELECT user_version FROM pragma_user_version), (SELECT value FROM main.meta WHERE name = '{GenerationName}'),
                (SELECT value FROM main.meta WHERE name = '{ChangeName}'),
                (SELECT value FROM main.meta WHERE name = '{TokenName}'),
                coalesce((SELECT value FROM main.meta WHERE name = '{SightName}'), 0),
                (SELECT value FROM main.meta WHERE name = '{TenantPart.MetaName}')
            """);
        read.Step();
        return Guid.TryParse(read.String(1), out var generation) && read.NumberOrNull(2) is { } change
            ? new(read.Number(0), generation, change, Guid.TryParse(read.String(3), out var token) ? token : null,
                (SecretSight)read.Number(4), read.String(5))
            : null;
    }

    /// <summary>Writes down that a copy is of this state. In the transaction that makes it so.</summary>
    public void Keep(SqliteConnection copy)
    {
        using var write = new Statement(copy, """
            INSERT INTO main.meta (name, value) VALUES (?1, ?2), (?3, ?4), (?5, ?6), (?7, ?8) ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """);
        write.BindString(1, GenerationName).BindString(2, Generation.ToString()).BindString(3, ChangeName).Bind(4, Change)
            .BindString(5, TokenName).BindString(6, Token?.ToString()).BindString(7, SightName).Bind(8, (long)Sight).Execute();
        MirrorFile.Execute(copy, Sight == SecretSight.Masked ? KeepMasked : KeepWhole);
        if (Tenants == null) return;
        using var tenants = new Statement(copy, KeepTenants);
        tenants.BindString(1, Tenants).Execute();
    }
}
