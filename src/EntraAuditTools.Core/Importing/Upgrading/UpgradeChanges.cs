using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Importing.Upgrading;

/// <summary>Compares a mirror that was derived anew with the one that it was derived from, record by record of the same original.</summary>
internal static class UpgradeChanges
{
    /// <summary>What changed.</summary>
    /// <param name="connection">The new mirror; the old one is attached.</param>
    /// <param name="path">Path of the mirror.</param>
    public static AuditMirrorUpdate Read(SqliteConnection connection, string path)
    {
        long Number(string sql) => MirrorFile.Scalar(connection, sql);
        var activities = Numbers(connection, $"""
            SELECT count(*), count(*) FILTER (WHERE {Differs("actor")}), count(*) FILTER (WHERE {Time("n")} <> {Time("o")}),
                count(*) FILTER (WHERE {Differs("target")} OR n.target_count <> o.target_count),
                count(*) FILTER (WHERE (SELECT text FROM main.address WHERE id = n.address) IS NOT (SELECT text FROM old.address WHERE id = o.address)),
                count(*) FILTER (WHERE (SELECT text FROM main.term WHERE id = n.tenant) IS NOT (SELECT text FROM old.term WHERE id = o.tenant))
            FROM main.activity n JOIN old.activity o ON o.block = n.block AND o.slot = n.slot
            """);
        var provisioning = Numbers(connection, $"""
            SELECT count(*) FILTER (WHERE {Time("n")} <> {Time("o")}), count(*) FILTER (WHERE {Differs("source")} OR {Differs("target")}),
                count(*) FILTER (WHERE {Differs("initiator")})
            FROM main.provisioning n JOIN old.provisioning o ON o.block = n.block AND o.slot = n.slot
            """);
        return new()
        {
            Path = path,
            Imports = (int)Number("SELECT count(*) FROM main.import"),
            Originals = Number("SELECT coalesce(sum(count), 0) FROM old.block"),
            Activities = Number("SELECT (SELECT count(*) FROM main.activity) - (SELECT count(*) FROM main.activity_twin)"),
            ActivitiesBefore = Number("SELECT (SELECT count(*) FROM old.activity) - (SELECT count(*) FROM old.activity_twin)"),
            ProvisioningEntries = Number("SELECT count(*) FROM main.provisioning"),
            ProvisioningEntriesBefore = Number("SELECT count(*) FROM old.provisioning"),
            States = Number("SELECT count(*) FROM main.entity_state"),
            StatesBefore = Number("SELECT count(*) FROM old.entity_state"),
            Rejected = Number("SELECT count(*) FROM main.rejection"),
            RejectedBefore = Number("SELECT count(*) FROM old.rejection"),
            InitiatorsChanged = activities[1] + provisioning[2],
            TimesChanged = activities[2] + provisioning[0],
            TargetsChanged = activities[3] + provisioning[1],
            AddressesChanged = activities[4],
            TenantsChanged = activities[5],
            ObjectsChanged = Number($"""
                SELECT count(*) FROM (
                    SELECT kind, object_id FROM ({States("main")} EXCEPT {States("old")}) UNION SELECT kind, object_id FROM ({States("old")}
                        EXCEPT {States("main")}))
                """),
            ImportAgain = new(Advice(connection)),
        };
    }

    private static string Time(string row) => $"((({row}.id >> {ActivityTime.SequenceBits}) - {row}.drift))";

    private static string States(string mirror) =>
        $"SELECT e.kind, e.object_id, s.observed, s.gone, s.facts FROM {mirror}.entity_state s JOIN {mirror}.entity e ON e.id = s.entity";

    private static string Differs(string column) => $"""
        (SELECT coalesce(object_id, '') || char(1) || coalesce(display_name, '') || char(1) || coalesce(upn, '') FROM main.identity WHERE id = n.{column})
            IS NOT (SELECT coalesce(object_id, '') || char(1) || coalesce(display_name, '') || char(1) || coalesce(upn, '')
                FROM old.identity WHERE id = o.{column})
        """;

    private static List<IncompleteImport> Advice(SqliteConnection connection)
    {
        using var all = new Statement(connection, OldReading.IncompleteSql);
        var found = new List<IncompleteImport>();
        while (all.Step()) found.Add(
            new() { ImportId = all.Number(0), Source = TerminalText.Visible(all.String(1)!),
                Reason = TerminalText.Visible(all.String(2)!) });
        return found;
    }

    private static long[] Numbers(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var row = command.ExecuteReader();
        row.Read();
        return [.. Enumerable.Range(0, row.FieldCount).Select(row.GetInt64)];
    }
}
