using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EntraAuditTools.SampleTenant;

/// <summary>What <c>Get-MgAuditLogDirectoryAudit | ConvertTo-Json</c> writes: the SDK's objects, Pascal case, indented, CRLF.</summary>
internal static class SdkJson
{
    private const string Models = "Microsoft.Graph.PowerShell.Models.MicrosoftGraph";

    /// <param name="stream">Where to.</param>
    /// <param name="events">The events.</param>
    /// <param name="windowsPowerShell">Windows PowerShell 5.1: dates as milliseconds since 1970, some characters as codes.</param>
    /// <param name="shallow">Depth 2: whatever lies deeper is cut to the name of its type.</param>
    /// <param name="encoding">UTF-8 without a mark unless said.</param>
    public static void Write(Stream stream, IEnumerable<AuditEvent> events, bool windowsPowerShell = false, bool shallow = false,
        Encoding? encoding = null)
    {
        using var writer = new StreamWriter(stream, encoding ?? new UTF8Encoding(false), 64 * 1024, leaveOpen: true);
        using var text = new JsonText(indented: true);
        writer.Write("[");
        bool first = true;
        foreach (var audit in events)
        {
            writer.Write(first ? "\r\n" : ",\r\n");
            first = false;
            writer.Write("  " + Lines(text.Text(json => WriteObject(json, audit, windowsPowerShell, shallow)), windowsPowerShell));
        }

        writer.Write("\r\n]\r\n");
    }

    // Line ends of the indenting writer follow the platform; a sample must not.
    internal static string Lines(string json, bool windowsPowerShell)
    {
        json = json.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\r\n  ", StringComparison.Ordinal);
        return !windowsPowerShell ? json : json
            .Replace("'", "\\u0027", StringComparison.Ordinal).Replace("<", "\\u003c", StringComparison.Ordinal)
            .Replace(">", "\\u003e", StringComparison.Ordinal).Replace("&", "\\u0026", StringComparison.Ordinal);
    }

    /// <summary>A time as ConvertTo-Json writes it.</summary>
    internal static void WriteTime(Utf8JsonWriter json, string property, long ticks, bool windowsPowerShell)
    {
        json.WritePropertyName(property);
        if (windowsPowerShell)
            json.WriteRawValue(string.Create(CultureInfo.InvariantCulture,
                $"\"\\/Date({(ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond})\\/\""), skipInputValidation: true);
        else
            json.WriteStringValue(Iso8601.Text(ticks, "Z"));
    }

    private static void WriteObject(Utf8JsonWriter json, AuditEvent audit, bool windowsPowerShell, bool shallow)
    {
        json.WriteStartObject();
        WriteTime(json, "ActivityDateTime", audit.Ticks, windowsPowerShell);

        json.WriteString("ActivityDisplayName", audit.Activity);
        json.WriteStartArray("AdditionalDetails");
        foreach (var detail in audit.Details)
        {
            if (shallow)
            {
                json.WriteStringValue(Models + "KeyValue");
                continue;
            }

            json.WriteStartObject();
            json.WriteString("Key", detail.Key);
            json.WriteString("Value", detail.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("Category", audit.Category);
        json.WriteString("CorrelationId", audit.CorrelationId);
        json.WriteString("Id", audit.Id);
        json.WriteStartObject("InitiatedBy");
        if (shallow)
        {
            json.WriteString("App", Models + "AppIdentity");
            json.WriteString("User", Models + "UserIdentity");
        }
        else
        {
            WriteActor(json, audit.Actor);
        }

        json.WriteEndObject();
        json.WriteString("LoggedByService", audit.Service);
        json.WriteString("OperationType", audit.OperationType);
        json.WriteString("Result", audit.Result);
        json.WriteString("ResultReason", audit.ResultReason);
        json.WriteStartArray("TargetResources");
        foreach (var target in audit.Targets)
        {
            if (shallow)
                json.WriteStringValue(Models + "TargetResource");
            else
                WriteTarget(json, target);
        }

        json.WriteEndArray();
        json.WriteStartObject("AdditionalProperties");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // The SDK makes an object of both kinds of initiator; the one that does not apply has nothing in it.
    private static void WriteActor(Utf8JsonWriter json, EventActor actor)
    {
        json.WriteStartObject("App");
        json.WriteNull("AppId");
        json.WriteString("DisplayName", actor.IsUser ? null : actor.DisplayName);
        json.WriteString("ServicePrincipalId", actor.IsUser ? null : actor.Id);
        json.WriteNull("ServicePrincipalName");
        json.WriteEndObject();
        json.WriteStartObject("User");
        json.WriteString("DisplayName", actor.IsUser ? actor.DisplayName : null);
        json.WriteString("Id", actor.IsUser ? actor.Id : null);
        json.WriteString("IPAddress", actor.IsUser ? actor.IpAddress : null);
        json.WriteString("UserPrincipalName", actor.UserPrincipalName);
        json.WriteStartObject("AdditionalProperties");
        if (actor.IsUser)
        {
            json.WriteNull("userType");
            json.WriteString("homeTenantId", actor.HomeTenantId);
            json.WriteString("homeTenantName", actor.HomeTenantName);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteTarget(Utf8JsonWriter json, EventTarget target)
    {
        json.WriteStartObject();
        json.WriteString("DisplayName", target.DisplayName);
        json.WriteString("GroupType", target.GroupType);
        json.WriteString("Id", target.Id);
        json.WriteStartArray("ModifiedProperties");
        foreach (var property in target.Properties)
        {
            json.WriteStartObject();
            json.WriteString("DisplayName", property.Name);
            json.WriteString("NewValue", property.NewValue);
            json.WriteString("OldValue", property.OldValue);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("Type", target.Type);
        json.WriteString("UserPrincipalName", target.UserPrincipalName);
        json.WriteEndObject();
    }
}
