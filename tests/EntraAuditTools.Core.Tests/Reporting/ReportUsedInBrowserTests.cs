using System.Globalization;
using EntraAuditTools.Core.Reporting.Content;
using EntraAuditTools.Core.Reporting.Html;
using EntraAuditTools.Core.Tests.Entitlement;

namespace EntraAuditTools.Core.Tests.Reporting;

/// <summary>The page as people use it: they click, type and press keys, and what is shown, copied and kept in the address follows.</summary>
public sealed class ReportUsedInBrowserTests(ReportUsedInBrowserTests.Page shown) : IClassFixture<ReportUsedInBrowserTests.Page>
{
    // What a copy would have: the clipboard of a browser without a window is not to be relied on.
    private const string Copied =
        "(() => { let got; Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: t => { got = t; "
        + "return Promise.resolve(); } } }); [...document.querySelectorAll('#ID .tools button')].find(b => b.textContent === 'WHAT').click(); "
        + "return got; })()";

    private readonly DevTools browser = shown.Open();

    private string Address => shown.Address;

    [Theory]
    [InlineData("f0", "ada", "Ada|ada lovelace")]
    [InlineData("f0", "=ada", "Ada")]
    [InlineData("f0", "!ada", "Bob|Cy, \"the cat\"")]
    [InlineData("f0", "!=Ada", "Bob|Cy, \"the cat\"|ada lovelace")]
    [InlineData("f0", "^b || $cat\"", "Bob|Cy, \"the cat\"")]
    [InlineData("f0", "!", "Ada|Bob|Cy, \"the cat\"|ada lovelace")]
    [InlineData("f0", "> b", "Cy, \"the cat\"")]
    [InlineData("f1", ">10", "Bob|Cy, \"the cat\"")]
    [InlineData("f1", "<= 12", "Ada|Cy, \"the cat\"")]
    [InlineData("f1", "=1490", "Bob")]
    [InlineData("f1", "= 1,490", "Bob")]
    [InlineData("f1", "=empty", "ada lovelace")]
    [InlineData("f1", "!=empty", "Ada|Bob|Cy, \"the cat\"")]
    [InlineData("f2", ">= 2026-10-02", "Bob|Cy, \"the cat\"")]
    [InlineData("f2", "> 2026-10-01", "Bob|Cy, \"the cat\"")]
    [InlineData("f2", "<= 2026-10-01", "Ada")]
    [InlineData("f2", "<= 2026-10", "Ada|Bob")]
    [InlineData("f2", "< 2026-10-01 09:00", "Ada")]
    [InlineData("f3", "bold</b>", "Cy, \"the cat\"")]
    public void A_column_is_filtered(string column, string filter, string expected)
    {
        browser.Open($"{Address}#t=known&{column}={Uri.EscapeDataString(filter)}");
        Assert.Equal(expected, Names());
        Assert.Equal("false", browser.Evaluate("document.querySelector('#known tr.filters').hidden"));
    }

