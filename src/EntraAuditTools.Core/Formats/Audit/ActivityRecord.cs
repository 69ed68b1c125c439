using System.Text.Json;
using EntraAuditTools.Core.Formats.Json;

namespace EntraAuditTools.Core.Formats.Audit;

/// <summary>
/// An activity as this tool itself writes it into a CSV: <c>entra-audit activity --csv</c>, or an object of Get-AuditActivity through
/// Export-Csv. Targets are names, changes and details sentences: their content is kept, but the record they came from has more.
/// </summary>
internal static class ActivityRecord
{
    private const string None = "(none)";
    private const string Arrow = " → ";

    /// <summary>The columns that are read, or that repeat what others say.</summary>
    public static IReadOnlySet<string> Columns { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "Time", "TimeUtc", "Service", "Category", "Activity", "OperationType", "Result", "ResultReason", "InitiatedByType", "InitiatedById",
            "InitiatedByDisplayName", "InitiatedByUserPrincipalName",
        "InitiatedByApplicationId", "InitiatedBy", "IPAddress", "Targets", "ModifiedProperties", "Changes", "AdditionalDetails",
        "CorrelationId", "UserAgent", "TenantId", "Id", "Origin", "Evidence",
        "TargetSummary", "TargetCount", "ActivityDateTime", "ActivityDisplayName", "LoggedByService", "TargetResources",
    };

    /// <summary>Whether a row is of the unified log rather than the directory's.</summary>
    public static bool IsUnified(JsonElement row) => row.Text("Origin") == "UnifiedAudit";

    /// <summary>Writes the row as a Graph directoryAudit.</summary>
    public static void Write(JsonElement row, Utf8JsonWriter writer)
    {
        string? Cell(params ReadOnlySpan<string> names)
        {
            var text = row.Text(names);
            // What a spreadsheet would take for a formula was written with an apostrophe before it.
            return text is ['\'', '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or ' ' or '＝' or '\u200b', ..] ? text[1..] : text;
        }

        writer.WriteStartObject();
        writer.WriteText("id", Cell("Id"));
        writer.WriteText("category", Cell("Category"));
        writer.WriteText("operationType", Cell("OperationType"));
        writer.WriteText("correlationId", Cell("CorrelationId"));
        writer.WriteText("result", Cell("Result"));
        writer.WriteText("resultReason", Cell("ResultReason"));
        writer.WriteText("activityDisplayName", Cell("Activity", "ActivityDisplayName"));
        // Time may be in the words of a country; TimeUtc is not.
        writer.WriteText("activityDateTime", row.Text("TimeUtc") ?? row.Text("Time", "ActivityDateTime"));
        writer.WriteText("loggedByService", Cell("Service", "LoggedByService"));
        writer.WriteText("userAgent", Cell("UserAgent"));
        writer.WriteText("tenantId", Cell("TenantId"));
        WriteInitiator(Cell("InitiatedByType"), Cell("InitiatedById"), Cell("InitiatedByDisplayName"), Cell("InitiatedByUserPrincipalName"),
            Cell("InitiatedBy"), Cell("IPAddress"), writer);
        WriteTargets(Cell("Targets"), Cell("ModifiedProperties") ?? Cell("Changes"), writer);
        WriteDetails(Cell("AdditionalDetails"), writer);
        writer.WriteEndObject();
    }

    private static void WriteInitiator(string? type, string? id, string? name, string? upn, string? text, string? address,
        Utf8JsonWriter writer)
    {
        // The object's own text is the UPN, the name or the id, whichever it had first.
        if (id == null && name == null && upn == null && text != null)
        {
            if (text.Contains('@', StringComparison.Ordinal)) upn = text;
            else if (Guid.TryParse(text, out _)) id = text;
            else name = text;
        }

        var isApp = upn == null && type?.StartsWith("App", StringComparison.OrdinalIgnoreCase) == true;
        writer.WriteStartObject("initiatedBy");
        writer.WriteStartObject(isApp ? "app" : "user");
        writer.WriteText(isApp ? "servicePrincipalId" : "id", id);
        writer.WriteText("displayName", name);
        writer.WriteText("userPrincipalName", upn);
        writer.WriteText("ipAddress", address);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteTargets(string? targets, string? changes, Utf8JsonWriter writer)
    {
        writer.WriteStartArray("targetResources");
        var names = Parts(targets);
        for (var i = 0; i < Math.Max(names.Count, changes == null ? 0 : 1); i++)
        {
            writer.WriteStartObject();
            var name = i < names.Count ? names[i] : null;
            writer.WriteText(name == null ? "displayName" : Guid.TryParse(name, out _) ? "id"
                : name.Contains('@', StringComparison.Ordinal) && !name.Contains(' ', StringComparison.Ordinal) ? "userPrincipalName"
                : "displayName", name);
            if (i == 0 && changes != null) WriteChanges(changes, writer);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>"Name: old → new; Name: old → new".</summary>
    private static void WriteChanges(string changes, Utf8JsonWriter writer)
    {
        writer.WriteStartArray("modifiedProperties");
        foreach (var change in Parts(changes))
        {
            var colon = change.IndexOf(": ", StringComparison.Ordinal);
            var arrow = change.IndexOf(Arrow, StringComparison.Ordinal);
            if (colon <= 0 || arrow < colon) continue;
            writer.WriteStartObject();
            writer.WriteText("displayName", change[..colon]);
            writer.WriteText("oldValue", Value(change[(colon + 2)..arrow]));
            writer.WriteText("newValue", Value(change[(arrow + Arrow.Length)..]));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>"Key = value; Key = value".</summary>
    private static void WriteDetails(string? details, Utf8JsonWriter writer)
    {
        writer.WriteStartArray("additionalDetails");
        foreach (var detail in Parts(details))
        {
            var sign = detail.IndexOf(" = ", StringComparison.Ordinal);
            if (sign <= 0) continue;
            writer.WriteStartObject();
            writer.WriteText("key", detail[..sign]);
            writer.WriteText("value", detail[(sign + 3)..]);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static string? Value(string text) => text is None or "" ? null : text;

    private static List<string> Parts(string? text) => text == null ? [] : [.. text.Split("; ", StringSplitOptions.RemoveEmptyEntries)];
}
