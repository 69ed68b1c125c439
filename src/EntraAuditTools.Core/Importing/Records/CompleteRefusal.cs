using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Importing.Records;

/// <summary>Watches for what shows that exports are not all there is, although they were declared complete.</summary>
internal sealed class CompleteRefusal
{
    private readonly List<(string Source, string Reason)> reasons = [];

    /// <summary>A source that was read to its end.</summary>
    public void Add(SourceFacts facts, ImportResult result)
    {
        if (facts.Rejected > 0)
            Add(result.Source, facts.Rejected == 1 ? "1 record was rejected" : $"{facts.Rejected:N0} records were rejected");
        else if (facts.IsMissingAnswers) Add(result.Source, "parts of the answers in it failed, or end with a link to another page");
        else if (facts.IsOpenEnded) Add(result.Source, "it ends before its list does");
        else if (facts.IsAtCap) Add(result.Source, $"it holds exactly {result.Read:N0} records, a number at which downloads are cut off");
    }

    /// <summary>A source that could not be taken in.</summary>
    public void Failed(string source) => Add(source, "it could not be imported");

    /// <summary>A source that ends with a link to a page that was not imported.</summary>
    public void LeftLink(string source) => Add(source, "it ends with an @odata.nextLink, and the next page was not imported");

    /// <summary>The error; null when there is no reason against it.</summary>
    public AuditToolException? Explain() => reasons.Count == 0 ? null : new(
        "CompleteRefused", AuditErrorKind.InvalidData,
        $"{Caller.Option("Complete")} was refused, because the exports are not all there is. "
            + $"{string.Join("; ", reasons.Take(5).Select(r => $"{r.Source}: {r.Reason}"))}"
            + $"{(reasons.Count > 5 ? $"; and {reasons.Count - 5} more" : string.Empty)}. What they hold was imported; nothing was taken as gone.",
        $"Export again (all pages, nothing filtered) and import that with {Caller.Option("Complete")}, or leave "
            + $"{Caller.Option("Complete")} out.", reasons[0].Source);

    private void Add(string source, string reason)
    {
        if (!reasons.Exists(r => r.Source == source)) reasons.Add((source, reason));
    }
}
