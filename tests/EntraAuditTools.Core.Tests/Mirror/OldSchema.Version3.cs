namespace EntraAuditTools.Core.Tests.Mirror;

internal static partial class OldSchema
{
    public const string Version3 = """
        ALTER TABLE import ADD COLUMN reader INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE import ADD COLUMN file_time INTEGER;
        ALTER TABLE import ADD COLUMN header TEXT;

        CREATE TABLE original_context (block INTEGER NOT NULL, slot INTEGER NOT NULL, context TEXT NOT NULL, PRIMARY KEY (block, slot)) WITHOUT ROWID;

        CREATE TABLE tenant (term INTEGER PRIMARY KEY);

        CREATE TABLE activity_twin (activity INTEGER PRIMARY KEY, directory INTEGER NOT NULL UNIQUE);
        CREATE INDEX activity_unified ON activity (correlation) WHERE origin <> 0 AND correlation IS NOT NULL;
        CREATE INDEX activity_twin_kind ON activity (kind) WHERE origin = 2;

        CREATE TABLE activity_mention (identity INTEGER NOT NULL, activity INTEGER NOT NULL, PRIMARY KEY (identity, activity)) WITHOUT ROWID;
        CREATE TABLE complete_export (
            id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, tenant INTEGER NOT NULL, scope INTEGER NOT NULL, seen INTEGER NOT NULL,
            assumed INTEGER NOT NULL, import INTEGER NOT NULL,
            UNIQUE (kind, tenant, scope, seen));

        CREATE TABLE entity_seen (state INTEGER NOT NULL, observed INTEGER NOT NULL, seen INTEGER NOT NULL, PRIMARY KEY (state, observed, seen)) WITHOUT ROWID;

        CREATE TABLE edge_seen (
            source INTEGER NOT NULL, role INTEGER NOT NULL, target INTEGER NOT NULL, observed INTEGER NOT NULL,
            PRIMARY KEY (source, role, target, observed)) WITHOUT ROWID;
        """;
}
