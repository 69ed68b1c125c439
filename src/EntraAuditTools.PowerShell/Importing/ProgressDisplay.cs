using System.Globalization;
using System.Management.Automation;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Text;
using EntraAuditTools.PowerShell.Messages;

namespace EntraAuditTools.PowerShell.Importing;

/// <summary>
/// Progress: workers leave the latest state here, the pipeline thread shows it a few times a second. Nothing is queued,
/// so a slow terminal never holds an import up.
/// </summary>
internal sealed class ProgressDisplay(Action<ProgressRecord> show)
{
    private const int ActivityId = WorkProgress.ActivityId;
    private const int FirstAfterMilliseconds = 500;
    private const int EveryMilliseconds = 300;

    private sealed record State(ImportProgress Progress, long Started);

    private volatile State? latest;
    private State? shown;
    private long lastShown;
    private bool visible;

    /// <summary>How many sources there are in all; 0 when not known.</summary>
    public int Sources { get; set; }

    /// <summary>Which of them this is, from 1.</summary>
    public int Source { get; set; }

    /// <summary>Takes a state in; called from any thread.</summary>
    public void Report(ImportProgress progress)
    {
        var before = latest;
        var started = before?.Progress.Source == progress.Source || (progress.IsUpdate && before?.Progress.IsUpdate == true)
            ? before!.Started : Environment.TickCount64;
        latest = new State(progress, started);
    }

    /// <summary>Shows the latest state when it is time to; called on the pipeline thread.</summary>
    public void Show()
    {
        var state = latest;
        if (state is null || ReferenceEquals(state, shown)) return;
        var now = Environment.TickCount64;
        if (now - lastShown < EveryMilliseconds || (!visible && now - state.Started < FirstAfterMilliseconds)) return;
        (shown, lastShown, visible) = (state, now, true);
        show(Describe(state, now));
    }

    /// <summary>Says once that another import holds the mirror; called on the pipeline thread while nothing else moves.</summary>
    public void ShowWaiting()
    {
        if (visible) return;
        visible = true;
        show(Waiting());
    }

    /// <summary>Another import holds the mirror.</summary>
    public static ProgressRecord Waiting() =>
        new(ActivityId, "Waiting for the mirror", "Another import is writing it. Ctrl+C gives up.");

    /// <summary>Takes the progress off the screen.</summary>
    public void End()
    {
        latest = null;
        if (!visible) return;
        visible = false;
        show(new ProgressRecord(ActivityId, "Import", "Done") { RecordType = ProgressRecordType.Completed });
    }

    /// <summary>How far a mirror that an older version read is.</summary>
    public static ProgressRecord Update(ImportProgress progress, double seconds) => new(
        ActivityId,
        "Bringing the mirror up to date, which an older version read",
        string.Create(CultureInfo.CurrentCulture,
            $"{progress.Records:N0} of {progress.BytesTotal:N0} records, {progress.Records / seconds:N0} a second"))
    {
        PercentComplete = progress.BytesTotal is > 0 and var total ? (int)(100.0 * progress.BytesRead / total) : -1,
    };

    private ProgressRecord Describe(State state, long now)
    {
        var (progress, seconds) = (state.Progress, Math.Max(0.001, (now - state.Started) / 1000.0));
        if (progress.IsUpdate) return Update(progress, seconds);
        var name = TerminalText.Line(Path.GetFileName(progress.Source) is { Length: > 0 } file ? file : progress.Source);
        var of = Sources > 1 ? string.Create(CultureInfo.CurrentCulture, $" ({Source:N0} of {Sources:N0})") : string.Empty;
        var status = string.Create(CultureInfo.CurrentCulture, $"{progress.Records:N0} records, {progress.Records / seconds:N0} a second");
        if (progress.BytesTotal is not > 0) return new ProgressRecord(ActivityId, $"Importing {name}{of}", status);

        var (read, total) = (Math.Min(progress.BytesRead, progress.BytesTotal.Value), progress.BytesTotal.Value);
        return new ProgressRecord(ActivityId, $"Importing {name}{of}",
            string.Create(CultureInfo.CurrentCulture, $"{status}, {read / 1e6:N1} of {total / 1e6:N1} MB"))
        {
            PercentComplete = (int)(100.0 * read / total),
            SecondsRemaining = read == 0 ? -1 : (int)Math.Min(int.MaxValue, (total - read) / (read / seconds)),
        };
    }
}
