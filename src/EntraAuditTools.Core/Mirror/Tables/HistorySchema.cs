namespace EntraAuditTools.Core.Mirror.Tables;

/// <summary>
/// The tables that make answers independent of the order of imports: when whole exports were taken, and each time at which something was
/// seen again. Since version 3 of the schema: until a mirror of before is brought up to date, nothing is known to be whole but what its
/// lists and states say.
/// </summary>
internal static class HistorySchema
{
    /// <summary>Adds the tables to a mirror that lacks them.</summary>
    public const string Create = """
        -- Exports that were declared complete: of a kind (EntityKind) and tenant (a term), or of what belongs to one entity (scope; 0: all
        -- of the kind). What an import of later says of times before, and such an export lacked, was not there when the export was taken.
        CREATE TABLE complete_export (
            id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, tenant INTEGER NOT NULL, scope INTEGER NOT NULL, seen INTEGER NOT NULL, assumed INTEGER NOT NULL, import INTEGER NOT NULL,
            UNIQUE (kind, tenant, scope, seen));

        -- Further times at which an entity_state was seen, besides its first.
        CREATE TABLE entity_seen (state INTEGER NOT NULL, observed INTEGER NOT NULL, seen INTEGER NOT NULL, PRIMARY KEY (state, observed, seen)) WITHOUT ROWID;

        -- Times between first and last at which an item of a list was seen, but for those of whole lists, where it is known to have been.
        CREATE TABLE edge_seen (
            source INTEGER NOT NULL, role INTEGER NOT NULL, target INTEGER NOT NULL, observed INTEGER NOT NULL, PRIMARY KEY (source, role, target, observed)) WITHOUT ROWID;
        """;
}
