using EntraAuditTools.Core.Mirror.Tables;

namespace EntraAuditTools.Core.Queries.Sql;

/// <summary>The views of what came from where.</summary>
internal static class ImportViews
{
    /// <summary>Imports.</summary>
    public static readonly AuditView Imports = new("imports", "one import of one source", "import i")
    {
        Columns =
        [
            new("import_id", "i.id", "its number"),
            new("started", ViewText.Time("i.started"), "when it began"),
            new("finished", ViewText.Time("i.finished"), "when it ended; null when it was interrupted"),
            new("status", "i.status", "Imported, Interrupted, Failed…"),
            new("source", "i.source", "the file, or what was piped"),
            new("kind", "i.kind", "what was in it: AuditActivity, AccessPackage…"),
            new("shape", "i.shape", "how it was written: Graph, Portal CSV…"),
            new("read", "i.read", "records that were read"),
            new("added", "i.added", "new ones"),
            new("updated", "i.updated", "ones that say more than was known"),
            new("unchanged", "i.unchanged", "ones that were known"),
            new("rejected", "i.rejected", "ones that could not be read: see rejected_records"),
            new("first_time", ViewText.Time("i.first_time"), "time of the first record"),
            new("last_time", ViewText.Time("i.last_time"), "time of the last record"),
            new("sha256", "lower(hex(i.sha256))", "SHA-256 of the source"),
            new("tool_version", "i.tool_version", "the version that read it"),
            new("notes", "i.notes", "what the import said, as JSON"),
        ],
    };

    /// <summary>Coverage.</summary>
    public static readonly AuditView Coverage = new("coverage_spans", "one time for which a log is known to be complete", "coverage c")
    {
        Columns =
        [
            new("kind", "c.kind", "the log: AuditActivity, ProvisioningLog"),
            new("tenant_id", ViewText.Term("c.tenant"), "the tenant; null when no export says it"),
            new("from_time", ViewText.Time("c.from_time"), "from then"),
            new("to_time", ViewText.Time("c.to_time"), "until then, not included"),
            new("basis", "c.basis", "what shows it"),
            new("import_id", "c.import", "the import that brought it"),
        ],
    };

    /// <summary>Records that could not be read.</summary>
    public static readonly AuditView Rejected = new("rejected_records", "one record that could not be read", "rejection r")
    {
        Columns =
        [
            new("import_id", "r.import", "the import"),
            new("line", "r.line", "its line in a text; null when unknown"),
            new("byte_offset", "r.byte_offset", "where it begins in the source; null when unknown"),
            new("reason", "r.reason", "why"),
        ],
    };

    /// <summary>Synchronization jobs.</summary>
    public static readonly AuditView Jobs = new("synchronization_jobs", "one state of one synchronization job", "synchronization_job j")
    {
        Columns =
        [
            new("job_id", "j.job", "id of the job"),
            new("application", "(SELECT coalesce(display_name, object_id, upn) FROM identity WHERE id = j.application)", "its application"),
            new("first_seen", ViewText.Time("j.observed"), "when an export first showed this state"),
            new("last_seen", ViewText.Time("j.last_observed"), "when an export last showed it"),
            new("tenant_id", ViewText.Term("j.tenant"), "the tenant; null when no export says it"),
        ],
    };
}
