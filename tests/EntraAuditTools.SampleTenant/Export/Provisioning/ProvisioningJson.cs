using System.Text.Json;

namespace EntraAuditTools.SampleTenant;

/// <summary>The spellings of one entry of the provisioning log.</summary>
internal enum ProvisioningDialect
{
    /// <summary>provisioningObjectSummary of Graph v1.0.</summary>
    Graph,

    /// <summary>Graph beta: the same, the service principal as a collection.</summary>
    GraphBeta,

    /// <summary>
    /// Graph beta of 2019: action and statusInfo instead of provisioningAction and provisioningStatusInfo, and initiatingType.
    /// </summary>
    GraphOldBeta,

    /// <summary>The portal: action and statusInfo beside the newer names.</summary>
    Portal,

    /// <summary>Diagnostic settings and Log Analytics: Id and Name, numbers for the types and results of steps.</summary>
    Diagnostic,
}

/// <summary>Writes entries as Graph, the portal and diagnostic settings do.</summary>
internal static class ProvisioningJson
{
    // The numbers of the enumerations in Graph's metadata.
    private static readonly string[] StepTypes = ["import", "scoping", "matching", "processing", "referenceResolution", "export",
        "unknownFutureValue"];
    private static readonly string[] Results = ["success", "failure", "skipped", "warning", "unknownFutureValue"];

    /// <summary>The properties whose value is an object or a list.</summary>
    public static readonly string[] Parts =
        ["initiatedBy", "servicePrincipal", "sourceSystem", "targetSystem", "sourceIdentity", "targetIdentity", "provisioningStatusInfo",
            "statusInfo", "provisioningSteps", "modifiedProperties"];

    public static void Write(Utf8JsonWriter json, Tenant tenant, ProvisioningEntry entry, ProvisioningDialect dialect)
    {
        json.WriteStartObject();
        json.WriteString(Names.Id, entry.Id);
        json.WriteString(Names.ActivityDateTime, Iso8601.Text(entry.Ticks, dialect == ProvisioningDialect.Diagnostic ? "+00:00" : "Z"));
        json.WriteString("tenantId", tenant.Id);
        json.WriteString("jobId", entry.Job.JobId);
        json.WriteString("cycleId", entry.CycleId);
        json.WriteString("changeId", entry.ChangeId);
        if (dialect is not (ProvisioningDialect.Graph or ProvisioningDialect.GraphBeta))
            json.WriteString("action", Capital(entry.Action));
        if (dialect != ProvisioningDialect.GraphOldBeta)
            json.WriteString("provisioningAction", entry.Action);
        if (entry.DurationMilliseconds is { } duration)
            json.WriteNumber("durationInMilliseconds", duration);
        else
            json.WriteNull("durationInMilliseconds");
        foreach (string part in Parts)
        {
            if (!Has(entry, part, dialect))
                continue;
            json.WritePropertyName(part);
            WritePart(json, tenant, entry, part, dialect);
        }

        json.WriteEndObject();
    }

    /// <summary>Whether the shape has this property for this entry.</summary>
    public static bool Has(ProvisioningEntry entry, string part, ProvisioningDialect dialect) => part switch
    {
        "provisioningSteps" => !entry.LeavesStepsOut,
        "provisioningStatusInfo" => dialect != ProvisioningDialect.GraphOldBeta,
        "statusInfo" => dialect is not (ProvisioningDialect.Graph or ProvisioningDialect.GraphBeta),
        _ => true,
    };

