using System.Globalization;
using System.Text.Json;

namespace EntraAuditTools.SampleTenant;

/// <summary>
/// The unified audit log's own account of Core Directory events: other ids, operation names with a dot at the end, whole seconds,
/// and InterSystemsId, which is the correlation id of the directory's record.
/// </summary>
internal static class UnifiedAudit
{
    /// <summary>Only the directory writes there.</summary>
    public static bool Holds(AuditEvent audit) => audit.Service == "Core Directory";

    /// <summary>The record's own id, which follows from the directory's.</summary>
    public static string RecordId(AuditEvent audit) => SampleRandom.Of(audit.Id).NewId();

    /// <summary>Search-UnifiedAuditLog | Export-Csv: American dates, AuditData as JSON in a cell.</summary>
    public static void WriteCsv(Stream stream, Tenant tenant, IEnumerable<AuditEvent> events)
    {
        using var csv = new CsvOutput(stream, byteOrderMark: true, quoteAll: true);
        using var text = new JsonText();
        csv.Row(["RunspaceId", "RecordType", "CreationDate", "UserIds", "Operations", "AuditData", "ResultIndex", "ResultCount", "Identity",
            "IsValid", "ObjectState"]);
        string runspace = new SampleRandom((ulong)tenant.Options.Seed).NewId();
        // The cmdlet hands out at most so many records a call, and numbers them anew.
        foreach (var rows in events.Where(Holds).Chunk(5000))
        {
            for (int index = 0; index < rows.Length; index++)
            {
                var audit = rows[index];
                csv.Row(
                [
                    runspace, "AzureActiveDirectory", audit.Time.ToString("M/d/yyyy h:mm:ss tt", CultureInfo.InvariantCulture),
                    UserId(audit), audit.Activity + ".",
                    text.Text(json => WriteData(json, audit, tenant, false)), EventParts.Number(index + 1), EventParts.Number(rows.Length),
                    RecordId(audit), "True", "Unchanged",
                ]);
            }
        }
    }

    /// <summary>AuditData objects alone, one a line.</summary>
    public static void WriteJsonLines(Stream stream, Tenant tenant, IEnumerable<AuditEvent> events)
    {
        using var output = new JsonOutput(stream);
        foreach (var audit in events.Where(Holds))
        {
            WriteData(output.Json, audit, tenant, false);
            output.EndDocument("\n"u8);
        }
    }

