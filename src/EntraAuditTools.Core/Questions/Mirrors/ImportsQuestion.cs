using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.Core.Queries.Imports;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Questions.Completion;

namespace EntraAuditTools.Core.Questions.Mirrors;

/// <summary>What came in, from where, and what was refused?</summary>
internal static class ImportsQuestion
{
    private const string Rejected = "Rejected";

    /// <summary>The question.</summary>
    public static readonly RecordQuestion<object> Instance = new("Get-AuditImport",
        "What came in, from where, and what was refused? Newest first.")
    {
        What = "Imports",
        Fields =
        [
            new("ImportId", "import", "Number of the import.") { IsNumber = true, Completes = RecordCompletion.Imports },
            new(Rejected, "records that were rejected", "List the records that could not be read instead.") { IsSwitch = true },
            TimeFields.ShowSecret,
        ],
        Examples = ["--first 10", "--rejected --json", "--csv"],
        AsksLogsThere = _ => true,
        TableRows = 50,
        Record = input => input.Has(Rejected) ? typeof(RejectedRecord) : typeof(AuditImport),
        Run = (mirror, input) => input.Has(Rejected)
            ? ImportHistoryQuery.Rejected(mirror, input.Numbers("ImportId"), input.Has("ShowSecret"))
            : ImportHistoryQuery.Imports(mirror, input.Numbers("ImportId")),
    };
}
