using EntraAuditTools.Core.Queries.Times;

namespace EntraAuditTools.PowerShell.Completion;

/// <summary>The time that a command line asks for so far.</summary>
internal static class TypedTime
{
    /// <summary>Its begin and end; null where they are not given, or are no times yet.</summary>
    public static (DateTimeOffset? After, DateTimeOffset? Before) Of(string[]? after, string[]? before, string[]? last, DateTimeOffset now)
    {
        var (from, to) = (Time(after, now), Time(before, now));
        return (last is [var span] ? RelativeTime.Before(span, to ?? now) : from, to);
    }

    private static DateTimeOffset? Time(string[]? texts, DateTimeOffset now) => texts is [var text] ? TimeInput.Parse(text, now) : null;
}
