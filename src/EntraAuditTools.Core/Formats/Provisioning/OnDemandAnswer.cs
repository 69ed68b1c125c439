using System.Text;
using System.Text.Json;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Dates;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Formats.Provisioning;

/// <summary>
/// What <c>provisionOnDemand</c> answers (Graph: <c>{"key","value"}</c>, of which the value is JSON text with what was done to each
/// object), or that value itself. It has no id and names no application.
/// </summary>
internal static class OnDemandAnswer
{
    private const string Steps = "provisioningSteps";

    /// <summary>Whether an object is such an answer.</summary>
    public static bool Is(JsonElement record)
    {
        if (record.Find("value") is { ValueKind: JsonValueKind.String } value && record.Find("key").ValueKind == JsonValueKind.String)
        {
            return JsonCells.AsText(value)?.Contains(Steps, StringComparison.Ordinal) == true;
        }

        return record.Find("activityDateTime").ValueKind == JsonValueKind.Undefined && record.Find(Steps).ValueKind == JsonValueKind.Array
            && record.Find("id").ValueKind == JsonValueKind.Undefined
            && (record.Text("startTime", "endTime") != null || FirstStepTime(record) != null);
    }

    /// <summary>One answer for each object that it is about; the answer itself where there is only one.</summary>
    /// <exception cref="RecordException">Its value is no JSON.</exception>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> answer)
    {
        using var document = RecordJson.Parse(answer);
        if (document.RootElement.Find("value") is not { ValueKind: JsonValueKind.String } value) return [answer];
        using var inner = Inner(value);
        if (inner.RootElement.ValueKind != JsonValueKind.Array || inner.RootElement.GetArrayLength() < 2) return [answer];
        var key = document.RootElement.Text("key");
        return [.. inner.RootElement.EnumerateArray()
            .Select(item => (ReadOnlyMemory<byte>)JsonSerializer.SerializeToUtf8Bytes(
                new Dictionary<string, string?> { ["key"] = key, ["value"] = item.GetRawText() }, RelaxedJson.Options))];
    }

    /// <summary>Writes the answer as a Graph provisioningObjectSummary that says of itself that it was on demand.</summary>
    /// <exception cref="RecordException">Its value is no JSON.</exception>
    public static void Write(JsonElement answer, Utf8JsonWriter writer)
    {
        if (answer.Find("value") is not { ValueKind: JsonValueKind.String } value)
        {
            Write(answer, default, writer);
            return;
        }

        using var inner = Inner(value);
        using var key = answer.Text("key") is ['{', ..] text ? RecordJson.TryParse(text) : null;
        var entry = inner.RootElement.ValueKind == JsonValueKind.Array
            ? inner.RootElement.EnumerateArray().FirstOrDefault() : inner.RootElement;
        if (entry.ValueKind != JsonValueKind.Object) throw new RecordException("the value of this answer is no object");
        Write(entry, key?.RootElement ?? default, writer);
    }

    private static void Write(JsonElement entry, JsonElement outcome, Utf8JsonWriter writer)
    {
        var steps = StepsOf(entry);
        var (start, end) = (entry.Text("startTime") ?? FirstStepTime(entry), entry.Text("endTime"));
        writer.WriteStartObject();
        writer.WriteBoolean("isOnDemand", true);
        writer.WriteText("id", entry.Text("id"));
        writer.WriteText("activityDateTime", entry.Text("activityDateTime") ?? start ?? end);
        writer.WriteText("jobId", entry.Text("jobId"));
        writer.WriteText("cycleId", entry.Text("cycleId"));
        writer.WriteText("changeId", entry.Text("changeId"));
        writer.WriteText("tenantId", entry.Text("tenantId"));
        writer.WriteText("provisioningAction", entry.Text("provisioningAction", "action") ?? ActionOf(steps));
        if (start != null && end != null && TimeText.TryParse(start, out var from) && TimeText.TryParse(end, out var to) && to >= from)
            writer.WriteNumber("durationInMilliseconds", (to - from) / TimeSpan.TicksPerMillisecond);
        foreach (var name in new[] { "initiatedBy", "servicePrincipal", "sourceSystem", "targetSystem" })
            writer.WriteNested(name, entry.Find(name));
        WriteIdentity("sourceIdentity", entry.Find("sourceIdentity"), steps.Find(step => Is(step, "import")),
            entry.Text("reportableIdentifier"), writer);
        WriteIdentity("targetIdentity", entry.Find("targetIdentity"), default, null, writer);
        WriteStatus(entry, outcome, steps, writer);
        writer.WriteStartArray(Steps);
        foreach (var step in steps) WriteStep(step, writer);
        writer.WriteEndArray();
        writer.WriteNested("modifiedProperties", entry.Find("modifiedProperties"));
        writer.WriteEndObject();
    }

