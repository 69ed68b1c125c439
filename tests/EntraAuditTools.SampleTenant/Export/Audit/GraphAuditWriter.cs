using System.Text.Json;

namespace EntraAuditTools.SampleTenant;

/// <summary>directoryAudit objects as the Graph REST API writes them.</summary>
internal static class GraphAuditWriter
{
    /// <param name="json">Where to.</param>
    /// <param name="audit">The event.</param>
    /// <param name="beta">The beta endpoint adds the user agent.</param>
    public static void Write(Utf8JsonWriter json, AuditEvent audit, bool beta = false)
    {
        json.WriteStartObject();
        json.WriteString(Names.Id, audit.Id);
        json.WriteString(Names.Category, audit.Category);
        json.WriteString(Names.CorrelationId, audit.CorrelationId);
        json.WriteString(Names.Result, audit.Result);
        json.WriteString(Names.ResultReason, audit.ResultReason);
        json.WriteString(Names.ActivityDisplayName, audit.Activity);
        WriteTime(json, Names.ActivityDateTime, audit.Ticks, "Z"u8);
        json.WriteString(Names.LoggedByService, audit.Service);
        json.WriteString(Names.OperationType, audit.OperationType);
        if (beta)
            json.WriteString(Names.UserAgent, audit.UserAgent);
        json.WritePropertyName(Names.InitiatedBy);
        WriteActor(json, audit.Actor);
        json.WriteStartArray(Names.TargetResources);
        foreach (var target in audit.Targets)
            WriteTarget(json, target);
        json.WriteEndArray();
        WriteDetails(json, audit.Details);
        json.WriteEndObject();
    }

    public static void WriteDetails(Utf8JsonWriter json, IReadOnlyList<EventDetail> details)
    {
        json.WriteStartArray(Names.AdditionalDetails);
        for (int index = 0; index < details.Count; index++)
        {
            json.WriteStartObject();
            json.WriteString(Names.Key, details[index].Key);
            json.WriteString(Names.Value, details[index].Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteProperties(Utf8JsonWriter json, IReadOnlyList<EventProperty> properties)
    {
        json.WriteStartArray(Names.ModifiedProperties);
        for (int index = 0; index < properties.Count; index++)
        {
            var property = properties[index];
            json.WriteStartObject();
            json.WriteString(Names.DisplayName, property.Name);
            json.WriteString(Names.OldValue, property.OldValue);
            json.WriteString(Names.NewValue, property.NewValue);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Seven decimals at most, zeros at the end left out, as Entra does.</summary>
    public static void WriteTime(Utf8JsonWriter json, JsonEncodedText name, long ticks, ReadOnlySpan<byte> zone)
    {
        Span<byte> text = stackalloc byte[40];
        int length = Iso8601.Format(ticks, text);
        zone.CopyTo(text[length..]);
        json.WriteString(name, text[..(length + zone.Length)]);
    }

    private static void WriteActor(Utf8JsonWriter json, EventActor actor)
    {
        json.WriteStartObject();
        if (actor.IsUser)
        {
            json.WriteStartObject(Names.User);
            json.WriteString(Names.Id, actor.Id);
            json.WriteString(Names.DisplayName, actor.DisplayName);
            json.WriteString(Names.UserPrincipalName, actor.UserPrincipalName);
            json.WriteString(Names.IpAddress, actor.IpAddress);
            json.WriteNull(Names.UserType);
            json.WriteString(Names.HomeTenantId, actor.HomeTenantId);
            json.WriteString(Names.HomeTenantName, actor.HomeTenantName);
            json.WriteEndObject();
            json.WriteNull(Names.App);
        }
        else
        {
            json.WriteNull(Names.User);
            json.WriteStartObject(Names.App);
            json.WriteNull(Names.AppId);
            json.WriteString(Names.DisplayName, actor.DisplayName);
            json.WriteString(Names.ServicePrincipalId, actor.Id);
            json.WriteNull(Names.ServicePrincipalName);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteTarget(Utf8JsonWriter json, EventTarget target)
    {
        json.WriteStartObject();
        json.WriteString(Names.Id, target.Id);
        json.WriteString(Names.DisplayName, target.DisplayName);
        json.WriteString(Names.Type, target.Type);
        json.WriteString(Names.UserPrincipalName, target.UserPrincipalName);
        json.WriteString(Names.GroupType, target.GroupType);
        WriteProperties(json, target.Properties);
        json.WriteEndObject();
    }
}
