using System.Diagnostics;
using System.Text.RegularExpressions;
using EntraAuditTools.Core.Reporting.Content;
using EntraAuditTools.Core.Reporting.Html;
using EntraAuditTools.Core.Tests.Entitlement;

namespace EntraAuditTools.Core.Tests.Reporting;

/// <summary>The page in a browser without a window: its script runs under its own policy, finds, sorts, pages and prints.</summary>
public sealed class ReportInBrowserTests : IClassFixture<SampleEntitlement>, IDisposable
{
    /// <summary>The browser; null where there is none.</summary>
    internal static readonly string? Browser = Find("chromium", "chromium-browser", "google-chrome", "chrome");

    private readonly string folder = Directory.CreateTempSubdirectory("entraaudit-report-").FullName;
    private readonly string page;

    public ReportInBrowserTests(SampleEntitlement sample)
    {
        Assert.SkipWhen(Browser == null, "No Chromium is on the path: install one to see the page run.");
        page = Path.Combine(folder, "report.html");
        var report = sample.Ask(reader => new[] { ReportBuilder.Build(reader, new() { Now = SampleEntitlement.End }) })[0];
        using var html = new StreamWriter(page);
        HtmlReport.Write(html, report);
    }

    [Fact]
    public void Its_script_runs_under_its_policy()
    {
        var (dom, said) = Show(string.Empty);

        Assert.DoesNotMatch("Refused|Content Security Policy|Uncaught|SyntaxError", said);
        var tables = Regex.Count(File.ReadAllText(page), "<div class=\"table\" id=\"[^\"]+\">\n(<p class=\"views\".*\n)?<div class=\"scroll\">");
        Assert.Equal(tables, Regex.Count(dom, "class=\"tools\""));
        Assert.DoesNotContain("class=\"theme\" hidden", dom, StringComparison.Ordinal);
        // 25 rows at first, of however many.
        Assert.Equal(25, RowsOf(dom, "actors").Count);
        Assert.Contains("1–25 of 50", dom, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_keeps_what_is_searched_sorted_and_paged()
    {
        var found = RowsOf(Show("#t=actors&q=harborline&n=all").Dom, "actors");
        Assert.NotEmpty(found);
        Assert.All(found, row => Assert.Contains("harborline", row, StringComparison.OrdinalIgnoreCase));

        var sorted = RowsOf(Show("#t=actors&s=0&n=all").Dom, "actors")
            .ConvertAll(row => row[..row.IndexOf('|', StringComparison.Ordinal)]);
        Assert.Equal(sorted.OrderBy(name => name, StringComparer.OrdinalIgnoreCase).First(), sorted[0], ignoreCase: true);
        Assert.Contains("aria-sort=\"ascending\"", Show("#t=actors&s=0").Dom, StringComparison.Ordinal);

        var first = RowsOf(Show(string.Empty).Dom, "actors");
        var second = RowsOf(Show("#t=actors&p=1").Dom, "actors");
        Assert.Equal(25, second.Count);
        Assert.Empty(first.Intersect(second));
    }

    [Fact]
    public void An_address_that_makes_no_sense_breaks_nothing()
    {
        var (dom, said) = Show("#t=actors&s=99&p=-3&n=x&q=%3Cimg%20src=x%20onerror=alert(1)%3E");
        Assert.DoesNotMatch("Refused|Uncaught", said);
        Assert.DoesNotContain("<img", dom, StringComparison.Ordinal);
        Assert.Empty(RowsOf(dom, "actors"));
    }

    [Fact]
    public void It_prints()
    {
        var pdf = Path.Combine(folder, "report.pdf");
        Run($"--print-to-pdf={pdf}", new Uri(page).AbsoluteUri);
        Assert.StartsWith("%PDF", File.ReadAllText(pdf), StringComparison.Ordinal);
        Assert.True(new FileInfo(pdf).Length > 50_000);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private (string Dom, string Said) Show(string fragment) =>
        Run("--dump-dom", "--enable-logging=stderr", new Uri(page).AbsoluteUri + fragment);

    private (string Output, string Error) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Browser!) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["--headless", "--no-sandbox", "--disable-gpu", $"--user-data-dir={folder}/profile", .. arguments])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (output, error.GetAwaiter().GetResult());
    }

    /// <summary>The rows of a table that are there, their cells separated by a bar.</summary>
    private static List<string> RowsOf(string dom, string id)
    {
        var table = dom[dom.IndexOf($"id=\"{id}\"", StringComparison.Ordinal)..];
        var body = Regex.Match(table, "<tbody>(.*?)</tbody>", RegexOptions.Singleline).Groups[1].Value;
        return [.. Regex.Matches(body, "<tr>(.*?)</tr>", RegexOptions.Singleline)
            .Select(row => Regex.Replace(Regex.Replace(row.Groups[1].Value, "</td>", "|"), "<[^>]+>", string.Empty))];
    }

    private static string? Find(params string[] names) => names
        .SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
            .Select(part => Path.Combine(part, name)))
        .FirstOrDefault(File.Exists);
}
