using System.Text;
using EntraAuditTools.Core.Importing.Records;

namespace EntraAuditTools.Core.Tests.Importing;

/// <summary>Which records are one event, which are two, and which copy is shown.</summary>
public sealed class IdentityTests
{
    private const string Header = "Date (UTC),CorrelationId,Service,Category,Activity,Result\n";

    [Fact]
    public void Two_equal_rows_of_one_csv_stay_two_events_however_often_imported()
    {
        using var mirror = new TestMirror();
        const string Row = "2026-10-01T08:00:00Z,36994c2a-0000-4000-8000-000000000001,Core Directory,UserManagement,Add user,success\n";
        Assert.Equal(2, mirror.ImportText(Header + Row + Row, "a.csv").Added);
        var overlapping = mirror.ImportText(Header + Row + Row + Row, "b.csv");
        Assert.Equal((1, 2), (overlapping.Added, overlapping.Unchanged));
        Assert.Equal(0, mirror.ImportText(Header + Row, "c.csv").Added);
    }

    [Fact]
    public void Thousands_of_equal_rows_stay_as_many_events_and_are_found_again()
    {
        using var mirror = new TestMirror();
        const string Row = "2026-10-01T08:00:00Z,36994c2a-0000-4000-8000-000000000001,Core Directory,UserManagement,Add user,success\n";
        const int Many = 4_000;
        var rows = string.Concat(Enumerable.Repeat(Row, Many));
        Assert.Equal(Many, mirror.ImportText(Header + rows, "a.csv").Added);
        var again = mirror.ImportText(Header + rows + Row, "b.csv");
        Assert.Equal((1, Many), (again.Added, again.Unchanged));
    }

    [Fact]
    public void Rows_that_differ_behind_a_letter_beyond_ASCII_are_two_events()
    {
        using var mirror = new TestMirror();
        const string Event = "2026-10-01T08:00:00Z,36994c2a-0000-4000-8000-000000000001,Core Directory,GroupManagement,Add group,success";
        static string Row(string group) => $"{Header.TrimEnd()},Target1DisplayName\n{Event},{group}\n";
        Assert.Equal(1, mirror.ImportText(Row("Größe 1"), "a.csv").Added);
        Assert.Equal(1, mirror.ImportText(Row("Größe 2"), "b.csv").Added);
        Assert.Equal(0, mirror.ImportText(Row("GRößE 1"), "c.csv").Added);
        Assert.Equal(["Größe 1", "Größe 2"], mirror.Activities().Select(activity => activity.TargetSummary).Order());
    }

    [Fact]
    public void The_same_id_with_another_activity_is_a_conflict_and_both_stay()
    {
        using var mirror = new TestMirror();
        var result = mirror.ImportText($"[{Records.Graph("a")},{Records.Graph("a", activity: "Delete user")}]");
        Assert.Equal((2, 1), (result.Added, result.Conflicts));
        Assert.Contains("1 record has the id of another event", Assert.Single(result.Notes), StringComparison.Ordinal);
        Assert.Equal(0, mirror.ImportText($"[ {Records.Graph("a", activity: "Delete user")},{Records.Graph("a")}]", "again.json").Added);
        Assert.Equal(2, mirror.Activities(new() { Id = ["a"] }).Count);
    }

    [Theory]
    [InlineData("2026-10-01T08:00:00.1234567Z", "2026-10-01T08:00:00.123456+00:00")]
    [InlineData("2026-10-01T08:00:00.1234567Z", "2026-10-01T10:00:00.1234567+02:00")]
    [InlineData("2026-10-01T08:00:00.1234567Z", "2026-10-01T08:00:00Z")]
    [InlineData("2026-10-01T08:00:00.123Z", "2026-10-01 08:00:00.123400000")]
    public void One_instant_spelt_twice_is_one_event(string one, string other)
    {
        using var mirror = new TestMirror();
        var result = mirror.ImportText($"[{Records.Graph("a", one)},{Records.Graph("a", other)}]");
        Assert.Equal((1, 0), (result.Added, result.Conflicts));
    }

    [Fact]
    public void The_richer_copy_is_shown_and_every_original_kept()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Records.Graph("a"));
        var richer = mirror.ImportText(
            Records.Graph("a", extra: ",\"additionalDetails\":[{\"key\":\"Justification\",\"value\":\"new colleague\"}]"), "richer.json");
        Assert.Equal((0, 1), (richer.Added, richer.Updated));
        var poorer = mirror.ImportText(Records.Graph("a", extra: ",\"userAgent\":null"), "poorer.json");
        Assert.Equal((0, 0, 1), (poorer.Added, poorer.Updated, poorer.Unchanged));
        var activity = Assert.Single(mirror.Activities());
        Assert.Equal("new colleague", Assert.Single(activity.AdditionalDetails).Value);
        Assert.Equal(3, activity.Evidence.Count);
    }

    [Fact]
    public void A_tenant_once_known_stays_known()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Records.Graph("a"));
        var file = mirror.Write("b.json", Encoding.UTF8.GetBytes(Records.Graph("a", extra: ",\"userAgent\":null")));
        mirror.Import(new ImportOptions { MirrorPath = mirror.Path, Tenant = "contoso" }, file);
        mirror.ImportText(Records.Graph("a", extra: ",\"userAgent\":\"x\""), "c.json");
        Assert.Equal("contoso", Assert.Single(mirror.Activities()).TenantId);
    }

    [Fact]
    public void Thousands_of_events_in_one_tick_all_go_in_and_keep_their_time()
    {
        using var mirror = new TestMirror();
        var text = string.Join('\n', Enumerable.Range(0, 5000).Select(i => Records.Graph($"id{i}", "2026-10-01T08:00:00Z")));
        Assert.Equal(5000, mirror.ImportText(text).Added);
        var activities = mirror.Activities();
        Assert.Equal(5000, activities.Select(a => a.Id).Distinct().Count());
        Assert.All(activities, a => Assert.Equal(new DateTimeOffset(2026, 10, 1, 8, 0, 0, TimeSpan.Zero), a.Time));
        Assert.Equal(0, mirror.ImportText(text + "\n", "again.json").Added);
    }

    [Fact]
    public void Asking_by_name_finds_records_that_carry_only_the_id()
    {
        using var mirror = new TestMirror();
        var nameless = Records.Graph("b").Replace(",\"userPrincipalName\":\"ada@contoso.com\"", string.Empty, StringComparison.Ordinal)
            .Replace("\"displayName\":\"Bo\"", "\"displayName\":null", StringComparison.Ordinal);
        mirror.ImportText($"[{Records.Graph("a")},{nameless}]");
        Assert.Equal(2, mirror.Activities(new() { InitiatedBy = ["ADA@contoso.com"] }).Count);
        Assert.Equal(2, mirror.Activities(new() { Target = ["bo"] }).Count);
        Assert.Equal(2, mirror.Activities(new() { Target = ["22222222-0000-4000-8000-000000000001"] }).Count);
        Assert.Empty(mirror.Activities(new() { Target = ["ada@contoso.com"] }));
    }
}
