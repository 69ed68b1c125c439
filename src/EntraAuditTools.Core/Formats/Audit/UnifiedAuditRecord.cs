using System.Text;
using System.Text.Json;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Details;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Formats.Audit;

/// <summary>
/// Entra's rows of the unified audit log (FORMATS §4). They have ids and operation names of their own, so they are activities of their
/// own, joined with the directory's by correlation id (<c>InterSystemsId</c>).
/// </summary>
internal static class UnifiedAuditRecord
{
    // AuditLogRecordType: AzureActiveDirectory. 9 and 15 are sign-ins, the others other workloads.
    private const string DirectoryRecordType = "8";

    /// <summary>Whether an AuditData object is of the directory's own log.</summary>
    public static bool IsDirectory(JsonElement data) =>
        data.Text("RecordType") is { } type
            ? type == DirectoryRecordType || Utf8.Is(type, "AzureActiveDirectory")
            : Utf8.Is(data.Text("Workload") ?? string.Empty, "AzureActiveDirectory");

    /// <summary>The AuditData of a row of Search-UnifiedAuditLog or of Purview's CSV.</summary>
    /// <exception cref="RecordException">The row has none.</exception>
    public static ReadOnlyMemory<byte> DataOfRow(JsonElement row) =>
        row.Text("AuditData") is { } text ? Encoding.UTF8.GetBytes(text) : throw new RecordException("AuditData is empty");

    /// <summary>The auditData of a Graph <c>auditLogRecord</c>.</summary>
    /// <exception cref="RecordException">The record has none.</exception>
    public static JsonElement DataOfGraphRecord(JsonElement record)
    {
        var data = record.Find("auditData");
        return data.ValueKind == JsonValueKind.Object ? data : throw new RecordException("the record has no auditData");
    }

    /// <summary>Writes an AuditData object as a Graph directoryAudit.</summary>
    /// <param name="data">The AuditData.</param>
    /// <param name="row">The row or record around it, which has what the AuditData lacks; undefined when there is none.</param>
    /// <param name="writer">Where to.</param>
    public static void Write(JsonElement data, JsonElement row, Utf8JsonWriter writer)
    {
        string? Text(string name, params ReadOnlySpan<string> around) =>
            data.Text(name) ?? (row.ValueKind == JsonValueKind.Object ? row.Text(around) : null);

        writer.WriteStartObject();
        writer.WriteText("id", Text("Id", "id", "RecordId", "Identity"));
        writer.WriteText("correlationId", data.Text("InterSystemsId"));
        writer.WriteText("result", data.Text("ResultStatus"));
        // The unified log ends its operations' names with a dot ("Add user."); the directory's log does not.
        writer.WriteText("activityDisplayName", Text("Operation", "operation", "Operations")?.TrimEnd('.', ' '));
        writer.WriteText("activityDateTime", Text("CreationTime", "createdDateTime", "CreationDate"));
        writer.WriteText("loggedByService", Text("Workload", "service"));
        writer.WriteText("tenantId", Text("OrganizationId", "organizationId"));
        writer.WriteText("userAgent", UserAgent(data));
        var (userId, userKey) = (Text("UserId", "userPrincipalName", "UserIds"), Text("UserKey", "userId"));
        // Graph's audit log query crosses the two: its userId is the UserKey, its userPrincipalName the UserId. If it stops doing so, the
        // UPN shows it.
        if (UnifiedEntry.IsKey(userId) && !UnifiedEntry.IsKey(userKey) && userKey!.Contains('@', StringComparison.Ordinal))
            (userId, userKey) = (userKey, userId);
        var actor = UnifiedActor.Read(data.Find("Actor"), Text("UserType", "userType"), userId, userKey, out var isUser);
        WriteInitiator(actor, isUser, Text("ClientIP", "clientIp") ?? data.Text("ClientIPAddress", "ActorIpAddress"), writer);
        WriteTargets(data, Text("ObjectId", "objectId"), writer);
        WriteDetails(data, isUser ? actor.AppId : null, writer);
        writer.WriteEndObject();
    }

