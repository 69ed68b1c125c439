using System.Diagnostics;
using Npgsql;

namespace EntraAuditTools.PostgreSql;

/// <summary>
/// The right to change a mirror, for a minute at a time: a row that says who has it until when, and is renewed while its holder lives. No
/// lock of a session: behind a pooler, sessions are anybody's (https://www.pgbouncer.org/features.html). A holder that is killed is waited
/// for a minute.
/// </summary>
internal sealed class Lease : IDisposable
{
    private const string Minute = "interval '60 seconds'";

    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(15), ShortWait = TimeSpan.FromSeconds(1);

    private readonly ServerConnection server;
    private readonly Guid id;
    private readonly Timer timer;

    private Lease(ServerConnection server, Guid id)
    {
        this.server = server;
        this.id = id;
        timer = new(_ => Renew(), null, Renewal, Renewal);
    }

    /// <summary>Condition that a statement is of this lease's holder; takes the parameter <c>$1</c>.</summary>
    public const string IsMine = "lease = $1";

    /// <summary>SQL that prolongs a lease, from when it is carried out: it may wait long for the end of a change.</summary>
    public const string Prolonged = "lease_until = clock_timestamp() + " + Minute;

    /// <summary>What distinguishes it.</summary>
    public Guid Id => id;

    /// <summary>Waits until nobody else has it.</summary>
    /// <param name="server">The server.</param>
    /// <param name="longest">How long to wait at most.</param>
    /// <param name="waiting">Called once when it takes more than a moment; null when nobody is to know.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="Core.Errors.AuditToolException">MirrorLocked; or what can be wrong with a server.</exception>
    public static Lease Acquire(ServerConnection server, TimeSpan longest, Action? waiting, CancellationToken cancel)
    {
        var (clock, id) = (Stopwatch.StartNew(), Guid.NewGuid());
        using var connection = server.Open();
        while (true)
        {
            var taken = server.Try(() =>
            {
                using var take = new NpgsqlCommand(
                    $"UPDATE {ServerSchema.Name}.mirror SET lease = $1, lease_holder = $2, {Prolonged} "
                    + "WHERE lease IS NULL OR lease_until < clock_timestamp()", connection);
                take.Parameters.Add(new() { Value = id });
                take.Parameters.Add(new() { Value = $"{Environment.UserName} on {Environment.MachineName}, process {Environment.ProcessId}" });
                return take.ExecuteNonQuery() == 1;
            });
            if (taken) return new(server, id);
            if (clock.Elapsed >= longest) throw ServerErrors.Locked(server.Server, Holder(server, connection));
            if (waiting != null && clock.Elapsed > ShortWait)
            {
                waiting();
                waiting = null;
            }

            cancel.WaitHandle.WaitOne(200);
            cancel.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Lets the next one in.</summary>
    public void Dispose()
    {
        timer.Dispose();
        try
        {
            using var connection = server.Open();
            using var free = new NpgsqlCommand(
                $"UPDATE {ServerSchema.Name}.mirror SET lease = NULL, lease_holder = NULL, lease_until = NULL WHERE {IsMine}", connection);
            free.Parameters.Add(new() { Value = id });
            free.ExecuteNonQuery();
        }
        catch (Exception e) when (e is Core.Errors.AuditToolException || ServerConnection.IsServers(e))
        {
            // It ends by itself.
        }
    }

    private static string? Holder(ServerConnection server, NpgsqlConnection connection) => server.Try(() =>
    {
        using var command = new NpgsqlCommand($"SELECT lease_holder FROM {ServerSchema.Name}.mirror", connection);
        return command.ExecuteScalar() as string;
    });

    private void Renew()
    {
        // While a long change is written, its own transaction holds the row.
        if (!Monitor.TryEnter(timer)) return;
        try
        {
            using var connection = server.Open();
            using var renew = new NpgsqlCommand($"UPDATE {ServerSchema.Name}.mirror SET {Prolonged} WHERE {IsMine}", connection);
            renew.Parameters.Add(new() { Value = id });
            renew.ExecuteNonQuery();
        }
        catch (Exception e) when (e is Core.Errors.AuditToolException || ServerConnection.IsServers(e))
        {
            // The next commit says what is wrong, if it still is.
        }
        finally
        {
            Monitor.Exit(timer);
        }
    }
}
