using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Activities.Comparing;
using EntraAuditTools.Core.Queries.Activities.Grouping;
using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Questions.Activities;

/// <summary>What is there more or less of than in the time before: this week beside last?</summary>
internal static class CompareActivityQuestion
{
    private const int UsualDays = 7;
    private const string ReferenceAfter = "ReferenceAfter", ReferenceBefore = "ReferenceBefore";

    // What imports brought is no time to compare.
    private static readonly string[] OfImports = ["ImportId", "ImportedAfter"];

    private static readonly string[] Figures =
    [
        "Change", "ReferenceCount", "Count", "Difference", ReferenceAfter, ReferenceBefore, "After", "Before", "ReferenceDaysNotCovered",
        "DaysNotCovered",
    ];

    /// <summary>The question.</summary>
    public static readonly RecordQuestion<AuditActivityComparison> Instance = new("Compare-AuditActivity",
        "What is there more or less of than in the time before: this week beside last?")
    {
        What = "Numbers of audit activities in two times",
        Fields =
        [
            Grouping.Field,
            new(ReferenceAfter, "beside from", "Begin of the time to compare with; so long before the time as that is when not given.")
                { IsTime = true },
            new(ReferenceBefore, "beside to", "End of the time to compare with; the same length when not given.") { IsTime = true },
            .. AuditActivityQuery.Fields.Where(field => !OfImports.Contains(field.Name)),
            .. TimeFields.All,
        ],
        Examples =
        [
            "--after 2026-10-24 --before 2026-10-31", "--by Actor Activity --result failure --last 30d",
            "--after 2026-10-01 --before 2026-11-01 --reference-after 2026-09-01 --reference-before 2026-10-01 --csv",
        ],
        Logs = _ => ActivityQuestion.Logs,
        Window = Window,
        Beforehand = ActivityQuestion.Index,
        Check = Check,
        Cautions = (mirror, input) =>
            CoverageCheck.Warnings(mirror, Reference(input), ActivityQuestion.Logs, input.Has("RequireCoverage"), input.Now)
                .Select(gap => $"The time to compare with: {gap}"),
        PropertyNames = input => [.. Grouping.Of(input), .. Figures],
        Properties = Values,
        Run = (mirror, input) => ActivityComparison.Run(mirror, LogInput.Filter(AuditActivityQuery.Log, input),
            (Reference(input).After!.Value, Reference(input).Before!.Value), Grouping.Of(input)),
        Description = (mirror, input) => LogInput.Describe(AuditActivityQuery.Log, mirror, input),
    };

    /// <summary>The last seven whole days in UTC, unless a time is asked for: a day that is not over would read as fewer.</summary>
    private static TimeWindow Window(QuestionInput input)
    {
        var asked = Question.Asked(input);
        var before = asked.Before
            ?? (asked.After is null ? new(input.Now.UtcDateTime.Date, TimeSpan.Zero) : input.Now.ToUniversalTime());
        return TimeWindow.From(asked.After ?? before.AddDays(-UsualDays), before, null, input.Now);
    }

    private static TimeWindow Reference(QuestionInput input)
    {
        var (after, before) = (input.Window.After!.Value, input.Window.Before!.Value);
        var length = before - after;
        var to = input.Time(ReferenceBefore)?.ToUniversalTime();
        var from = input.Time(ReferenceAfter)?.ToUniversalTime() ?? (to ?? after) - length;
        return TimeWindow.From(from, to ?? from + length, null, before);
    }

    private static void Check(QuestionInput input)
    {
        if (Grouping.Of(input).FirstOrDefault(MeasureDimension.IsPointInTime) is { } time)
            throw AuditToolException.BadArgument("DimensionIsTime", $"Two times have no {time} in common.",
                $"Group by something else, or count with {Caller.Command("Measure-AuditActivity")}.", time);
        var reference = Reference(input);
        var (after, before) = (input.Window.After!.Value, input.Window.Before!.Value);
        if (reference.Before > after && reference.After < before)
            throw AuditToolException.BadArgument("TimesContradict",
                $"The time to compare with ({reference.After:u} to {reference.Before:u}) and the time ({after:u} to {before:u}) have a "
                + "part in common.",
                $"Give {Caller.Option(ReferenceAfter)} and {Caller.Option(ReferenceBefore)} before {Caller.Option("After")}.",
                reference.After);
    }

    private static IReadOnlyList<KeyValuePair<string, object?>> Values(AuditActivityComparison item, QuestionInput input)
    {
        IEnumerable<object?> values =
        [
            item.Change, item.ReferenceCount, item.Count, item.Difference, item.ReferenceAfter, item.ReferenceBefore, item.After,
            item.Before, item.ReferenceDaysNotCovered, item.DaysNotCovered,
        ];
        return [.. Grouping.Values(item.Group, input), .. Figures.Zip(values, KeyValuePair.Create)];
    }
}
