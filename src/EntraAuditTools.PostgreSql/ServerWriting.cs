using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Shared;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.PostgreSql.Logs;
using EntraAuditTools.PostgreSql.Tenants;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace EntraAuditTools.PostgreSql;

/// <summary>Sends what changes in a copy to the server, transaction by transaction.</summary>
internal sealed class ServerWriting : ISharedWriting
{
    private readonly ServerConnection server;
    private readonly Lease lease;
    private MirrorState? state;
    private ChangedRows? changed;
    private bool replaces;
    private bool hidesSecrets;
    private StagedRows? staged;
    private TenantRows? tenants;

    /// <summary>Begins, with the right to write.</summary>
    public ServerWriting(ServerConnection server, Lease lease, string user)
    {
        this.server = server;
        this.lease = lease;
        User = user;
    }

    /// <inheritdoc/>
    public string User { get; }

    /// <inheritdoc/>
    public void Refresh(string copy, Action<string>? doing, CancellationToken cancel) =>
        state = Whole(new CopyUpdate(server, copy, doing, cancel).Run(anew: false));

    /// <inheritdoc/>
    public bool AsksLogs
    {
        get
        {
            using var remote = server.Open();
            return server.Try(() => ServerLogTables.IsAsked(remote));
        }
    }

    /// <inheritdoc/>
    public bool IsWithoutLogs { get; private set; }

    /// <inheritdoc/>
    public ILogStore RefreshWithoutLogs(string copy, Action<string>? doing, CancellationToken cancel)
    {
        IsWithoutLogs = true;
        state = Whole(new CopyUpdate(server, copy, doing, cancel, isLight: true).Run(anew: false));
        return new ServerLogs(server, copy);
    }

    /// <inheritdoc/>
    public void FetchUnlinked(SqliteConnection connection)
    {
        // What a transaction that was cut off left: nothing of a log stays in such a copy.
        MirrorFile.Execute(connection, "PRAGMA secure_delete = ON; BEGIN IMMEDIATE");
        LightRows.RemoveAll(connection);
        Fetching(connection, fetch => fetch.Unlinked());
        changed!.Forget();
        MirrorFile.Execute(connection, "COMMIT");
    }

    /// <inheritdoc/>
    public void Fetch(SqliteConnection connection, SoughtRows sought) => Fetching(connection, fetch => fetch.Sought(sought));

    /// <inheritdoc/>
    public void FetchSightings(SqliteConnection connection, IReadOnlyCollection<long> imports) =>
        Fetching(connection, fetch => fetch.Sightings(imports));

    /// <inheritdoc/>
    public void FetchParts(SqliteConnection connection, long import) => Fetching(connection, fetch => fetch.Parts(import));

    /// <inheritdoc/>
    public long Look()
    {
        using var remote = server.Open();
        return server.Try(() =>
        {
            state = Whole(MirrorState.Of(remote, server.Server));
            return ServerSchema.CountImports(remote, state);
        });
    }

    /// <inheritdoc/>
    public void Follow(SqliteConnection connection)
    {
        // A copy whose tables were just brought to this version's: those of the server are of the one before.
        replaces |= state!.Schema != MirrorSchema.Version;
        changed = new(connection);
    }

    /// <inheritdoc/>
    public void Replace() => replaces = true;

    /// <inheritdoc/>
    public long Stage(SqliteConnection connection, string source, Action<string>? doing, CancellationToken cancel)
    {
        using (var remote = server.Open())
        {
            if (!server.Try(() => ServerSchema.IsOwner(remote) && ServerSecrets.IsKept(remote))) return 0;
        }

        var rows = new StagedRows(server, changed!.Tables);
        var before = rows.Send(connection, source, doing, cancel);
        staged = rows;
        return before;
    }

    /// <inheritdoc/>
    public void Send(SqliteConnection connection)
    {
        var tables = changed!.Tables;
        var some = replaces ? tables : tables.Where(changed.Has).ToList();
        if (some.Count > 0) state = Send(connection, some);
        replaces = false;
        staged = null;
        if (IsWithoutLogs) LightRows.RemoveSent(connection, changed);
        changed.Forget();
    }

