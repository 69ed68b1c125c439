using System.Diagnostics;
using EntraAuditTools.Cli.Output;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Cli.Questions;

/// <summary>
/// How far a question is that takes more than a second, in one line of the error stream that is written over and over; nothing where that
/// is no screen. Where the answer goes to the screen too, it makes room for the first row.
/// </summary>
/// <param name="question">What is asked.</param>
internal sealed class QuestionLine(string question)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1), Interval = TimeSpan.FromMilliseconds(300);

    private readonly long begun = Stopwatch.GetTimestamp();
    private long last;
    private long results;

    /// <summary>Whether anybody could see it.</summary>
    public static bool IsSeen => !Console.IsErrorRedirected;

    /// <summary>Shows it, when it is time to. The database calls it on the thread that asks.</summary>
    /// <param name="rows">How many rows were read so far.</param>
    public void Tick(long rows)
    {
        if ((Screen.IsOne && results > 0) || Stopwatch.GetElapsedTime(begun) < First) return;
        if (last != 0 && Stopwatch.GetElapsedTime(last) < Interval) return;
        last = Stopwatch.GetTimestamp();
        var words = QuestionPace.Words(results, rows, Stopwatch.GetElapsedTime(begun).TotalSeconds);
        Console.Error.Write($"\r\u001b[K{TerminalText.Line(question)}: {words}");
    }

    /// <summary>Counts a row of the answer.</summary>
    public void Count()
    {
        results++;
        if (results == 1 && Screen.IsOne) Clear();
    }

    /// <summary>Takes it off the screen.</summary>
    public void Clear()
    {
        if (last != 0) Console.Error.Write("\r\u001b[K");
        last = 0;
    }
}