    [Fact]
    public void Filters_are_typed_and_kept_in_an_address_that_shows_the_same_again()
    {
        Click("#known", "Filter columns");
        Assert.Equal("Filter Name in Known", browser.Evaluate("document.activeElement.ariaLabel"));
        browser.Type("a");
        browser.Press("Tab");
        browser.Type(">6");
        Assert.Equal("Cy, \"the cat\"", Names());
        Click("#actors", "Next");
        var shown = browser.Evaluate("document.querySelector('#actors tbody').textContent");

        var address = browser.Evaluate("location.href");
        browser.Open(address);
        Assert.Equal("Cy, \"the cat\"", Names());
        Assert.Equal(shown, browser.Evaluate("document.querySelector('#actors tbody').textContent"));
        Assert.Equal(address, browser.Evaluate("location.href"));

        Click("#known", "Reset");
        Assert.Equal(4, Names().Split('|').Length);
        Assert.DoesNotContain("t=known", browser.Evaluate("location.href"), StringComparison.Ordinal);
        Assert.Contains("t=actors", browser.Evaluate("location.href"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_copied_is_what_is_shown_harmless_in_a_spreadsheet()
    {
        Assert.Equal(string.Join("\r\n", "Name,Count,When,Note", "Ada,5,2026-10-01T08:15:00.000Z,'=1+1", "Bob,1490,2026-10-02T09:00:00.000Z,",
            "\"Cy, \"\"the cat\"\"\",12,2026-11-03T00:00:00.000Z,<b>bold</b>", "ada lovelace,,,-5", string.Empty), Copy("known", "Copy as CSV"));

        browser.Open(Address + "#t=known&f1=" + Uri.EscapeDataString(">1") + "&h=2.3&s=1&d=1");
        Assert.Equal("Name,Count\r\nBob,1490\r\n\"Cy, \"\"the cat\"\"\",12\r\nAda,5\r\n", Copy("known", "Copy as CSV"));
        Assert.EndsWith("#t=known&f1=%3E1&h=2.3&s=1&d=1", Copy("known", "Copy link"), StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_saved_as_a_file_too()
    {
        Assert.Equal("known.csv text/csv true", browser.Evaluate("(async () => { let name, blob; "
            + "URL.createObjectURL = b => { blob = b; return '#'; }; "
            + "HTMLAnchorElement.prototype.click = function () { name = this.download; }; "
            + "[...document.querySelectorAll('#known .tools button')].find(b => b.textContent === 'Save as CSV').click(); "
            + "return name + ' ' + blob.type + ' ' + (await blob.text()).includes('ada lovelace'); })()"));
    }

    [Fact]
    public void Columns_are_chosen_by_keys_and_one_is_always_left()
    {
        browser.Evaluate("document.querySelector('#known .columns summary').focus()");
        browser.Press("Enter", "\r");
        Assert.Equal("true", browser.Evaluate("document.querySelector('#known .columns').open"));
        for (var i = 0; i < 3; i++)
        {
            browser.Press("Tab");
            browser.Press(" ", " ");
        }

        Assert.Equal("Note", Heads());
        Assert.Equal("true", browser.Evaluate("document.querySelectorAll('#known .columns input')[3].disabled"));
        browser.Press("Escape");
        Assert.Equal("false SUMMARY", browser.Evaluate("document.querySelector('#known .columns').open + ' ' + document.activeElement.tagName"));
        Assert.Contains("h=0.1.2", browser.Evaluate("location.hash"), StringComparison.Ordinal);

        browser.Open(Address + "#t=known&h=0.1.2.3.99.x");
        Assert.Equal("Name Count When Note", Heads());
    }

    [Fact]
    public void Views_that_are_offered_say_how_much_they_show()
    {
        Assert.Equal("many (2)", browser.Evaluate(
            "[...document.querySelectorAll('#known .views a')].filter(a => !a.hidden).map(a => a.textContent).join()"));
        browser.Evaluate("document.querySelector('#known .views a').click()");
        for (var i = 0; i < 50 && Names().Split('|').Length != 2; i++) Thread.Sleep(20);
        Assert.Equal("Bob|Cy, \"the cat\"", Names());
    }

    [Fact]
    public void A_word_is_found_in_all_tables()
    {
        browser.Evaluate("document.querySelector('.find input').focus()");
        browser.Type("lovelace");
        Assert.Equal("known", browser.Evaluate(
            "[...document.querySelectorAll('.table')].filter(t => t.offsetParent !== null).map(t => t.id).join()"));
        Assert.Equal("own", browser.Evaluate("[...document.querySelectorAll('main section')].filter(s => !s.hidden).map(s => s.id).join()"));
        Assert.Equal("1 row", browser.Evaluate("document.querySelector('.find span').textContent"));
        Assert.EndsWith("#all=lovelace", browser.Evaluate("location.href"), StringComparison.Ordinal);
        browser.Evaluate("(e => { e.value = ''; e.dispatchEvent(new Event('input')); })(document.querySelector('.find input'))");
        Assert.Equal("0", browser.Evaluate("document.querySelectorAll('main [hidden].table, main section[hidden]').length"));
    }

    [Fact]
    public void A_name_leads_to_all_about_it_and_back()
    {
        const string Sections = "[...document.querySelectorAll('main section')].filter(s => !s.hidden).map(s => s.id).join()";
        var all = browser.Evaluate(Sections);
        var name = browser.Evaluate("[...document.querySelectorAll('#actors tbody td:first-child a')].find(a => a.textContent.includes(' ')).textContent");
        browser.Evaluate($"[...document.querySelectorAll('#actors tbody a')].find(a => a.textContent === '{name}').click()");
        Wait($"document.querySelector('.find input').value === '\"{name}\"'");
        Assert.NotEqual(all, browser.Evaluate(Sections));
        Assert.Equal("true", browser.Evaluate($"[...document.querySelectorAll('.table:not([hidden]) tbody tr')].every(r => r.textContent.includes('{name}'))"));
        Assert.Equal("true", browser.Evaluate("document.querySelectorAll('.table:not([hidden]) tbody tr').length > 1"));

        browser.Evaluate("history.back()");
        Wait("document.querySelector('.find input').value === ''");
        Assert.Equal(all, browser.Evaluate(Sections));
        Assert.Equal("0", browser.Evaluate("document.querySelectorAll('#known td:nth-child(2) a').length"));

        browser.Evaluate("location.hash = 'all=nobody'");
        Wait("document.querySelector('main section').hidden");
        browser.Evaluate("document.querySelector('nav a[href=\"#imports\"]').click()");
        Wait("!document.querySelector('#imports').hidden");
    }

    [Theory]
    [InlineData(1300)]
    [InlineData(390)]
    public void Nothing_is_beyond_the_edge_of_the_window(int width)
    {
        browser.Resize(width);
        Click("#known", "Filter columns");
        var wide = browser.Evaluate("document.documentElement.scrollWidth");
        Assert.InRange(int.Parse(wide, CultureInfo.InvariantCulture), width - 30, width);
        browser.Resize(1300);
    }

    private void Wait(string condition)
    {
        for (var i = 0; i < 100 && browser.Evaluate(condition) != "true"; i++) Thread.Sleep(20);
        Assert.Equal("true", browser.Evaluate(condition));
    }

    private void Click(string table, string button) => browser.Evaluate(
        $"[...document.querySelectorAll('{table} .tools button')].find(b => b.textContent === '{button}').click()");

    private string Copy(string table, string button) =>
        browser.Evaluate(Copied.Replace("ID", table, StringComparison.Ordinal).Replace("WHAT", button, StringComparison.Ordinal));

    private string Names() => browser.Evaluate("[...document.querySelectorAll('#known tbody tr')].map(r => r.cells[0].textContent).join('|')");

    private string Heads() =>
        browser.Evaluate("[...document.querySelectorAll('#known thead th')].filter(h => !h.hidden).map(h => h.textContent).join(' ')");

    /// <summary>One browser for all of these: starting it takes longer than using it.</summary>
    public sealed class Page : IDisposable
    {
        private readonly string folder = Directory.CreateTempSubdirectory("entraaudit-report-").FullName;
        private readonly DevTools? browser;

        public Page()
        {
            Address = new Uri(Path.Combine(folder, "report.html")).AbsoluteUri;
            if (ReportInBrowserTests.Browser == null) return;
            using var sample = new SampleEntitlement();
            var report = sample.Ask(reader => new[] { ReportBuilder.Build(reader, new() { Now = SampleEntitlement.End }) })[0];
            using (var html = new StreamWriter(Path.Combine(folder, "report.html")))
                HtmlReport.Write(html, report with { Sections = [.. report.Sections, Own] });
            browser = new(ReportInBrowserTests.Browser, Path.Combine(folder, "profile"));
        }

        public string Address { get; }

        /// <summary>The browser with the page as it is at first.</summary>
        internal DevTools Open()
        {
            Assert.SkipWhen(browser == null, "No Chromium is on the path: install one to see the page run.");
            browser.Open(Address);
            return browser;
        }

        public void Dispose()
        {
            browser?.Dispose();
            Directory.Delete(folder, recursive: true);
        }

        // A table whose answers are known.
        private static ReportSection Own => new("own", "Own")
        {
            Sentences = [new string('x', 90)],
            Tables =
            [
                new("known", "Known", ["Name", "Count", "When", "Note"],
                    [
                        ["Ada", 5L, new DateTimeOffset(2026, 10, 1, 8, 15, 0, TimeSpan.Zero), "=1+1"],
                        ["Bob", 1490L, new DateTimeOffset(2026, 10, 2, 9, 0, 0, TimeSpan.Zero), null],
                        ["Cy, \"the cat\"", 12L, new DateTimeOffset(2026, 11, 3, 0, 0, 0, TimeSpan.Zero), "<b>bold</b>"],
                        ["ada lovelace", null, null, "-5"],
                    ])
                {
                    Command = "Get-Known",
                    Views = [new("many", "Count", ">10"), new("nobody", "Name", "=none"), new("everybody", "Name", "a || b || c")],
                },
            ],
        };
    }
}
