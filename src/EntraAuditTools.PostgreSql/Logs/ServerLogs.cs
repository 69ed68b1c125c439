using System.Data;
using System.Globalization;
using System.Text;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Sql;
using Npgsql;

namespace EntraAuditTools.PostgreSql.Logs;

/// <summary>The logs of a mirror on a server, for the copy of this machine that lacks them.</summary>
/// <param name="server">The server.</param>
/// <param name="copy">Full path of the copy.</param>
internal sealed class ServerLogs(ServerConnection server, string copy) : ILogStore
{
    private const int MostTries = 5;

    private static readonly TimeSpan LongestRefresh = TimeSpan.FromSeconds(30);

    private readonly object gate = new();

    /// <inheritdoc/>
    public ISqlDialect Dialect => ServerDialect.Instance;

    /// <inheritdoc/>
    public string Blocks => ServerSecrets.Blocks(Held?.Sight ?? SecretSight.Masked);

    /// <summary>The state that the copy was brought to last; null when nobody has done so yet.</summary>
    public MirrorState? Held { get; private set; }

    /// <summary>Brings the copy up to date.</summary>
    /// <param name="doing">Called with what is being done where that takes long; null when nobody is to know.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>False when the server holds no mirror.</returns>
    public bool Refresh(Action<string>? doing, CancellationToken cancel)
    {
        lock (gate)
        {
            using var held = MirrorLock.Acquire(copy, LongestRefresh, cancel, null);
            Held = new CopyUpdate(server, copy, doing, cancel, isLight: true).Run(anew: false);
            return Held != null;
        }
    }

    /// <inheritdoc/>
    public IEnumerable<Statement> Rows(SqlText sql, CancellationToken cancel)
    {
        for (var tries = 1; ; tries++)
        {
            using var connection = server.Open();
            // One state for the copy and its logs: words and names that the rows refer to are in the copy.
            using var transaction = server.Try(() => connection.BeginTransaction(IsolationLevel.RepeatableRead));
            using var batch = Batch(connection, transaction, sql);
            using var stop = cancel.Register(batch.Cancel);
            var answer = Ask(batch, cancel, out var state);
            if (answer != null && state == Held)
            {
                foreach (var row in Rows(answer, batch, cancel)) yield return row;
                yield break;
            }

            answer?.Dispose();
            transaction.Rollback();
            if (tries == MostTries) throw ServerErrors.Changing(server.Server);
            if (!Refresh(null, cancel)) throw ServerErrors.NotFound(server.Server);
        }
    }

    private IEnumerable<Statement> Rows(NpgsqlDataReader answer, NpgsqlBatch batch, CancellationToken cancel)
    {
        var isWhole = false;
        try
        {
            using var rows = server.Try(() => new AnswerRows(answer));
            using var found = rows.Read().GetEnumerator();
            while (Try(found.MoveNext, cancel)) yield return found.Current;
            isWhole = true;
        }
        finally
        {
            // Whoever wants no more does not wait for the rest.
            if (!isWhole) batch.Cancel();
            Close(answer);
        }
    }

    private static void Close(NpgsqlDataReader answer)
    {
        try
        {
            answer.Dispose();
        }
        catch (NpgsqlException)
        {
            // It was stopped.
        }
    }

    /// <summary>Asks; null when the state is not the copy's.</summary>
    private NpgsqlDataReader? Ask(NpgsqlBatch batch, CancellationToken cancel, out MirrorState? state)
    {
        MirrorState? found = null;
        var answer = Try(() =>
        {
            var reader = batch.ExecuteReader();
            if (!reader.Read()) throw ServerErrors.NotFound(server.Server);
            found = MirrorState.Read(reader);
            reader.NextResult();
            return reader;
        }, cancel);
        state = found;
        return answer;
    }

    private T Try<T>(Func<T> work, CancellationToken cancel)
    {
        try
        {
            return server.Try(work);
        }
        catch (Exception) when (cancel.IsCancellationRequested)
        {
            throw new OperationCanceledException("The query was stopped.");
        }
    }

    private NpgsqlBatch Batch(NpgsqlConnection connection, NpgsqlTransaction transaction, SqlText sql)
    {
        var batch = new NpgsqlBatch(connection, transaction);
        var on = Held?.On ?? ServerSchema.Name;
        foreach (var text in ServerSchema.HoldingStill(on).Append($"SET LOCAL search_path TO {on}, pg_catalog").Append(MirrorState.Sql(Held)))
            batch.BatchCommands.Add(new(text));
        var question = new NpgsqlBatchCommand(Positional(sql));
        foreach (var value in sql.Values) question.Parameters.Add(new() { Value = ValueOf(value) });
        batch.BatchCommands.Add(question);
        return batch;
    }

    // From the last, so that @p1 is not the beginning of @p10.
    private static string Positional(SqlText sql)
    {
        var text = new StringBuilder(sql.ToString());
        for (var i = sql.Values.Count - 1; i >= 0; i--)
            text.Replace(string.Create(CultureInfo.InvariantCulture, $"@p{i}"), string.Create(CultureInfo.InvariantCulture, $"${i + 1}"));
        return text.ToString();
    }

    private static object ValueOf(object value) => value switch
    {
        StoredValue { Value: byte[] bytes } => AnyValue.OfBytes(bytes),
        StoredValue { Value: string text } => AnyValue.OfText(Encoding.UTF8.GetBytes(text)),
        string text => Encoding.UTF8.GetString(ServerText.ToServer(Encoding.UTF8.GetBytes(text))),
        _ => value,
    };
}
