using EntraAuditTools.Core.Mirror.Writing.Logs;

namespace EntraAuditTools.Core.Queries.Sql;

/// <summary>The views of the logs.</summary>
internal static class LogViews
{
    // An event that both logs have is one activity, as in every question: the directory's.
    private static readonly string Shown = $"a.origin <> {TwinWriter.Twin}";

    private static readonly ViewColumn Id =
        new("activity_id", "a.id", "number of the activity, in the order of time; the same in all views");
    private static readonly ViewColumn Time = new("time", ViewText.RowTime("a"), "when it happened");
    private static readonly ViewColumn Activity = new("activity", Kind("activity"), "what happened: Add user");

    /// <summary>The directory's audit log and Entra's part of the unified audit log.</summary>
    public static readonly AuditView Activities = new("activities", "one activity of the audit log", $"activity a WHERE {Shown}")
    {
        Columns =
        [
            Id, Time, Activity,
            new("service", Kind("service"), "Core Directory, Entitlement Management…"),
            new("category", Kind("category"), "UserManagement, RoleManagement…"),
            new("operation_type", Kind("operation_type"), "Add, Update, Delete…"),
            new("result", ViewText.Term("a.result"), "success, failure, timeout"),
            new("actor", ViewText.BestName("a.actor"), "who did it: UPN of a person, else the name"),
            new("actor_type", ViewText.IdentityType("a.actor"), "User, ServicePrincipal…"),
            new("actor_id", ViewText.Identity("a.actor", "object_id"), "object id of who did it"),
            new("target", ViewText.BestName("a.target"), "the first target"),
            new("target_count", "a.target_count", "how many targets it has: see activity_targets"),
            new("modified_properties", "(SELECT replace(names, char(10), ', ') FROM property_set WHERE id = a.property_set)",
                "names of the properties that it changed"),
            new("ip_address", "(SELECT text FROM address WHERE id = a.address)", "from where"),
            new("correlation_id", ViewText.Id("a.correlation"), "what belongs to one operation has the same"),
            new("record_id", $"iif(a.correlation IS NULL, a.record_id, replace(a.record_id, char(1), {ViewText.Id("a.correlation")}))",
                "id of the record in Entra"),
            new("tenant_id", ViewText.Term("a.tenant"), "the tenant; null when no export says it"),
            new("log", $"iif(a.origin = {TwinWriter.Directory}, 'DirectoryAudit', 'UnifiedAudit')", "DirectoryAudit or UnifiedAudit"),
            new("import_id", "(SELECT import FROM block WHERE id = a.block)", "the import that brought the record that is shown"),
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
            new("target_type", ViewText.IdentityType("t.identity"), "User, Group, Role, ServicePrincipal…"),
            new("target_id", ViewText.Identity("t.identity", "object_id"), "object id"),
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
            new("property", "c.value ->> '$[1]'", "name of the property"),
            new("old_value", "c.value ->> '$[2]'", "its value before, as the record says it"),
            new("new_value", "c.value ->> '$[3]'", "its value after; values that can be secrets are masked"),
        ],
    };

    /// <summary>The provisioning log.</summary>
    public static readonly AuditView Provisioning = new("provisioning_entries", "one entry of the provisioning log", "provisioning p")
    {
        Columns =
        [
            new("entry_id", "p.id", "number of the entry, in the order of time"),
            new("time", ViewText.RowTime("p"), "when it happened"),
            new("action", ProvisioningKind("action"), "create, update, delete, disable…"),
            new("status", ProvisioningKind("status"), "success, failure, skipped, warning"),
            new("application", Application("coalesce(i.display_name, i.object_id, i.upn)"), "the application"),
            new("application_id", Application("i.object_id"), "object id of its service principal"),
            new("source_system", ProvisioningKind("source_system"), "system that is read"),
            new("target_system", ProvisioningKind("target_system"), "system that is written"),
            new("identity_type", ProvisioningKind("identity_type"), "User, Group…"),
            new("source_identity", ViewText.BestName("p.source"), "who or what, in the system that is read"),
            new("source_id", ViewText.Identity("p.source", "object_id"), "its id there"),
            new("target_identity", ViewText.BestName("p.target"), "who or what, in the system that is written"),
            new("target_id", ViewText.Identity("p.target", "object_id"), "its id there"),
            new("error_code", ProvisioningKind("error_code"), "code of the error"),
            new("error_category", ProvisioningKind("error_category"), "whose error it is"),
            new("skip_reason", ProvisioningKind("skip_reason"), "why it was skipped"),
            new("duration_ms", "p.duration", "how long it took, in milliseconds"),
            new("job_id", ProvisioningKind("job"), "the synchronization job"),
            new("cycle_id", ViewText.Id("p.cycle"), "one run of the job"),
            new("change_id", ViewText.Id("p.change_id"), "the change of one object in one run"),
            new("record_id", ViewText.Id("p.record_id"), "id of the record in Entra"),
            new("tenant_id", ViewText.Term("p.tenant"), "the tenant; null when no export says it"),
            new("import_id", "(SELECT import FROM block WHERE id = p.block)", "the import that brought the record that is shown"),
        ],
    };

    private static string Kind(string column) => $"(SELECT t.text FROM kind k JOIN term t ON t.id = k.{column} WHERE k.id = a.kind)";

    private static string ProvisioningKind(string column) =>
        $"(SELECT t.text FROM provisioning_kind k JOIN term t ON t.id = k.{column} WHERE k.id = p.kind)";

    private static string Application(string columns) =>
        $"(SELECT {columns} FROM provisioning_kind k JOIN identity i ON i.id = k.application WHERE k.id = p.kind)";
}