    public static void WritePart(Utf8JsonWriter json, Tenant tenant, ProvisioningEntry entry, string part, ProvisioningDialect dialect)
    {
        bool diagnostic = dialect == ProvisioningDialect.Diagnostic;
        string id = diagnostic ? "Id" : "id";
        string name = diagnostic ? "Name" : "displayName";
        var application = entry.Job.Application;
        bool inbound = entry.Job.Kind == ProvisioningTargetKind.Workday;
        EventDetail[] ofApplication =
            [new("ApplicationId", application.AppId), new("ServicePrincipalId", application.ServicePrincipalId),
                new("ServicePrincipalDisplayName", application.DisplayName)];
        switch (part)
        {
            case "initiatedBy":
                Object(json, (id, entry.InitiatedBy.Id), (name, entry.InitiatedBy.DisplayName),
                    (diagnostic ? "Type" : dialect == ProvisioningDialect.GraphOldBeta ? "initiatingType" : "initiatorType", diagnostic
                        ? Capital(entry.InitiatedBy.Type) : entry.InitiatedBy.Type));
                break;
            case "servicePrincipal":
                if (dialect == ProvisioningDialect.GraphBeta)
                    json.WriteStartArray();
                Object(json, (id, application.ServicePrincipalId), (name, application.DisplayName));
                if (dialect == ProvisioningDialect.GraphBeta)
                    json.WriteEndArray();
                break;
            case "sourceSystem":
                Nested(json, [(id, inbound ? application.AppId : tenant.Id), (name, entry.Job.SourceSystem)], inbound ? ofApplication : []);
                break;
            case "targetSystem":
                Nested(json, [(id, inbound ? tenant.Id : application.AppId), (name, entry.Job.TargetSystem)], inbound ? [] : ofApplication);
                break;
            case "sourceIdentity":
                Identity(json, entry.Source, id, name);
                break;
            case "targetIdentity":
                Identity(json, entry.Target, id, name);
                break;
            case "provisioningStatusInfo":
                json.WriteStartObject();
                json.WriteString(diagnostic ? "Status" : "status", entry.Status);
                json.WritePropertyName("errorInformation");
                if (entry.Error is null)
                    json.WriteNullValue();
                else
                    Error(json, entry.Error);
                json.WriteEndObject();
                break;
            case "statusInfo":
                WriteStatusInfo(json, entry, diagnostic);
                break;
            case "provisioningSteps":
                WriteSteps(json, entry.Steps, diagnostic);
                break;
            case "modifiedProperties":
                json.WriteStartArray();
                foreach (var change in entry.Changes)
                    Object(json, ("displayName", change.Name), ("oldValue", change.OldValue), ("newValue", change.NewValue));
                json.WriteEndArray();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(part), part, "Not a part.");
        }
    }

    public static void WriteDetails(Utf8JsonWriter json, IReadOnlyList<EventDetail> details)
    {
        json.WriteStartObject();
        foreach (var detail in details)
            json.WriteString(detail.Key, detail.Value);
        json.WriteEndObject();
    }

    /// <summary>The first letter as a capital: Create, StagedDelete.</summary>
    public static string Capital(string word) => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..];

    private static void WriteStatusInfo(Utf8JsonWriter json, ProvisioningEntry entry, bool diagnostic)
    {
        json.WriteStartObject();
        if (diagnostic)
        {
            json.WriteNumber("Status", Array.IndexOf(Results, entry.Status));
        }
        else
        {
            json.WriteString("@odata.type", entry.Error is null ? "#microsoft.graph.statusBase" : "#microsoft.graph.statusDetails");
            json.WriteString("status", entry.Status);
            if (entry.Error is { } error)
                WriteError(json, error);
        }

        json.WriteEndObject();
    }

    private static void WriteSteps(Utf8JsonWriter json, IReadOnlyList<ProvisioningStep>? steps, bool diagnostic)
    {
        if (steps is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartArray();
        foreach (var step in steps)
        {
            json.WriteStartObject();
            json.WriteString("name", step.Name);
            if (diagnostic)
                json.WriteNumber("provisioningStepType", Array.IndexOf(StepTypes, step.Type));
            else
                json.WriteString("provisioningStepType", step.Type);
            if (diagnostic)
                json.WriteNumber("status", Array.IndexOf(Results, step.Status));
            else
                json.WriteString("status", step.Status);
            json.WriteString("description", step.Description);
            json.WritePropertyName("details");
            WriteDetails(json, step.Details);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Identity(Utf8JsonWriter json, ProvisionedIdentity? identity, string id, string name)
    {
        if (identity is null)
            json.WriteNullValue();
        else
            Nested(json, [(id, identity.Id), (name, identity.DisplayName), ("identityType", identity.Type)], identity.Details);
    }

    private static void Error(Utf8JsonWriter json, ProvisioningError error)
    {
        json.WriteStartObject();
        WriteError(json, error);
        json.WriteEndObject();
    }

    private static void WriteError(Utf8JsonWriter json, ProvisioningError error)
    {
        json.WriteString("errorCode", error.Code);
        json.WriteString("reason", error.Reason);
        json.WriteString("additionalDetails", error.AdditionalDetails);
        json.WriteString("errorCategory", error.Category);
        json.WriteString("recommendedAction", error.RecommendedAction);
    }

    private static void Nested(Utf8JsonWriter json, (string Name, string? Value)[] values, IReadOnlyList<EventDetail> details)
    {
        json.WriteStartObject();
        foreach (var (name, value) in values)
            json.WriteString(name, value);
        json.WritePropertyName("details");
        WriteDetails(json, details);
        json.WriteEndObject();
    }

    private static void Object(Utf8JsonWriter json, params (string Name, string? Value)[] values)
    {
        json.WriteStartObject();
        foreach (var (name, value) in values)
            json.WriteString(name, value);
        json.WriteEndObject();
    }
}
