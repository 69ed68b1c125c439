using EntraAuditTools.Core.Schema;
using Is = EntraAuditTools.Core.Queries.Sql.ColumnHolds;

namespace EntraAuditTools.Core.Queries.Sql;

/// <summary>The views of what came from where.</summary>
internal static class ImportViews
{
    /// <summary>Imports.</summary>
    public static readonly AuditView Imports = new("imports", "one import of one source", "import i")
    {
        Columns =
        [
            new("import_id", "i.id", "its number", Is.Number),
            new("started", ViewText.Time("i.started"), "when it began", Is.Time),
            new("finished", ViewText.Time("i.finished"), "when it ended; null when it was interrupted", Is.Time),
            new("status", "i.status", "Imported, Interrupted, Failed…", Is.Word),
            new("source", "i.source", "the file, or what was piped", Is.Text),
            new("kind", "i.kind", "what was in it: AuditActivity, AccessPackage…", Is.Word),
            new("shape", "i.shape", "how it was written: Graph, Portal CSV…", Is.Word),
            new("read", "i.read", "records that were read", Is.Number),
            new("added", "i.added", "new ones", Is.Number),
            new("updated", "i.updated", "ones that say more than was known", Is.Number),
            new("unchanged", "i.unchanged", "ones that were known", Is.Number),
            new("rejected", "i.rejected", "ones that could not be read: see rejected_records", Is.Number),
            new("first_time", ViewText.Time("i.first_time"), "time of the first record", Is.Time),
            new("last_time", ViewText.Time("i.last_time"), "time of the last record", Is.Time),
            new("sha256", "lower(hex(i.sha256))", "SHA-256 of the source", Is.Text),
            new("tool_version", "i.tool_version", "the version that read it", Is.Word),
            new("imported_by", "iif(json_valid(i.options), CAST(json_extract(i.options, '$.ImportedBy') AS TEXT), NULL)",
                "who imported it; null where that was not kept", Is.Text),
            new("notes", "i.notes", "what the import said, as JSON", Is.Text),
        ],
    };

    /// <summary>Coverage.</summary>
    public static readonly AuditView Coverage = new("coverage_spans", "one time for which a log is known to be complete", "coverage c")
    {
        Columns =
        [
            new("kind", "c.kind", "the log: AuditActivity, ProvisioningLog", Is.Word),
            new("tenant_id", ViewText.Term("c.tenant"), "the tenant; null when no export says it", Is.Text),
            new("from_time", ViewText.Time("c.from_time"), "from then", Is.Time),
            new("to_time", ViewText.Time("c.to_time"), "until then, not included", Is.Time),
            new("basis", "c.basis", "what shows it", Is.Word),
            new("import_id", "c.import", "the import that brought it", Is.Number),
        ],
    };

    /// <summary>Records that could not be read.</summary>
    public static readonly AuditView Rejected = new("rejected_records", "one record that could not be read", "rejection r")
    {
        Columns =
        [
            new("import_id", "r.import", "the import", Is.Number),
            new("line", "r.line", "its line in a text; null when unknown", Is.Number),
            new("byte_offset", "r.byte_offset", "where it begins in the source; null when unknown", Is.Number),
            new("reason", "r.reason", "why", Is.Word),
        ],
    };

    /// <summary>Synchronization jobs.</summary>
    public static readonly AuditView Jobs = new("synchronization_jobs", "one state of one synchronization job", "synchronization_job j")
    {
        Kind = KindNames.SynchronizationJob,
        Columns =
        [
            new("job_id", "j.job", "id of the job", Is.Text),
            new("application", "(SELECT coalesce(display_name, object_id, upn) FROM identity WHERE id = j.application)", "its application"),
            new("first_seen", ViewText.Time("j.observed"), "when an export first showed this state", Is.Time),
            new("last_seen", ViewText.Time("j.last_observed"), "when an export last showed it", Is.Time),
            new("tenant_id", ViewText.Term("j.tenant"), "the tenant; null when no export says it", Is.Text),
        ],
    };
}
