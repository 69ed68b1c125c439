using System.Globalization;
using System.Text.Json;
using EntraAuditTools.Core.Formats.Json;

namespace EntraAuditTools.Core.Formats.Own;

/// <summary>An entry of the provisioning log as this tool's objects have it, as JSON.</summary>
internal static class OwnProvisioning
{
    /// <summary>Writes it as a Graph provisioningObjectSummary.</summary>
    public static void Write(JsonElement entry, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteText("id", entry.Text("Id"));
        writer.WriteText("activityDateTime", entry.Text("TimeUtc") ?? entry.Text("Time"));
        foreach (var name in new[] { "tenantId", "jobId", "cycleId", "changeId" }) writer.WriteText(name, entry.Text(name));
        writer.WriteText("provisioningAction", entry.Text("Action"));
        if (Milliseconds(entry.Find("Duration")) is { } duration) writer.WriteNumber("durationInMilliseconds", duration);
        if (entry.Find("IsOnDemand").ValueKind == JsonValueKind.True) writer.WriteBoolean("isOnDemand", true);
        WriteNames("initiatedBy", writer, ("displayName", entry.Text("InitiatedBy")), ("initiatorType", entry.Text("InitiatorType")));
        WriteNames("servicePrincipal", writer, ("id", entry.Text("ApplicationId")), ("displayName", entry.Text("Application")));
        WriteNames("sourceSystem", writer, ("displayName", JsonCells.AsText(entry.Find("SourceSystem"))));
        WriteNames("targetSystem", writer, ("displayName", JsonCells.AsText(entry.Find("TargetSystem"))));
        WriteIdentity("sourceIdentity", entry.Find("SourceIdentity"), writer);
        WriteIdentity("targetIdentity", entry.Find("TargetIdentity"), writer);
        WriteStatus(entry, writer);
        writer.WritePropertyName("provisioningSteps");
        OwnJson.WriteList(entry.Find("Steps"), writer, static (step, writer) =>
        {
            writer.WriteText("name", step.Text("Name"));
            writer.WriteText("provisioningStepType", step.Text("Type"));
            writer.WriteText("status", step.Text("Status"));
            writer.WriteText("description", step.Text("Description"));
            OwnJson.WriteDictionary("details", step.Find("Details"), writer);
        });
        OwnJson.WriteModified(entry.Find("ModifiedProperties"), writer);
        writer.WriteEndObject();
    }

    private static void WriteNames(string name, Utf8JsonWriter writer, params ReadOnlySpan<(string Name, string? Value)> properties)
    {
        writer.WriteStartObject(name);
        foreach (var (property, value) in properties) writer.WriteText(property, value);
        writer.WriteEndObject();
    }

    private static void WriteIdentity(string name, JsonElement identity, Utf8JsonWriter writer)
    {
        if (identity.ValueKind != JsonValueKind.Object)
        {
            writer.WriteNested(name, identity);
            return;
        }

        writer.WriteStartObject(name);
        writer.WriteText("id", identity.Text("Id"));
        writer.WriteText("displayName", identity.Text("DisplayName"));
        writer.WriteText("identityType", identity.Text("Type"));
        writer.WriteText("userPrincipalName", identity.Text("UserPrincipalName"));
        OwnJson.WriteDictionary("details", identity.Find("Details"), writer);
        writer.WriteEndObject();
    }

    private static void WriteStatus(JsonElement entry, Utf8JsonWriter writer)
    {
        writer.WriteStartObject("provisioningStatusInfo");
        writer.WriteText("status", entry.Text("Status"));
        if (entry.Text("ErrorCode", "Reason") != null)
        {
            writer.WriteStartObject("errorInformation");
            writer.WriteText("errorCode", entry.Text("ErrorCode"));
            writer.WriteText("errorCategory", entry.Text("ErrorCategory"));
            writer.WriteText("reason", entry.Text("Reason"));
            writer.WriteText("recommendedAction", entry.Text("RecommendedAction"));
            writer.WriteText("additionalDetails", entry.Text("ErrorDetails"));
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    /// <summary>A TimeSpan as ConvertTo-Json writes it, or as text.</summary>
    private static long? Milliseconds(JsonElement duration) => duration.ValueKind switch
    {
        JsonValueKind.Object => duration.Find("Ticks") is { ValueKind: JsonValueKind.Number } ticks && ticks.TryGetInt64(out var read)
            ? read / TimeSpan.TicksPerMillisecond : null,
        JsonValueKind.String => TimeSpan.TryParse(JsonCells.AsText(duration), CultureInfo.InvariantCulture, out var span)
            ? (long)span.TotalMilliseconds : null,
        _ => null,
    };
}
