using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Importing.Session;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Entitlement;

/// <summary>Observations of entities: versions, order of import, links that come later, complete exports.</summary>
public sealed class StateTests
{
    private const string Package = "9f573551-0000-4000-8000-000000000001";
    private const string Assignment = "a6bb6942-0000-4000-8000-000000000002";
    private const string Policy = "c8c2c3d3-0000-4000-8000-000000000003";
    private const string Person = "2bc42425-0000-4000-8000-000000000004";
    private const string Group = "6d1f8a0e-0000-4000-8000-000000000005";

    /// <summary>Every order of three observations of one package.</summary>
    public static TheoryData<int, int, int> Orders => new() { { 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 }, { 1, 2, 0 }, { 2, 0, 1 }, { 2, 1, 0 } };

    [Theory]
    [MemberData(nameof(Orders))]
    public void The_order_of_imports_does_not_matter(int first, int second, int third)
    {
        using var mirror = new TestMirror();
        (string Name, string Day)[] observations = [("Payroll", "2026-09-01"), ("Payroll (closed)", "2026-09-10"), ("Payroll", "2026-09-20")];
        foreach (var i in new[] { first, second, third }) Import(mirror, PackageJson(observations[i].Name), observations[i].Day);

        string? NameAt(string day) => Read(mirror, day, reader => reader.StateOf(reader.Ref(EntityKind.AccessPackage, Package)!.Number)!.Text(FactNames.Name));
        Assert.Equal("Payroll", NameAt("2026-08-01"));
        Assert.Equal("Payroll", NameAt("2026-09-05"));
        Assert.Equal("Payroll (closed)", NameAt("2026-09-12"));
        Assert.Equal("Payroll", NameAt("2026-10-01"));
        Assert.Equal(3, Read(mirror, null, reader => reader.StateOf(reader.Ref(EntityKind.AccessPackage, Package)!.Number)!.States.Count));
    }

