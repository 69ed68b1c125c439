using System.Globalization;
using System.Management.Automation;
using EntraAuditTools.Core.Mirror.Reading;

namespace EntraAuditTools.PowerShell.Messages;

/// <summary>How far long work on the mirror is: its part, how much of it is done, of how much, and how much in a second.</summary>
/// <param name="work">What is done.</param>
/// <param name="unit">What is counted: records, pages; empty where parts count different things.</param>
internal sealed class WorkProgress(string work, string unit = "")
{
    /// <summary>What the host tells one progress of a session by.</summary>
    public const int ActivityId = 0x45415544;

    private string? part;
    private long begun;

    /// <summary>The progress to show.</summary>
    public ProgressRecord Of(ImportProgress progress) => Of(progress, Environment.TickCount64);

    /// <inheritdoc cref="Of(ImportProgress)"/>
    /// <param name="progress">How far it is.</param>
    /// <param name="now">Milliseconds of a clock that only goes on.</param>
    internal ProgressRecord Of(ImportProgress progress, long now)
    {
        // Each part has a rate of its own: pages are copied quicker than records are checked.
        if (part != progress.Source) (part, begun) = (progress.Source, now);
        var of = progress.BytesTotal is > 0 and var all ? string.Create(CultureInfo.CurrentCulture, $" of {all:N0}") : string.Empty;
        var seconds = (now - begun) / 1000.0;
        var rate = seconds > 0 ? string.Create(CultureInfo.CurrentCulture, $", {progress.Records / seconds:N0} a second") : string.Empty;
        var done = string.Create(CultureInfo.CurrentCulture, $"{progress.Source}: {progress.Records:N0}{of} {unit}").TrimEnd() + rate;
        return new ProgressRecord(ActivityId, work, done)
        {
            PercentComplete = progress.BytesTotal is > 0 and var total ? (int)Math.Min(100, 100.0 * progress.Records / total) : -1,
        };
    }

    /// <summary>Takes it off the screen.</summary>
    public ProgressRecord Done() => new(ActivityId, work, "Done") { RecordType = ProgressRecordType.Completed };

    /// <summary>The progress of work that says only what it does.</summary>
    public ProgressRecord Of(string what) => new(ActivityId, work, what);
}
