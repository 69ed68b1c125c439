namespace EntraAuditTools.Core.Mirror.Tables;

/// <summary>The tables of what has states: entitlement management, users, groups, applications. Since version 2 of the schema.</summary>
internal static class EntitySchema
{
    /// <summary>The version of the schema that has them first.</summary>
    public const int Since = 2;

    /// <summary>Adds the tables to a mirror that lacks them.</summary>
    public const string Create = """
        -- Whatever has states, by kind (EntityKind) and id (16 bytes where it is a GUID, else text), also when it was only named by
        -- another. name and upn are the newest known; tenant is a term (0: unknown).
        CREATE TABLE entity (
            id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, object_id NOT NULL, name TEXT COLLATE NOCASE, upn TEXT COLLATE NOCASE, tenant INTEGER NOT NULL DEFAULT 0);
        CREATE UNIQUE INDEX entity_object_id ON entity (object_id, kind);
        CREATE INDEX entity_kind ON entity (kind);
        CREATE INDEX entity_name ON entity (name) WHERE name IS NOT NULL;
        CREATE INDEX entity_upn ON entity (upn) WHERE upn IS NOT NULL;

        -- What was observed of an entity: facts as JSON (FactNames). States are ordered by observed (given at import, else the record's own
        -- last date, else the file's time) and then by seen (given, else the file's time); a state that is observed again without another
        -- between is lengthened to last_observed and last_seen. assumed (0, 1): observed was not given. gone (0, 1): it was missing in a
        -- complete export.
        CREATE TABLE entity_state (
            id INTEGER PRIMARY KEY, entity INTEGER NOT NULL, observed INTEGER NOT NULL, seen INTEGER NOT NULL, last_observed INTEGER NOT NULL, last_seen INTEGER NOT NULL,
            assumed INTEGER NOT NULL, gone INTEGER NOT NULL, facts TEXT NOT NULL, digest INTEGER NOT NULL, block INTEGER NOT NULL, slot INTEGER NOT NULL);
        CREATE INDEX entity_state_entity ON entity_state (entity, observed, seen);

        -- Imports that saw a state again.
        CREATE TABLE entity_sighting (state INTEGER NOT NULL, import INTEGER NOT NULL, PRIMARY KEY (state, import)) WITHOUT ROWID;

        -- Originals of entities' own records, each once.
        CREATE TABLE entity_original (entity INTEGER NOT NULL, digest INTEGER NOT NULL, block INTEGER NOT NULL, slot INTEGER NOT NULL, PRIMARY KEY (entity, digest)) WITHOUT ROWID;

        -- Which entities name which, by the kind of the naming one (assignments: see assignment).
        CREATE TABLE entity_link (target INTEGER NOT NULL, kind INTEGER NOT NULL, source INTEGER NOT NULL, PRIMARY KEY (target, kind, source)) WITHOUT ROWID;

        -- Items of lists (EdgeRole), from first to last observed; gone: the list was known without it from then on.
        CREATE TABLE edge (
            source INTEGER NOT NULL, role INTEGER NOT NULL, target INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, gone INTEGER, import INTEGER NOT NULL,
            PRIMARY KEY (source, role, target, first)) WITHOUT ROWID;
        CREATE INDEX edge_target ON edge (target, role);

        -- When a list was seen, and whether (0, 1) it was known to be whole.
        CREATE TABLE edge_list (source INTEGER NOT NULL, role INTEGER NOT NULL, observed INTEGER NOT NULL, complete INTEGER NOT NULL, PRIMARY KEY (source, role, observed)) WITHOUT ROWID;

        -- The newest of each assignment, for asking by package, subject and end: entities (0: unknown), state as a term, times (null:
        -- none), ends (the scheduled end) and end_known (0, 1), gone (when it was missing in a complete export), latest (the newest
        -- entity_state), versions (how many states it has).
        CREATE TABLE assignment (
            entity INTEGER PRIMARY KEY, package INTEGER NOT NULL, policy INTEGER NOT NULL, subject INTEGER NOT NULL, catalog INTEGER NOT NULL, state INTEGER NOT NULL,
            starts INTEGER, ends INTEGER, end_known INTEGER NOT NULL, expired INTEGER, gone INTEGER, portal INTEGER NOT NULL, latest INTEGER NOT NULL, versions INTEGER NOT NULL);
        CREATE INDEX assignment_package ON assignment (package);
        CREATE INDEX assignment_subject ON assignment (subject);
        CREATE INDEX assignment_ends ON assignment (ends) WHERE ends IS NOT NULL;
        CREATE INDEX assignment_starts ON assignment (starts DESC);
        CREATE INDEX assignment_portal ON assignment (subject) WHERE portal <> 0;

        -- Activities of Entitlement Management and Access Reviews, with what ties them to requests for access packages: targets are their
        -- identities in order (a JSON array); request and assignment (16 bytes where they are GUIDs, else text) are from targets or
        -- details; person is the initiator (an identity) where no target is a user (else 0). justification and reason are as written.
        CREATE TABLE entitlement_event (
            activity INTEGER PRIMARY KEY, targets TEXT NOT NULL, request, assignment, person INTEGER NOT NULL, justification TEXT, reason TEXT);
        CREATE INDEX entitlement_event_request ON entitlement_event (request) WHERE request IS NOT NULL;
        CREATE INDEX entitlement_event_assignment ON entitlement_event (assignment) WHERE assignment IS NOT NULL;
        CREATE INDEX entitlement_event_person ON entitlement_event (person) WHERE person <> 0;
        CREATE INDEX entitlement_event_loose ON entitlement_event (activity) WHERE request IS NULL;
        """;
}
