using System.Globalization;
using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Provisioning;

/// <summary>A provisioning job as an operator's health page.</summary>
public static class ProvisioningSummaryView
{
    private const string Minutes = "yyyy-MM-dd HH:mm'Z'";
    private const int MostNamed = 10;

    internal static void Declare(RecordViews<ProvisioningSummary> record)
    {
        record.Serialized(depth: 3);

        // Many jobs at a glance; what does not fit in 80 columns comes last
        record.Table("Job", wrap: true)
            .Column("Application", 23, Application)
            .Column("State", 10, ShortState)
            .Column("Quarantine", 10, QuarantineSince)
            .Number("Failures", 8, ShortFailures)
            .Number("Success", 7, ShortRate)
            .Column("LastRun (UTC)", 16, ShortLastRun)
            .Number("Entries", 7, it => it.Entries)
            .Number("Escrow", 6, ShortEscrow)
            .Number("Synced", 6, ShortSynchronized);

        // Format-List: an operator's health page of one job
        record.List("Health")
            .Item("Application", Application)
            .Item("State", State)
            .Item("Quarantine", Quarantine)
            .Item("In scope", InScope)
            .Item("Synchronized", Synchronized)
            .Item("In escrow", InEscrow)
            .Item("Last run (UTC)", LastRun)
            .Item("Last run counted", LastRunCounters)
            .Item("Initial cycle", InitialCycle)
            .Item("Log entries", Entries)
            .Item("Outcomes", Outcomes)
            .Item("Success rate", SuccessRate)
            .Item("Failures", Failures)
            .Item("Durations", Durations)
            .Item("Top errors", TopErrors)
            .Item("Failing identities", Failing)
            .Item("Basis", Basis)
            .Item("JobId", it => it.JobId)
            .Item("ApplicationId", it => it.ApplicationId)
            .Item("TenantId", it => it.TenantId);
    }

    /// <summary>The application; its job where no application is known.</summary>
    public static object Application(PSObject instance) =>
        Text(instance, "Application") ?? Text(instance, "JobId") ?? "(entries that name neither application nor job)";

    /// <summary>The state in its colour, whether it is scheduled, and when that was observed.</summary>
    public static object State(PSObject instance)
    {
        var (state, schedule) = (Cell.Line(instance, "State"), Cell.Line(instance, "Schedule"));
        if (state.Length == 0) return Unknown(instance);
        var text = Palette.State(state);
        return schedule.Length == 0 || schedule.Equals(state, StringComparison.OrdinalIgnoreCase) ? text : $"{text} (schedule: {schedule})";
    }

    /// <summary>The state for tables.</summary>
    public static object ShortState(PSObject instance) =>
        Cell.Line(instance, "State") is { Length: > 0 } state ? Palette.State(state) : "(unknown)";

    /// <summary>Reason, since when, error and next attempt; "no" when there is none.</summary>
    public static object Quarantine(PSObject instance)
    {
        if (Cell.Value(instance, "Quarantine") is { } value)
        {
            var quarantine = PSObject.AsPSObject(value);
            var lines = new List<string> { Palette.Warning(
                $"since {Time(quarantine, "Since") ?? "(time not told)"}: {Text(quarantine, "Reason") ?? "(reason not told)"}") };
            if (Text(quarantine, "Error") is { } error) lines.Add(error);
            if (Time(quarantine, "NextAttempt") is { } next) lines.Add($"next attempt {next}");
            if (Time(quarantine, "LastImposed") is { } imposed)
                lines.Add($"last imposed {imposed}"
                    + (Number(quarantine, "Attempts") is { } n ? $", {n} {(n == "1" ? "attempt" : "attempts")} so far" : string.Empty));
            return string.Join('\n', lines);
        }

        return Cell.Value(instance, "InQuarantine") is bool held
            ? held ? Palette.Warning("yes, the export does not say why") : "no"
            : Unknown(instance);
    }

    /// <summary>Since when it is in quarantine, for tables.</summary>
    public static object QuarantineSince(PSObject instance) =>
        Cell.Value(instance, "Quarantine") is { } value
        ? Palette.Warning(Cell.Value(PSObject.AsPSObject(value), "Since") is { } since ? Cell.Time(since, "yyyy-MM-dd") : "yes")
        : string.Empty;

    /// <summary>Users and groups in scope, or why that is not known.</summary>
    public static object InScope(PSObject instance) =>
        Number(instance, "InScope")
        ?? (Cell.Value(instance, "Derived") is not true && Text(instance, "InScopeReason") is { } reason
            ? $"not known: {reason}" : Unknown(instance));

