using EntraAuditTools.Core.Mirror.Writing.Logs;
using EntraAuditTools.Core.Schema;
using Is = EntraAuditTools.Core.Queries.Sql.ColumnHolds;

namespace EntraAuditTools.Core.Queries.Sql;

/// <summary>The views of the logs.</summary>
internal static class LogViews
{
    // An event that both logs have is one activity, as in every question: the directory's.
    private static readonly string Shown = $"a.origin <> {TwinWriter.Twin}";

    private static readonly ViewColumn Id =
        new("activity_id", "a.id", "number of the activity, in the order of time; the same in all views", Is.Number);
    private static readonly ViewColumn Time = new("time", ViewText.RowTime("a"), "when it happened", Is.Time);
    private static readonly ViewColumn Activity = new("activity", Kind("activity"), "what happened: Add user", Is.Word);

    /// <summary>The directory's audit log and Entra's part of the unified audit log.</summary>
    public static readonly AuditView Activities = new("activities", "one activity of the audit log", $"activity a WHERE {Shown}")
    {
        Kind = KindNames.AuditActivity,
        Columns =
        [
            Id, Time, Activity,
            new("service", Kind("service"), "Core Directory, Entitlement Management…", Is.Word),
            new("category", Kind("category"), "UserManagement, RoleManagement…", Is.Word),
            new("operation_type", Kind("operation_type"), "Add, Update, Delete…", Is.Word),
            new("result", ViewText.Term("a.result"), "success, failure, timeout", Is.Word),
            new("actor", ViewText.BestName("a.actor"), "who did it: UPN of a person, else the name"),
            new("actor_type", ViewText.IdentityType("a.actor"), "User, ServicePrincipal…", Is.Word),
            new("actor_id", ViewText.Identity("a.actor", "object_id"), "object id of who did it", Is.Text),
            new("target", ViewText.BestName("a.target"), "the first target"),
            new("target_count", "a.target_count", "how many targets it has: see activity_targets", Is.Number),
            new("modified_properties", "(SELECT replace(names, char(10), ', ') FROM property_set WHERE id = a.property_set)",
                "names of the properties that it changed", Is.Word),
            new("ip_address", "(SELECT text FROM address WHERE id = a.address)", "from where", Is.Text),
            new("correlation_id", ViewText.Id("a.correlation"), "what belongs to one operation has the same", Is.Text),
            new("record_id", $"iif(a.correlation IS NULL, a.record_id, replace(a.record_id, char(1), {ViewText.Id("a.correlation")}))",
                "id of the record in Entra", Is.Text),
            new("tenant_id", ViewText.Term("a.tenant"), "the tenant; null when no export says it", Is.Text),
            new("log", $"iif(a.origin = {TwinWriter.Directory}, 'DirectoryAudit', 'UnifiedAudit')",
                "DirectoryAudit or UnifiedAudit", Is.Word),
            new("import_id", "(SELECT import FROM block WHERE id = a.block)",
                "the import that brought the record that is shown", Is.Number),
        ],
    };

    /// <summary>Their targets.</summary>
    public static readonly AuditView Targets = new("activity_targets", "one target of one activity",
        $"activity_target t CROSS JOIN activity a ON a.id = t.activity WHERE {Shown}")
    {
        Columns =
        [
            Id, Time, Activity,
            new("target", ViewText.BestName("t.identity"), "UPN of a person, else the name"),
            new("target_type", ViewText.IdentityType("t.identity"), "User, Group, Role, ServicePrincipal…", Is.Word),
            new("target_id", ViewText.Identity("t.identity", "object_id"), "object id", Is.Text),
            new("target_name", ViewText.Identity("t.identity", "display_name"), "display name"),
        ],
    };

    /// <summary>What they changed.</summary>
    public static readonly AuditView Changes = new("activity_changes", "one property that one activity changed, with its values",
        $"activity a, json_each({SqlFunctions.Changes}(a.block, a.slot)) c WHERE a.property_set <> 0 AND {Shown}")
    {
        NeedsFunction = true,
        Columns =
        [
            Id, Time, Activity,
            new("target", "c.value ->> '$[0]'", "what was changed: UPN of a person, else the name"),
            new("property", "c.value ->> '$[1]'", "name of the property", Is.Word),
            new("old_value", "c.value ->> '$[2]'", "its value before, as the record says it", Is.Text),
            new("new_value", "c.value ->> '$[3]'", "its value after; values that can be secrets are masked", Is.Text),
        ],
    };

    /// <summary>The provisioning log.</summary>
    public static readonly AuditView Provisioning = new("provisioning_entries", "one entry of the provisioning log", "provisioning p")
    {
        Kind = KindNames.ProvisioningLog,
        Columns =
        [
            new("entry_id", "p.id", "number of the entry, in the order of time", Is.Number),
            new("time", ViewText.RowTime("p"), "when it happened", Is.Time),
            new("action", ProvisioningKind("action"), "create, update, delete, disable…", Is.Word),
            new("status", ProvisioningKind("status"), "success, failure, skipped, warning", Is.Word),
            new("application", Application("coalesce(i.display_name, i.object_id, i.upn)"), "the application"),
            new("application_id", Application("i.object_id"), "object id of its service principal", Is.Text),
            new("source_system", ProvisioningKind("source_system"), "system that is read"),
            new("target_system", ProvisioningKind("target_system"), "system that is written"),
            new("identity_type", ProvisioningKind("identity_type"), "User, Group…", Is.Word),
            new("source_identity", ViewText.BestName("p.source"), "who or what, in the system that is read"),
            new("source_id", ViewText.Identity("p.source", "object_id"), "its id there", Is.Text),
            new("target_identity", ViewText.BestName("p.target"), "who or what, in the system that is written"),
            new("target_id", ViewText.Identity("p.target", "object_id"), "its id there", Is.Text),
            new("error_code", ProvisioningKind("error_code"), "code of the error", Is.Word),
            new("error_category", ProvisioningKind("error_category"), "whose error it is", Is.Word),
            new("skip_reason", ProvisioningKind("skip_reason"), "why it was skipped", Is.Word),
            new("duration_ms", "p.duration", "how long it took, in milliseconds", Is.Number),
            new("job_id", ProvisioningKind("job"), "the synchronization job", Is.Text),
            new("cycle_id", ViewText.Id("p.cycle"), "one run of the job", Is.Text),
            new("change_id", ViewText.Id("p.change_id"), "the change of one object in one run", Is.Text),
            new("record_id", ViewText.Id("p.record_id"), "id of the record in Entra", Is.Text),
            new("tenant_id", ViewText.Term("p.tenant"), "the tenant; null when no export says it", Is.Text),
            new("import_id", "(SELECT import FROM block WHERE id = p.block)",
                "the import that brought the record that is shown", Is.Number),
        ],
    };

    private static string Kind(string column) => $"(SELECT t.text FROM kind k JOIN term t ON t.id = k.{column} WHERE k.id = a.kind)";

    private static string ProvisioningKind(string column) =>
        $"(SELECT t.text FROM provisioning_kind k JOIN term t ON t.id = k.{column} WHERE k.id = p.kind)";

    private static string Application(string columns) =>
        $"(SELECT {columns} FROM provisioning_kind k JOIN identity i ON i.id = k.application WHERE k.id = p.kind)";
}
