using System.Text.Json;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Audit;
using EntraAuditTools.Core.Formats.Common;
using EntraAuditTools.Core.Formats.Entitlement;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Formats.Own;
using EntraAuditTools.Core.Formats.Provisioning;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Formats.Recognition;

/// <summary>
/// Finds out from its properties what a record is, never from a file's name (FORMATS gives the property sets). The first rule that holds
/// wins, so narrower rules come first.
/// </summary>
internal static class RecordRecognizer
{
    private static readonly string[] ProvisioningObjects =
        ["provisioningSteps", "provisioningStatusInfo", "statusInfo", "sourceIdentity", "targetIdentity", "servicePrincipal",
            "sourceSystem", "targetSystem"];

    private static readonly string[] AuditObjects = ["targetResources", "initiatedBy", "additionalDetails"];

    /// <summary>Recognises a JSON object.</summary>
    /// <param name="record">The object.</param>
    /// <param name="context">The <c>@odata.context</c> of its page; null when there is none.</param>
    /// <param name="isMember">Whether the admin said that these are members of a group, which may have nothing but an id.</param>
    /// <exception cref="RecordException">A property's name is no text.</exception>
    public static Recognized Recognize(JsonElement record, string? context = null, bool isMember = false)
    {
        try
        {
            return RecognizeObject(record, context, isMember);
        }
        catch (InvalidOperationException)
        {
            throw new RecordException("a text in it holds half a surrogate pair: it is not valid Unicode");
        }
    }

    /// <summary>Whether columns are those of the portal's audit download.</summary>
    public static bool IsPortalRow(IEnumerable<string> columns)
    {
        var known = columns.Select(PortalColumns.Canonical).ToHashSet();
        return known.Contains("Date (UTC)") && known.Contains("Activity")
            && (known.Contains("Service") || known.Contains("Category") || known.Contains("CorrelationId"));
    }

    /// <summary>What an OData context says the records are, when their properties don't; null when it says nothing.</summary>
    public static string? LabelOfContext(string? context)
    {
        var hash = context?.IndexOf('#', StringComparison.Ordinal) ?? -1;
        if (hash < 0) return null;
        var path = context![(hash + 1)..].Split('(')[0];
        return path.Length == 0 ? null : Named(path.Replace("/$entity", string.Empty, StringComparison.Ordinal).Split('/')[^1]);
    }

    private static Recognized RecognizeObject(JsonElement record, string? context, bool isMember)
    {
        // What an address names needs no look at the properties.
        if (!record.TryGetProperty("error", out _) && EntitlementRecognizer.ByAddress(record, context) is { } addressed) return addressed;

        var properties = Names(record);
        bool Has(string name) => properties.Contains(name);

        if (properties.Count <= 2 && Has("error") && record.Find("error") is { ValueKind: JsonValueKind.Object } error
            && (error.Text("code") ?? error.Text("message")) != null)
            return new(RecordKind.GraphError, RecordShape.Unknown, GraphError(error));
        if ((Has("Evidence") || Has("Origin") || Has("ObservedAtAssumed"))
            && OwnObjects.Recognize(Has, () => record.Text("Origin") == "UnifiedAudit") is { } recognized) return recognized;
        if (Has("properties") && (Has("category") || RecordLooks.InEnvelope(record) != null)) return Envelope(record);
        if (Has("AuditData")) return Unified(record);
        if (Has("CreationTime") && Has("Operation") && (Has("Workload") || Has("RecordType")))
            return UnifiedData(record, RecordShape.UnifiedAuditData);
        if (Has("TimeGenerated") || Has("TimeGenerated [UTC]")) return LogAnalytics(record, Has);
        if (Has("activityDateTime") && Has("activityDisplayName"))
            return HasNestedTexts(record) ? Recognized.Of(RecordShape.LogAnalyticsAudit) : Recognized.Of(RecordShape.GraphAudit);
        // The portal's download has no id.
        if (!Has("id") && IsPortalRow(properties)) return Recognized.Of(RecordShape.PortalAuditRow);
        if ((Has("provisioningSteps") || (Has("key") && Has("value"))) && OnDemandAnswer.Is(record))
            return Recognized.Of(RecordShape.ProvisionOnDemand);
        if (RecordLooks.IsProvisioning(Has)) return Provisioning(record);
        if (RecordLooks.IsUnified(Has)) return UnifiedData(record, RecordShape.UnifiedAuditData);
        if (RecordLooks.IsAudit(Has, context))
            return Recognized.Of(HasNestedTexts(record) ? RecordShape.LogAnalyticsAudit : RecordShape.GraphAudit);
        if (Has("synchronizationJobSettings") || (Has("templateId") && Has("schedule")))
            return Recognized.Of(RecordShape.GraphSynchronizationJob);
        if (Has("service") && Has("category") && Has("activity")) return Other("audit activity type");
        if (!EntitlementRecognizer.IsTyped(record) && ForeignKinds.ByProperties(Has) is { } foreign) return Other(foreign);
        if (EntitlementRecognizer.ByProperties(record) is { } entitlement)
            return EntitlementRecognizer.IsElsewhere(record, context, entitlement) ?? entitlement;
        if (isMember && Has("id")) return EntitlementRecognizer.Member(record);
        if (!Has("value") && OfLog(record.Text("@odata.context") ?? context) is { } log) return log;
        if (ODataTypes.Plain(record.Text("@odata.type")) is { } type) return Other(ForeignKinds.OfType(type)) with { MayHold = true };
        return new(RecordKind.Unknown, RecordShape.Unknown, string.Empty);
    }

