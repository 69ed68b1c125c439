namespace EntraAuditTools.Core.Mirror.Tables;

/// <summary>The tables of a mirror. Times outside <c>activity.id</c> are UTC ticks of .NET (100 ns since year 1).</summary>
internal static class MirrorSchema
{
    /// <summary><c>user_version</c> of the mirrors that this version writes.</summary>
    public static readonly int Version = Math.Max(ChainSchema.Since, LogTable.All.Max(log => log.Since));

    /// <summary><c>application_id</c>: "EAUD".</summary>
    public const int ApplicationId = 0x45415544;

    /// <summary>
    /// The tables of version 1; those of the logs, <see cref="LogTable"/> explains. Later versions add theirs: <see cref="EntitySchema"/>,
    /// <see cref="ReadingSchema"/>, <see cref="ChainSchema"/>, and logs that came later (<see cref="LogTable.Since"/>).
    /// </summary>
    public static readonly string Create = $"""
        CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;

        -- Words that recur: services, categories, activities, results, types, tenants.
        CREATE TABLE term (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);

        -- Who or what: every combination of id, type and names that a record used for an initiator or a target.
        -- hash finds a combination again; type is a term (0: none).
        CREATE TABLE identity (
            id INTEGER PRIMARY KEY, hash INTEGER NOT NULL UNIQUE, type INTEGER NOT NULL,
            object_id TEXT COLLATE NOCASE, display_name TEXT COLLATE NOCASE, upn TEXT COLLATE NOCASE);
        CREATE INDEX identity_object_id ON identity (object_id);
        CREATE INDEX identity_upn ON identity (upn);
        CREATE INDEX identity_display_name ON identity (display_name);

        CREATE TABLE address (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);

        -- Names of modified properties that occur together, sorted, separated by line feeds.
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

        -- Spans for which a log is known to be complete: [from_time, to_time).
        CREATE TABLE coverage (
            id INTEGER PRIMARY KEY, kind TEXT NOT NULL, tenant INTEGER NOT NULL, from_time INTEGER NOT NULL, to_time INTEGER NOT NULL,
            basis TEXT NOT NULL, import INTEGER NOT NULL);

        -- Originals, compressed some hundred at a time: see OriginalBlock.
        CREATE TABLE block (id INTEGER PRIMARY KEY, import INTEGER NOT NULL, count INTEGER NOT NULL, raw_length INTEGER NOT NULL, data BLOB NOT NULL);

        {string.Concat(LogTable.All.Where(log => log.Since == 1).Select(log => log.Create()))}
        -- Steps (part 0) and modified properties (part 1) that came in files of their own, joined by the change. position is their order.
        CREATE TABLE provisioning_part (
            change_id NOT NULL, part INTEGER NOT NULL, digest INTEGER NOT NULL, occurrence INTEGER NOT NULL, position INTEGER NOT NULL,
            block INTEGER NOT NULL, slot INTEGER NOT NULL, PRIMARY KEY (change_id, part, digest, occurrence)) WITHOUT ROWID;

        -- States of synchronization jobs, each observed from observed to last_observed; application is an identity (0: unknown).
        CREATE TABLE synchronization_job (
            id INTEGER PRIMARY KEY, job TEXT NOT NULL COLLATE NOCASE, observed INTEGER NOT NULL, last_observed INTEGER NOT NULL, assumed INTEGER NOT NULL,
            application INTEGER NOT NULL, tenant INTEGER NOT NULL, digest INTEGER NOT NULL, block INTEGER NOT NULL, slot INTEGER NOT NULL);
        CREATE INDEX synchronization_job_observed ON synchronization_job (job, observed);
        """;
}
