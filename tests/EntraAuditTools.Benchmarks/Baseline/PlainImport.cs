using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using EntraAuditTools.Benchmarks.Measuring;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Benchmarks.Baseline;

/// <summary>
/// The straightforward way: deserialise each record, insert it through ADO.NET into plain tables with text columns, three of
/// them, with the indexes that the questions need. The originals are not kept: their parts are all there. Prepared commands and
/// transactions of a thousand records, as
/// anybody would; nothing cleverer, and nothing made slow on purpose.
/// </summary>
internal static class PlainImport
{
    private const int RecordsPerTransaction = 1000;

    private const string Schema = """
        PRAGMA journal_mode = WAL;
        CREATE TABLE activity (
            key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, time TEXT NOT NULL, service TEXT, category TEXT, activity TEXT, operation_type TEXT, result TEXT, result_reason TEXT,
            correlation_id TEXT, actor_type TEXT, actor_id TEXT, actor_name TEXT, actor_upn TEXT, ip_address TEXT, additional_details TEXT);
        CREATE TABLE target (activity INTEGER NOT NULL, position INTEGER NOT NULL, type TEXT, object_id TEXT, name TEXT, upn TEXT);
        CREATE TABLE modified_property (activity INTEGER NOT NULL, position INTEGER NOT NULL, name TEXT, old_value TEXT, new_value TEXT);
        CREATE INDEX activity_time ON activity (time);
        CREATE INDEX activity_activity ON activity (activity, time);
        CREATE INDEX activity_actor ON activity (actor_upn);
        CREATE INDEX activity_correlation ON activity (correlation_id);
        CREATE INDEX target_activity ON target (activity);
        CREATE INDEX target_upn ON target (upn);
        CREATE INDEX target_object ON target (object_id);
        CREATE INDEX modified_property_activity ON modified_property (activity);
        """;

    private static readonly JsonSerializerOptions GraphNames = new(JsonSerializerDefaults.Web);

    public static MeasuredImport Measure(string file, string database)
    {
        SQLitePCL.Batteries_V2.Init();
        var time = Stopwatch.StartNew();
        long records = 0;
        using (var connection = Open(database))
        {
            using (var create = connection.CreateCommand())
            {
                create.CommandText = Schema;
                create.ExecuteNonQuery();
            }

            using var activity = Insert(connection, "INSERT OR IGNORE INTO activity VALUES ", 16);
            using var target = Insert(connection, "INSERT INTO target VALUES ", 6);
            using var property = Insert(connection, "INSERT INTO modified_property VALUES ", 5);
            var transaction = connection.BeginTransaction();
            foreach (var line in File.ReadLines(file))
            {
                var record = JsonSerializer.Deserialize<DirectoryAudit>(line, GraphNames)!;
                var user = record.InitiatedBy?.User;
                var app = record.InitiatedBy?.App;
                var added = Execute(
                    activity, transaction, records, record.Id,
                    record.ActivityDateTime.UtcDateTime.ToString("o", CultureInfo.InvariantCulture), record.LoggedByService, record.Category,
                    record.ActivityDisplayName, record.OperationType, record.Result, record.ResultReason, record.CorrelationId,
                    user != null ? "User" : app != null ? "Application" : null, user?.Id ?? app?.ServicePrincipalId, user?.DisplayName ?? app?.DisplayName,
                    user?.UserPrincipalName, user?.IpAddress,
                    record.AdditionalDetails is { Count: > 0 } details ? JsonSerializer.Serialize(details, GraphNames) : null);
                if (added > 0)
                {
                    var position = 0;
                    foreach (var resource in record.TargetResources ?? [])
                    {
                        Execute(target, transaction, records, position, resource.Type, resource.Id, resource.DisplayName, resource.UserPrincipalName);
                        foreach (var modified in resource.ModifiedProperties ?? [])
                            Execute(property, transaction, records, position, modified.DisplayName, modified.OldValue, modified.NewValue);
                        position++;
                    }
                }

                if (++records % RecordsPerTransaction == 0)
                {
                    transaction.Commit();
                    transaction.Dispose();
                    transaction = connection.BeginTransaction();
                }
            }

            transaction.Commit();
            transaction.Dispose();
        }

        time.Stop();
        return MeasuredImport.From(time, database, records);
    }

    public static SqliteConnection Open(string database)
    {
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static SqliteCommand Insert(SqliteConnection connection, string into, int columns)
    {
        var command = connection.CreateCommand();
        command.CommandText = into + "(" + string.Join(", ", Enumerable.Range(0, columns).Select(i => "$" + i)) + ")";
        for (var i = 0; i < columns; i++) command.Parameters.Add(new SqliteParameter("$" + i, null));
        command.Prepare();
        return command;
    }

    private static int Execute(SqliteCommand command, SqliteTransaction transaction, params object?[] values)
    {
        command.Transaction = transaction;
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command.ExecuteNonQuery();
    }
}
