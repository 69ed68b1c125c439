using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Questions.Activities;

/// <summary>What happened in the directory?</summary>
internal static class ActivityQuestion
{
    /// <summary>The logs that answer questions about activities.</summary>
    internal static readonly IReadOnlyList<string> Logs = [KindNames.AuditActivity];

    /// <summary>The question.</summary>
    public static readonly RecordQuestion<AuditActivity> Instance = new("Get-AuditActivity",
        "What happened in the directory? Newest first.")
    {
        What = "Audit activities",
        Fields = [.. AuditActivityQuery.Fields, .. TimeFields.All, TimeFields.ShowSecret],
        Examples =
        [
            "--last 7d --result failure",
            "--initiated-by adele.abadi@harborline.example --category GroupManagement --csv",
            "--search 'member group' --json --first 20",
        ],
        Logs = _ => Logs,
        AsksLogsThere = IsWithoutSearch,
        TableRows = 50,
        Beforehand = Index,
        PagesItself = true,
        Run = (mirror, input) => AuditActivityQuery.Log.Run(mirror, LogInput.Filter(AuditActivityQuery.Log, input)),
        Count = (mirror, input) => AuditActivityQuery.Log.Count(mirror, LogInput.Filter(AuditActivityQuery.Log, input)),
        Description = (mirror, input) => LogInput.Describe(AuditActivityQuery.Log, mirror, input),
    };

    /// <summary>Words are searched for in an index of this machine's.</summary>
    internal static bool IsWithoutSearch(QuestionInput input) => input.Texts("Search") == null;

    /// <summary>
    /// The first search builds the index that all later ones use. Where the mirror cannot be written, searching reads every record.
    /// </summary>
    internal static void Index(string mirror, QuestionInput input, Action<ImportProgress>? progress, CancellationToken stop)
    {
        if (input.Texts("Search") != null) ActivitySearchIndex.Ensure(mirror, progress, stop);
    }
}
