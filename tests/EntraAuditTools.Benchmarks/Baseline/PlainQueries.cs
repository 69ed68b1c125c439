using System.Globalization;
using EntraAuditTools.Benchmarks.Measuring;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Benchmarks.Baseline;

/// <summary>The same questions, asked of the plain tables. The columns read are those that our side shows.</summary>
internal static class PlainQueries
{
    private const string Columns =
        "a.id, a.time, a.service, a.category, a.activity, a.operation_type, a.result, a.correlation_id, a.actor_type, a.actor_id, "
        + "a.actor_name, a.actor_upn, a.ip_address";

    public static List<MeasuredQuestion> Measure(string database, Probes probes)
    {
        using var connection = PlainImport.Open(database);
        return
        [
            MeasuredQuestion.Ask(Questions.Newest, () => Read(connection, $"SELECT {Columns} FROM activity a ORDER BY time DESC LIMIT 20")),
            MeasuredQuestion.Ask(Questions.NewestWithDetails, () => Read(
                connection,
                $"SELECT {Columns}, t.*, p.* FROM (SELECT * FROM activity ORDER BY time DESC LIMIT 20) a LEFT JOIN target t ON "
                    + $"t.activity = a.key LEFT JOIN modified_property p ON p.activity = a.key AND p.position = t.position")),
            MeasuredQuestion.Ask(Questions.ByUser,
                () => Read(connection, $"SELECT {Columns} FROM activity a WHERE actor_upn = $0 ORDER BY time DESC LIMIT 50", probes.User)),
            MeasuredQuestion.Ask(Questions.ByCorrelation,
                () => Read(connection, $"SELECT {Columns} FROM activity a WHERE correlation_id = $0 ORDER BY time DESC", probes.CorrelationId)),
            MeasuredQuestion.Ask(Questions.ActivityInDay, () => Read(
                connection, $"SELECT {Columns} FROM activity a WHERE activity = $0 AND time >= $1 AND time < $2 ORDER BY time DESC LIMIT 100",
                probes.Activity, Text(probes.ActivityTime.AddHours(-12)), Text(probes.ActivityTime.AddHours(12)))),
            MeasuredQuestion.Ask(Questions.FailuresInWeek, () => Read(
                connection, $"SELECT {Columns} FROM activity a WHERE category = $0 AND result = 'failure' AND time >= $1 AND time < $2 "
                    + $"ORDER BY time DESC LIMIT 100",
                probes.FailedCategory, Text(probes.FailureTime.AddDays(-3.5)), Text(probes.FailureTime.AddDays(3.5)))),
            MeasuredQuestion.Ask(Questions.ByTarget, () => Read(
                connection, $"SELECT {Columns} FROM activity a WHERE key IN (SELECT activity FROM target WHERE upn = $0) ORDER BY time "
                    + $"DESC LIMIT 50", probes.Target)),
            MeasuredQuestion.Ask(Questions.Count, () => Scalar(connection, "SELECT count(*) FROM activity")),
        ];
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("o", CultureInfo.InvariantCulture);

    private static long Read(SqliteConnection connection, string sql, params string[] values)
    {
        using var command = Command(connection, sql, values);
        using var reader = command.ExecuteReader();
        long rows = 0;
        var row = new object[reader.FieldCount];
        while (reader.Read())
        {
            reader.GetValues(row);
            rows++;
        }

        return rows;
    }

    private static long Scalar(SqliteConnection connection, string sql)
    {
        using var command = Command(connection, sql, []);
        return (long)command.ExecuteScalar()!;
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, string[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++) command.Parameters.AddWithValue("$" + i, values[i]);
        return command;
    }
}
