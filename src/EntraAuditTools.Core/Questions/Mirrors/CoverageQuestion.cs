using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Coverage;
using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Questions.Completion;

namespace EntraAuditTools.Core.Questions.Mirrors;

/// <summary>For which days does the mirror hold which log, and where are the gaps?</summary>
internal static class CoverageQuestion
{
    /// <summary>The question.</summary>
    public static readonly RecordQuestion<AuditCoverage> Instance = new("Get-AuditCoverage",
        "For which days does the mirror hold which log, and where are the gaps? UTC days, oldest first.")
    {
        What = "Days that the mirror holds",
        Fields =
        [
            new("Kind", "kind", "Kind of record: a log.") { TakesAll = true, ClosedList = CoverageQuery.Kinds },
            new("Tenant", "tenant", "Tenant id.")
            {
                Noun = "tenant", Held = CommonColumn.Tenant, Completes = RecordCompletion.Tenants,
            },
            .. TimeFields.All,
        ],
        AsksLogsThere = _ => true,
        Examples = ["--last 30d", "--kind AuditActivity --last 7d --require-coverage", "--csv"],
        // The answer is the coverage itself: a gap is only an error where none may be.
        Logs = input => input.Has("RequireCoverage")
            ? [.. CoverageQuery.Kinds.Where(log => input.Texts("Kind")?.Any(kind => new WildcardText(kind).IsMatch(log)) != false)] : [],
        Run = (mirror, input) => CoverageQuery.Run(mirror, input.Texts("Kind"), input.Texts("Tenant"), input.Window.After,
            input.Window.Before, input.Now),
    };
}
