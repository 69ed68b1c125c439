namespace EntraAuditTools.Core.Tests.Mirror;

/// <summary>The tables of mirrors that older versions made, as they were: frozen, whatever becomes of today's.</summary>
internal static partial class OldSchema
{
    public const string Version1 = """
        CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;

        CREATE TABLE term (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);

        CREATE TABLE kind (
            id INTEGER PRIMARY KEY, service INTEGER NOT NULL, category INTEGER NOT NULL, activity INTEGER NOT NULL, operation_type INTEGER NOT NULL,
            UNIQUE (activity, service, category, operation_type));

        CREATE TABLE identity (
            id INTEGER PRIMARY KEY, hash INTEGER NOT NULL UNIQUE, type INTEGER NOT NULL,
            object_id TEXT COLLATE NOCASE, display_name TEXT COLLATE NOCASE, upn TEXT COLLATE NOCASE);
        CREATE INDEX identity_object_id ON identity (object_id);
        CREATE INDEX identity_upn ON identity (upn);
        CREATE INDEX identity_display_name ON identity (display_name);

        CREATE TABLE address (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);

        CREATE TABLE property_set (id INTEGER PRIMARY KEY, names TEXT NOT NULL UNIQUE);

        CREATE TABLE import (
            id INTEGER PRIMARY KEY, started INTEGER NOT NULL, finished INTEGER, status TEXT NOT NULL,
            source TEXT NOT NULL, kind TEXT NOT NULL, shape TEXT NOT NULL, tool_version TEXT NOT NULL,
            bytes INTEGER, sha256 BLOB, options TEXT NOT NULL,
            read INTEGER NOT NULL DEFAULT 0, added INTEGER NOT NULL DEFAULT 0, updated INTEGER NOT NULL DEFAULT 0, unchanged INTEGER NOT NULL DEFAULT 0,
            rejected INTEGER NOT NULL DEFAULT 0, not_supported INTEGER NOT NULL DEFAULT 0, conflicts INTEGER NOT NULL DEFAULT 0,
            first_time INTEGER, last_time INTEGER, notes TEXT NOT NULL DEFAULT '[]');
        CREATE INDEX import_sha256 ON import (sha256);

        CREATE TABLE rejection (
            id INTEGER PRIMARY KEY, import INTEGER NOT NULL, line INTEGER, byte_offset INTEGER, reason TEXT NOT NULL, text BLOB NOT NULL);
        CREATE INDEX rejection_import ON rejection (import);

        CREATE TABLE coverage (
            id INTEGER PRIMARY KEY, kind TEXT NOT NULL, tenant INTEGER NOT NULL, from_time INTEGER NOT NULL, to_time INTEGER NOT NULL,
            basis TEXT NOT NULL, import INTEGER NOT NULL);

        CREATE TABLE block (id INTEGER PRIMARY KEY, import INTEGER NOT NULL, count INTEGER NOT NULL, raw_length INTEGER NOT NULL, data BLOB NOT NULL);

        CREATE TABLE activity (
            id INTEGER PRIMARY KEY, drift INTEGER NOT NULL, key INTEGER NOT NULL, kind INTEGER NOT NULL, result INTEGER NOT NULL,
            actor INTEGER NOT NULL, target INTEGER NOT NULL, target_count INTEGER NOT NULL, property_set INTEGER NOT NULL,
            address INTEGER NOT NULL, tenant INTEGER NOT NULL, origin INTEGER NOT NULL, correlation, record_id TEXT,
            fingerprint INTEGER NOT NULL, rank INTEGER NOT NULL, digest INTEGER NOT NULL, block INTEGER NOT NULL, slot INTEGER NOT NULL);
        CREATE UNIQUE INDEX activity_key ON activity (key);
        CREATE INDEX activity_kind ON activity (kind);
        CREATE INDEX activity_actor ON activity (actor);
        CREATE INDEX activity_without_id ON activity (fingerprint >> 40) WHERE record_id IS NULL;
        CREATE INDEX activity_correlation ON activity (correlation) WHERE correlation IS NOT NULL;

        CREATE TABLE activity_target (identity INTEGER NOT NULL, activity INTEGER NOT NULL, PRIMARY KEY (identity, activity)) WITHOUT ROWID;

        CREATE TABLE activity_copy (
            activity INTEGER NOT NULL, digest INTEGER NOT NULL, block INTEGER NOT NULL, slot INTEGER NOT NULL, record_id TEXT,
            PRIMARY KEY (activity, digest)) WITHOUT ROWID;

        CREATE TABLE activity_sighting (activity INTEGER NOT NULL, import INTEGER NOT NULL, PRIMARY KEY (activity, import)) WITHOUT ROWID;

        CREATE TABLE activity_conflict (key INTEGER NOT NULL, activity INTEGER NOT NULL, PRIMARY KEY (key, activity)) WITHOUT ROWID;

        CREATE TABLE provisioning_kind (
            id INTEGER PRIMARY KEY, action INTEGER NOT NULL, status INTEGER NOT NULL, application INTEGER NOT NULL, job INTEGER NOT NULL,
            source_system INTEGER NOT NULL, target_system INTEGER NOT NULL, identity_type INTEGER NOT NULL,
            error_code INTEGER NOT NULL, error_category INTEGER NOT NULL, skip_reason INTEGER NOT NULL, out_of_scope INTEGER NOT NULL);

        CREATE TABLE provisioning (
            id INTEGER PRIMARY KEY, drift INTEGER NOT NULL, key INTEGER NOT NULL, kind INTEGER NOT NULL,
            source INTEGER NOT NULL, target INTEGER NOT NULL, initiator INTEGER NOT NULL, duration INTEGER, cycle, change_id,
            tenant INTEGER NOT NULL, record_id, fingerprint INTEGER NOT NULL, rank INTEGER NOT NULL, digest INTEGER NOT NULL,
            block INTEGER NOT NULL, slot INTEGER NOT NULL);
        CREATE UNIQUE INDEX provisioning_key ON provisioning (key);
        CREATE INDEX provisioning_kind_time ON provisioning (kind);
        CREATE INDEX provisioning_change ON provisioning (change_id) WHERE change_id IS NOT NULL;
        CREATE INDEX provisioning_cycle ON provisioning (cycle) WHERE cycle IS NOT NULL;
        CREATE INDEX provisioning_without_id ON provisioning (fingerprint >> 40) WHERE record_id IS NULL;

        CREATE TABLE provisioning_identity (identity INTEGER NOT NULL, provisioning INTEGER NOT NULL, PRIMARY KEY (identity, provisioning)) WITHOUT ROWID;

        CREATE TABLE provisioning_copy (
            provisioning INTEGER NOT NULL, digest INTEGER NOT NULL, block INTEGER NOT NULL, slot INTEGER NOT NULL, record_id,
            PRIMARY KEY (provisioning, digest)) WITHOUT ROWID;
        CREATE TABLE provisioning_sighting (provisioning INTEGER NOT NULL, import INTEGER NOT NULL, PRIMARY KEY (provisioning, import)) WITHOUT ROWID;
        CREATE TABLE provisioning_conflict (key INTEGER NOT NULL, provisioning INTEGER NOT NULL, PRIMARY KEY (key, provisioning)) WITHOUT ROWID;

        CREATE TABLE provisioning_part (
            change_id NOT NULL, part INTEGER NOT NULL, digest INTEGER NOT NULL, occurrence INTEGER NOT NULL, position INTEGER NOT NULL,
            block INTEGER NOT NULL, slot INTEGER NOT NULL, PRIMARY KEY (change_id, part, digest, occurrence)) WITHOUT ROWID;

        CREATE TABLE synchronization_job (
            id INTEGER PRIMARY KEY, job TEXT NOT NULL COLLATE NOCASE, observed INTEGER NOT NULL, last_observed INTEGER NOT NULL, assumed INTEGER NOT NULL,
            application INTEGER NOT NULL, tenant INTEGER NOT NULL, digest INTEGER NOT NULL, block INTEGER NOT NULL, slot INTEGER NOT NULL);
        CREATE INDEX synchronization_job_observed ON synchronization_job (job, observed);
        """;

