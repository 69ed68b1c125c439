using System.Globalization;
using System.Text.Json;

namespace EntraAuditTools.SampleTenant;

/// <summary>The provisioning log and its jobs: the same passes that account provisioning tells of in the audit log.</summary>
public static class ProvisioningShapes
{
    private static readonly string[] StepTypes = ["import", "scoping", "matching", "processing", "referenceResolution", "export"];

    /// <summary>A page of GET /auditLogs/provisioning.</summary>
    public static void WriteGraphPage(Stream stream, Tenant tenant, IEnumerable<ProvisioningPass> passes) =>
        WriteAll(stream, passes, "https://graph.microsoft.com/v1.0/$metadata#auditLogs/provisioning", (json, pass) => Write(json, tenant, pass, Dialect.Graph));

    /// <summary>The portal's JSON: an array with the older property names too.</summary>
    public static void WritePortalJson(Stream stream, Tenant tenant, IEnumerable<ProvisioningPass> passes) =>
        WriteAll(stream, passes, null, (json, pass) => Write(json, tenant, pass, Dialect.Portal));

    /// <summary>Diagnostic records: an envelope, step types and results as numbers, Name and Id for displayName and id.</summary>
    public static void WriteDiagnostic(Stream stream, Tenant tenant, IEnumerable<ProvisioningPass> passes)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(passes);
        using var output = new JsonOutput(stream);
        var json = output.Json;
        foreach (var pass in passes)
        {
            json.WriteStartObject();
            json.WriteString("time", Iso8601.Text(pass.Start, "Z"));
            json.WriteString("resourceId", $"/tenants/{tenant.Id}/providers/Microsoft.aadiam");
            json.WriteString("operationName", "Provisioning activity");
            json.WriteString("operationVersion", "1.0");
            json.WriteString("category", "ProvisioningLogs");
            json.WriteString("tenantId", tenant.Id);
            json.WriteString("resultType", Status(pass));
            json.WriteString("resultSignature", pass.ErrorCode ?? "None");
            json.WriteNumber("durationMs", pass.DurationMilliseconds);
            json.WriteString("correlationId", pass.ChangeId);
            json.WriteString("identity", pass.RecordId);
            json.WriteNumber("Level", 4);
            json.WritePropertyName("properties");
            Write(json, tenant, pass, Dialect.Diagnostic);
            json.WriteEndObject();
            output.EndDocument("\r\n"u8);
        }
    }

    /// <summary>Rows of AADProvisioningLogs: objects are JSON in text.</summary>
    public static void WriteLogAnalytics(Stream stream, Tenant tenant, IEnumerable<ProvisioningPass> passes)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(passes);
        using var output = new JsonOutput(stream);
        using var text = new JsonText();
        var json = output.Json;
        foreach (var pass in passes)
        {
            json.WriteStartObject();
            json.WriteString("TenantId", tenant.WorkspaceId);
            json.WriteString("TimeGenerated", Iso8601.Text(pass.Start, "Z"));
            json.WriteString("AADTenantId", tenant.Id);
            json.WriteString("Category", "ProvisioningLogs");
            json.WriteString("ChangeId", pass.ChangeId);
            json.WriteString("CorrelationId", pass.ChangeId);
            json.WriteString("CycleId", pass.CycleId);
            json.WriteString("Id", pass.RecordId);
            json.WriteString("JobId", pass.Job.JobId);
            json.WriteNumber("DurationMs", pass.DurationMilliseconds);
            json.WriteString("OperationName", "Provisioning activity");
            json.WriteString("OperationVersion", "1.0");
            json.WriteString("ProvisioningAction", Action(pass));
            json.WriteString("ResultType", Status(pass));
            json.WriteString("ResultSignature", pass.ErrorCode ?? "None");
            json.WriteString("ResultDescription", pass.ErrorReason ?? "");
            foreach (var (name, write) in Parts(tenant, pass, Dialect.Diagnostic))
                json.WriteString(char.ToUpperInvariant(name[0]) + name[1..], text.Text(write));
            json.WriteString("Type", "AADProvisioningLogs");
            json.WriteEndObject();
            output.EndDocument("\n"u8);
        }
    }

    /// <summary>A page of /servicePrincipals/{id}/synchronization/jobs for one job, as it stands at the end of the period.</summary>
    public static void WriteJobs(Stream stream, Tenant tenant, ProvisioningJob job)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(job);
        using var output = new JsonOutput(stream);
        var json = output.Json;
        long end = tenant.Options.To.UtcTicks - 20 * TimeSpan.TicksPerMinute;
        json.WriteStartObject();
        json.WriteString("@odata.context", $"https://graph.microsoft.com/v1.0/$metadata#servicePrincipals('{job.Application.ServicePrincipalId}')/synchronization/jobs");
        json.WriteStartArray("value");
        json.WriteStartObject();
        json.WriteString("id", job.JobId);
        json.WriteString("templateId", job.TemplateId);
        json.WriteStartObject("schedule");
        json.WriteNull("expiration");
        json.WriteString("interval", "PT40M");
        json.WriteString("state", job.Quarantined ? "Paused" : "Active");
        json.WriteEndObject();
        json.WriteStartObject("status");
        json.WriteString("code", job.Quarantined ? "Quarantine" : "Active");
        json.WriteNumber("countSuccessiveCompleteFailures", job.Quarantined ? 9 : 0);
        json.WriteBoolean("escrowsPruned", false);
        json.WriteString("steadyStateFirstAchievedTime", Iso8601.Text(tenant.Options.From.UtcTicks - 30 * TimeSpan.TicksPerDay, "Z"));
        json.WriteString("steadyStateLastAchievedTime", Iso8601.Text(end, "Z"));
        json.WriteString("troubleshootingUrl", "");
        json.WriteStartArray("progress");
        json.WriteEndArray();
        if (job.Quarantined)
        {
            json.WriteStartObject("quarantine");
            json.WriteString("currentBegan", Iso8601.Text(end - 2 * TimeSpan.TicksPerDay, "Z"));
            json.WriteString("nextAttempt", Iso8601.Text(end + TimeSpan.TicksPerDay, "Z"));
            json.WriteString("reason", "EncounteredQuarantineException");
            json.WriteString("seriesBegan", Iso8601.Text(end - 2 * TimeSpan.TicksPerDay, "Z"));
            json.WriteNumber("seriesCount", 3);
            json.WriteStartObject("error");
            json.WriteString("code", "InvalidCredentials");
            json.WriteString("message", "We were unable to authenticate to the target system.");
            json.WriteBoolean("tenantActionable", true);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("quarantine");
        }

        json.WriteStartObject("lastExecution");
        json.WriteString("activityIdentifier", new SampleRandom((ulong)end).NewId());
        json.WriteNumber("countEntitled", tenant.Members.Count);
        json.WriteNumber("countEscrowed", job.Quarantined ? 12 : 1);
        json.WriteNumber("countExported", job.Quarantined ? 0 : 7);
        json.WriteNumber("countImported", 9);
        json.WriteNull("error");
        json.WriteString("state", job.Quarantined ? "Failed" : "EntryLevelErrors");
        json.WriteString("timeBegan", Iso8601.Text(end - TimeSpan.TicksPerMinute, "Z"));
        json.WriteString("timeEnded", Iso8601.Text(end, "Z"));
        json.WriteEndObject();
        json.WriteNull("lastSuccessfulExecution");
        json.WriteStartArray("synchronizedEntryCountByType");
        json.WriteStartObject();
        json.WriteString("key", "User");
        json.WriteNumber("value", tenant.Members.Count);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartArray("synchronizationJobSettings");
        json.WriteStartObject();
        json.WriteString("name", "QuarantineTooManyDeletesThreshold");
        json.WriteString("value", "500");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private enum Dialect
    {
        Graph,
        Portal,
        Diagnostic,
    }

    private static void WriteAll(Stream stream, IEnumerable<ProvisioningPass> passes, string? context, Action<Utf8JsonWriter, ProvisioningPass> write)
    {
        ArgumentNullException.ThrowIfNull(passes);
        using var output = new JsonOutput(stream);
        var json = output.Json;
        if (context is not null)
        {
            json.WriteStartObject();
            json.WriteString("@odata.context", context);
            json.WritePropertyName("value");
        }

        json.WriteStartArray();
        foreach (var pass in passes)
        {
            write(json, pass);
            output.Breathe();
        }

        json.WriteEndArray();
        if (context is not null)
            json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Tenant tenant, ProvisioningPass pass, Dialect dialect)
    {
        json.WriteStartObject();
        json.WriteString("id", pass.RecordId);
        json.WriteString("activityDateTime", Iso8601.Text(pass.Start, dialect == Dialect.Diagnostic ? "+00:00" : "Z"));
        json.WriteString("tenantId", tenant.Id);
        json.WriteString("jobId", pass.Job.JobId);
        json.WriteString("cycleId", pass.CycleId);
        json.WriteString("changeId", pass.ChangeId);
        if (dialect != Dialect.Graph)
            json.WriteString("action", CultureInfo.InvariantCulture.TextInfo.ToTitleCase(Action(pass)));
        json.WriteString("provisioningAction", Action(pass));
        json.WriteNumber("durationInMilliseconds", pass.DurationMilliseconds);
        foreach (var (name, write) in Parts(tenant, pass, dialect))
        {
            json.WritePropertyName(name);
            write(json);
        }

        json.WriteEndObject();
    }

    private static IEnumerable<(string Name, Action<Utf8JsonWriter> Write)> Parts(Tenant tenant, ProvisioningPass pass, Dialect dialect)
    {
        bool diagnostic = dialect == Dialect.Diagnostic;
        string id = diagnostic ? "Id" : "id";
        string name = diagnostic ? "Name" : "displayName";
        yield return ("initiatedBy", json => Object(json, (id, ""), (name, "Azure AD Provisioning Service"), (diagnostic ? "Type" : "initiatorType", diagnostic ? "System" : "system")));
        yield return ("servicePrincipal", json => Object(json, (id, pass.Job.Application.ServicePrincipalId), (name, pass.Job.Application.DisplayName)));
        yield return ("sourceSystem", json => Nested(json, [(id, tenant.Id), (name, "Azure Active Directory")], []));
        yield return ("targetSystem", json => Nested(json, [(id, pass.Job.Application.AppId), (name, pass.Job.Application.DisplayName)],
            [("ApplicationId", pass.Job.Application.AppId), ("ServicePrincipalId", pass.Job.Application.ServicePrincipalId), ("ServicePrincipalDisplayName", pass.Job.Application.DisplayName)]));
        yield return ("sourceIdentity", json => Nested(json, [(id, pass.Person.Id), (name, pass.Person.DisplayName), ("identityType", "User")],
            [("id", pass.Person.Id), ("odatatype", "User"), ("DisplayName", pass.Person.DisplayName), ("UserPrincipalName", pass.Person.UserPrincipalName)]));
        yield return ("targetIdentity", json => Nested(json, [(id, pass.Outcome is ProvisioningOutcome.Failed or ProvisioningOutcome.Skipped ? "" : pass.TargetId), (name, pass.Person.DisplayName), ("identityType", "urn:ietf:params:scim:schemas:core:2.0:User")], []));
        yield return ("provisioningStatusInfo", json =>
        {
            json.WriteStartObject();
            json.WriteString(diagnostic ? "Status" : "status", Status(pass).ToLowerInvariant());
            if (pass.ErrorCode is null)
                json.WriteNull("errorInformation");
            else
                Object(json, "errorInformation", ("errorCode", pass.ErrorCode), ("reason", pass.ErrorReason), ("additionalDetails", null), ("errorCategory", "failure"), ("recommendedAction", "Check the user in the target system, then provision on demand."));
            json.WriteEndObject();
        });
        yield return ("provisioningSteps", json =>
        {
            json.WriteStartArray();
            Step(json, 0, "EntryImportUpdate", $"Received User '{pass.Person.UserPrincipalName}' change of type (Update) from Azure Active Directory", 0);
            Step(json, 2, "EntryImportByMatchingProperty", $"Looked for the user in {pass.Job.Application.DisplayName}", 0);
            Step(json, 1, "EntrySynchronizationScoping", "Determined whether the user is in scope", pass.Outcome == ProvisioningOutcome.Skipped ? 2 : 0);
            if (pass.Outcome != ProvisioningOutcome.Skipped)
                Step(json, 5, pass.Outcome == ProvisioningOutcome.Created || pass.ErrorCode is not null ? "EntryExportAdd" : "EntryExportUpdate", pass.ErrorReason ?? $"The user was written to {pass.Job.Application.DisplayName}", pass.ErrorCode is null ? 0 : 1);
            json.WriteEndArray();
        });
        yield return ("modifiedProperties", json =>
        {
            json.WriteStartArray();
            if (pass.Outcome != ProvisioningOutcome.Skipped)
            {
                Object(json, ("displayName", "userName"), ("oldValue", null), ("newValue", pass.Person.UserPrincipalName));
                Object(json, ("displayName", "title"), ("oldValue", null), ("newValue", pass.Person.JobTitle));
                Object(json, ("displayName", "active"), ("oldValue", null), ("newValue", pass.Outcome == ProvisioningOutcome.Disabled ? "False" : "True"));
            }

            json.WriteEndArray();
        });

        void Step(Utf8JsonWriter json, int type, string step, string description, int status)
        {
            json.WriteStartObject();
            json.WriteString("name", step);
            if (diagnostic)
                json.WriteNumber("provisioningStepType", type);
            else
                json.WriteString("provisioningStepType", StepTypes[type]);
            if (diagnostic)
                json.WriteNumber("status", status);
            else
                json.WriteString("status", status switch { 0 => "success", 1 => "failure", _ => "skipped" });
            json.WriteString("description", description);
            json.WriteStartObject("details");
            if (status == 2)
                json.WriteString("SkipReason", "NotEffectivelyEntitled");
            json.WriteString("Active in the source system", "True");
            json.WriteString("Assigned to the application", status == 2 ? "False" : "True");
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    private static void Nested(Utf8JsonWriter json, (string Name, string? Value)[] values, (string Name, string? Value)[] details)
    {
        json.WriteStartObject();
        foreach (var (name, value) in values)
            json.WriteString(name, value);
        Object(json, "details", details);
        json.WriteEndObject();
    }

    private static void Object(Utf8JsonWriter json, params (string Name, string? Value)[] values)
    {
        json.WriteStartObject();
        foreach (var (name, value) in values)
            json.WriteString(name, value);
        json.WriteEndObject();
    }

    private static void Object(Utf8JsonWriter json, string property, params (string Name, string? Value)[] values)
    {
        json.WritePropertyName(property);
        Object(json, values);
    }

    private static string Action(ProvisioningPass pass) => pass.Outcome switch
    {
        ProvisioningOutcome.Created or ProvisioningOutcome.Failed => "create",
        ProvisioningOutcome.Disabled => "disable",
        ProvisioningOutcome.Skipped => "other",
        _ => "update",
    };

    private static string Status(ProvisioningPass pass) => pass.Outcome switch
    {
        ProvisioningOutcome.Failed => "Failure",
        ProvisioningOutcome.Skipped => "Skipped",
        _ => "Success",
    };
}
