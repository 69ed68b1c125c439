using System.Text;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Importing.Session;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Coverage;
using EntraAuditTools.Core.Tests.Mirror;

namespace EntraAuditTools.Core.Tests.Importing;

/// <summary>What proves that a log is complete, and what does not.</summary>
public sealed class CoverageProofTests
{
    private static readonly DateTimeOffset Day = new(2026, 10, 2, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_chain_of_pages_covers_what_lies_between()
    {
        using var mirror = new TestMirror();
        mirror.Import(Page(mirror, "p1.json", 3, "https://graph.microsoft.com/v1.0/auditLogs/directoryAudits?$skiptoken=a"),
            Page(mirror, "p2.json", 2, "https://x?$skiptoken=b"), Page(mirror, "p3.json", 1, null));
        Assert.Equal(["Partial", "Covered", "Partial"], States(mirror));
        Assert.Null(Warning(mirror));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_chain_whose_import_was_killed_is_proven_when_it_is_run_again(int pagesBefore)
    {
        using var mirror = new TestMirror();
        string[] pages = [Page(mirror, "p1.json", 3, "https://x?$skiptoken=a"), Page(mirror, "p2.json", 2, "https://x?$skiptoken=b"),
            Page(mirror, "p3.json", 1, null)];
        // What a kill leaves: no end of the session, and after the last page maybe not yet what it proves.
        using (var session = ImportSession.Open(new ImportOptions { MirrorPath = mirror.Path }, CancellationToken.None))
        {
            foreach (var page in pages.Take(pagesBefore))
                session.ImportFile(page, Path.GetFileName(page), _ => { }, mirror.Errors.Add, _ => { }, CancellationToken.None);
        }

        OldMirror.Execute(mirror.Path, "DELETE FROM coverage");
        mirror.Import(pages);
        Assert.Equal(["Partial", "Covered", "Partial"], States(mirror));
    }

    [Theory]
    [InlineData("https://x?$filter=category eq 'Policy'&$skiptoken=a", null)]
    [InlineData("https://x?$skiptoken=a", "https://x?$skiptoken=b")]
    [InlineData(null, null)]
    public void A_filter_a_left_link_or_single_pages_prove_nothing(string? first, string? last)
    {
        using var mirror = new TestMirror();
        mirror.Import(Page(mirror, "p1.json", 3, first), Page(mirror, "p2.json", 1, last));
        Assert.DoesNotContain("Covered", States(mirror));
        Assert.NotNull(Warning(mirror));
    }

    [Fact]
    public void An_hour_folder_covers_its_hour()
    {
        using var mirror = new TestMirror();
        var folder = Directory.CreateDirectory(Path.Combine(mirror.Folder, "y=2026/m=10/d=02/h=08/m=00")).FullName;
        var file = Path.Combine(folder, "PT1H.json");
        File.WriteAllText(file, $$"""{"time":"2026-10-02T08:10:00Z","category":"AuditLogs","tenantId":"t1","properties":{{Records.Graph("a", "2026-10-02T08:10:00Z")}}}""");
        mirror.Import(file);
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.Null(CoverageQuery.Warning(reader, Day.AddHours(8), Day.AddHours(9), Day.AddDays(30)));
        Assert.NotNull(CoverageQuery.Warning(reader, Day.AddHours(8), Day.AddHours(10), Day.AddDays(30)));
    }

    [Fact]
    public void A_declared_span_is_covered_unless_records_were_rejected_or_a_page_is_left()
    {
        using var mirror = new TestMirror();
        var options = new ImportOptions { MirrorPath = mirror.Path, CoversFrom = Day, CoversTo = Day.AddDays(1) };
        mirror.Import(options, Page(mirror, "left.json", 2, "https://x?$skiptoken=a"),
            mirror.Write("bad.json", Encoding.UTF8.GetBytes($"{Records.Graph("r", "2026-10-02T09:00:00Z")}\n{{oops}}\n")));
        Assert.NotNull(Warning(mirror));
        mirror.Import(options, mirror.Write("good.json", Encoding.UTF8.GetBytes(Records.Graph("g", "2026-10-02T10:00:00Z"))));
        Assert.Null(Warning(mirror));
    }

    [Theory]
    [InlineData("auditLogs/directoryAudits", true)]
    [InlineData("auditLogs/provisioning", false)]
    [InlineData("users", false)]
    public void A_page_without_records_is_declared_of_its_log_alone(string collection, bool isCovered)
    {
        using var mirror = new TestMirror();
        var empty = mirror.Write("empty.json", Encoding.UTF8.GetBytes(
            $$"""{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#{{collection}}","value":[]}"""));
        mirror.Import(Page(mirror, "p1.json", 1, null), empty);
        Assert.NotNull(Warning(mirror));
        // Known already by its bytes, as the same empty page is every night; and read again.
        mirror.Import(new ImportOptions { MirrorPath = mirror.Path, CoversFrom = Day, CoversTo = Day.AddDays(1) }, empty);
        Assert.Equal(isCovered, Warning(mirror) == null);
        mirror.Import(new ImportOptions { MirrorPath = mirror.Path, CoversFrom = Day, CoversTo = Day.AddDays(1), Force = true }, empty);
        Assert.Equal(isCovered, Warning(mirror) == null);
    }

    [Fact]
    public void A_page_without_records_covers_nothing_of_which_only_one_end_is_declared()
    {
        using var mirror = new TestMirror();
        var empty = mirror.Write("empty.json", Encoding.UTF8.GetBytes(
            """{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#auditLogs/directoryAudits","value":[]}"""));
        mirror.Import(Page(mirror, "p1.json", 1, null));
        mirror.Import(new ImportOptions { MirrorPath = mirror.Path, CoversFrom = Day }, empty);
        mirror.Import(new ImportOptions { MirrorPath = mirror.Path, CoversTo = Day.AddDays(1) }, empty);
        Assert.NotNull(Warning(mirror));
    }

    [Fact]
    public void Only_a_page_without_a_successor_is_noted()
    {
        using var mirror = new TestMirror();
        mirror.Import(Page(mirror, "p1.json", 3, "https://x?$skiptoken=a"), Page(mirror, "p2.json", 2, null));
        Assert.Empty(mirror.Notes);
        mirror.Import(Page(mirror, "p3.json", 1, "https://x?$skiptoken=b"));
        Assert.StartsWith("p3.json: It ends with an @odata.nextLink", Assert.Single(mirror.Notes), StringComparison.Ordinal);
    }

    private static List<string> States(TestMirror mirror)
    {
        using var reader = MirrorReader.Open(mirror.Path);
        return CoverageQuery.Run(reader, null, null, null, null, Day.AddDays(1).AddHours(23)).Select(c => c.State).ToList();
    }

    private static string? Warning(TestMirror mirror)
    {
        using var reader = MirrorReader.Open(mirror.Path);
        return CoverageQuery.Warning(reader, Day, Day.AddDays(1), Day.AddDays(30));
    }

    private static string Page(TestMirror mirror, string name, int day, string? next) => mirror.Write(name, Encoding.UTF8.GetBytes(
        $$"""{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#auditLogs/directoryAudits",{{(next == null ? string.Empty : $"\"@odata.nextLink\":\"{next}\",")}}"value":[{{Records.Graph(name, $"2026-10-0{day}T12:00:00Z")}}]}"""));
}
