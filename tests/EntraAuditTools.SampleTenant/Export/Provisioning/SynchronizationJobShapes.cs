using System.Text;
using System.Text.Json;

namespace EntraAuditTools.SampleTenant;

/// <summary>Synchronization jobs as Graph and its PowerShell SDK export them. They do not name their application.</summary>
public static class SynchronizationJobShapes
{
    private static readonly string[] Counts =
        ["countEntitled", "countEntitledForProvisioning", "countEscrowed", "countEscrowedRaw", "countExported", "countExports",
            "countImported", "countImportedDeltas", "countImportedReferenceDeltas"];

    /// <summary>A page of /servicePrincipals/{id}/synchronization/jobs: only the context names the service principal.</summary>
    public static void WritePage(Stream stream, SynchronizationState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        using var output = new JsonOutput(stream);
        output.Json.WriteStartObject();
        output.Json.WriteString("@odata.context", Context(state));
        output.Json.WriteStartArray("value");
        output.Json.WriteStartObject();
        WriteProperties(output.Json, state, pascal: false);
        output.Json.WriteEndObject();
        output.Json.WriteEndArray();
        output.Json.WriteEndObject();
    }

    /// <summary>One job, read by its id.</summary>
    public static void WriteOne(Stream stream, SynchronizationState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        using var output = new JsonOutput(stream);
        output.Json.WriteStartObject();
        output.Json.WriteString("@odata.context", Context(state) + "/$entity");
        WriteProperties(output.Json, state, pascal: false);
        output.Json.WriteEndObject();
    }

    /// <summary>Get-MgServicePrincipalSynchronizationJob | ConvertTo-Json -Depth 10 over several applications: an array.</summary>
    public static void WriteSdk(Stream stream, IEnumerable<SynchronizationState> states)
    {
        ArgumentNullException.ThrowIfNull(states);
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 64 * 1024, leaveOpen: true);
        using var text = new JsonText(indented: true);
        writer.Write("[");
        bool first = true;
        foreach (var state in states)
        {
            writer.Write(first ? "\r\n  " : ",\r\n  ");
            first = false;
            writer.Write(SdkJson.Lines(
                text.Text(json =>
                {
                    json.WriteStartObject();
                    WriteProperties(json, state, pascal: true);
                    json.WriteStartObject("AdditionalProperties");
                    json.WriteString("@odata.context", Context(state) + "/$entity");
                    json.WriteEndObject();
                    json.WriteEndObject();
                }),
                windowsPowerShell: false));
        }

