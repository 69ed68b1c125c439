using EntraAuditTools.Core.Formats.Details;
using System.Text.Json;
using EntraAuditTools.Core.Formats.Dates;
using EntraAuditTools.Core.Text;
using static EntraAuditTools.Core.Formats.Details.DetailJson;

namespace EntraAuditTools.Core.Formats.Provisioning;

/// <summary>
/// A Graph <c>synchronizationJob</c> (CSDL; FORMATS §1.4), also as the Graph PowerShell SDK writes it. The year 1 means never; a job that
/// never ran reports a failed last execution with the error code None.
/// </summary>
internal readonly struct SynchronizationJobRecord(JsonElement job)
{
    // Entra did not exist before: 0001-01-01 is "never", and so are 1601 and 1970.
    private static readonly long FirstTicks = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    public string? Id => NullIfEmpty(DetailJson.Text(job, "id"));

    public string? Context => NullIfEmpty(DetailJson.Text(job, "@odata.context"));

    /// <summary>Whether the export was too shallow to hold the status.</summary>
    public bool IsCut => Status.ValueKind == JsonValueKind.String;

    public string? Schedule => NullIfEmpty(DetailJson.Text(Find(job, "schedule"), "state"));

    public string? Code => NullIfEmpty(DetailJson.Text(Status, "code"));

    /// <summary>
    /// "true if the job's escrows (object-level errors) were pruned during initial synchronization … the job will pause and wait for the
    /// customer to clean up the errors" (synchronizationStatus); null when it does not say.
    /// </summary>
    public bool? EscrowsPruned =>
        Find(Status, "escrowsPruned").ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false,
            _ => DetailJson.Text(Status, "escrowsPruned") is { } text && bool.TryParse(text, out var value) ? value : null };

    public JsonElement Quarantine =>
        Find(Status, "quarantine") is { ValueKind: JsonValueKind.Object } quarantine
        && (NullIfEmpty(DetailJson.Text(quarantine, "reason")) != null || Time(quarantine, "currentBegan") > 0) ? quarantine : default;

    public long SteadyFirst => Time(Status, "steadyStateFirstAchievedTime");

    public long SteadyLast => Time(Status, "steadyStateLastAchievedTime");

    /// <summary>The last execution; undefined when the job never ran.</summary>
    public JsonElement LastExecution => Ran(Find(Status, "lastExecution")) ? Find(Status, "lastExecution") : default;

    public JsonElement LastSuccess => Ran(Find(Status, "lastSuccessfulExecution")) ? Find(Status, "lastSuccessfulExecution") : default;

    /// <summary>Number of objects by type: key and value.</summary>
    public IEnumerable<JsonElement> SynchronizedByType => Items(Status, "synchronizedEntryCountByType");

    /// <summary>When things happened to the job, UTC ticks: the export was taken later.</summary>
    public IEnumerable<long> Dates
    {
        get
        {
            var quarantine = Quarantine;
            long[] dates =
            [
                SteadyFirst, SteadyLast, Time(LastExecution, "timeBegan"), Time(LastExecution, "timeEnded"), Time(LastSuccess, "timeEnded"),
                Time(quarantine, "currentBegan"), Time(quarantine, "seriesBegan"), .. Items(Status, "progress")
                .Select(p => Time(p, "progressObservationDateTime")),
            ];
            return dates.Where(ticks => ticks > 0);
        }
    }

    private JsonElement Status => Find(job, "status");

    /// <summary>A time as UTC ticks; 0 for never and for none.</summary>
    public static long Time(JsonElement record, string name) =>
        DetailJson.Text(record, name) is { } text && TimeText.TryParse(text, out var ticks) && ticks >= FirstTicks ? ticks : 0;

    /// <summary>A number; null when there is none.</summary>
    public static long? Number(JsonElement record, string name) =>
        DetailJson.Text(record, name) is { } text && long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? number : null;

    /// <summary>The counters of a run, as Graph names them, in its order.</summary>
    public static IEnumerable<(string Name, long Count)> Counters(JsonElement run)
    {
        if (run.ValueKind != JsonValueKind.Object) yield break;
        foreach (var property in run.EnumerateObject())
        {
            if (property.Name.StartsWith("count", StringComparison.OrdinalIgnoreCase) && Number(run, property.Name) is { } count)
                yield return (TerminalText.Line(char.ToLowerInvariant(property.Name[0]) + property.Name[1..]), count);
        }
    }

    /// <summary>An error's code and message; null when it says nothing or "None".</summary>
    public static string? Error(JsonElement error)
    {
        var code = NullIfEmpty(DetailJson.Text(error, "code"));
        if (code is "None" or "none") code = null;
        var message = NullIfEmpty(DetailJson.Text(error, "message"));
        return code != null && message != null ? $"{code}: {message}" : code ?? message;
    }

    private static bool Ran(JsonElement execution) => Time(execution, "timeEnded") > 0 || Time(execution, "timeBegan") > 0;
}
