using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Tables;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Upkeep.Removal;

/// <summary>Removes names of people and things, words, addresses and property names that nothing refers to any more.</summary>
internal static class UnusedNames
{
    /// <summary>Every column that names an identity, besides those of kinds.</summary>
    private static readonly string[] Identities =
    [
        "SELECT actor FROM activity", "SELECT target FROM activity", "SELECT identity FROM activity_target", "SELECT identity FROM activity_mention",
        "SELECT person FROM entitlement_event", "SELECT t.value FROM entitlement_event, json_each(targets) t",
        "SELECT source FROM provisioning", "SELECT target FROM provisioning", "SELECT initiator FROM provisioning",
        "SELECT identity FROM provisioning_identity", "SELECT application FROM provisioning_kind", "SELECT application FROM synchronization_job",
    ];

    /// <summary>Every column that names a word, besides those of kinds.</summary>
    private static readonly string[] Terms =
    [
        "SELECT result FROM activity", "SELECT tenant FROM activity", "SELECT tenant FROM provisioning", "SELECT tenant FROM synchronization_job",
        "SELECT tenant FROM entity", "SELECT state FROM assignment", "SELECT tenant FROM coverage", "SELECT tenant FROM complete_export",
        "SELECT term FROM tenant", "SELECT type FROM identity",
        // What a source proves is kept with its import, with its tenant's number.
        "SELECT json_extract(options, '$.Facts.Tenant') FROM import",
    ];

    /// <summary>Columns of kinds that are no words.</summary>
    private static readonly string[] NoWords = ["application", "out_of_scope"];

    /// <summary>Removes them; the rows of the logs that are gone are gone already.</summary>
    public static void Remove(SqliteConnection connection)
    {
        // Of tenants only those that the removed records named: others may be the admin's, or known from elsewhere.
        Run(connection, """
            DELETE FROM tenant WHERE term IN (SELECT term FROM temp.gone_tenant) AND term NOT IN (
                SELECT tenant FROM activity UNION SELECT tenant FROM provisioning UNION SELECT tenant FROM synchronization_job
                UNION SELECT tenant FROM entity)
            """);
        foreach (var log in LogTable.All) Run(connection, $"DELETE FROM {log.Kinds.Name} WHERE id NOT IN (SELECT kind FROM {log.Name})");
        Run(connection, $"DELETE FROM identity WHERE id NOT IN ({All(Identities)})");
        Run(connection, "DELETE FROM address WHERE id NOT IN (SELECT address FROM activity)");
        Run(connection, "DELETE FROM property_set WHERE id NOT IN (SELECT property_set FROM activity)");
        var words = LogTable.All.SelectMany(log => log.Kinds.Columns.Except(NoWords).Select(column => $"SELECT {column} FROM {log.Kinds.Name}"));
        Run(connection, $"DELETE FROM term WHERE id NOT IN ({All(Terms.Concat(words))})");
    }

    /// <summary>No null: with one in the list, NOT IN is never true.</summary>
    private static string All(IEnumerable<string> columns) => 
        $"WITH used (id) AS ({string.Join(" UNION ", columns)}) SELECT id FROM used WHERE id IS NOT NULL";

    private static void Run(SqliteConnection connection, string sql) => MirrorFile.Execute(connection, sql);
}