    private MirrorState Send(SqliteConnection connection, IReadOnlyList<CopyTable> some)
    {
        using var remote = server.Open();
        return server.Try(() =>
        {
            using var transaction = remote.BeginTransaction();
            var next = Next(remote);
            if (replaces) ServerSecrets.AddIfOwner(remote);
            hidesSecrets = ServerSecrets.IsKept(remote);
            // Who writes sees them all.
            if (hidesSecrets) next = next with { Sight = SecretSight.Apart };
            tenants = TenantRows.AreKept(remote) ? new(remote, next.Change) : null;
            if (replaces) ReplaceAll(remote, connection, next.Change);
            else foreach (var table in some) Send(remote, connection, table, next.Change);
            SendTenants(some);
            // A change may take longer than a lease lasts, and others wait for its end.
            ServerSchema.Execute(remote, $"UPDATE {ServerSchema.Name}.mirror SET {Lease.Prolonged}");
            // First in the copy's transaction, which is rolled back when the server's fails.
            next.Keep(connection);
            transaction.Commit();
            return next;
        });
    }

    /// <summary>What readers of some tenants see of it. Where originals go or are written anew, all of it is made anew.</summary>
    private void SendTenants(IReadOnlyList<CopyTable> some)
    {
        if (replaces || some.Any(table => table.Name == LightCopy.Blocks && changed!.HasOld(table))) tenants?.Rebuild();
        else tenants?.Update(some);
    }

    /// <inheritdoc/>
    public void Dispose() => lease.Dispose();

    private void Fetching(SqliteConnection connection, Action<LogFetch> work)
    {
        using var remote = server.Open();
        server.Try(() =>
        {
            work(new(remote, connection, changed!));
            return 0;
        });
    }

    private MirrorState Next(NpgsqlConnection remote)
    {
        var isKept = ServerHistory.IsKept(remote);
        MirrorState next;
        using (var command = new NpgsqlCommand(
            $"UPDATE {ServerSchema.Name}.mirror SET change = change + 1, schema = $3, "
            + $"generation = CASE WHEN $4 THEN gen_random_uuid() ELSE generation END, {Lease.Prolonged} "
            + $"WHERE {Lease.IsMine} AND change = $2{(isKept ? $" AND {ServerHistory.Token} IS NOT DISTINCT FROM $5" : string.Empty)} "
            + "RETURNING schema, generation, change", remote))
        {
            command.Parameters.Add(new() { Value = lease.Id });
            command.Parameters.Add(new() { Value = state!.Change });
            command.Parameters.Add(new() { Value = (long)MirrorSchema.Version });
            command.Parameters.Add(new() { Value = replaces });
            if (isKept) command.Parameters.Add(ServerHistory.Parameter(state.Token));
            using var row = command.ExecuteReader();
            if (!row.Read()) throw ServerErrors.LostLease(server.Server);
            next = state with { Schema = row.GetInt64(0), Generation = row.GetGuid(1), Change = row.GetInt64(2), Token = null };
        }

        return isKept ? next with { Token = ServerHistory.Add(remote, next.Change, isFirst: replaces) } : next;
    }

    /// <summary>Who writes has the originals as they were imported: what is masked in a copy would be taken for them.</summary>
    private MirrorState Whole(MirrorState? found) => found switch
    {
        null => throw ServerErrors.NotFound(server.Server),
        { Sight: SecretSight.Masked } => throw ServerErrors.OriginalsNeeded(server.Server),
        _ => found,
    };

    private RowMask? Mask(CopyTable table) => hidesSecrets && ServerSecrets.Columns(table).Count > 0 ? new(table) : null;

    private void Send(NpgsqlConnection remote, SqliteConnection connection, CopyTable table, long change)
    {
        var mask = Mask(table);
        var hasOld = changed!.HasOld(table);
        // Of rows that the server has, what is secret may be another now, or gone.
        if (mask != null && hasOld) Forget(remote, table, changed.OldIds(table));
        using (var fresh = changed.Fresh(table)) RowCopy.Send(remote, ServerSchema.Table(table.Name), table.Columns, fresh, change, mask);
        if (hasOld)
        {
            using (var gone = changed.Gone(table)) Remove(remote, table, gone, change);
            using (var kept = changed.Kept(table)) Merge(remote, table, kept, change, mask);
        }

        mask?.SendSecrets(remote, connection, ServerSecrets.Of(table.Name));
    }

