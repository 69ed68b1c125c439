using System.Text.Json;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Formats.Own;

/// <summary>An activity as this tool wrote it as JSON.</summary>
internal static class OwnActivity
{
    /// <summary>Writes it as a Graph directoryAudit.</summary>
    public static void Write(JsonElement activity, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteText("id", activity.Text("Id"));
        writer.WriteText("category", activity.Text("Category"));
        writer.WriteText("operationType", activity.Text("OperationType"));
        writer.WriteText("correlationId", activity.Text("CorrelationId"));
        writer.WriteText("result", activity.Text("Result"));
        writer.WriteText("resultReason", activity.Text("ResultReason"));
        writer.WriteText("activityDisplayName", activity.Text("Activity"));
        writer.WriteText("activityDateTime", activity.Text("TimeUtc") ?? activity.Text("Time"));
        writer.WriteText("loggedByService", activity.Text("Service"));
        writer.WriteText("userAgent", activity.Text("UserAgent"));
        writer.WriteText("tenantId", activity.Text("TenantId"));
        WriteInitiator(activity.Find("InitiatedBy"), activity.Text("IPAddress"), writer);
        writer.WritePropertyName("targetResources");
        OwnJson.WriteList(activity.Find("Targets"), writer, WriteTarget);
        writer.WritePropertyName("additionalDetails");
        OwnJson.WriteList(activity.Find("AdditionalDetails"), writer, static (detail, writer) =>
        {
            writer.WriteText("key", detail.Text("Key"));
            writer.WriteText("value", detail.Text("Value"));
        });
        writer.WriteEndObject();
    }

    private static void WriteInitiator(JsonElement initiator, string? address, Utf8JsonWriter writer)
    {
        if (initiator.ValueKind != JsonValueKind.Object)
        {
            writer.WriteNested("initiatedBy", initiator);
            return;
        }

        var isApp = initiator.Text("Type") is { } type && Utf8.Is(type, "Application");
        writer.WriteStartObject("initiatedBy");
        writer.WriteStartObject(isApp ? "app" : "user");
        if (isApp) writer.WriteText("appId", initiator.Text("AppId"));
        writer.WriteText(isApp ? "servicePrincipalId" : "id", initiator.Text("Id"));
        writer.WriteText("displayName", initiator.Text("DisplayName"));
        writer.WriteText("userPrincipalName", initiator.Text("UserPrincipalName"));
        writer.WriteText("ipAddress", initiator.Text("IPAddress") ?? address);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteTarget(JsonElement target, Utf8JsonWriter writer)
    {
        writer.WriteText("id", target.Text("Id"));
        writer.WriteText("displayName", target.Text("DisplayName"));
        writer.WriteText("type", target.Text("Type"));
        writer.WriteText("userPrincipalName", target.Text("UserPrincipalName"));
        OwnJson.WriteModified(target.Find("ModifiedProperties"), writer);
    }
}
