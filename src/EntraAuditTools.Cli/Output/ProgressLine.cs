using System.Diagnostics;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Cli.Output;

/// <summary>How far something is, in one line of the error stream that is written over and over; nothing where that is no screen.</summary>
internal sealed class ProgressLine
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly bool isShown = !Console.IsErrorRedirected;
    private long last;

    /// <summary>Shows it, when it is time to.</summary>
    public void Show(ImportProgress progress)
    {
        var share = progress.BytesTotal is > 0 and var total ? $", {100 * progress.BytesRead / total} %" : string.Empty;
        var what = progress.IsUpdate ? "Bringing the mirror up to date" : TerminalText.Line(Path.GetFileName(progress.Source));
        Say($"{what}: {progress.Records:N0} records{share}");
    }

    /// <summary>Says what is being done, when it is time to.</summary>
    public void Say(string what)
    {
        if (!isShown || (last != 0 && Stopwatch.GetElapsedTime(last) < Interval)) return;
        last = Stopwatch.GetTimestamp();
        Console.Error.Write($"\r\u001b[K{what}");
    }

    /// <summary>Takes it off the screen.</summary>
    public void Clear()
    {
        if (last != 0) Console.Error.Write("\r\u001b[K");
        last = 0;
    }
}