    /// <summary>What version 2 added.</summary>
    public const string Version2 = """
        CREATE TABLE entity (
            id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, object_id NOT NULL, name TEXT COLLATE NOCASE, upn TEXT COLLATE NOCASE, tenant INTEGER NOT NULL DEFAULT 0);
        CREATE UNIQUE INDEX entity_object_id ON entity (object_id, kind);
        CREATE INDEX entity_kind ON entity (kind);
        CREATE INDEX entity_name ON entity (name) WHERE name IS NOT NULL;
        CREATE INDEX entity_upn ON entity (upn) WHERE upn IS NOT NULL;

        CREATE TABLE entity_state (
            id INTEGER PRIMARY KEY, entity INTEGER NOT NULL, observed INTEGER NOT NULL, seen INTEGER NOT NULL, last_observed INTEGER NOT NULL, last_seen INTEGER NOT NULL,
            assumed INTEGER NOT NULL, gone INTEGER NOT NULL, facts TEXT NOT NULL, digest INTEGER NOT NULL, block INTEGER NOT NULL, slot INTEGER NOT NULL);
        CREATE INDEX entity_state_entity ON entity_state (entity, observed, seen);

        CREATE TABLE entity_sighting (state INTEGER NOT NULL, import INTEGER NOT NULL, PRIMARY KEY (state, import)) WITHOUT ROWID;

        CREATE TABLE entity_original (entity INTEGER NOT NULL, digest INTEGER NOT NULL, block INTEGER NOT NULL, slot INTEGER NOT NULL, PRIMARY KEY (entity, digest)) WITHOUT ROWID;

        CREATE TABLE entity_link (target INTEGER NOT NULL, kind INTEGER NOT NULL, source INTEGER NOT NULL, PRIMARY KEY (target, kind, source)) WITHOUT ROWID;

        CREATE TABLE edge (
            source INTEGER NOT NULL, role INTEGER NOT NULL, target INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, gone INTEGER, import INTEGER NOT NULL,
            PRIMARY KEY (source, role, target, first)) WITHOUT ROWID;
        CREATE INDEX edge_target ON edge (target, role);

        CREATE TABLE edge_list (source INTEGER NOT NULL, role INTEGER NOT NULL, observed INTEGER NOT NULL, complete INTEGER NOT NULL, PRIMARY KEY (source, role, observed)) WITHOUT ROWID;

        CREATE TABLE assignment (
            entity INTEGER PRIMARY KEY, package INTEGER NOT NULL, policy INTEGER NOT NULL, subject INTEGER NOT NULL, catalog INTEGER NOT NULL, state INTEGER NOT NULL,
            starts INTEGER, ends INTEGER, end_known INTEGER NOT NULL, expired INTEGER, gone INTEGER, portal INTEGER NOT NULL, latest INTEGER NOT NULL, versions INTEGER NOT NULL);
        CREATE INDEX assignment_package ON assignment (package);
        CREATE INDEX assignment_subject ON assignment (subject);
        CREATE INDEX assignment_ends ON assignment (ends) WHERE ends IS NOT NULL;
        CREATE INDEX assignment_starts ON assignment (starts DESC);
        CREATE INDEX assignment_portal ON assignment (subject) WHERE portal <> 0;

        CREATE TABLE entitlement_event (
            activity INTEGER PRIMARY KEY, targets TEXT NOT NULL, request, assignment, person INTEGER NOT NULL, justification TEXT, reason TEXT);
        CREATE INDEX entitlement_event_request ON entitlement_event (request) WHERE request IS NOT NULL;
        CREATE INDEX entitlement_event_assignment ON entitlement_event (assignment) WHERE assignment IS NOT NULL;
        CREATE INDEX entitlement_event_person ON entitlement_event (person) WHERE person <> 0;
        CREATE INDEX entitlement_event_loose ON entitlement_event (activity) WHERE request IS NULL;
        """;
}
