using System.Collections.Concurrent;
using EntraAuditTools.Core.Queries.Times;

namespace EntraAuditTools.PowerShell.Messages;

/// <summary>
/// How dates of numbers were read that others read otherwise (01/11/2026). A transformation of arguments cannot warn: it leaves a note
/// here, and the cmdlet that got the time says it, once in a session for each text.
/// </summary>
internal static class DateNotes
{
    private const int Most = 1000;

    private static readonly ConcurrentDictionary<DateTimeOffset, string> Notes = new();
    private static readonly ConcurrentDictionary<string, bool> Given = new(StringComparer.Ordinal);

    /// <summary>Notes how a text was read, where that is a question.</summary>
    public static void Note(string typed, DateTimeOffset time, DateTimeOffset now)
    {
        if (TimeInput.Reading(typed, now) is { } reading && Given.Count < Most && !Given.ContainsKey(reading)) Notes[time] = reading;
    }

    /// <summary>The notes on the values that a cmdlet was given.</summary>
    public static IEnumerable<string> Of(IEnumerable<object?> values)
    {
        if (Notes.IsEmpty) yield break;
        foreach (var time in values.OfType<DateTimeOffset>())
        {
            if (Notes.TryRemove(time, out var reading) && Given.TryAdd(reading, true)) yield return reading;
        }
    }
}
