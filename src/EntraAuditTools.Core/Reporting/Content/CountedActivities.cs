using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Activities.FirstSeen;
using EntraAuditTools.Core.Queries.Activities.Grouping;
using EntraAuditTools.Core.Queries.Coverage;
using EntraAuditTools.Core.Queries.Identities;
using EntraAuditTools.Core.Queries.Logs;

namespace EntraAuditTools.Core.Reporting.Content;

/// <summary>All that a report counts of the audit log, which is gone through once for it.</summary>
internal sealed class CountedActivities : IDisposable
{
    /// <summary>What a report groups the activities of its time by.</summary>
    private static readonly string[][] Measured = [["Day"], ["Actor"], ["Activity"], ["Activity", "Actor"]];

    private readonly MirrorReader mirror;
    private readonly IReadOnlyList<string>? tenants;
    private readonly LogConditions everything;
    private readonly ActivityDimensions words;
    private readonly Dictionary<(string By, long From), ActivityGrouping> groupings = [];
    private readonly ActivityGrouping? days;
    private readonly long from;

    /// <summary>Counts.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="options">What the report is about.</param>
    public CountedActivities(MirrorReader mirror, ReportOptions options)
    {
        (this.mirror, tenants) = (mirror, options.Tenants);
        words = new(mirror);
        // What is new is what was not seen before: all that is earlier is looked at, too.
        everything = ActivityLog.Definition.Resolve(mirror, new AuditActivityFilter { Before = options.Before, Tenant = tenants });
        from = Ticks(options.After);
        var survey = new ActivitySurvey();
        foreach (var by in Measured) Add(survey, by, from);
        foreach (var by in New) Add(survey, [by], 0);
        // Coverage is of whole days and of all tenants.
        if (options.Before == null && tenants == null)
            days = survey.Add(MeasureDimension.Find(["Tenant", "Day"]), from - (from % TimeSpan.TicksPerDay));
        if (!everything.Impossible) survey.Read(mirror, everything);
    }

    /// <summary>What a report looks for new values of.</summary>
    public static IReadOnlyList<string> New { get; } = ["Activity", "Actor", "IPAddress"];

    /// <summary>By day, for coverage; null where only some of a day's activities are counted.</summary>
    public DaysByTenant? Days()
    {
        if (days == null) return null;
        var found = new DaysByTenant();
        foreach (var (numbers, counts) in days.InNumbers())
            found.Add(numbers[0], counts.First / TimeSpan.TicksPerDay, new(counts.Count, counts.First, counts.Last));
        return found;
    }

    /// <summary>The groups of the report's time, as <see cref="AuditActivityMeasureQuery"/> answers.</summary>
    /// <param name="by">One of the groupings of a report.</param>
    /// <param name="which">Which groups; null for all.</param>
    public List<AuditActivityMeasure> Measure(IReadOnlyList<string> by, Predicate<GroupCounts>? which = null)
    {
        var grouping = groupings[(Name(by), from)];
        return [.. AuditActivityMeasureQuery.Measures(grouping.InWords(mirror, words, which), grouping.Dimensions)];
    }

    /// <summary>What was seen for the first time at or after a time, as <see cref="FirstSeenQuery"/> answers; of values only.</summary>
    /// <param name="by">One of <see cref="New"/>.</param>
    /// <param name="since">The time; null for all that the mirror holds.</param>
    /// <returns>How many there are, and the newest of them, each read as it is asked for.</returns>
    public (int Count, IEnumerable<AuditActivityFirstSeen> Newest) FirstSeen(string by, DateTimeOffset? since)
    {
        var ticks = Ticks(since);
        var grouping = groupings[(by, 0)];
        var groups = grouping.InWords(mirror, words, counts => counts.First >= ticks).Where(group => group.Key.Values[0] != null).ToList();
        return (groups.Count, FirstSeenQuery.Seen(mirror, everything, tenants, groups, grouping.Dimensions));
    }

    /// <inheritdoc/>
    public void Dispose() => words.Dispose();

    private void Add(ActivitySurvey survey, string[] by, long since)
    {
        // Where the report is of all that the mirror holds, what is new is counted already.
        if (!groupings.ContainsKey((Name(by), since))) groupings.Add((Name(by), since), survey.Add(MeasureDimension.Find(by), since));
    }

    private static string Name(IReadOnlyList<string> by) => string.Join(' ', by);

    private static long Ticks(DateTimeOffset? time) => TimeCondition.Of(time, null).FromTicks ?? 0;
}
