using System.Text.Json;
using EntraAuditTools.Core.Formats.Json;

namespace EntraAuditTools.Core.Formats.Audit;

/// <summary>
/// A row of the portal's Audit logs CSV of either generation (FORMATS §2), as an object from column to cell. The download keeps at most
/// three targets of five properties and six details, and no id.
/// </summary>
internal static class PortalAuditRow
{
    private static readonly string[] ApplicationWords = ["App", "Apl", "Anw", "Service"];

    /// <summary>Writes the row as a Graph directoryAudit.</summary>
    public static void Write(JsonElement row, Utf8JsonWriter writer)
    {
        var cells = Cells(row);
        string? Cell(string column) => cells.GetValueOrDefault(column);

        writer.WriteStartObject();
        writer.WriteText("id", Cell("Id"));
        writer.WriteText("category", Cell("Category"));
        writer.WriteText("operationType", Cell("OperationType"));
        writer.WriteText("correlationId", Cell("CorrelationId"));
        writer.WriteText("result", Cell("Result"));
        writer.WriteText("resultReason", Cell("ResultReason"));
        writer.WriteText("activityDisplayName", Cell("Activity"));
        writer.WriteText("activityDateTime", Cell("Date (UTC)"));
        writer.WriteText("loggedByService", Cell("Service"));
        writer.WriteText("userAgent", Cell("User Agent"));
        writer.WriteText("tenantId", Cell("TenantId"));
        if (Cell("InitiatedBy") is { } initiatedBy) writer.WriteNestedText("initiatedBy", initiatedBy);
        else WriteInitiator(Cell, writer);
        if (Cell("TargetResources") is { } targets) writer.WriteNestedText("targetResources", targets);
        else WriteTargets(Cell, writer);
        WriteDetails(Cell, writer);
        writer.WriteEndObject();
    }

    private static Dictionary<string, string> Cells(JsonElement row)
    {
        var cells = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in row.EnumerateObject())
        {
            if (JsonCells.AsText(property.Value) is { } text && PortalColumns.Canonical(property.Name) is { } column)
                cells.TryAdd(column, text);
        }

        return cells;
    }

    /// <summary>Writes who did it.</summary>
    public static void WriteInitiator(Func<string, string?> cell, Utf8JsonWriter writer)
    {
        var isApp = IsApplication(cell);
        writer.WriteStartObject("initiatedBy");
        writer.WriteStartObject(isApp ? "app" : "user");
        writer.WriteText("displayName", cell("ActorDisplayName"));
        if (isApp)
        {
            writer.WriteText("servicePrincipalId", cell("ActorServicePrincipalId") ?? cell("ActorObjectId"));
            writer.WriteText("servicePrincipalName", cell("ActorServicePrincipalName"));
        }
        else
        {
            writer.WriteText("id", cell("ActorObjectId"));
            writer.WriteText("userPrincipalName", cell("ActorUserPrincipalName"));
            writer.WriteText("homeTenantId", cell("ActorHomeTenantId"));
            writer.WriteText("homeTenantName", cell("ActorHomeTenantName"));
        }

        writer.WriteText("ipAddress", cell("IPAddress"));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>ActorType is in the portal's language ("Usuario", "Anwendung"): the other columns of the actor decide instead.</summary>
    private static bool IsApplication(Func<string, string?> cell)
    {
        if (cell("ActorUserPrincipalName") != null) return false;
        if (cell("ActorServicePrincipalId") != null || cell("ActorServicePrincipalName") != null) return true;
        return cell("ActorType") is { } type && Array.Exists(ApplicationWords, w => type.StartsWith(w, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Writes the objects acted on, and what changed on them.</summary>
    public static void WriteTargets(Func<string, string?> cell, Utf8JsonWriter writer)
    {
        writer.WriteStartArray("targetResources");
        for (var t = 1; t <= 3; t++)
        {
            var prefix = $"Target{t}";
            var (type, name, id, upn) = (cell(prefix + "Type"), cell(prefix + "DisplayName"), cell(prefix + "ObjectId"),
                cell(prefix + "UserPrincipalName"));
            // The older generation holds the first target's changes in one column without a number.
            var list = cell(prefix + "ModifiedProperties") ?? (t == 1 ? cell("ModifiedProperties") : null);
            if (type == null && name == null && id == null && upn == null && list == null && cell(prefix + "ModifiedProperty1Name") == null)
                continue;
            writer.WriteStartObject();
            writer.WriteText("id", id);
            writer.WriteText("displayName", name);
            writer.WriteText("type", type);
            writer.WriteText("userPrincipalName", upn);
            if (list != null) writer.WriteNestedText("modifiedProperties", list);
            else WriteModified(cell, prefix, writer);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteModified(Func<string, string?> cell, string prefix, Utf8JsonWriter writer)
    {
        writer.WriteStartArray("modifiedProperties");
        for (var p = 1; p <= 5; p++)
        {
            var (name, old, now) = (cell($"{prefix}ModifiedProperty{p}Name"), cell($"{prefix}ModifiedProperty{p}OldValue"),
                cell($"{prefix}ModifiedProperty{p}NewValue"));
            if (name == null && old == null && now == null) continue;
            writer.WriteStartObject();
            writer.WriteText("displayName", name);
            writer.WriteText("oldValue", old);
            writer.WriteText("newValue", now);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes the additional details.</summary>
    public static void WriteDetails(Func<string, string?> cell, Utf8JsonWriter writer)
    {
        if (cell("AdditionalDetails") is { } list)
        {
            writer.WriteNestedText("additionalDetails", list);
            return;
        }

        writer.WriteStartArray("additionalDetails");
        for (var d = 1; d <= 6; d++)
        {
            var (key, value) = (cell($"AdditionalDetail{d}Key"), cell($"AdditionalDetail{d}Value"));
            if (key == null && value == null) continue;
            writer.WriteStartObject();
            writer.WriteText("key", key);
            writer.WriteText("value", value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