    /// <summary>Users and groups synchronised, by type where that is known.</summary>
    public static object Synchronized(PSObject instance)
    {
        if (Number(instance, "Synchronized") is not { } count) return Unknown(instance);
        var types = string.Join(", ", Cell.Items(instance, "SynchronizedByType")
            .Select(type => $"{Cell.Line(type, "Key")} {Cell.Line(type, "Value")}"));
        return types.Length == 0 ? count : $"{count} ({types})";
    }

    /// <summary>Objects that wait for a retry; that some were cleared means that the job waits for its owner.</summary>
    public static object InEscrow(PSObject instance)
    {
        var count = Number(instance, "InEscrow") ?? Unknown(instance);
        return Cell.Value(instance, "EscrowsPruned") is true
            ? count + "\n" + Palette.Warning(
                "errors were cleared in the initial cycle: once it is complete the job pauses and waits until you clean them up") : count;
    }

    /// <summary>Objects that wait for a retry, for tables; "?" when no job export contains it.</summary>
    public static object ShortEscrow(PSObject instance) => Number(instance, "InEscrow") ?? "?";

    /// <summary>Counters of the last run that are not 0.</summary>
    public static object LastRunCounters(PSObject instance)
    {
        var counters = Cell.Items(instance, "LastRunCounters").ToList();
        if (counters.Count == 0) return Unknown(instance);
        var some = counters.Where(counter => Cell.Line(counter, "Value") != "0")
            .Select(counter => $"{Cell.Line(counter, "Key")} {Cell.Line(counter, "Value")}").ToList();
        return some.Count == 0 ? "nothing was processed" : string.Join(", ", some);
    }

    /// <summary>When, how it ended, and its error.</summary>
    public static object LastRun(PSObject instance)
    {
        if (Time(instance, "LastRun") is not { } time) return "never";
        if (Cell.Value(instance, "Derived") is true) return $"{time} (last entry of the log)";
        var state = Text(instance, "LastRunState") is { } ended ? ", " + Palette.State(ended) : string.Empty;
        return Text(instance, "LastRunError") is { } error ? $"{time}{state}\n{error}" : time + state;
    }

    /// <summary>Whether the initial cycle is complete, and since when the job is in a steady state.</summary>
    public static object InitialCycle(PSObject instance) => Cell.Value(instance, "InitialCycleComplete") switch
    {
        true => Time(instance, "SteadySince") is { } since ? $"complete, steady since {since}" : "complete",
        false => Palette.Warning("not complete"),
        _ => Unknown(instance),
    };

    /// <summary>How many log entries there are, and from when to when.</summary>
    public static object Entries(PSObject instance) =>
        Number(instance, "Entries") is not (null or "0") and { } count
        ? $"{count} from {Time(instance, "FirstEntry")} to {Time(instance, "LastEntry")}" : "none in the mirror";

    /// <summary>Action by status, as a small table.</summary>
    public static object Outcomes(PSObject instance)
    {
        var counts = new Dictionary<(string Action, string Status), long>();
        foreach (var outcome in Cell.Items(instance, "Outcomes"))
        {
            var key = (Cell.Line(outcome, "Action") is { Length: > 0 } action ? action : "(none)",
                Cell.Line(outcome, "Status") is { Length: > 0 } status ? status : "(none)");
            counts[key] = counts.GetValueOrDefault(key) + (Cell.Value(outcome, "Count") is { } count
                ? Convert.ToInt64(count, CultureInfo.InvariantCulture) : 0);
        }

        if (counts.Count == 0) return "(no log entries in the mirror)";
        string[] usual = ["success", "failure", "skipped", "warning"];
        var statuses = usual.Concat(counts.Keys.Select(key => key.Status).Order(StringComparer.OrdinalIgnoreCase))
            .Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var actions = counts.GroupBy(pair => pair.Key.Action)
            .OrderByDescending(group => group.Sum(pair => pair.Value)).Select(group => group.Key).ToList();
        var wide = actions.Max(action => action.Length);
        var lines = new List<string> { new string(' ', wide) + string.Concat(statuses.Select(status => "  " + Right(status, status))) };
        foreach (var action in actions)
            lines.Add(action.PadRight(wide) + string.Concat(
                statuses.Select(status => "  "
                    + Right(counts.GetValueOrDefault((action, status)).ToString("N0", CultureInfo.CurrentCulture), status))));
        return string.Join('\n', lines);

        static string Right(string text, string status) => text.PadLeft(Math.Max(status.Length, 5));
    }

