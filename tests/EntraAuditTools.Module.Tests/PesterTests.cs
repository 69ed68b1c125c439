namespace EntraAuditTools.Module.Tests;

/// <summary>The Pester suite, each of its tests a row here.</summary>
public class PesterTests
{
    public static IEnumerable<TheoryDataRow<PesterOutcome>> Rows() => PesterSuite.Outcomes.Select(outcome => new TheoryDataRow<PesterOutcome>(outcome));

    /// <remarks>Rows are made when the test runs, not when an editor looks for tests: a look would start PowerShell.</remarks>
    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Rows))]
    public void Pester(PesterOutcome test)
    {
        switch (test.Result)
        {
            case "Passed":
                break;
            case "Skipped":
            case "NotRun":
                Assert.Skip(test.Message);
                break;
            default:
                // Failed, and Inconclusive: a test that cannot decide has not passed.
                Assert.Fail($"{test.Result}: {test.Message}");
                break;
        }
    }
}
