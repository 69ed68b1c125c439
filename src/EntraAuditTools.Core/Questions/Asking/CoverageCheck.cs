using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Coverage;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Questions.Asking;

/// <summary>What to say of an answer whose time the mirror does not cover.</summary>
internal static class CoverageCheck
{
    /// <summary>What to warn of, log by log.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="window">The time asked for.</param>
    /// <param name="logs">The logs that the answer comes from.</param>
    /// <param name="require">Whether a gap is an error.</param>
    /// <param name="now">The time of asking.</param>
    /// <exception cref="AuditToolException">CoverageMissing, or RequireCoverageNeedsTime.</exception>
    public static IEnumerable<string> Warnings(MirrorReader mirror, TimeWindow window, IReadOnlyList<string> logs, bool require,
        DateTimeOffset now)
    {
        if (require && window == default)
            throw AuditToolException.BadArgument("RequireCoverageNeedsTime",
                $"{Caller.Option("RequireCoverage")} needs to know which time must be covered.",
                $"Give {Caller.Option("Last")}, or {Caller.Option("After")} and {Caller.Option("Before")}.");
        if (window.After > now)
        {
            yield return $"The time asked for, from {CoverageGap.Show(window.After.Value)}, lies in the future: nothing can have happened "
                + "then.";
            yield break;
        }

        foreach (var log in logs)
        {
            if (CoverageQuery.Gap(mirror, window.After, window.Before, now, log) is not { } gap) continue;
            if (require && gap.Error is { } error) throw error;
            yield return logs.Count == 1 ? gap.Warning : $"{char.ToUpperInvariant(gap.Log[0])}{gap.Log[1..]}: {gap.Warning}";
        }
    }
}
