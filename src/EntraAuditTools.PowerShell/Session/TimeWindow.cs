using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Queries.Times;
using EntraAuditTools.PowerShell.Errors;

namespace EntraAuditTools.PowerShell.Session;

/// <summary>The span that -After, -Before and -Last ask for: includes its start, excludes its end; null is open.</summary>
internal readonly record struct TimeWindow(DateTimeOffset? After, DateTimeOffset? Before)
{
    /// <summary>Puts the three parameters together.</summary>
    /// <exception cref="AuditToolException">They contradict each other, or -Last is no span.</exception>
    public static TimeWindow From(DateTimeOffset? after, DateTimeOffset? before, string? last, DateTimeOffset now)
    {
        if (last is not null)
        {
            if (after is not null) throw ErrorRecords.BadArgument("TimesContradict", "-Last and -After both say where the time begins.",
                "Give one of them; -Last goes with -Before.", last);
            after = RelativeTime.Before(last.Trim(), before ?? now)
                ?? throw ErrorRecords.BadArgument("LastInvalid", $"-Last '{last}' is not a span of time.", RelativeTime.Help, last);
        }

        if (after >= before) throw ErrorRecords.BadArgument("TimesContradict",
            $"The time asked for ends ({before:u}) before it begins ({after:u}).", "-After is the earlier one.", after);
        return new(after?.ToUniversalTime(), before?.ToUniversalTime());
    }
}
