using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Entitlement.Assignments;
using EntraAuditTools.Core.Reporting;
using EntraAuditTools.Core.Reporting.Content;
using EntraAuditTools.Core.Reporting.Html;
using EntraAuditTools.Core.Tests.Entitlement;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Mirror;
using EntraAuditTools.Core.Tests.Queries;

namespace EntraAuditTools.Core.Tests.Reporting;

/// <summary>The page says what the commands say, of whatever others wrote, and says so where there is nothing.</summary>
public sealed partial class ReportTests(SampleEntitlement sample) : IClassFixture<SampleEntitlement>
{
    private static readonly string[] Sections =
    [
        "activity", "new", "failures", "changes", "packages", "requests", "conflicts", "provisioning", "coverage", "imports",
    ];

    private static ReportOptions Options => new() { Now = SampleEntitlement.End };

    [Fact]
    public void It_has_its_sections_and_their_numbers_are_the_commands()
    {
        var (report, count, failed) = sample.Ask(reader => new[]
        {
            (ReportBuilder.Build(reader, Options), AuditActivityQuery.Count(reader, new()),
                AuditActivityQuery.Count(reader, new() { Result = ["failure"] })),
        })[0];

        Assert.Equal(Sections, report.Sections.Select(section => section.Id));
        var activity = report.Sections[0];
        Assert.Equal($"{count:N0}", activity.Numbers.Single(number => number.Name == "activities").Value);
        Assert.Equal(count, activity.Charts[0].Bars.Sum(bar => bar.First + bar.Second));
        Assert.True(failed > 0 && activity.Charts[0].Bars.Sum(bar => bar.Second) >= failed);
        Assert.All(report.Sections, section => Assert.True(section.Tables.Count + section.Sentences.Count > 0));
        Assert.All(report.Sections.SelectMany(section => section.Tables),
            table => Assert.All(table.Rows, row => Assert.Equal(table.Columns.Count, row.Length)));
        Assert.NotEmpty(report.Sections.Single(section => section.Id == "packages").Tables[0].Rows);
    }

    [Fact]
    public void A_table_that_is_cut_says_of_how_many_and_what_answers_with_all()
    {
        var report = sample.Ask(reader => new[] { ReportBuilder.Build(reader, Options) })[0];
        var cut = report.Sections.SelectMany(section => section.Tables).Where(table => table.Total != null).ToList();
        Assert.NotEmpty(cut);
        Assert.All(cut, table => Assert.True(table.Total > table.Rows.Count));
        Assert.All(report.Sections.SelectMany(section => section.Tables), table => Assert.Matches("^(Get|Measure)-[A-Z]", table.Command));
        Assert.Contains($"The first {cut[0].Rows.Count} of {cut[0].Total:N0}.", Html(report), StringComparison.Ordinal);
    }