    private static void WriteIdentity(string name, JsonElement identity, JsonElement import, string? reported, Utf8JsonWriter writer)
    {
        if (identity.ValueKind != JsonValueKind.Object && import.ValueKind != JsonValueKind.Object) return;
        string? Own(params ReadOnlySpan<string> names) => identity.ValueKind == JsonValueKind.Object ? identity.Text(names) : null;
        var details = import.ValueKind == JsonValueKind.Object ? import.Find("details") : default;
        string? Imported(params ReadOnlySpan<string> names) => details.ValueKind == JsonValueKind.Object ? details.Text(names) : null;
        writer.WriteStartObject(name);
        writer.WriteText("id", Own("id") ?? Imported("objectId", "id"));
        writer.WriteText("displayName", Own("displayName", "name") ?? Imported("displayName"));
        writer.WriteText("identityType", Own("identityType", "type") ?? Imported("odatatype"));
        writer.WriteText("userPrincipalName", Own("userPrincipalName") ?? Imported("userPrincipalName") ?? reported);
        if (identity.ValueKind == JsonValueKind.Object) writer.WriteNested("details", identity.Find("details"));
        writer.WriteEndObject();
    }

    private static void WriteStatus(JsonElement entry, JsonElement outcome, List<JsonElement> steps, Utf8JsonWriter writer)
    {
        var info = entry.Find("provisioningStatusInfo", "statusInfo");
        var known = info.ValueKind == JsonValueKind.Object;
        var error = outcome.ValueKind == JsonValueKind.Object ? outcome.Find("details") : default;
        string? Of(JsonElement from, string name) => from.ValueKind == JsonValueKind.Object ? from.Text(name) : null;
        var status = (known ? info.Text("status") : JsonCells.AsText(info)) ?? entry.Text("status") ?? Of(outcome, "result")
            ?? (steps.Count > 0 ? steps[^1].Text("status") : null);
        var errorSource = known && info.Find("errorInformation") is { ValueKind: JsonValueKind.Object } nested ? nested : info;
        writer.WriteStartObject("provisioningStatusInfo");
        writer.WriteText("status", status);
        var isFailure = status != null && !Utf8.Is(status, "success") && !Utf8.Is(status, "skipped");
        // The reason for a skip is in its step; it is no error.
        if (isFailure || Of(errorSource, "errorCode") != null)
        {
            writer.WriteStartObject("errorInformation");
            writer.WriteText("errorCode", Of(errorSource, "errorCode") ?? Of(error, "errorCode"));
            writer.WriteText("reason", Of(errorSource, "reason") ?? Of(error, "errorMessage"));
            foreach (var name in new[] { "additionalDetails", "errorCategory", "recommendedAction" })
                writer.WriteText(name, Of(errorSource, name));
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteStep(JsonElement step, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var property in step.EnumerateObject())
        {
            if (Utf8.Is(property.Name, "type") && step.Find("provisioningStepType").ValueKind == JsonValueKind.Undefined)
                writer.WriteText("provisioningStepType", JsonCells.AsText(property.Value));
            else writer.WriteAsIs(property);
        }

        writer.WriteEndObject();
    }

    /// <summary>What the last step did, by its name: EntryExportAdd, EntrySynchronizationUpdate…</summary>
    private static string? ActionOf(List<JsonElement> steps)
    {
        for (var i = steps.Count - 1; i >= 0; i--)
        {
            if (steps[i].Text("name") is not { } name
                || !(name.StartsWith("EntryExport", StringComparison.OrdinalIgnoreCase)
                    || name.StartsWith("EntrySynchronization", StringComparison.OrdinalIgnoreCase))) continue;
            foreach (var (end, action) in new[] { ("Add", "create"), ("Create", "create"), ("Update", "update"), ("Disable", "disable"),
                ("Delete", "delete"), ("Remove", "delete"), ("Skip", "other") })
            {
                if (name.EndsWith(end, StringComparison.OrdinalIgnoreCase)) return action;
            }
        }

        return steps.Count > 0 ? "other" : null;
    }

    private static List<JsonElement> StepsOf(JsonElement entry) =>
        entry.Find(Steps) is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Where(step => step.ValueKind == JsonValueKind.Object)] : [];

    private static bool Is(JsonElement step, string type) => step.Text("provisioningStepType", "type") is { } text && Utf8.Is(text, type);

    private static string? FirstStepTime(JsonElement entry)
    {
        (long Ticks, string Text)? first = null;
        foreach (var step in StepsOf(entry))
        {
            if (step.Text("timestamp") is { } text && TimeText.TryParse(text, out var ticks)
                && (first == null || ticks < first.Value.Ticks)) first = (ticks, text);
        }

        return first?.Text;
    }

    private static JsonDocument Inner(JsonElement value) =>
        RecordJson.Parse(Encoding.UTF8.GetBytes(JsonCells.AsText(value) ?? string.Empty));
}
