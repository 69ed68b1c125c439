using System.Text;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Entitlement;

/// <summary>Imports of thousands of objects, which are not looked up one by one: each is known once, and by its newest name.</summary>
public sealed class ManyObjectsTests
{
    [Fact]
    public void Objects_that_come_again_among_thousands_of_new_ones_are_the_same_ones()
    {
        using var mirror = new TestMirror();
        Assert.Equal(2_500, Import(mirror, "2026-09-01", Users(0, 2_500)).Added);
        // Half of them are known; enough are not for the mirror's ids to be read at once.
        var second = Import(mirror, "2026-10-01", [.. Users(1_250, 6_000), .. Users(1_250, 6_000).Take(10)]);
        Assert.Equal((3_500, 1_260), (second.Added, second.Unchanged));
        Assert.Equal(0, Import(mirror, "2026-10-01", Users(0, 6_000), ending: " ").Added);
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.Equal(6_000, MirrorFile.Scalar(reader.Connection, "SELECT count(*) FROM entity WHERE name IS NOT NULL AND upn IS NOT NULL"));
        Assert.Equal(6_000, MirrorFile.Scalar(reader.Connection, "SELECT count(DISTINCT entity) FROM entity_state"));
        Assert.Equal(6_000, MirrorFile.Scalar(reader.Connection, "SELECT count(*) FROM entity_state"));
    }

    [Fact]
    public void Assignments_know_what_they_link_whoever_is_named_first()
    {
        using var mirror = new TestMirror();
        var rows = Enumerable.Range(0, 100).Select(i => $$"""
            {"id":"{{Id(9, i)}}","state":"delivered","status":"Delivered","expiredDateTime":null,
            "schedule":{"startDateTime":"2026-08-01T00:00:00Z","expiration":{"type":"afterDateTime","endDateTime":"2026-12-01T00:00:00Z"} },
            "target":{"id":"{{Id(8, i % 30)}}","objectId":"{{Id(1, i % 30)}}","displayName":"User {{i % 30}}",
            "principalName":"u{{i % 30}}@contoso.com"},
            "accessPackage":{"id":"{{Id(7, i % 7)}}","displayName":"Package {{i % 7}}"} }
            """).ToList();
        // The first ones a second time, in the same import: their rows are not written yet.
        Assert.Equal(100, Import(mirror, "2026-09-01", [.. rows, .. rows.Take(5)]).Added);
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.Equal(100, MirrorFile.Scalar(reader.Connection, """
            SELECT count(*) FROM assignment a
                JOIN entity s ON s.id = a.subject JOIN entity p ON p.id = a.package JOIN term t ON t.id = a.state
            WHERE s.upn LIKE 'u%@contoso.com' AND p.name LIKE 'Package %' AND t.text = 'delivered' AND a.end_known = 1 AND a.versions = 1
                AND a.ends > a.starts AND a.gone IS NULL
                AND (SELECT count(*) FROM entity_state x WHERE x.entity = a.entity AND x.id = a.latest) = 1
            """));
        Assert.Equal(137, MirrorFile.Scalar(reader.Connection, "SELECT count(*) FROM entity"));
        Assert.Equal(100, MirrorFile.Scalar(reader.Connection, "SELECT count(*) FROM entity_original"));
    }

    [Fact]
    public void A_name_that_changes_in_its_casing_only_is_the_newest_name()
    {
        using var mirror = new TestMirror();
        Import(mirror, "2026-09-01", User(1, "Payroll team", "a@contoso.com"));
        Import(mirror, "2026-09-02", User(1, "Payroll Team", "A@contoso.com"));
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.Equal(1, MirrorFile.Scalar(reader.Connection,
            "SELECT count(*) FROM entity WHERE hex(name) = hex('Payroll Team') AND hex(upn) = hex('A@contoso.com')"));
    }

    private static IEnumerable<string> Users(int from, int to) =>
        Enumerable.Range(from, to - from).Select(i => User(i, $"User {i}", $"u{i}@contoso.com"));

    private static string User(int number, string name, string upn) =>
        $$"""{"id":"{{Id(1, number)}}","displayName":"{{name}}","userPrincipalName":"{{upn}}"}""";

    private static string Id(int kind, int number) => $"{kind:x8}-0000-4000-8000-{number:x12}";

    private static ImportResult Import(TestMirror mirror, string day, IEnumerable<string> records, string ending = "")
    {
        var text = $"[{string.Join(',', records)}]{ending}";
        var options = new ImportOptions { MirrorPath = mirror.Path, ObservedAt = DateTimeOffset.Parse(day + "T00:00:00Z",
            System.Globalization.CultureInfo.InvariantCulture) };
        var result = mirror.Import(options, mirror.Write($"{Guid.NewGuid()}.json", Encoding.UTF8.GetBytes(text))).Single();
        Assert.Empty(mirror.Errors);
        return result;
    }

    private static ImportResult Import(TestMirror mirror, string day, string record) => Import(mirror, day, [record]);
}
