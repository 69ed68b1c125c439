using Deque.AxeCore.Commons;

namespace EntraAuditTools.Core.Tests.Reporting;

/// <summary>
/// The page as axe-core (https://github.com/dequelabs/axe-core) judges it: contrast, names, headings, table semantics, keyboard; every rule
/// of WCAG 2.2 A and AA and of its best practices.
/// </summary>
public sealed class ReportAccessibilityTests(ReportUsedInBrowserTests.Page shown) : IClassFixture<ReportUsedInBrowserTests.Page>
{
    private const string Judge =
        "axe.run({ resultTypes: ['violations'] }).then(r => r.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => "
        + "n.html.slice(0, 150) + ' -- ' + n.failureSummary).join(' | ')).join('\\n'))";

    [Theory]
    [InlineData("light", 390)]
    [InlineData("dark", 1300)]
    public void Nothing_keeps_anybody_from_reading_it(string scheme, int width)
    {
        var browser = shown.Open();
        browser.Prefer(scheme);
        browser.Resize(width);
        browser.Evaluate($"(() => {{ {new BundledAxeScriptProvider().GetScript()}\n }})()");
        Assert.Equal([], Violations(browser));
        // With all that opens open: filters, the choice of columns.
        browser.Evaluate("document.querySelectorAll('.tools button, details:not([open]) summary').forEach(e => "
            + "/Filter|summary/i.test(e.textContent + e.tagName) && e.click())");
        Assert.Equal([], Violations(browser));
    }

    private static string[] Violations(DevTools browser) => browser.Evaluate(Judge).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
