using EntraAuditTools.Core.Eligibility;

namespace EntraAuditTools.Core.Tests.Entitlement;

/// <summary>
/// The danger: an answer is right and its reason is another's, so that somebody changes the wrong policy. What is said in each row of the
/// tables is one approved text, to be read; <c>ENTRAAUDIT_APPROVE=1</c> writes it anew.
/// </summary>
public sealed class ReasonTests
{
    private static string ApprovedFile =>
        Path.Combine(Repository.Root, "tests", "EntraAuditTools.Core.Tests", "Entitlement", "approved-reasons.txt");

    [Fact]
    public void Reasons_are_the_approved_ones()
    {
        var text = string.Concat(RequestCases.All.Select(Requests).Concat(VisibilityRulesTests.Rows().Select(Visibility)));
        if (Environment.GetEnvironmentVariable("ENTRAAUDIT_APPROVE") == "1") File.WriteAllText(ApprovedFile, text);
        Assert.Equal(File.ReadAllText(ApprovedFile).ReplaceLineEndings("\n"), text);
    }

    private static string Requests(RequestCase row)
    {
        var decision = row.Decide();
        var others = decision.Decisions.Select(one => one.Reason)
            .Where(reason => !decision.Reason.Contains(reason, StringComparison.Ordinal)).Select(reason => $"  beside: {reason}\n");
        return $"{row.Title} [{row.Source}]\n  {decision.Answer}: {decision.Reason}\n{string.Concat(others)}";
    }

    private static string Visibility((string Title, Answer Expected, RequestCase Case) row)
    {
        var found = row.Case.See();
        return $"My Access {row.Title}\n  {found.Answer}: {found.Reason}\n";
    }
}