    [Fact]
    public void What_is_observed_again_unchanged_is_the_same_state()
    {
        using var mirror = new TestMirror();
        Assert.Equal(1, Import(mirror, PackageJson("Payroll"), "2026-09-01").Added);
        Assert.Equal(1, Import(mirror, PackageJson("Payroll") + " ", "2026-10-01").Unchanged);
        // An export with fewer properties says nothing new either, though what it contained, and when, is kept by itself.
        Assert.Equal(1, Import(mirror,
            $$"""{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#identityGovernance/entitlementManagement/accessPackages","value":[{"id":"{{Package}}","displayName":"Payroll"}]}""", "2026-11-01").Unchanged);
        Assert.Equal(2, Read(mirror, null, reader => reader.StateOf(reader.Ref(EntityKind.AccessPackage, Package)!.Number)!.States.Count));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_link_that_one_export_lacks_is_taken_from_another_and_never_lost(bool bareLast)
    {
        using var mirror = new TestMirror();
        var bare = $$"""{"id":"{{Assignment}}","state":"delivered","status":"Delivered","expiredDateTime":null,"schedule":{"startDateTime":"2026-08-01T00:00:00Z","expiration":{"type":"noExpiration"} } }""";
        var full = AssignmentJson();
        Import(mirror, bareLast ? full : bare, bareLast ? "2026-09-01" : "2026-09-10");
        Import(mirror, bareLast ? bare : full, bareLast ? "2026-09-10" : "2026-09-01");
        foreach (var day in new[] { null, "2026-08-15", "2026-09-12" })
        {
            var row = Read(mirror, day, reader => reader.Assignments(packages: [reader.Ref(EntityKind.AccessPackage, Package)!.Number]).Single());
            Assert.Equal(Person, Read(mirror, day, reader => reader.Ref(row.Subject)!.Id));
            Assert.Equal(Policy, Read(mirror, day, reader => reader.Ref(row.Policy)!.Id));
            Assert.True(row.EndKnown);
            Assert.Null(row.Ends);
        }
    }

    [Fact]
    public void A_complete_export_closes_what_it_lacks_and_what_comes_back_begins_anew()
    {
        using var mirror = new TestMirror();
        var other = PackageJson("Other", "9f573551-0000-4000-8000-000000000009");
        Import(mirror, $"[{PackageJson("Payroll")},{other}]", "2026-09-01");
        Import(mirror, $"[{other}]", "2026-10-01", complete: true);

        bool Exists(string? day) => Read(mirror, day, reader => reader.StateOf(reader.Ref(EntityKind.AccessPackage, Package)!.Number) != null);
        Assert.True(Exists("2026-09-15"));
        Assert.False(Exists("2026-10-02"));
        Assert.False(Exists(null));
        Import(mirror, PackageJson("Payroll"), "2026-11-01");
        Assert.False(Exists("2026-10-15"));
        Assert.True(Exists("2026-11-02"));
    }

    [Theory]
    [InlineData("""{"@odata.nextLink":"https://graph.microsoft.com/v1.0/x?$skiptoken=1","value":[ONE]}""")]
    [InlineData("""[ONE,{"id":"no record of any kind"}]""")]
    [InlineData("""[ONE""")]
    public void Complete_is_refused_when_something_is_missing(string text)
    {
        using var mirror = new TestMirror();
        Import(mirror, $"[{PackageJson("Payroll")}]", "2026-09-01");
        var value = PackageJson("Other", "9f573551-0000-4000-8000-000000000009");
        using (var session = ImportSession.Open(Options(mirror, "2026-10-01", complete: true), CancellationToken.None))
        {
            session.ImportFile(mirror.Write("part.json", System.Text.Encoding.UTF8.GetBytes(text.Replace("ONE", value))), "part.json",
                _ => { }, mirror.Errors.Add, _ => { }, CancellationToken.None);
            session.Complete();
            Assert.Equal("CompleteRefused", session.Refusal?.ErrorId);
        }

        Assert.True(Read(mirror, null, reader => reader.StateOf(reader.Ref(EntityKind.AccessPackage, Package)!.Number) != null));
    }

    [Fact]
    public void Pages_of_members_have_no_number_at_which_downloads_are_cut_off()
    {
        using var mirror = new TestMirror();
        mirror.ImportText($$"""{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#groups","value":[{"id":"{{Group}}","displayName":"Sales"}]}""", "groups.json");
        var members = Enumerable.Range(0, 5_000).Select(i => $$"""{"@odata.type":"#microsoft.graph.user","id":"7f7d1a6e-2d3c-4f7e-9a51-{{i:d12}}"}""");
        var file = mirror.Write("members.json",
            System.Text.Encoding.UTF8.GetBytes(
                $$"""{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#directoryObjects","value":[{{string.Join(",", members)}}]}"""));
        using var session = ImportSession.Open(new ImportOptions { MirrorPath = mirror.Path, Group = Group, Complete = true }, CancellationToken.None);
        session.ImportFile(file, file, _ => { }, error => Assert.Fail(error.Message), _ => { }, CancellationToken.None);
        session.Complete();
        Assert.Null(session.Refusal);
    }

    [Fact]
    public void Complete_closes_only_the_kinds_that_were_exported()
    {
        using var mirror = new TestMirror();
        Import(mirror, $"[{AssignmentJson()}]", "2026-09-01");
        Import(mirror, "[" + PackageJson("Other", "9f573551-0000-4000-8000-000000000009") + "]", "2026-10-01", complete: true);
        Assert.False(Read(mirror, null, reader => reader.StateOrGone(reader.Ref(EntityKind.Assignment, Assignment)!.Number).IsGone));
    }

    [Fact]
    public void Members_are_those_of_the_time_and_a_complete_list_ends_the_others()
    {
        using var mirror = new TestMirror();
        Import(mirror, Members(Person, "2bc42425-0000-4000-8000-00000000000a"), "2026-09-01", group: Group);
        Assert.False(Read(mirror, null, reader => reader.Edges(reader.Ref(EntityKind.Group, Group)!.Number, EdgeRole.Member).IsComplete));
        Import(mirror, Members("2bc42425-0000-4000-8000-00000000000a"), "2026-10-01", complete: true, group: Group);

        EdgeList At(string? day) => Read(mirror, day, reader => reader.Edges(reader.Ref(EntityKind.Group, Group)!.Number, EdgeRole.Member));
        Assert.Equal(2, At("2026-09-15").Targets.Count);
        Assert.Single(At(null).Targets);
        Assert.True(At(null).IsComplete);
        // The users themselves are not what was exported whole.
        Assert.False(Read(mirror, null, reader => reader.StateOrGone(reader.Ref(EntityKind.User, Person)!.Number).IsGone));
    }

    [Fact]
    public void An_export_without_a_given_time_is_ordered_by_its_records_own_dates()
    {
        using var mirror = new TestMirror();
        var newer = mirror.Write("newer.json", System.Text.Encoding.UTF8.GetBytes(PackageJson("New name", modified: "2026-09-10T00:00:00Z")));
        var older = mirror.Write("older.json", System.Text.Encoding.UTF8.GetBytes(PackageJson("Old name", modified: "2026-09-01T00:00:00Z")));
        File.SetLastWriteTimeUtc(newer, new DateTime(2026, 10, 1, 0, 0, 0, DateTimeKind.Utc));
        File.SetLastWriteTimeUtc(older, new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc));
        mirror.Import(newer, older);
        Assert.Equal("New name", Read(mirror, null, reader => reader.StateOf(reader.Ref(EntityKind.AccessPackage, Package)!.Number)!.Text(FactNames.Name)));
        Assert.Equal("Old name",
            Read(mirror, "2026-09-05", reader => reader.StateOf(reader.Ref(EntityKind.AccessPackage, Package)!.Number)!.Text(FactNames.Name)));
    }

