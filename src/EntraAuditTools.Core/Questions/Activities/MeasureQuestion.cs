using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Activities.FirstSeen;
using EntraAuditTools.Core.Questions.Asking;

namespace EntraAuditTools.Core.Questions.Activities;

/// <summary>How many activities, by whom, when?</summary>
internal static class MeasureQuestion
{
    private const string FirstSeen = "FirstSeen";

    private static readonly string[] Counts = ["Count", "Success", "Failure", "First", "Last"];
    private static readonly string[] Newness = ["FirstImportId", "CoveredSince", "IsNew", "RestsOn"];

    /// <summary>The question.</summary>
    public static readonly RecordQuestion<AuditActivityMeasure> Instance = new("Measure-AuditActivity",
        "How many activities, by whom, when?")
    {
        What = "Numbers of audit activities",
        Fields =
        [
            Grouping.Field,
            new(FirstSeen, "by when they were first seen",
                "When was each group first seen? Times and imports that are asked for are those of the first activity.")
                { IsSwitch = true },
            .. AuditActivityQuery.Fields, .. TimeFields.All,
        ],
        Examples = ["--by Actor Activity --category RoleManagement", "--by Day --last 30d --csv", "--by IPAddress --first-seen"],
        Logs = _ => ActivityQuestion.Logs,
        AsksLogsThere = input => !input.Has(FirstSeen) && ActivityQuestion.IsWithoutSearch(input),
        Beforehand = ActivityQuestion.Index,
        Check = input => Grouping.Of(input),
        Record = input => input.Has(FirstSeen) ? typeof(AuditActivityFirstSeen) : typeof(AuditActivityMeasure),
        PropertyNames = input => [.. Grouping.Of(input), .. Counts, .. input.Has(FirstSeen) ? Newness : []],
        Properties = Values,
        Run = (mirror, input) => input.Has(FirstSeen)
            ? FirstSeenQuery.Run(mirror, LogInput.Filter(AuditActivityQuery.Log, input), Grouping.Of(input))
            : AuditActivityMeasureQuery.Run(mirror, LogInput.Filter(AuditActivityQuery.Log, input), Grouping.Of(input)),
        Description = (mirror, input) => LogInput.Describe(AuditActivityQuery.Log, mirror, input),
    };

    private static IReadOnlyList<KeyValuePair<string, object?>> Values(AuditActivityMeasure measure, QuestionInput input)
    {
        IEnumerable<object?> values = [measure.Count, measure.Success, measure.Failure, measure.First, measure.Last];
        var row = Grouping.Values(measure.Group, input).Concat(Counts.Zip(values, KeyValuePair.Create));
        if (measure is not AuditActivityFirstSeen seen) return [.. row];
        IEnumerable<object?> more = [seen.FirstImportId, seen.CoveredSince, seen.IsNew, seen.RestsOn];
        return [.. row, .. Newness.Zip(more, KeyValuePair.Create)];
    }
}
