using System.Globalization;

namespace EntraAuditTools.Core.Questions.Asking;

/// <summary>How far a question is that takes more than a moment, in words.</summary>
internal static class QuestionPace
{
    /// <summary>How many results it has given, how many rows it has read, and how many in a second.</summary>
    public static string Words(long results, long rows, double seconds)
    {
        var given = results == 0 ? string.Empty
            : string.Create(CultureInfo.CurrentCulture, $"{results:N0} {(results == 1 ? "result" : "results")}, ");
        // One statement can work long before its first row: counting and grouping do.
        return given + (rows == 0 ? string.Create(CultureInfo.CurrentCulture, $"reading for {seconds:N0} seconds")
            : string.Create(CultureInfo.CurrentCulture, $"{rows:N0} rows read, {rows / seconds:N0} a second"));
    }
}