    private static void WriteInitiator(UnifiedParty actor, bool isUser, string? address, Utf8JsonWriter writer)
    {
        writer.WriteStartObject("initiatedBy");
        writer.WriteStartObject(isUser ? "user" : "app");
        writer.WriteText(isUser ? "id" : "servicePrincipalId", actor.Id);
        writer.WriteText("displayName", actor.Name);
        if (isUser) writer.WriteText("userPrincipalName", actor.UserPrincipalName);
        else writer.WriteText("appId", actor.AppId);
        writer.WriteText("ipAddress", address);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteTargets(JsonElement data, string? objectId, Utf8JsonWriter writer)
    {
        var targets = UnifiedParty.Read(data.Find("Target"));
        Complete(targets[0], objectId);
        writer.WriteStartArray("targetResources");
        for (var i = 0; i < targets.Count; i++)
        {
            var target = targets[i];
            writer.WriteStartObject();
            writer.WriteText("type", target.Kind);
            writer.WriteText("id", target.Id);
            writer.WriteText("displayName", target.Name);
            writer.WriteText("userPrincipalName", target.UserPrincipalName);
            writer.WriteText("appId", target.IsApplication ? target.AppId : null);
            if (i == 0) WriteModified(data, writer);
            writer.WriteEndObject();
        }

        WritePrincipal(data, targets, writer);
        writer.WriteEndArray();
    }

    /// <summary>
    /// Who was given an application's role is only among the modified properties; in the directory's log it is a target too.
    /// </summary>
    private static void WritePrincipal(JsonElement data, List<UnifiedParty> targets, Utf8JsonWriter writer)
    {
        if (data.Text("Operation")?.Contains("app role assignment", StringComparison.OrdinalIgnoreCase) != true) return;
        foreach (var kind in (ReadOnlySpan<string>)["User", "Group", "ServicePrincipal"])
        {
            if (Modified(data, kind + ".ObjectID") is not { } id || !Guid.TryParse(id, out var guid)
                || targets.Exists(target => target.Id == guid.ToString())) continue;
            writer.WriteStartObject();
            writer.WriteString("type", kind);
            writer.WriteString("id", guid.ToString());
            writer.WriteText("displayName", Modified(data, kind + ".DisplayName"));
            writer.WriteText("userPrincipalName", kind == "User" ? Modified(data, "User.UPN") : null);
            writer.WriteEndObject();
        }
    }

    private static string? Modified(JsonElement data, string name)
    {
        if (data.Find("ModifiedProperties") is not { ValueKind: JsonValueKind.Array } properties) return null;
        foreach (var property in properties.EnumerateArray())
        {
            if (property.ValueKind != JsonValueKind.Object || property.Text("Name") is not { } propertyName || !Utf8.Is(propertyName, name))
                continue;
            return WrappedValue.Unwrap(property.Text("NewValue")) is { Length: > 0 } now ? now
                : WrappedValue.Unwrap(property.Text("OldValue")) is { Length: > 0 } old ? old : null;
        }

        return null;
    }

    /// <summary>What ObjectId says of a target that the list says too little of: an id, a UPN, or a name or address.</summary>
    private static void Complete(UnifiedParty target, string? objectId)
    {
        var entry = UnifiedEntry.Of(objectId, null);
        switch (entry.Kind)
        {
            case UnifiedEntryKind.Object or UnifiedEntryKind.BareId when target.Id == null && target.AppId != entry.Text:
                target.Id = entry.Text;
                target.Kind ??= entry.Prefix;
                break;
            case UnifiedEntryKind.UserPrincipalName when target.UserPrincipalName == null && (target.IsUser || target.Kind == null):
                target.UserPrincipalName = entry.Text;
                break;
        }

        if (target.Name == null && target.UserPrincipalName == null && target.Id == null)
            target.Name = UnifiedEntry.IsUnknown(objectId) ? null : objectId;
    }

    private static void WriteModified(JsonElement data, Utf8JsonWriter writer)
    {
        writer.WriteStartArray("modifiedProperties");
        if (data.Find("ModifiedProperties") is { ValueKind: JsonValueKind.Array } properties)
        {
            foreach (var property in properties.EnumerateArray())
            {
                if (property.ValueKind != JsonValueKind.Object) continue;
                writer.WriteStartObject();
                writer.WriteText("displayName", property.Text("Name"));
                writer.WriteText("oldValue", property.Text("OldValue"));
                writer.WriteText("newValue", property.Text("NewValue"));
                writer.WriteEndObject();
            }
        }

        writer.WriteEndArray();
    }

    private static void WriteDetails(JsonElement data, string? clientAppId, Utf8JsonWriter writer)
    {
        writer.WriteStartArray("additionalDetails");
        if (data.Find("ExtendedProperties") is { ValueKind: JsonValueKind.Array } properties)
        {
            foreach (var property in properties.EnumerateArray())
            {
                if (property.ValueKind != JsonValueKind.Object) continue;
                writer.WriteStartObject();
                writer.WriteText("key", property.Text("Name"));
                writer.WriteText("value", property.Text("Value"));
                writer.WriteEndObject();
            }
        }

        // The client through which a user acted: not the user's id.
        if (clientAppId != null)
        {
            writer.WriteStartObject();
            writer.WriteString("key", "ClientAppId");
            writer.WriteString("value", clientAppId);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>Where the record says so: its own property, or among the details, which are JSON in a text.</summary>
    private static string? UserAgent(JsonElement data)
    {
        if (data.Text("UserAgent") is { } userAgent) return userAgent;
        if (data.Find("ExtendedProperties") is not { ValueKind: JsonValueKind.Array } properties) return null;
        foreach (var property in properties.EnumerateArray())
        {
            if (property.ValueKind != JsonValueKind.Object || property.Text("Name") is not { } name
                || property.Text("Value") is not { } value) continue;
            if (Utf8.Is(name, "UserAgent") || Utf8.Is(name, "User-Agent")) return value;
            if (!Utf8.Is(name, "additionalDetails") || !value.Contains("Agent", StringComparison.OrdinalIgnoreCase)) continue;
            // Cut off or plain words, they contain no user agent.
            using var details = RecordJson.TryParse(value);
            if (details?.RootElement.ValueKind == JsonValueKind.Object && details.RootElement.Text("User-Agent", "UserAgent") is { } agent)
                return agent;
        }

        return null;
    }
}
