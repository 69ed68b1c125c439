using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Assignments;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Packages;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Entitlement;

/// <summary>
/// The same exports in any order give the same answers at any date, whatever was complete and whatever was not: random exports of a small
/// tenant, imported in several orders.
/// </summary>
public sealed class ImportOrderTests
{
    private const string Graph = "https://graph.microsoft.com/v1.0/$metadata#";
    private const string Management = Graph + "identityGovernance/entitlementManagement/";
    private static readonly DateTimeOffset Begin = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 8).Append(110).Append(140)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Answers_do_not_depend_on_the_order_of_imports(int seed)
    {
        var random = new Random(seed);
        var exports = Enumerable.Range(0, random.Next(5, 10)).Select(_ => Export.Make(random)).Prepend(Export.Catalog()).ToList();
        string? expected = null;
        for (var i = 0; i < 4; i++)
        {
            var order = i == 0 ? exports.OrderBy(export => export.Day).ToList() : [.. exports.OrderBy(_ => random.Next())];
            using var mirror = new TestMirror();
            foreach (var export in order) export.Import(mirror);
            Assert.Empty(mirror.Errors);
            var answers = Answers(mirror);
            expected ??= answers;
            Assert.True(expected == answers, $"seed {seed}, order {string.Join(' ', order.Select(export => export.ToString()))}\n{Difference(expected, answers)}");
        }
    }

    [Fact]
    public void A_complete_export_ends_what_an_older_one_brings_later()
    {
        using var mirror = new TestMirror();
        Export.Of("users", 20, isComplete: true, [User(1)]).Import(mirror);
        Export.Of("users", 10, isComplete: false, [User(1), User(2)]).Import(mirror);
        Assert.True(Exists(mirror, 2, 15));
        Assert.False(Exists(mirror, 2, 25));
        Export.Of("users", 30, isComplete: true, [User(2)]).Import(mirror);
        Assert.False(Exists(mirror, 2, 25));
        Assert.True(Exists(mirror, 2, 35));
        Assert.False(Exists(mirror, 1, 35));
    }

    [Fact]
    public void A_list_of_nothing_is_known_to_be_empty_before_and_after_its_members_come_and_go()
    {
        using var mirror = new TestMirror();
        Export.Of("users", 1, isComplete: false, [User(1)]).Import(mirror);
        Export.Of("members", 20, isComplete: true, []).Import(mirror);
        Export.Of("members", 10, isComplete: false, [Member(1)]).Import(mirror);
        Export.Of("members", 30, isComplete: false, [Member(1)]).Import(mirror);
        Assert.Equal("1 - 1", $"{Members(mirror, 15)} {Members(mirror, 25)} {Members(mirror, 35)}");
    }

    [Theory]
    [InlineData("""{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#directoryObjects","value":[]}""", true)]
    [InlineData("""[]""", true)]
    [InlineData("""{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#groups('00000000-0000-4000-8000-000000000700')/members","value":[]}""", false)]
    [InlineData("""{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#directoryObjects","value":[],"@odata.nextLink":"https://graph.microsoft.com/v1.0/groups/x/members?$skiptoken=1"}""", null)]
    public void A_group_without_members_is_known_to_have_none(string text, bool? named)
    {
        using var mirror = new TestMirror();
        Export.Of("members", 10, isComplete: false, [Member(1)]).Import(mirror);
        var file = mirror.Write("none.json", Encoding.UTF8.GetBytes(text));
        mirror.Import(new ImportOptions { MirrorPath = mirror.Path, ObservedAt = Begin.AddDays(20), Complete = true, Group = named != false
            ? Id(7, 0) : null }, file);
        Assert.Equal(named == null ? "1" : "-", Members(mirror, 25));
    }

    [Fact]
    public void What_is_complete_for_one_package_says_nothing_of_another()
    {
        using var mirror = new TestMirror();
        Export.Of("policies", 5, isComplete: true, [Policy(1, 1), Policy(2, 2)]).Import(mirror);
        var file = mirror.Write("p.json",
            Encoding.UTF8.GetBytes($$"""{"@odata.context":"{{Management}}accessPackages('{{Id(2, 1)}}')/assignmentPolicies","value":[{{Policy(3, 1)}}]}"""));
        mirror.Import(new ImportOptions { MirrorPath = mirror.Path, ObservedAt = Begin.AddDays(10), Complete = true }, file);
        using var reader = MirrorReader.Open(mirror.Path);
        var at = new EntitlementReader(reader, null);
        bool Is(int policy) => at.StateOf(at.Ref(EntityKind.Policy, Id(3, policy))!.Number) != null;
        Assert.Equal((false, true, true), (Is(1), Is(2), Is(3)));
    }

    private static bool Exists(TestMirror mirror, int user, int day)
    {
        using var reader = MirrorReader.Open(mirror.Path);
        var at = new EntitlementReader(reader, Begin.AddDays(day));
        return at.StateOf(at.Ref(EntityKind.User, Id(1, user))!.Number) != null;
    }

    private static string Members(TestMirror mirror, int day)
    {
        using var reader = MirrorReader.Open(mirror.Path);
        var at = new EntitlementReader(reader, Begin.AddDays(day));
        var list = at.Edges(at.Ref(EntityKind.Group, Id(7, 0))!.Number, EdgeRole.Member);
        return list.Targets.Count == 0 ? "-" : string.Join(',', list.Targets.Select(number => at.Ref(number)!.Id[^1]).Order());
    }

    private static string Answers(TestMirror mirror)
    {
        var text = new StringBuilder();
        using var reader = MirrorReader.Open(mirror.Path);
        for (var day = -2; day <= 44; day += 2)
        {
            DateTimeOffset? asOf = day > 42 ? null : Begin.AddDays(day).AddHours(12);
            var users = new EntitlementSelector { User = ["*"] };
            foreach (var package in AccessPackageQuery.Run(reader, new() { AsOf = asOf, Selectors = [users] }))
                text.AppendLine(CultureInfo.InvariantCulture,
                    $"{day} request {package.User?.Id?[^2..]} {package.AccessPackageId?[^2..]} {package.CanRequest} {package.Reason}");
            var assignments = AccessPackageAssignmentQuery.Run(reader, new() { AsOf = asOf, State = ["*"] })
                .Select(assignment => string.Create(CultureInfo.InvariantCulture,
                    $"{day} assignment {assignment.AssignmentId?[^2..]} {assignment.User?.Id?[^2..]} {assignment.AccessPackage?.Id?[^2..]} "
                        + $"{assignment.Policy?.Id?[^2..]} {assignment.State} {assignment.Start:u} {assignment.End:u} {assignment.EndedAt:u} {assignment.Source}"));
            foreach (var value in assignments.Order(StringComparer.Ordinal)) text.AppendLine(value);
            text.AppendLine(CultureInfo.InvariantCulture,
                $"{day} names {string.Join(',', AccessPackageQuery.Run(reader, new() { AsOf = asOf }).Select(package => $"{package.DisplayName} {package.Policies.Count}"))}");
        }

        return text.ToString();
    }

    private static string Difference(string expected, string actual)
    {
        var (a, b) = (expected.Split('\n'), actual.Split('\n'));
        return string.Join('\n', a.Except(b).Take(6).Select(text => $"- {text}").Concat(b.Except(a).Take(6).Select(text => $"+ {text}")));
    }

    private static string Id(int kind, int number) => $"00000000-0000-4000-8000-000000000{kind:d1}{number:d2}";

    private static string Time(int day) => Begin.AddDays(day).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string User(int number, string type = "Member", bool enabled = true) =>
        $$"""{"id":"{{Id(1, number)}}","displayName":"User {{number}}","userPrincipalName":"user{{number}}@contoso.example","userType":"{{type}}","accountEnabled":{{(enabled ? "true" : "false")}} }""";

    private static string Member(int number) => $$"""{"@odata.type":"#microsoft.graph.user","id":"{{Id(1, number)}}","displayName":"User {{number}}"}""";

    private static string Policy(int number, int package, bool accepts = true, string scope = "allMemberUsers") => $$$"""
        {"id":"{{{Id(3, number)}}}","displayName":"Policy {{{number}}}","allowedTargetScope":"{{{scope}}}","specificAllowedTargets":[{{{(scope == "allMemberUsers" ? string.Empty : $$"""{"@odata.type":"#microsoft.graph.groupMembers","groupId":"{{Id(7, 0)}}"}""")}}}],
        "expiration":{"type":"noExpiration"},"requestorSettings":{"enableTargetsToSelfAddAccess":{{{(accepts ? "true" : "false")}}}},"requestApprovalSettings":{"isApprovalRequiredForAdd":false,"stages":[]},
        "accessPackage":{"id":"{{{Id(2, package)}}}","displayName":"Package {{{package}}}"}}
        """;

    private static string Assignment(int number, string state, int start, int? expired, int policy) => $$$"""
        {"id":"{{{Id(4, number)}}}","state":"{{{state}}}","status":"{{{state}}}","expiredDateTime":{{{(expired is { } day ? $"\"{Time(day)}\"" : "null")}}},
        "schedule":{"startDateTime":"{{{Time(start)}}}","expiration":{"type":"noExpiration"}},"assignmentPolicy":{"id":"{{{Id(3, policy)}}}","displayName":"Policy {{{policy}}}"},
        "target":{"id":"{{{Id(5, number)}}}","objectId":"{{{Id(1, number)}}}","displayName":"User {{{number}}}","principalName":"user{{{number}}}@contoso.example","subjectType":"user"},
        "accessPackage":{"id":"{{{Id(2, 1 + (number % 2))}}}","displayName":"Package {{{1 + (number % 2)}}}"}}
        """;

    private static string Package(int number, string name) =>
        $$"""{"id":"{{Id(2, number)}}","displayName":"{{name}}","isHidden":false,"catalog":{"id":"{{Id(6, 0)}}"},"incompatibleAccessPackages":[],"incompatibleGroups":[]}""";

    private sealed record Export(string Kind, int Day, bool IsComplete, string Json)
    {
        public static Export Catalog() =>
            new("catalogs", -5, false,
                $$"""{"@odata.context":"{{Management}}catalogs","value":[{"id":"{{Id(6, 0)}}","displayName":"Catalog","state":"published","isExternallyVisible":true}]}""");

        public static Export Make(Random random)
        {
            var day = random.Next(0, 40);
            List<string> Some(Func<int, string> name) => [.. Enumerable.Range(1, 4).Where(_ => random.Next(3) > 0).Select(name)];
            bool Is() => random.Next(2) == 0;
            var (kind, items) = random.Next(6) switch
            {
                0 => ("users", Some(i => User(i, Is() ? "Member" : "Guest", Is()))),
                1 => ("policies", Some(i => Policy(i, 1 + (i % 3), Is(), Is() ? "allMemberUsers" : "specificDirectoryUsers"))),
                2 or 3 => ("assignments",
                    Some(i => Is() ? Assignment(i, "delivered", 3 * i, null, i) : day > 3 * i
                        ? Assignment(i, "expired", 3 * i, random.Next(3 * i, day + 1), i) : Assignment(i, "delivering", 3 * i, null, 1))),
                4 => ("members", Some(Member)),
                _ => ("packages", Some(i => Package(i, $"Package {i}{(Is() ? " (new)" : string.Empty)}"))),
            };
            return Of(kind, day, Is(), items);
        }

        public static Export Of(string kind, int day, bool isComplete, List<string> items)
        {
            var context = kind switch
            {
                "users" => Graph + "users",
                "members" => Graph + "directoryObjects",
                "policies" => Management + "assignmentPolicies(accessPackage())",
                "assignments" => Management + "assignments(target(),accessPackage(),assignmentPolicy())",
                _ => Management + "accessPackages(catalog())",
            };
            return new(kind, day, isComplete, $$"""{"@odata.context":"{{context}}","value":[{{string.Join(',', items)}}]}""");
        }

        public void Import(TestMirror mirror)
        {
            var file = mirror.Write($"{Guid.NewGuid()}.json", Encoding.UTF8.GetBytes(Json));
            mirror.Import(new ImportOptions { MirrorPath = mirror.Path, ObservedAt = Begin.AddDays(Day), Complete = IsComplete,
                Group = Kind == "members" ? Id(7, 0) : null }, file);
        }

        public override string ToString() => $"{Kind}@{Day}{(IsComplete ? "!" : string.Empty)}{Items()}";

        private string Items() =>
            "[" + string.Join(',', JsonNode.Parse(Json)!["value"]!.AsArray()
                .Select(node => node!["id"]!.GetValue<string>()[^1] + (node["state"] is JsonValue state ? ":" + state.GetValue<string>() : string.Empty))) + "]";
    }
}