    /// <summary>
    /// A record of a log's page that lacks the properties its kind is recognised by (<c>$select</c> left them out): its importer says what
    /// is missing.
    /// </summary>
    private static Recognized? OfLog(string? context)
    {
        var name = ODataAddress.Parse(context).Name;
        if (Utf8.Is(name, "directoryAudits") || Utf8.Is(name, "customSecurityAttributeAudits"))
            return Recognized.Of(RecordShape.GraphAudit);
        return Utf8.Is(name, "provisioning") && context!.Contains("auditLogs", StringComparison.OrdinalIgnoreCase)
            ? Recognized.Of(RecordShape.GraphProvisioning) : null;
    }

    /// <summary>Under Graph's names, with objects as objects or, from a query's projection of a Log Analytics row, as JSON text.</summary>
    private static Recognized Provisioning(JsonElement record) => Recognized.Of(
        ProvisioningObjects.Any(name => record.Find(name) is { ValueKind: JsonValueKind.String } value
            && BrokenText.Read(value) is ['[' or '{', ..]) || record.Find("AADTenantId").ValueKind != JsonValueKind.Undefined
            ? RecordShape.LogAnalyticsProvisioning
            : RecordShape.GraphProvisioning);

    /// <summary>What a file calls something, fit for a label; null when that is nothing.</summary>
    private static string? Named(string? word)
    {
        var name = ContentDescription.Shorten(
            string.Join(' ', (word ?? string.Empty).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        return name.Length == 0 ? null : name;
    }

    private static Recognized Other(string label) => new(RecordKind.NotSupported, RecordShape.Unknown, label);

    private static HashSet<string> Names(JsonElement record)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in record.EnumerateObject()) names.Add(property.Name);
        return names;
    }

    private static Recognized Envelope(JsonElement record)
    {
        var category = record.Text("category") ?? string.Empty;
        return category switch
        {
            _ when Utf8.Is(category, "AuditLogs") => Recognized.Of(RecordShape.DiagnosticAudit),
            _ when Utf8.Is(category, "ProvisioningLogs") => Recognized.Of(RecordShape.DiagnosticProvisioning),
            // The category can be the activity's own, or a pipeline's.
            _ when RecordLooks.InEnvelope(record) is { } shape => Recognized.Of(shape),
            _ when ForeignKinds.OfCategory(category) is { } foreign => Other(foreign) with { MayHold = true },
            _ => Other(Named(category) is { } name ? $"Azure Monitor record of category {name}"
                : "Azure Monitor record of another category") with { MayHold = true },
        };
    }

    private static Recognized LogAnalytics(JsonElement record, Func<string, bool> has)
    {
        var type = record.Text("Type") ?? string.Empty;
        if (Utf8.Is(type, "AADProvisioningLogs") || has("ProvisioningSteps") || has("ProvisioningAction") || has("ChangeId"))
            return Recognized.Of(RecordShape.LogAnalyticsProvisioning);
        if (Utf8.Is(type, "AuditLogs")
            || ((has("ActivityDisplayName") || has("OperationName"))
                && (has("TargetResources") || has("InitiatedBy") || has("AADOperationType") || has("LoggedByService"))))
            return Recognized.Of(RecordShape.LogAnalyticsAudit);
        if (ForeignKinds.OfTable(type) is { } foreign) return Other(foreign) with { MayHold = true };
        return Named(type) is { } table ? Other($"Log Analytics row of {table}") with { MayHold = true }
            : new(RecordKind.Unknown, RecordShape.Unknown, string.Empty);
    }

    private static Recognized Unified(JsonElement record)
    {
        var data = record.Find("AuditData");
        if (data.ValueKind == JsonValueKind.Object) return UnifiedData(data, RecordShape.UnifiedAuditGraph);
        try
        {
            using var inner = RecordJson.ParseRecord(UnifiedAuditRecord.DataOfRow(record));
            if (inner.RootElement.ValueKind != JsonValueKind.Object) throw new RecordException("the AuditData of this row is no object");
            return UnifiedData(inner.RootElement, RecordShape.UnifiedAuditRow);
        }
        catch (JsonException)
        {
            throw new RecordException("the AuditData of this row is not valid JSON");
        }
    }

    private static Recognized UnifiedData(JsonElement data, RecordShape shape) =>
        UnifiedAuditRecord.IsDirectory(data)
            ? Recognized.Of(shape)
            : Other($"unified audit log record "
                + $"({(data.Text("Operation") is "UserLoggedIn" or "UserLoginFailed" ? "sign-in" : Named(data.Text("Workload")) ?? "another workload")})");

    /// <summary>
    /// Audit properties under Graph's names with objects as JSON text: a query's projection of a Log Analytics row, or such a row as CSV.
    /// </summary>
    private static bool HasNestedTexts(JsonElement record)
    {
        foreach (var name in AuditObjects)
        {
            if (record.Find(name) is { ValueKind: JsonValueKind.String } value && BrokenText.Read(value) is ['[' or '{', ..]) return true;
        }

        return false;
    }

    private static string GraphError(JsonElement error)
    {
        var code = error.Text("code");
        var message = error.Text("message") ?? "without a message";
        return ContentDescription.Shorten(code == null ? message : $"{code}: {message}");
    }
}
