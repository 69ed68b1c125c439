using System.Text.Json;

namespace EntraAuditTools.SampleTenant;

/// <summary>
/// Audit records as Azure Monitor's diagnostic settings deliver them: an envelope, and in its properties the directoryAudit with
/// +00:00 times, without the null twin of the initiator and with some more fields.
/// </summary>
internal static class DiagnosticAuditWriter
{
    public static void Write(Utf8JsonWriter json, AuditEvent audit, Tenant tenant, long envelopeTicks)
    {
        json.WriteStartObject();
        GraphAuditWriter.WriteTime(json, JsonEncodedText.Encode("time"), envelopeTicks, "Z"u8);
        json.WriteString("resourceId", $"/tenants/{tenant.Id}/providers/Microsoft.aadiam");
        json.WriteString("operationName", audit.Activity);
        json.WriteString("operationVersion", "1.0");
        json.WriteString("category", "AuditLogs");
        json.WriteString("tenantId", tenant.Id);
        json.WriteString("resultSignature", "None");
        if (!string.IsNullOrEmpty(audit.ResultReason))
            json.WriteString("resultDescription", audit.ResultReason);
        json.WriteNumber("durationMs", 0);
        if (!string.IsNullOrEmpty(audit.Actor.IpAddress))
            json.WriteString("callerIpAddress", audit.Actor.IpAddress);
        json.WriteString("correlationId", audit.CorrelationId);
        if (audit.Actor.DisplayName is not null)
            json.WriteString("identity", audit.Actor.DisplayName);
        json.WriteNumber("Level", 4);
        json.WritePropertyName("properties");
        WriteProperties(json, audit, tenant);
        json.WriteEndObject();
    }

    /// <summary>initiatedBy: only the kind that applies.</summary>
    public static void WriteActor(Utf8JsonWriter json, EventActor actor)
    {
        json.WriteStartObject();
        if (actor.IsUser)
        {
            json.WriteStartObject(Names.User);
            json.WriteString(Names.Id, actor.Id);
            json.WriteString(Names.DisplayName, actor.DisplayName);
            json.WriteString(Names.UserPrincipalName, actor.UserPrincipalName);
            json.WriteString(Names.IpAddress, actor.IpAddress);
            json.WriteStartArray(Names.Roles);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        else
        {
            json.WriteStartObject(Names.App);
            json.WriteNull(Names.AppId);
            json.WriteString(Names.DisplayName, actor.DisplayName);
            json.WriteString(Names.ServicePrincipalId, actor.Id);
            json.WriteNull(Names.ServicePrincipalName);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>targetResources: type and user principal name only where there is one, administrative units always.</summary>
    public static void WriteTargets(Utf8JsonWriter json, IReadOnlyList<EventTarget> targets)
    {
        json.WriteStartArray();
        foreach (var target in targets)
        {
            json.WriteStartObject();
            json.WriteString(Names.Id, target.Id);
            json.WriteString(Names.DisplayName, target.DisplayName);
            if (target.Type is not null)
                json.WriteString(Names.Type, target.Type);
            if (target.UserPrincipalName is not null)
                json.WriteString(Names.UserPrincipalName, target.UserPrincipalName);
            if (target.GroupType is not null)
                json.WriteString(Names.GroupType, target.GroupType);
            GraphAuditWriter.WriteProperties(json, target.Properties);
            json.WriteStartArray(Names.AdministrativeUnits);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteProperties(Utf8JsonWriter json, AuditEvent audit, Tenant tenant)
    {
        json.WriteStartObject();
        json.WriteString("tenantId", tenant.Id);
        json.WriteString("resultType", "");
        json.WriteString("resultDescription", audit.ResultReason ?? "");
        json.WriteString("operationName", audit.Activity);
        json.WriteString("identity", audit.Actor.DisplayName ?? "");
        json.WriteString("tenantGeo", "EU");
        json.WriteString(Names.Id, audit.Id);
        json.WriteString(Names.Category, audit.Category);
        json.WriteString(Names.CorrelationId, audit.CorrelationId);
        json.WriteString(Names.Result, audit.Result);
        json.WriteString(Names.ResultReason, audit.ResultReason);
        json.WriteString(Names.ActivityDisplayName, audit.Activity);
        GraphAuditWriter.WriteTime(json, Names.ActivityDateTime, audit.Ticks, "+00:00"u8);
        json.WriteString(Names.LoggedByService, audit.Service);
        json.WriteString(Names.OperationType, audit.OperationType);
        json.WriteString(Names.UserAgent, audit.UserAgent);
        json.WritePropertyName(Names.InitiatedBy);
        WriteActor(json, audit.Actor);
        json.WritePropertyName(Names.TargetResources);
        WriteTargets(json, audit.Targets);
        GraphAuditWriter.WriteDetails(json, audit.Details);
        json.WriteEndObject();
    }
}
