using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.Core.Queries.Times;

namespace EntraAuditTools.Core.Questions.Completion;

/// <summary>The time that a command line asks for so far.</summary>
internal static class TypedTime
{
    /// <summary>Its begin and end; null where they are not given, or are no times yet.</summary>
    public static (DateTimeOffset? After, DateTimeOffset? Before) Of(CompletionRequest request)
    {
        var now = DateTimeOffset.Now;
        var (from, to) = (Time(request.Given("After"), now), Time(request.Given("Before"), now));
        return (request.Given("Last") is [var span] ? RelativeTime.Before(span, to ?? now) : from, to);
    }

    private static DateTimeOffset? Time(IReadOnlyList<string>? texts, DateTimeOffset now) =>
        texts is [var text] ? TimeInput.Parse(text, now) : null;
}
