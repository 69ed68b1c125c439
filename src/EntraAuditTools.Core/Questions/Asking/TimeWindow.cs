using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Queries.Times;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Questions.Asking;

/// <summary>The span that After, Before and Last ask for: includes its start, excludes its end; null is open.</summary>
internal readonly record struct TimeWindow(DateTimeOffset? After, DateTimeOffset? Before)
{
    /// <summary>Puts the three parameters together.</summary>
    /// <exception cref="AuditToolException">They contradict each other, or the last so long is no span.</exception>
    public static TimeWindow From(DateTimeOffset? after, DateTimeOffset? before, string? last, DateTimeOffset now)
    {
        if (last is not null)
        {
            var option = Caller.Option("Last");
            if (after is not null)
                throw AuditToolException.BadArgument("TimesContradict",
                    $"{option} and {Caller.Option("After")} both say where the time begins.",
                    $"Give one of them; {option} goes with {Caller.Option("Before")}.", last);
            after = RelativeTime.Before(last.Trim(), before ?? now)
                ?? throw AuditToolException.BadArgument("LastInvalid", $"{option} '{last}' is not a span of time.", RelativeTime.Help, last);
        }

        if (after >= before)
            throw AuditToolException.BadArgument("TimesContradict", $"The time asked for ends ({before:u}) before it begins ({after:u}).",
                $"{Caller.Option("After")} is the earlier one.", after);
        return new(after?.ToUniversalTime(), before?.ToUniversalTime());
    }
}
