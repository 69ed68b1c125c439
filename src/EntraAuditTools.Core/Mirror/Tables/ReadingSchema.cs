namespace EntraAuditTools.Core.Mirror.Tables;

/// <summary>The tables of how records were read, and of what ties the logs' records to each other. Since version 3 of the schema.</summary>
internal static class ReadingSchema
{
    /// <summary>The version of the schema that has them first.</summary>
    public const int Since = 3;

    /// <summary>Adds the tables and columns to a mirror that lacks them.</summary>
    public const string Create = """
        -- reader is the ReaderVersion that derived what the mirror holds of an import. file_time is when its source was written (UTC ticks;
        -- null: not kept), header the first line of a CSV: with them its records can be read anew.
        ALTER TABLE import ADD COLUMN reader INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE import ADD COLUMN file_time INTEGER;
        ALTER TABLE import ADD COLUMN header TEXT;

        -- The @odata.context of the pages that originals of states came in: from this place on, up to the import's next such row.
        CREATE TABLE original_context (block INTEGER NOT NULL, slot INTEGER NOT NULL, context TEXT NOT NULL, PRIMARY KEY (block, slot)) WITHOUT ROWID;

        -- Tenants that any record named or the admin gave, as terms.
        CREATE TABLE tenant (term INTEGER PRIMARY KEY);

        -- Events that both logs have: the unified log's row (whose origin is 2 then), and the directory log's, which stands for both.
        CREATE TABLE activity_twin (activity INTEGER PRIMARY KEY, directory INTEGER NOT NULL UNIQUE);
        CREATE INDEX activity_unified ON activity (correlation) WHERE origin <> 0 AND correlation IS NOT NULL;
        -- Counts by kind are taken from an index alone, and from this one what the directory's rows stand for.
        CREATE INDEX activity_twin_kind ON activity (kind) WHERE origin = 2;

        -- Whom and what an activity names in modified properties (see IdentityProperties), beside its targets.
        CREATE TABLE activity_mention (identity INTEGER NOT NULL, activity INTEGER NOT NULL, PRIMARY KEY (identity, activity)) WITHOUT ROWID;
        """;

    /// <summary>What of the new tables is known of the rows that are there.</summary>
    public const string Fill = """
        INSERT OR IGNORE INTO tenant SELECT tenant FROM activity WHERE tenant <> 0;
        INSERT OR IGNORE INTO tenant SELECT tenant FROM provisioning WHERE tenant <> 0;
        INSERT OR IGNORE INTO tenant SELECT tenant FROM synchronization_job WHERE tenant <> 0;
        INSERT OR IGNORE INTO tenant SELECT tenant FROM entity WHERE tenant <> 0;
        """;
}
