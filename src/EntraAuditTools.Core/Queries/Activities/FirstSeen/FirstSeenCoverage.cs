using System.Globalization;

namespace EntraAuditTools.Core.Queries.Activities.FirstSeen;

/// <summary>
/// What it says that something was first seen at a time. A value that is first seen on the first covered day may have been there always.
/// </summary>
internal static class FirstSeenCoverage
{
    /// <summary>Whether a first activity is known to be the first: at least a day before it is covered.</summary>
    public static bool IsNew(long? since, long first) => first - since >= TimeSpan.TicksPerDay;

    /// <summary>The same in words.</summary>
    public static string Words(long? since, long first)
    {
        if (since is not { } from) return "not covered before";
        if (!IsNew(since, first)) return "first covered day";
        var days = (first - from) / TimeSpan.TicksPerDay;
        return string.Create(CultureInfo.InvariantCulture, $"{days:N0} covered {(days == 1 ? "day" : "days")}");
    }
}