        writer.Write("\r\n]\r\n");
    }

    private static string Context(SynchronizationState state) =>
        $"https://graph.microsoft.com/v1.0/$metadata#servicePrincipals('{state.Job.Application.ServicePrincipalId}')/synchronization/jobs";

    private static void WriteProperties(Utf8JsonWriter json, SynchronizationState state, bool pascal)
    {
        string Name(string name) => pascal ? ProvisioningJson.Capital(name) : name;
        bool quarantined = state.Quarantine is not null;
        json.WriteString(Name("id"), state.Job.JobId);
        json.WriteString(Name("templateId"), state.Job.TemplateId);
        json.WriteStartObject(Name("schedule"));
        json.WriteNull(Name("expiration"));
        json.WriteString(Name("interval"), "PT40M");
        json.WriteString(Name("state"), state.Code == "NotRun" ? "Disabled" : "Active");
        json.WriteEndObject();
        json.WriteStartObject(Name("status"));
        json.WriteString(Name("code"), state.Code);
        json.WriteNumber(Name("countSuccessiveCompleteFailures"), quarantined ? state.Quarantine!.SeriesCount : 0);
        json.WriteBoolean(Name("escrowsPruned"), false);
        json.WriteString(Name("steadyStateFirstAchievedTime"), Time(state.InitialCycleCompleted));
        json.WriteString(Name("steadyStateLastAchievedTime"), Time(state.LastCompleteCycle));
        json.WriteString(Name("troubleshootingUrl"), "");
        json.WriteStartArray(Name("progress"));
        json.WriteEndArray();
        WriteExecution(json, Name("lastExecution"), state, state.LastRunBegan, state.LastRunEnded, state.LastRunResult, pascal);
        if (quarantined)
            WriteExecution(json, Name("lastSuccessfulExecution"), state, state.LastCompleteCycle - TimeSpan.TicksPerMinute,
                state.LastCompleteCycle, "Succeeded", pascal);
        else
            json.WriteNull(Name("lastSuccessfulExecution"));
        json.WriteNull(Name("lastSuccessfulExecutionWithExports"));
        WriteQuarantine(json, Name("quarantine"), state.Quarantine, pascal);
        json.WriteStartArray(Name("synchronizedEntryCountByType"));
        foreach (var (type, count) in ((string, int?)[])[("User", state.Users), ("Group", state.Groups)])
        {
            if (count is null)
                continue;
            json.WriteStartObject();
            json.WriteString(Name("key"), type);
            json.WriteNumber(Name("value"), count.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartArray(Name("synchronizationJobSettings"));
        json.WriteStartObject();
        json.WriteString(Name("name"), "QuarantineTooManyDeletesThreshold");
        json.WriteString(Name("value"), "500");
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteQuarantine(Utf8JsonWriter json, string property, QuarantineState? quarantine, bool pascal)
    {
        string Name(string name) => pascal ? ProvisioningJson.Capital(name) : name;
        if (quarantine is null)
        {
            json.WriteNull(property);
            return;
        }

        json.WriteStartObject(property);
        json.WriteString(Name("currentBegan"), Time(quarantine.CurrentBegan));
        json.WriteString(Name("nextAttempt"), Time(quarantine.NextAttempt));
        json.WriteString(Name("reason"), quarantine.Reason);
        json.WriteString(Name("seriesBegan"), Time(quarantine.SeriesBegan));
        json.WriteNumber(Name("seriesCount"), quarantine.SeriesCount);
        json.WriteStartObject(Name("error"));
        json.WriteString(Name("code"), quarantine.ErrorCode);
        json.WriteString(Name("message"), quarantine.ErrorMessage);
        json.WriteBoolean(Name("tenantActionable"), true);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteExecution(Utf8JsonWriter json, string property, SynchronizationState state, long? began, long? ended,
        string? result, bool pascal)
    {
        string Name(string name) => pascal ? ProvisioningJson.Capital(name) : name;
        if (began is null)
        {
            json.WriteNull(property);
            return;
        }

        bool failed = result == "Failed";
        int[] values = [state.InScope, state.InScope, result == "EntryLevelErrors" ? 1 : 0, result == "EntryLevelErrors" ? 1 : 0, failed
            ? 0 : 7, failed ? 0 : 7, 9, 9, 0];
        json.WriteStartObject(property);
        json.WriteString(Name("activityIdentifier"),
            SampleRandom.Of(state.Job.JobId + "/" + began.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)).NewId());
        for (int index = 0; index < Counts.Length; index++)
            json.WriteNumber(Name(Counts[index]), values[index]);
        if (failed && state.Quarantine is { } quarantine)
        {
            json.WriteStartObject(Name("error"));
            json.WriteString(Name("code"), quarantine.ErrorCode);
            json.WriteString(Name("message"), quarantine.ErrorMessage);
            json.WriteBoolean(Name("tenantActionable"), true);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull(Name("error"));
        }

        json.WriteString(Name("state"), result);
        json.WriteString(Name("timeBegan"), Time(began));
        json.WriteString(Name("timeEnded"), Time(ended));
        json.WriteEndObject();
    }

    // The year 1 means never.
    private static string Time(long? ticks) => Iso8601.Text(ticks ?? 0, "Z");
}
