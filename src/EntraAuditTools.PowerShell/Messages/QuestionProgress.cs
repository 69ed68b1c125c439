using System.Management.Automation;
using EntraAuditTools.Core.Questions.Asking;

namespace EntraAuditTools.PowerShell.Messages;

/// <summary>
/// How far a question is that takes more than a moment: how many results it has given and how many rows it has read, and how many in a
/// second. Called by the engine of the database now and then, on the thread that asks; a question that is quick never shows it.
/// </summary>
/// <param name="question">What is asked.</param>
/// <param name="show">Shows a progress.</param>
internal sealed class QuestionProgress(string question, Action<ProgressRecord> show)
{
    private const int EveryMilliseconds = 300;

    private readonly long begun = Environment.TickCount64;
    private long lastShown;
    private bool visible;

    /// <summary>How long a question takes before it shows any; a test has no time.</summary>
    internal static int FirstAfterMilliseconds { get; set; } = 1000;

    /// <summary>How many results were given so far.</summary>
    public long Results { get; set; }

    /// <summary>Shows it, when it is time to.</summary>
    /// <param name="rows">How many rows were read so far.</param>
    public void Tick(long rows) => Tick(rows, Environment.TickCount64);

    /// <inheritdoc cref="Tick(long)"/>
    /// <param name="rows">How many rows were read so far.</param>
    /// <param name="now">Milliseconds of the clock that it began by.</param>
    internal void Tick(long rows, long now)
    {
        if (now - begun < FirstAfterMilliseconds || now - lastShown < EveryMilliseconds) return;
        (lastShown, visible) = (now, true);
        show(new ProgressRecord(WorkProgress.ActivityId, question, QuestionPace.Words(Results, rows, Math.Max(0.001, (now - begun) / 1000.0))));
    }

    /// <summary>Takes it off the screen.</summary>
    public void End()
    {
        if (!visible) return;
        visible = false;
        show(new ProgressRecord(WorkProgress.ActivityId, question, "Done") { RecordType = ProgressRecordType.Completed });
    }
}