    private static void Forget(NpgsqlConnection remote, CopyTable table, long[] ids)
    {
        using var forget = new NpgsqlCommand($"DELETE FROM {ServerSecrets.Of(table.Name)} "
            + "WHERE id = ANY(string_to_array($1, ',')::bigint[])", remote);
        forget.Parameters.Add(new() { Value = string.Join(',', ids) });
        forget.ExecuteNonQuery();
    }

    private static void Merge(NpgsqlConnection remote, CopyTable table, Core.Mirror.Sql.Statement rows, long change, RowMask? mask)
    {
        const string Staged = "pg_temp.staged";
        ServerSchema.Execute(remote, $"CREATE TEMP TABLE staged (LIKE {ServerSchema.Table(table.Name)}) ON COMMIT DROP");
        if (RowCopy.Send(remote, Staged, table.Columns, rows, change, mask) > 0)
        {
            var others = table.Columns.Except(table.Key).Select(column => CopyTable.Quoted(column.Name)).Append(ServerSchema.Changed);
            ServerSchema.Execute(remote, $"INSERT INTO {ServerSchema.Table(table.Name)} ({table.ColumnList()}, {ServerSchema.Changed}) "
                + $"SELECT {table.ColumnList()}, {ServerSchema.Changed} FROM {Staged} ON CONFLICT ({table.KeyList()}) DO UPDATE SET "
                + string.Join(", ", others.Select(column => $"{column} = excluded.{column}")));
        }

        ServerSchema.Execute(remote, $"DROP TABLE {Staged}");
    }

    private void Remove(NpgsqlConnection remote, CopyTable table, Core.Mirror.Sql.Statement keys, long change)
    {
        const string Staged = "pg_temp.staged";
        var gone = new List<byte[]>();
        while (keys.Step()) gone.Add(RemovedKey.Of(keys, table.Key.Count));
        if (gone.Count == 0) return;
        ServerSchema.Execute(remote, $"CREATE TEMP TABLE staged AS SELECT {table.KeyList()} FROM {ServerSchema.Table(table.Name)} LIMIT 0");
        // The statement begins anew once it has ended.
        RowCopy.Send(remote, Staged, table.Key, keys, change: null);
        ServerSchema.Execute(remote, $"DELETE FROM {ServerSchema.Table(table.Name)} t USING {Staged} s WHERE {table.SameKey("t", "s")}");
        tenants?.Remove(table);
        ServerSchema.Execute(remote, $"DROP TABLE {Staged}");
        using var copy = new CopyWriter(
            remote.BeginRawBinaryCopy($"COPY {ServerSchema.Name}.removed (tab, key, {ServerSchema.Changed}) FROM STDIN (FORMAT BINARY)"));
        foreach (var key in gone)
        {
            copy.BeginRow(3);
            copy.Bytes(System.Text.Encoding.UTF8.GetBytes(table.Name));
            copy.Bytes(key);
            copy.Number(change);
        }

        copy.Complete();
    }

    private void ReplaceAll(NpgsqlConnection remote, SqliteConnection connection, long change)
    {
        ServerSchema.StopFetching(remote);
        if (state!.Schema == MirrorSchema.Version)
        {
            ServerSchema.Empty(remote, changed!.Tables);
        }
        else
        {
            RoleErrors.Explain(() => ServerSchema.BecomeOwner(remote), e => RoleErrors.OwnerNeeded(server.Server, e));
            ServerSchema.Replace(remote, changed!.Tables);
            if (TenantSchema.IsKept(remote)) TenantSchema.Replace(remote);
        }

        if (hidesSecrets) ServerSchema.Execute(remote, ServerSecrets.Empty);
        staged?.TakeOver(remote, change);
        foreach (var table in staged == null ? changed.Tables : [])
        {
            var mask = Mask(table);
            var (name, columns) = (CopyTable.Quoted(table.Name), table.ColumnList());
            using var rows = new Core.Mirror.Sql.Statement(connection, $"SELECT {columns} FROM main.{name}");
            RowCopy.Send(remote, ServerSchema.Table(table.Name), table.Columns, rows, change, mask);
            mask?.SendSecrets(remote, connection, ServerSecrets.Of(table.Name));
        }

        // It may have taken longer than the right to change lasts.
        ServerSchema.Execute(remote, $"UPDATE {ServerSchema.Name}.mirror SET {Lease.Prolonged}");
    }
}
