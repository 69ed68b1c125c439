using System.Collections.Concurrent;
using EntraAuditTools.Core.Files;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Shared;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.PostgreSql.Logs;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace EntraAuditTools.PostgreSql;

/// <summary>A mirror in a PostgreSQL database. Core makes it by name (SharedMirrors).</summary>
/// <param name="address">The database.</param>
internal sealed class ServerMirror(ServerAddress address) : ISharedMirror
{
    private static readonly TimeSpan LongestRefresh = TimeSpan.FromSeconds(30);

    private readonly ServerConnection server = new(address);
    private readonly ConcurrentDictionary<string, ServerLogs> logs = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public void Refresh(string copy, bool anew, Action<string>? doing, CancellationToken cancel)
    {
        if (!anew && IsCurrent(copy)) return;
        MakeFolder(copy);
        using var held = MirrorLock.Acquire(copy, LongestRefresh, cancel, null);
        if (new CopyUpdate(server, copy, doing, cancel).Run(anew) == null) throw ServerErrors.NotFound(address);
    }

    /// <inheritdoc/>
    public ILogStore? RefreshWithoutLogs(string copy, Action<string>? doing, CancellationToken cancel)
    {
        var known = logs.GetOrAdd(copy, path => new(server, path));
        using (var connection = server.Open())
        {
            var wanted = server.Try(() => MirrorState.Of(connection, address)) ?? throw ServerErrors.NotFound(address);
            if (!server.Try(() => ServerLogTables.IsAsked(connection, wanted.On))) return null;
            if (known.Held == wanted && File.Exists(copy)) return known;
        }

        MakeFolder(copy);
        return known.Refresh(doing, cancel) ? known : throw ServerErrors.NotFound(address);
    }

    /// <inheritdoc/>
    public ISharedWriting BeginWriting(Action? waiting, CancellationToken cancel)
    {
        string user;
        using (var connection = server.Open())
        {
            user = server.Try(() =>
            {
                using var transaction = connection.BeginTransaction();
                if (MirrorState.Of(connection, address) == null) ServerSchema.CreateIfMissing(connection);
                else ServerHistory.AddIfOwner(connection);
                transaction.Commit();
                return ServerSql.Texts(connection, "SELECT session_user::text")[0];
            });
        }

        return new ServerWriting(server, Lease.Acquire(server, MirrorLock.LongestWait, waiting, cancel), user);
    }

    /// <inheritdoc/>
    public long? CountImports()
    {
        using var connection = server.Open();
        return server.Try(() => MirrorState.Of(connection, address) is { } state ? ServerSchema.CountImports(connection, state) : (long?)null);
    }

    /// <inheritdoc/>
    public AuditMirrorInitialization Initialize(MirrorMembers members, bool asksLogs) => new ServerRoles(server).Make(members, asksLogs);

    /// <inheritdoc/>
    public bool HidesSecrets()
    {
        using var connection = server.Open();
        return server.Try(() => ServerSecrets.IsKept(connection));
    }

    private static void MakeFolder(string copy)
    {
        try
        {
            OwnerOnlyFile.CreateDirectory(Path.GetDirectoryName(copy)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MirrorErrors.AccessDenied(copy, e);
        }
    }

    /// <summary>
    /// Whether a copy is of the state that the server has now. An import from this machine holds the copy's lock and keeps it up to date: its
    /// commits are seen here a moment after the server's.
    /// </summary>
    private bool IsCurrent(string copy)
    {
        using var connection = server.Open();
        var wanted = server.Try(() => MirrorState.Of(connection, address)) ?? throw ServerErrors.NotFound(address);
        for (var tries = 0; tries < 20; tries++)
        {
            if (Held(copy) is not { } held) return false;
            if (held == wanted || (held.IsAfter(wanted) && server.Try(() => ServerHistory.Has(connection, held)))) return true;
            if (!IsBeingWritten(copy)) return false;
            Thread.Sleep(50);
        }

        return false;
    }

    private static bool IsBeingWritten(string copy)
    {
        try
        {
            MirrorLock.Acquire(copy, TimeSpan.Zero, CancellationToken.None).Dispose();
            return false;
        }
        catch (Core.Errors.AuditToolException)
        {
            return true;
        }
    }

    private static MirrorState? Held(string copy)
    {
        if (!File.Exists(copy)) return null;
        try
        {
            using var reader = Core.Mirror.Reading.MirrorReader.Open(copy);
            return MirrorState.Of(reader.Connection);
        }
        catch (Exception e) when (e is Core.Errors.AuditToolException or SqliteException)
        {
            return null;
        }
    }
}