    [Fact]
    public void Since_adds_what_is_new_at_the_top()
    {
        var since = SampleEntitlement.End.AddDays(-5);
        var report = sample.Ask(reader => new[] { ReportBuilder.Build(reader, Options with { Since = since }) })[0];
        Assert.Equal("since", report.Sections[0].Id);
        var times = report.Sections[0].Tables.SelectMany(table => table.Rows).SelectMany(row => row.OfType<DateTimeOffset>()).ToList();
        Assert.NotEmpty(times);
        Assert.All(times, time => Assert.True(time >= since));
        var ids = report.Sections.SelectMany(section => section.Tables).Select(table => table.Id).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public void The_page_needs_nothing_and_allows_nothing()
    {
        var html = Html(sample.Ask(reader => new[] { ReportBuilder.Build(reader, Options) })[0]);

        Check(html);
        Assert.True(html.Length < 2_000_000);
    }

    /// <summary>What others wrote: markup, quotes, addresses, formulas and what a terminal acts on.</summary>
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("</script><script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("\" onmouseover=\"alert(1)")]
    [InlineData("' onfocus='alert(1)' autofocus='")]
    [InlineData("</td></tr></table><h1>gone</h1>")]
    [InlineData("<!-- --> &lt;b&gt; &#x3c;i&#x3e;")]
    [InlineData("javascript:alert(1)")]
    [InlineData("\u001b[31mred\u0007\u202Egnirts")]
    [InlineData("=HYPERLINK(\"https://contoso.example\")")]
    public void What_others_wrote_is_text(string text)
    {
        using var mirror = new TestMirror();
        var json = System.Text.Json.JsonSerializer.Serialize(text);
        mirror.ImportText($$"""
            [{"id":"Directory_1","activityDisplayName":{{json}},"activityDateTime":"2026-10-01T08:00:00Z","loggedByService":{{json}},
            "category":"RoleManagement","result":"failure","initiatedBy":{"user":{"id":"u1","displayName":{{json}},"userPrincipalName":{{json}} } },
            "targetResources":[{"id":"t1","type":"User","displayName":{{json}},
            "modifiedProperties":[{"displayName":{{json}},"oldValue":{{json}},"newValue":"x"}]}]}]
            """, "=x' .json");
        using var reader = MirrorReader.Open(mirror.Path);

        var html = Html(ReportBuilder.Build(reader, Options with { Title = text }));

        Check(html);
        Assert.Contains(HtmlText.Of(text), html, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_mirror_and_a_time_that_is_not_held_are_said()
    {
        using var mirror = new TestMirror();
        mirror.Import(mirror.Write("a.json", Encoding.UTF8.GetBytes(Event.All([new Event("a", "2026-10-01T08:00:00Z", "Add user")]))));
        using var reader = MirrorReader.Open(mirror.Path);

        var report = ReportBuilder.Build(reader,
            Options with { After = SampleEntitlement.End.AddDays(-1000), Before = SampleEntitlement.End.AddDays(-900) });

        Assert.Contains("not known to be complete", Assert.Single(report.Sections[0].Sentences), StringComparison.Ordinal);
        var packages = report.Sections.Single(section => section.Id == "packages");
        Assert.Contains("not imported", Assert.Single(packages.Sentences), StringComparison.Ordinal);
        Check(Html(report));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_mirror_of_an_older_version_has_one_too(int version)
    {
        using var mirror = new TestMirror();
        mirror.Import(mirror.Write("a.json", Encoding.UTF8.GetBytes(Event.All([new Event("a", "2026-10-01T08:00:00Z", "Add user")]))));
        OldMirror.Age(mirror, version);
        using var reader = MirrorReader.Open(mirror.Path);

        var report = ReportBuilder.Build(reader, Options with { Since = SampleEntitlement.End.AddDays(-60) });

        Assert.Equal("1", report.Sections.Single(section => section.Id == "activity").Numbers[0].Value);
        Assert.Contains(report.Sections, section => section.Id == "packages" && section.Sentences.Count == 1);
        Check(Html(report));
    }

    [Fact]
    public void A_report_of_a_time_that_has_ended_is_of_who_had_what_at_its_end()
    {
        var end = SampleEntitlement.End.AddDays(-20);
        var (ended, open, held, ending) = sample.Ask(reader => new[]
        {
            (ReportBuilder.Build(reader, Options with { Before = end }), ReportBuilder.Build(reader, Options),
                AccessPackageAssignmentQuery.Run(reader, new() { AsOf = end }).Count(),
                AccessPackageAssignmentQuery.Run(reader, new() { AsOf = end, ExpiringWithin = TimeSpan.FromDays(30) }).Count()),
        })[0];

        var numbers = Packages(ended).Numbers.Select(number => number.Value).Skip(1).ToList();
        Assert.Equal([$"{held}", $"{ending}"], numbers);
        Assert.NotEqual(Packages(open).Numbers.Select(number => number.Value).Skip(1), numbers);
        Assert.Contains($"{end:yyyy-MM-dd}", Assert.Single(Packages(ended).Sentences), StringComparison.Ordinal);
        Assert.Empty(Packages(open).Sentences);

        static ReportSection Packages(Report report) => report.Sections.Single(section => section.Id == "packages");
    }

    [Fact]
    public void A_file_that_is_there_stays_unless_it_may_be_replaced_and_the_mirror_always()
    {
        using var mirror = new TestMirror();
        mirror.Import(mirror.Write("a.json", Encoding.UTF8.GetBytes(Event.All([new Event("a", "2026-10-01T08:00:00Z", "Add user")]))));
        using var reader = MirrorReader.Open(mirror.Path);
        var path = Path.Combine(mirror.Folder, "new", "report.html");

        ReportFile.Write(reader, path, Options);
        File.WriteAllText(path, "mine");
        Assert.Equal("ExportExists", Assert.Throws<AuditToolException>(() => ReportFile.Write(reader, path, Options)).ErrorId);
        Assert.Equal("mine", File.ReadAllText(path));
        ReportFile.Write(reader, path, Options with { IsForced = true });
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(path), StringComparison.Ordinal);
        foreach (var place in new[] { mirror.Path, mirror.Path + "-wal", mirror.Folder })
        {
            var error = Assert.Throws<AuditToolException>(() => ReportFile.Write(reader, place, Options with { IsForced = true }));
            Assert.Equal("ExportPlaceInUse", error.ErrorId);
        }

        Assert.Equal(["report.html"], Directory.GetFiles(Path.GetDirectoryName(path)!).Select(Path.GetFileName));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Theory]
    [InlineData("report.pdf")]
    [InlineData("report.csv")]
    public void A_name_of_something_else_is_refused_unless_its_form_is_asked_for(string name)
    {
        sample.Ask(reader =>
        {
            var folder = Directory.CreateTempSubdirectory("entraaudit-report-").FullName;
            var path = Path.Combine(folder, name);
            var error = Assert.Throws<AuditToolException>(() => ReportFile.Write(reader, path, Options));
            Assert.Equal("ReportFormUnknown", error.ErrorId);
            Assert.Empty(Directory.GetFiles(folder));
            ReportFile.Write(reader, path, Options with { As = "Html" });
            Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(path), StringComparison.Ordinal);
            Directory.Delete(folder, recursive: true);
            return Array.Empty<int>();
        });
    }

    [Fact]
    public void A_tenant_that_is_not_known_and_a_time_that_cannot_be_new_are_said_in_the_report_too()
    {
        var options = Options with { Tenants = ["00000000-0000-0000-0000-00000000abcd"], Since = SampleEntitlement.End.AddDays(1) };
        var (report, warnings) = sample.Ask(reader => new[] { (ReportBuilder.Build(reader, options), ReportWarnings.Of(reader, options).ToList()) })[0];
        Assert.Contains(warnings, warning => warning.Contains("knows no tenant", StringComparison.Ordinal));
        Assert.Contains(warnings, warning => warning.Contains("nothing can be new", StringComparison.Ordinal));
        Assert.Equal(warnings, report.About.Where(fact => fact.Name == "Attention").Select(fact => fact.Value));
        Assert.Empty(sample.Ask(reader => ReportWarnings.Of(reader, Options)));
    }

    private static string Html(Report report)
    {
        using var html = new StringWriter();
        HtmlReport.Write(html, report);
        return html.ToString();
    }

    /// <summary>Elements are closed in order, and one style and one script, those that the policy names, are all that is active.</summary>
    private static void Check(string html)
    {
        var policy = Regex.Match(html, "Content-Security-Policy\" content=\"([^\"]+)\"").Groups[1].Value;
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy, StringComparison.Ordinal);
        foreach (var name in new[] { "style", "script" })
        {
            var content = Regex.Matches(html, $"<{name}>(.*?)</{name}>", RegexOptions.Singleline);
            var digest = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Assert.Single(content).Groups[1].Value)));
            Assert.Contains($"{name}-src 'sha256-{digest}'", policy, StringComparison.Ordinal);
            html = html.Replace(content[0].Value, string.Empty, StringComparison.Ordinal);
        }

        var open = new Stack<string>();
        foreach (Match tag in Tags().Matches(html))
        {
            var (name, attributes) = (tag.Groups[2].Value, tag.Groups[3].Value);
            Assert.DoesNotMatch("(^| )(on[a-z]+|src|style)=", attributes);
            Assert.DoesNotMatch("href=\"[^#]", attributes);
            if (tag.Groups[1].Length > 0) Assert.Equal(open.Pop(), name);
            else if (name is not ("meta" or "line" or "input") && !attributes.EndsWith('/')) open.Push(name);
        }

        Assert.Empty(open);
        var text = Tags().Replace(html, string.Empty).Replace("<!DOCTYPE html>", string.Empty, StringComparison.Ordinal);
        Assert.DoesNotContain("<", text, StringComparison.Ordinal);
        Assert.DoesNotMatch("[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e]", html);
    }

    [GeneratedRegex("<(/?)([a-zA-Z0-9]+)((?: [a-zA-Z0-9-]+(?:=\"[^\"]*\")?)*/?)>")]
    private static partial Regex Tags();
}
