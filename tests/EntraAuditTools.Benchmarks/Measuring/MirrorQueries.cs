using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;

namespace EntraAuditTools.Benchmarks.Measuring;

/// <summary>The questions, asked of a mirror.</summary>
internal static class MirrorQueries
{
    public static List<MeasuredQuestion> Measure(string mirror, Probes probes)
    {
        using var reader = MirrorReader.Open(mirror);
        var all = new AuditActivityFilter();
        return
        [
            MeasuredQuestion.Ask(Questions.Newest, () => Read(reader, new() { First = 20 })),
            MeasuredQuestion.Ask(Questions.NewestWithDetails, () => ReadDetails(reader, new() { First = 20 })),
            MeasuredQuestion.Ask(Questions.ByUser, () => Read(reader, new() { InitiatedBy = [probes.User], First = 50 })),
            MeasuredQuestion.Ask(Questions.ByCorrelation, () => Read(reader, new() { CorrelationId = [probes.CorrelationId] })),
            MeasuredQuestion.Ask(Questions.ActivityInDay,
                () => Read(reader, new() { Activity = [probes.Activity], After = probes.ActivityTime.AddHours(-12),
                    Before = probes.ActivityTime.AddHours(12), First = 100 })),
            MeasuredQuestion.Ask(Questions.FailuresInWeek,
                () => Read(reader, new() { Category = [probes.FailedCategory], Result = ["failure"],
                    After = probes.FailureTime.AddDays(-3.5), Before = probes.FailureTime.AddDays(3.5), First = 100 })),
            MeasuredQuestion.Ask(Questions.ByTarget, () => Read(reader, new() { Target = [probes.Target], First = 50 })),
            MeasuredQuestion.Ask(Questions.Count, () => AuditActivityQuery.Count(reader, all)),
        ];
    }

    private static long Read(MirrorReader reader, AuditActivityFilter filter) => AuditActivityQuery.Run(reader, filter).LongCount();

    private static long ReadDetails(MirrorReader reader, AuditActivityFilter filter)
    {
        long properties = 0;
        foreach (var activity in AuditActivityQuery.Run(reader, filter)) properties += activity.Targets.Sum(target => target.ModifiedProperties.Count);
        return properties;
    }
}
