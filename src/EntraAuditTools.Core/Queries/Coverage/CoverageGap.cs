using System.Globalization;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Coverage;

/// <summary>The parts of a time for which the mirror is not known to hold the whole of a log.</summary>
/// <param name="Kind">The log: AuditActivity or ProvisioningLog.</param>
/// <param name="Missing">Parts that nothing covers, in words.</param>
/// <param name="Late">Parts that are covered, but so recent that records may still arrive, in words.</param>
/// <param name="NewestRecord">Time of the newest record that the mirror holds of the log, UTC; null when it holds none.</param>
internal sealed record CoverageGap(string Kind, IReadOnlyList<string> Missing, IReadOnlyList<string> Late, DateTimeOffset? NewestRecord)
{
    private const int MostParts = 4;

    /// <summary>One sentence to warn with before an answer.</summary>
    public string Warning =>
        $"The mirror is not known to be complete for {Parts([.. Missing, .. Late])}; \"no rows\" does not mean \"nothing happened\". "
        + $"See {Caller.Command("Get-AuditCoverage")}.";

    /// <summary>
    /// The same as an error, for callers that must not be answered from half of a log (<c>-RequireCoverage</c>). Null when all is covered
    /// and only the last hours may still grow.
    /// </summary>
    public AuditToolException? Error => Missing.Count == 0 ? null : new AuditToolException(
        "CoverageMissing",
        AuditErrorKind.NotFound,
        $"The mirror does not hold the whole {Log} for the time asked: not covered is {Parts(Missing)}. {Newest}",
        $"Import the exports of that time ({Caller.Option("CoversFrom")} and {Caller.Option("CoversTo")} say what an export covers), ask for "
            + $"a time that is covered ({Caller.Command("Get-AuditCoverage")} lists it), or leave {Caller.Option("RequireCoverage")} out to "
            + "see what there is.",
        Kind);

    /// <summary>The log in words.</summary>
    public string Log => LogTable.Of(Kind).Words;

    private string Newest =>
        NewestRecord is { } time ? $"Its newest record of that log is of {Show(time)}." : "It holds no record of that log.";

    /// <summary>A time as the warnings write it, in UTC.</summary>
    public static string Show(DateTimeOffset time) => Text(time.UtcTicks);

    internal static string Text(long ticks)
    {
        var time = new DateTime(ticks, DateTimeKind.Utc);
        return time.ToString(ticks % TimeSpan.TicksPerMinute == 0 ? "yyyy-MM-dd HH:mm'Z'" : "yyyy-MM-dd HH:mm:ss'Z'",
            CultureInfo.InvariantCulture);
    }

    private static string Parts(IReadOnlyList<string> parts) =>
        string.Join("; ", parts.Take(MostParts)) + (parts.Count > MostParts
            ? string.Create(CultureInfo.InvariantCulture, $"; and {parts.Count - MostParts} more") : string.Empty);
}