    /// <summary>Successes in percent of what succeeded or failed.</summary>
    public static object SuccessRate(PSObject instance) =>
        Cell.Value(instance, "SuccessRate") is not double rate ? "(nothing succeeded or failed)"
        : Number(instance, "Successes") is { } successes
        ? string.Create(CultureInfo.CurrentCulture,
            $"{rate:0.#} % ({successes} succeeded, {Number(instance, "Failures") ?? "0"} failed; skips don't count)")
        : string.Create(CultureInfo.CurrentCulture, $"{rate:0.#} %");

    /// <summary>The success rate for tables; empty when nothing succeeded or failed.</summary>
    public static object ShortRate(PSObject instance) =>
        Cell.Value(instance, "SuccessRate") is double rate ? string.Create(CultureInfo.CurrentCulture, $"{rate:0.#} %") : string.Empty;

    /// <summary>Failures, and apart from them what was skipped.</summary>
    public static object Failures(PSObject instance) => Number(instance, "Failures") is { } failures
        ? $"{(failures == "0" ? failures : Palette.Warning(failures))} (skipped as out of scope {Number(instance, "OutOfScope") ?? "0"}, "
            + $"otherwise {Number(instance, "OtherSkips") ?? "0"})"
        : "(no log entries in the mirror)";

    /// <summary>Failures for tables; empty without log entries.</summary>
    public static object ShortFailures(PSObject instance) => Number(instance, "Failures") ?? string.Empty;

    /// <summary>Synchronised for tables; "?" when no job export contains it.</summary>
    public static object ShortSynchronized(PSObject instance) => Number(instance, "Synchronized") ?? "?";

    /// <summary>Last run for tables.</summary>
    public static object ShortLastRun(PSObject instance) =>
        Cell.Value(instance, "LastRun") is { } time ? Cell.Time(time, "yyyy-MM-dd HH:mm") : "never";

    /// <summary>Median and worst.</summary>
    public static object Durations(PSObject instance) => Cell.Value(instance, "MedianDuration") is TimeSpan median
        ? $"median {ProvisioningText.Span(median)}, worst "
            + $"{(Cell.Value(instance, "WorstDuration") is TimeSpan worst ? ProvisioningText.Span(worst) : "(not told)")}"
        : "(the log does not say)";

    /// <summary>Error codes, a line each, with how often, to how many, and when.</summary>
    public static object TopErrors(PSObject instance)
    {
        var errors = Cell.Items(instance, "TopErrors").ToList();
        if (errors.Count == 0) return "none";
        var wide = Math.Min(errors.Max(error => Code(error).Length), 40);
        return string.Join('\n', errors.Select(error =>
            $"{Code(error).PadRight(wide)}  {Number(error, "Count")} × on {Number(error, "Identities")} "
                + $"{(Number(error, "Identities") == "1" ? "identity" : "identities")}, "
                + $"{Day(error, "FirstSeen")} to {Day(error, "LastSeen")}"));

        static string Code(PSObject error) => Text(error, "ErrorCode") ?? "(no code)";
        static string Day(PSObject error, string property) => Cell.Time(Cell.Value(error, property), "yyyy-MM-dd");
    }

    /// <summary>Who failed last, the first few by name.</summary>
    public static object Failing(PSObject instance)
    {
        var names = Cell.Items(instance, "FailingIdentities").Select(name => Cell.Line(name)).ToList();
        if (names.Count == 0) return "none";
        var shown = string.Join(", ", names.Take(MostNamed));
        return names.Count > MostNamed ? $"{names.Count}: {shown}, … (FailingIdentities has all)" : $"{names.Count}: {shown}";
    }

    /// <summary>Its source: an export of the job, or the logs alone.</summary>
    public static object Basis(PSObject instance)
    {
        if (Cell.Value(instance, "Derived") is true) return "Derived from the logs: no export of this job was imported";
        if (Time(instance, "ObservedAt") is not { } time) return "Export of the job";
        return $"Export of the job of {time}{(Cell.Value(instance, "ObservedAtAssumed") is true ? " (time assumed)" : string.Empty)}";
    }

    /// <summary>The text for null: logs cannot say it, or the job's export does not. Never 0.</summary>
    private static string Unknown(PSObject instance) =>
        Cell.Value(instance, "Derived") is true ? "(not known from logs)" : "(the export does not say)";

    private static string? Text(PSObject instance, string property) => Cell.Line(instance, property) is { Length: > 0 } text ? text : null;

    private static string? Time(PSObject instance, string property) =>
        Cell.Value(instance, property) is { } time ? Cell.Time(time, Minutes) : null;

    private static string? Number(PSObject instance, string property) =>
        Cell.Value(instance, property) is { } number
            ? Convert.ToInt64(number, CultureInfo.InvariantCulture).ToString("N0", CultureInfo.CurrentCulture) : null;
}
