using System.Globalization;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Reporting.Content;
using EntraAuditTools.Core.Reporting.Html;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Reporting;

/// <summary>
/// The report of the sample tenant in docs/examples, for people who would look before they install: it is what this version writes, byte by
/// byte. <c>ENTRAAUDIT_APPROVE=1</c> writes it anew.
/// </summary>
public sealed class ReportExampleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Exported = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Earlier = new(2026, 10, 4, 0, 0, 0, TimeSpan.Zero);

    private static string Example => Path.Combine(Repository.Root, "docs", "examples", "sample-tenant-report.html");

    [Fact]
    public void The_example_is_what_this_version_writes()
    {
        using var mirror = new TestMirror();
        Import(mirror);
        using var html = new StringWriter(CultureInfo.InvariantCulture);
        using (var reader = MirrorReader.Open(mirror.Path))
        {
            var options = new ReportOptions { Title = "Harborline, a sample tenant: what happened", Now = Now, AsOf = Now };
            HtmlReport.Write(html, Everywhere(ReportBuilder.Build(reader, options with { Since = Now.AddDays(-7) })));
        }

        var text = html.ToString();
        Assert.DoesNotContain(mirror.Folder, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Repository.Root, text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 100_000, 1_000_000);
        if (Environment.GetEnvironmentVariable("ENTRAAUDIT_APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Example)!);
            File.WriteAllText(Example, text);
        }

        var (approved, made) = (File.ReadAllLines(Example), text.Split('\n')[..^1]);
        for (var i = 0; i < Math.Min(approved.Length, made.Length); i++) Assert.Equal(approved[i], made[i]);
        Assert.Equal(approved.Length, made.Length);
    }

    // As an admin would: states of two days, both logs, the jobs, the applications.
    private static void Import(TestMirror mirror)
    {
        Import(mirror, new() { MirrorPath = mirror.Path, ObservedAt = Earlier }, "entitlement/2026-10-04/*.json");
        Import(mirror, new() { MirrorPath = mirror.Path, ObservedAt = Exported }, "directory/users.json", "directory/groups.json",
            "directory/servicePrincipals.json", "directory/applications.json");
        foreach (var group in new[] { "All engineers", "Engineers Berlin", "Interns" })
        {
            Import(mirror, new() { MirrorPath = mirror.Path, ObservedAt = Exported, Complete = true, Group = group },
                $"directory/members-{group.Replace(' ', '-')}.json");
        }

        Import(mirror, new() { MirrorPath = mirror.Path, ObservedAt = Exported }, "entitlement/*.json", "entitlement/assignments/*.json",
            "provisioning/provisioningObjectSummary/*.json", "provisioning/synchronizationJob*.json");
        Import(mirror, new() { MirrorPath = mirror.Path }, "graph/directoryAudits/*.json", "unified-audit/*");
    }

    private static void Import(TestMirror mirror, ImportOptions options, params string[] patterns)
    {
        foreach (var pattern in patterns)
        {
            var (folder, name) = (Path.GetDirectoryName(pattern)!, Path.GetFileName(pattern));
            var files = Directory.GetFiles(Path.Combine(Seeds.Folder, folder), name).Order(StringComparer.Ordinal).ToArray();
            Assert.NotEmpty(files);
            mirror.Import(options, files);
        }
    }

    /// <summary>The report without what depends on the machine and the day: where the mirror lies, and when and by whom files were imported.</summary>
    private static Report Everywhere(Report report) => report with
    {
        About = [.. report.About.Select(fact => fact.Name == "Mirror" ? (fact.Name, "audit.db") : fact)],
        Sections = [.. report.Sections.Select(section => section with
        {
            Tables = [.. section.Tables.Select(table => table.Id == "imports-list" ? Imported(table) : table)],
        })],
    };

    private static ReportTable Imported(ReportTable table)
    {
        var (started, by) = (table.Columns.ToList().IndexOf("Started"), table.Columns.ToList().IndexOf("By"));
        return table with
        {
            Rows = [.. table.Rows.Select(row =>
            {
                var fixedRow = (object?[])row.Clone();
                fixedRow[started] = Exported.AddMinutes((long)row[0]!);
                fixedRow[by] = "eva";
                return fixedRow;
            })],
        };
    }
}
