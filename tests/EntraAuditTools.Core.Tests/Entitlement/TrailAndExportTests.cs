using System.Globalization;
using System.Text;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Assignments;
using EntraAuditTools.Core.Queries.Entitlement.Packages;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Entitlement;

/// <summary>
/// What the audit log contains besides exports: that an export lists somebody else says nothing of those whom it does not list,
/// unless it was declared complete.
/// </summary>
public sealed class TrailAndExportTests
{
    private const string Package = "00000000-0000-4000-8000-000000000010";
    private const string Ada = "00000000-0000-4000-8000-000000000001";
    private const string Zoe = "00000000-0000-4000-8000-000000000002";

    /// <summary>Who holds the package, by what was imported: the log (Ada from 1 April; to 10 May where it says so) and an export of November.</summary>
    public static TheoryData<string, string, bool, string, string> Cases => new()
    {
        // log, export, complete, at, who holds it
        { "given", "", false, "2026-04-15", "Ada" },
        { "given", "Zoe", false, "2026-04-15", "Ada" },
        { "given", "Zoe", false, "2026-11-25", "Ada Zoe" },
        { "given", "Zoe", true, "2026-04-15", "Ada" },
        { "given", "Zoe", true, "2026-11-25", "Zoe" },
        { "given", "none", true, "2026-11-19", "Ada" },
        { "given", "none", true, "2026-11-25", "" },
        { "given taken", "Zoe", false, "2026-04-15", "Ada" },
        { "given taken", "Zoe", false, "2026-05-11", "" },
        { "given taken", "Zoe", true, "2026-04-15", "Ada" },
        { "given taken", "Zoe", true, "2026-10-15", "Zoe" },
        // Her next assignment, since 2 October: the first has ended by then, and is not shown beside it.
        { "given", "Ada", false, "2026-04-15", "Ada" },
        { "given", "Ada", false, "2026-11-25", "Ada" },
        { "given taken", "Ada", false, "2026-06-15", "" },
        { "given taken", "Ada", false, "2026-10-15", "Ada" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Holders_by_the_log_and_by_exports(string log, string export, bool isComplete, string at, string holders)
    {
        foreach (var logFirst in new[] { true, false })
        {
            using var mirror = new TestMirror();
            if (logFirst) Import(mirror, Log(log), null, false);
            if (export.Length > 0) Import(mirror, Assignments(export), "2026-11-20", isComplete);
            if (!logFirst) Import(mirror, Log(log), null, false);
            using var reader = MirrorReader.Open(mirror.Path);
            Assert.Equal(holders, string.Join(' ', AccessPackageAssignmentQuery.Run(reader, new() { AsOf = Day(at) })
                .Select(assignment => assignment.User!.DisplayName).Order()));
            var inPeriod = AccessPackageAssignmentQuery.Run(reader,
                new() { After = Day("2026-04-01"), Before = Day("2026-06-01"), State = ["*"] }).Select(assignment => assignment.User!.DisplayName);
            Assert.Equal(["Ada"], inPeriod);
        }
    }

    [Fact]
    public void What_ended_by_the_log_is_a_change()
    {
        using var mirror = new TestMirror();
        Import(mirror, Log("given taken"), null, false);
        Import(mirror, Assignments("Zoe"), "2026-11-20", false);
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.Equal(["Added Zoe", "Removed Ada"], AssignmentComparison.Run(reader, new(), Day("2026-04-15"), Day("2026-11-21"))
            .Select(change => $"{change.Change} {change.User!.DisplayName}").Order());
    }

    /// <summary>
    /// A request that is open, by the log alone, cannot be made again ("request-access": one that is not decided yet can be cancelled); one
    /// that was decided can.
    /// </summary>
    [Theory]
    [InlineData("asked", "", "2026-11-25", "No")]
    [InlineData("asked", "", "2026-03-31", "Yes")]
    [InlineData("asked denied", "", "2026-11-25", "Yes")]
    [InlineData("asked denied", "", "2026-04-01T09:30:00Z", "No")]
    [InlineData("asked canceled", "", "2026-11-25", "Yes")]
    // Exported before it was denied: the log knows better.
    [InlineData("asked denied", "pendingApproval", "2026-11-25", "Yes")]
    [InlineData("", "pendingApproval", "2026-11-25", "No")]
    [InlineData("asked", "denied", "2026-11-25", "Yes")]
    public void Whether_a_request_can_be_made_while_another_is_open(string log, string exported, string at, string expected)
    {
        using var mirror = new TestMirror();
        Import(mirror, Sample, "2026-03-01", false);
        if (log.Length > 0) Import(mirror, Log(log), null, false);
        if (exported.Length > 0) Import(mirror, Request(exported), "2026-04-01T10:00:00Z", false);
        using var reader = MirrorReader.Open(mirror.Path);
        var answer = AccessPackageQuery.Run(reader, new() { AsOf = Day(at), Selectors = [new() { User = ["Ada"] }] }).Single();
        Assert.Equal(expected, answer.CanRequest);
        if (expected == "No") Assert.StartsWith("Already requested", answer.Reason, StringComparison.Ordinal);
    }

    private const string Sample = """
        [{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#users","value":[{"id":"00000000-0000-4000-8000-000000000001","displayName":"Ada","userPrincipalName":"ada@contoso.example","userType":"Member","accountEnabled":true}]},
         {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#identityGovernance/entitlementManagement/catalogs","value":[{"id":"00000000-0000-4000-8000-000000000009","displayName":"Catalog","state":"published","isExternallyVisible":true}]},
         {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#identityGovernance/entitlementManagement/accessPackages(catalog())","value":[{"id":"00000000-0000-4000-8000-000000000010","displayName":"Pack","isHidden":false,"catalog":{"id":"00000000-0000-4000-8000-000000000009"}}]},
         {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#identityGovernance/entitlementManagement/assignmentPolicies(accessPackage())","value":[{"id":"00000000-0000-4000-8000-000000000020","displayName":"Policy","allowedTargetScope":"allMemberUsers","specificAllowedTargets":[],"expiration":{"type":"noExpiration"},"requestorSettings":{"enableTargetsToSelfAddAccess":true},"requestApprovalSettings":{"isApprovalRequiredForAdd":true,"stages":[]},"accessPackage":{"id":"00000000-0000-4000-8000-000000000010"}}]}]
        """;

    private static string Log(string what)
    {
        var events = new List<string>();
        foreach (var word in what.Split(' '))
        {
            switch (word)
            {
                case "given":
                    events.Add(Event("User requests access package assignment", "2026-04-01T09:00:00Z", 1, Ada));
                    events.Add(Event("Fulfill access package assignment request", "2026-04-01T09:02:00Z", 1, null));
                    break;
                case "taken":
                    events.Add(Event("Administrator directly removes user access package assignment", "2026-05-10T09:00:00Z", 2, Zoe));
                    events.Add(Event("Remove access package assignment", "2026-05-10T09:03:00Z", 2, null));
                    break;
                case "asked":
                    events.Add(Event("User requests access package assignment", "2026-04-01T09:00:00Z", 1, Ada));
                    break;
                case "denied":
                    events.Add(Event("Deny access package assignment request", "2026-04-02T09:00:00Z", 1, Zoe));
                    break;
                case "canceled":
                    events.Add(Event("Cancel access package assignment request", "2026-04-02T09:00:00Z", 1, Ada));
                    break;
            }
        }

        return $"[{string.Join(',', events)}]";
    }

    private static string Event(string activity, string time, int request, string? by) => $$$"""
        {"id":"ELM_{{{Guid.NewGuid()}}}","category":"EntitlementManagement","correlationId":"00000000-0000-4000-8000-00000000070{{{request}}}","result":"success","activityDisplayName":"{{{activity}}}",
        "activityDateTime":"{{{time}}}","loggedByService":"Entitlement Management","initiatedBy":{{{(by == null ? """{"app":{"displayName":"Entitlement Management"}}""" : $$$"""{"user":{"id":"{{{by}}}"}}""")}}},
        "targetResources":[{"type":"AccessPackageAssignmentRequest","id":"00000000-0000-4000-8000-00000000030{{{request}}}"},{"type":"AccessPackage","id":"{{{Package}}}","displayName":"Pack"},
        {"type":"User","id":"{{{Ada}}}","displayName":"Ada","userPrincipalName":"ada@contoso.example"}],"additionalDetails":[]}
        """;

    private static string Assignments(string who) =>
        """{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#identityGovernance/entitlementManagement/assignments(target(),accessPackage())","value":[""" + (who == "none" ? string.Empty : $$$"""
        {"id":"00000000-0000-4000-8000-000000000701","state":"delivered","status":"Delivered","expiredDateTime":null,"schedule":{"startDateTime":"2026-10-02T00:00:00Z","expiration":{"type":"noExpiration"}},
        "target":{"id":"00000000-0000-4000-8000-000000005099","objectId":"{{{(who == "Ada" ? Ada : Zoe)}}}","displayName":"{{{who}}}","principalName":"{{{who}}}@contoso.example","subjectType":"user"},"accessPackage":{"id":"{{{Package}}}","displayName":"Pack"}}
        """) + "]}";

    private static string Request(string state) => $$$"""
        {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#identityGovernance/entitlementManagement/assignmentRequests","value":[
        {"id":"00000000-0000-4000-8000-000000000301","requestType":"userAdd","state":"{{{state}}}","status":"{{{state}}}","createdDateTime":"2026-04-01T09:00:00Z","completedDateTime":{{{(state == "denied" ? "\"2026-04-01T09:50:00Z\"" : "null")}}},
        "requestor":{"id":"00000000-0000-4000-8000-000000005001","objectId":"{{{Ada}}}","displayName":"Ada"},"accessPackage":{"id":"{{{Package}}}","displayName":"Pack"}}]}
        """;

    private static void Import(TestMirror mirror, string text, string? day, bool isComplete)
    {
        mirror.Import(new ImportOptions { MirrorPath = mirror.Path, ObservedAt = day == null ? null : Day(day), Complete = isComplete },
            mirror.Write($"{Guid.NewGuid()}.json", Encoding.UTF8.GetBytes(text)));
        Assert.Empty(mirror.Errors);
    }

    private static DateTimeOffset Day(string day) => DateTimeOffset.Parse(day, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