    private static string PackageJson(string name, string id = Package, string modified = "2026-01-02T00:00:00Z") =>
        $$"""{"id":"{{id}}","displayName":"{{name}}","description":null,"isHidden":false,"createdDateTime":"2026-01-01T00:00:00Z","modifiedDateTime":"{{modified}}"}""";

    private static string AssignmentJson() => $$$"""
        {"id":"{{{Assignment}}}","state":"delivered","status":"Delivered","expiredDateTime":null,"schedule":{"startDateTime":"2026-08-01T00:00:00Z","expiration":{"type":"noExpiration"}},
         "accessPackage":{"id":"{{{Package}}}","displayName":"Payroll"},"assignmentPolicy":{"id":"{{{Policy}}}","displayName":"Members"},
         "target":{"id":"8586ddc8-0000-4000-8000-000000000001","objectId":"{{{Person}}}","displayName":"Jodie Adams","principalName":"jodie@harborline.example","subjectType":"user"}}
        """;

    private static string Members(params string[] ids) =>
        """{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#directoryObjects","value":[""" + string.Join(",", ids.Select(Member)) + "]}";

    private static string Member(string id) => $$"""{"@odata.type":"#microsoft.graph.user","id":"{{id}}","displayName":"{{id[^3..]}}"}""";

    private static ImportOptions Options(TestMirror mirror, string day, bool complete = false, string? group = null) =>
        new() { MirrorPath = mirror.Path, ObservedAt = Day(day), Complete = complete, Group = group };

    private static ImportResult Import(TestMirror mirror, string text, string day, bool complete = false, string? group = null)
    {
        var result = mirror.Import(Options(mirror, day, complete, group),
            mirror.Write($"{Guid.NewGuid()}.json", System.Text.Encoding.UTF8.GetBytes(text))).Single();
        Assert.Empty(mirror.Errors);
        return result;
    }

    private static T Read<T>(TestMirror mirror, string? day, Func<EntitlementReader, T> read)
    {
        using var reader = MirrorReader.Open(mirror.Path);
        return read(new EntitlementReader(reader, day == null ? null : Day(day)));
    }

    private static DateTimeOffset Day(string day) => DateTimeOffset.Parse(day + "T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture);
}