    /// <summary>Records of Graph's audit log query; userId and userPrincipalName are crossed there.</summary>
    public static void WriteGraphPage(Stream stream, Tenant tenant, IEnumerable<AuditEvent> events)
    {
        using var output = new JsonOutput(stream);
        var json = output.Json;
        json.WriteStartObject();
        json.WriteString("@odata.context",
            "https://graph.microsoft.com/beta/$metadata#security/auditLog/queries('8f1c4a52-6a0b-4c0e-9d2f-2f6f0f7b9a11')/records");
        json.WriteStartArray("value");
        foreach (var audit in events.Where(Holds))
        {
            json.WriteStartObject();
            json.WriteString("id", RecordId(audit));
            json.WriteString("createdDateTime", WholeSeconds(audit) + "Z");
            json.WriteString("auditLogRecordType", "azureActiveDirectory");
            json.WriteString("operation", audit.Activity + ".");
            json.WriteString("organizationId", tenant.Id);
            json.WriteString("userType", audit.Actor.IsUser ? "regular" : "system");
            json.WriteString("userId", audit.Actor.Id ?? "Not Available");
            json.WriteString("service", "AzureActiveDirectory");
            json.WriteString("objectId", ObjectId(audit));
            json.WriteString("userPrincipalName", UserId(audit));
            json.WriteString("clientIp", audit.Actor.IpAddress);
            json.WriteStartArray("administrativeUnits");
            json.WriteStringValue("");
            json.WriteEndArray();
            json.WritePropertyName("auditData");
            WriteData(json, audit, tenant, true);
            json.WriteEndObject();
            output.Breathe();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteData(Utf8JsonWriter json, AuditEvent audit, Tenant tenant, bool annotated)
    {
        json.WriteStartObject();
        if (annotated)
            json.WriteString("@odata.type", "#microsoft.graph.security.azureActiveDirectoryAuditRecord");
        json.WriteString("CreationTime", WholeSeconds(audit));
        json.WriteString("Id", RecordId(audit));
        json.WriteString("Operation", audit.Activity + ".");
        json.WriteString("OrganizationId", tenant.Id);
        if (annotated)
            json.WriteString("RecordType@odata.type", "#Int64");
        json.WriteNumber("RecordType", 8);
        json.WriteString("ResultStatus", audit.Result == "success" ? "Success" : "Failure");
        json.WriteString("UserKey", audit.Actor.Id ?? "Not Available");
        if (annotated)
            json.WriteString("UserType@odata.type", "#Int64");
        json.WriteNumber("UserType", audit.Actor.IsUser ? 0 : 4);
        json.WriteNumber("Version", 1);
        json.WriteString("Workload", "AzureActiveDirectory");
        if (!string.IsNullOrEmpty(audit.Actor.IpAddress))
            json.WriteString("ClientIP", audit.Actor.IpAddress);
        json.WriteString("ObjectId", ObjectId(audit));
        json.WriteString("UserId", UserId(audit));
        json.WriteNumber("AzureActiveDirectoryEventType", 1);
        WriteExtended(json, audit);
        json.WriteStartArray("ModifiedProperties");
        foreach (var target in audit.Targets)
        {
            foreach (var property in target.Properties)
            {
                json.WriteStartObject();
                json.WriteString("Name", property.Name);
                json.WriteString("NewValue", Pretty(property.NewValue));
                json.WriteString("OldValue", Pretty(property.OldValue));
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
        WriteIdentities(json, "Actor",
            [(audit.Actor.DisplayName ?? audit.Actor.UserPrincipalName, 1), (audit.Actor.Id, 2),
                (audit.Actor.IsUser ? "User" : "ServicePrincipal", 2), (audit.Actor.UserPrincipalName, 5)]);
        json.WriteString("ActorContextId", tenant.Id);
        json.WriteString("InterSystemsId", audit.CorrelationId);
        json.WriteString("IntraSystemId", new SampleRandom((ulong)audit.Ticks).NewId());
        json.WriteString("SupportTicketId", "");
        WriteIdentities(json, "Target",
            [.. audit.Targets.SelectMany(target =>
                new (string?, int)[] { ($"{target.Type}_{target.Id}", 2), (target.Id, 2), (target.Type, 2),
                    (target.UserPrincipalName ?? target.DisplayName, target.UserPrincipalName is null ? 1 : 5) })]);
        json.WriteString("TargetContextId", tenant.Id);
        json.WriteEndObject();
    }

    private static void WriteExtended(Utf8JsonWriter json, AuditEvent audit)
    {
        using var text = new JsonText();
        json.WriteStartArray("ExtendedProperties");
        json.WriteStartObject();
        json.WriteString("Name", "additionalDetails");
        json.WriteString("Value", text.Text(inner =>
        {
            inner.WriteStartObject();
            foreach (var detail in audit.Details)
                inner.WriteString(detail.Key, detail.Value);
            inner.WriteEndObject();
        }));
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("Name", "extendedAuditEventCategory");
        json.WriteString("Value", audit.Targets.Count > 0 ? audit.Targets[0].Type : "");
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteIdentities(Utf8JsonWriter json, string name, IReadOnlyList<(string? Id, int Type)> identities)
    {
        json.WriteStartArray(name);
        foreach (var (id, type) in identities)
        {
            if (string.IsNullOrEmpty(id))
                continue;
            json.WriteStartObject();
            json.WriteString("ID", id);
            json.WriteNumber("Type", type);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // Lists are pretty-printed with CRLF in this log; plain values lose their quotes.
    private static string Pretty(string? value) =>
        value is null ? "" : value is ['[', _, ..] and not "[]" ? "[\r\n  " + value[1..^1] + "\r\n]" : value is ['"', _, ..] ? value[1..^1]
            : value;

    private static string UserId(AuditEvent audit) => audit.Actor.UserPrincipalName ?? $"ServicePrincipal_{audit.Actor.Id}";

    private static string ObjectId(AuditEvent audit) =>
        audit.Targets.Count == 0 ? "Not Available" : audit.Targets[0].UserPrincipalName ?? audit.Targets[0].Id ?? "Not Available";

    private static string WholeSeconds(AuditEvent audit) => Iso8601.Text(audit.Ticks - audit.Ticks % TimeSpan.TicksPerSecond, "");
}
