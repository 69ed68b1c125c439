using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Entitlement.Resources;
using EntraAuditTools.Core.Queries.Provisioning;
using EntraAuditTools.Core.Queries.Values;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Queries;

/// <summary>The words and columns that Microsoft's pages use find what the pages mean, whatever the log calls it today.</summary>
public sealed class DocumentedWordsTests
{
    private static readonly string Log = "[" + string.Join(',',
        Record("Sync_1", "Account Provisioning", "ProvisioningManagement", "Import",
            """{"type":"ServicePrincipal","id":"50000000-0000-4000-8000-000000000001","displayName":"Dropbox"},{"type":"N/A","id":null,"displayName":null}""", "Received User 'kai@contoso.example' change of type (Add) from Azure Active Directory"),
        Record("Directory_2", "Core Directory", "UserManagement", "Add user",
            """{"type":"User","id":"50000000-0000-4000-8000-000000000002","userPrincipalName":"kai@contoso.example"}""", ""),
        Record("Directory_3", "Core Directory", "GroupManagement", "Add group", """{"type":"Group","id":"50000000-0000-4000-8000-000000000003"}""", ""),
        Record("ELM_4", "Entitlement Management", "EntitlementManagement", "Create access package",
            """{"type":"AccessPackage","id":"50000000-0000-4000-8000-000000000004"}""", "")) + "]";

    /// <summary>Source, word, and what is found by it.</summary>
    public static TheoryData<string, string, string[]> Categories => new()
    {
        { "reporting on automatic user provisioning, \"From the Category menu, select Account Provisioning\"", "Account Provisioning", ["Import"] },
        { "the same, in another case", "account provisioning", ["Import"] },
        { "activity reference 2024-10: ProvisioningManagement", "ProvisioningManagement", ["Import"] },
        { "activity reference 2024-10: a category", "UserManagement", ["Add user"] },
        { "activity reference 2024-10: with a blank", "User Management", ["Add user"] },
        { "reports page: \"change the Category to either EntitlementManagement\": a category, not the service of that name",
            "EntitlementManagement", ["Create access package"] },
        { "the portal's older category Core Directory is a service", "Core Directory", ["Add group", "Add user"] },
        { "a word that is neither", "No such thing", [] },
        { "a wildcard is a category's", "Account*", [] },
    };

    [Theory]
    [MemberData(nameof(Categories))]
    public void A_category_finds_what_the_page_means(string source, string word, string[] expected)
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Log);
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.True(expected.SequenceEqual(AuditActivityQuery.Run(reader, new() { Category = [word] }).Select(activity => activity.Activity)
            .Order(StringComparer.Ordinal)), source);
        var warned = UnseenValueQuery.Run(reader, [new AskedValue("category", ActivityColumn.Category, [word])]).Any();
        Assert.Equal(expected.Length == 0 && !word.Contains('*', StringComparison.Ordinal), warned);
    }

    [Fact]
    public void Former_categories_go_together_with_categories_of_today()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Log);
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.Equal(["Add user", "Import"], AuditActivityQuery.Run(reader, new() { Category = ["Account Provisioning", "UserManagement"] })
            .Select(activity => activity.Activity).Order(StringComparer.Ordinal));
        Assert.Empty(AuditActivityQuery.Run(reader, new() { Category = ["Account Provisioning"], Service = ["Core Directory"] }));
        var types = AuditActivityTypeQuery.Run(reader, null, ["Account Provisioning"], null, seen: true, unlisted: false).ToList();
        Assert.Equal("Import", Assert.Single(types).Activity);
        Assert.Contains(AuditActivityTypeQuery.Run(null, null, ["Account Provisioning"], null, seen: false, unlisted: false),
            type => type.Activity == "Process escrow");
    }

    /// <summary>Reporting page, "Tips": "Target(s) - Shows the app name and user ID that are the subjects of the event."</summary>
    [Fact]
    public void The_targets_of_a_provisioning_event_are_the_application_and_the_users_id()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Log);
        mirror.ImportText("""
            {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#auditLogs/provisioning","value":[{"id":"60000000-0000-4000-8000-000000000001","activityDateTime":"2026-10-02T08:00:00Z","changeId":"60000000-0000-4000-8000-000000000002",
             "provisioningAction":"create","servicePrincipal":{"id":"50000000-0000-4000-8000-000000000001","displayName":"Dropbox"},"sourceSystem":{"displayName":"Microsoft Entra ID"},"targetSystem":{"displayName":"Dropbox"},
             "sourceIdentity":{"id":"50000000-0000-4000-8000-000000000009","displayName":"Mia Example","identityType":"User","details":{}},"targetIdentity":{"id":"t-9","displayName":"","identityType":"User"},"provisioningStatusInfo":{"status":"success"},
             "provisioningSteps":[{"name":"EntryImportAdd","provisioningStepType":"import","status":"success","description":"Received","details":{"ReportableIdentifier":"E-4711"}},{"name":"EntryExportAdd","provisioningStepType":"export","status":"success","description":"Created"}]}]}
            """, "provisioning.json");
        using var reader = MirrorReader.Open(mirror.Path);
        var found = ProvisioningEventQuery.Run(reader, new()).ToList();
        Assert.Equal(["Dropbox", "kai@contoso.example"], found[0].Targets);
        Assert.All(found.Skip(1), logged => Assert.Equal(["Dropbox", "E-4711"], logged.Targets));
        Assert.All(found.Skip(1), logged => Assert.Equal("Mia Example", logged.Identity));
        Assert.Equal(3, found.Count);
    }

    /// <summary>Reports page: changes of application role assignments "such as by a global administrator directly assigning a user"; the
    /// unified log contains them too.</summary>
    [Theory]
    [InlineData("success", 2)]
    [InlineData("fail*", 1)]
    [InlineData(null, 3)]
    public void Role_changes_are_filtered_by_result_in_either_log(string? result, int count)
    {
        using var mirror = new TestMirror();
        string Role(int number, string outcome) => $$$"""
            {"id":"Directory_{{{number}}}","category":"UserManagement","correlationId":"70000000-0000-4000-8000-00000000000{{{number}}}","result":"{{{outcome}}}","activityDisplayName":"Add app role assignment grant to user","activityDateTime":"2026-10-0{{{number}}}T08:00:00Z",
             "loggedByService":"Core Directory","initiatedBy":{"user":{"id":"50000000-0000-4000-8000-000000000008","userPrincipalName":"ada@contoso.example"}},"targetResources":[{"type":"ServicePrincipal","id":"50000000-0000-4000-8000-000000000001","displayName":"Payroll",
             "modifiedProperties":[{"displayName":"AppRole.DisplayName","oldValue":null,"newValue":"\"Reader\""}]},{"type":"User","id":"50000000-0000-4000-8000-000000000002","userPrincipalName":"kai@contoso.example"}]}
            """;
        mirror.ImportText($"[{Role(1, "success")},{Role(2, "failure")}]");
        mirror.ImportText("""
            {"CreationTime":"2026-10-09T08:00:05","Id":"70000000-0000-4000-8000-000000000099","Operation":"Add app role assignment grant to user.","OrganizationId":"90000000-0000-4000-8000-000000000009","RecordType":8,"ResultStatus":"Success","UserKey":"1","UserType":0,"Version":1,
             "Workload":"AzureActiveDirectory","ObjectId":"x","UserId":"ada@contoso.example","AzureActiveDirectoryEventType":1,"ExtendedProperties":[],"ModifiedProperties":[{"Name":"AppRole.DisplayName","NewValue":"Auditor","OldValue":""},{"Name":"User.UPN","NewValue":"bob@contoso.example","OldValue":""}],
             "Actor":[{"ID":"ada@contoso.example","Type":5}],"InterSystemsId":"70000000-0000-4000-8000-000000000098","Target":[{"ID":"ServicePrincipal_50000000-0000-4000-8000-000000000007","Type":2},{"ID":"HR Portal","Type":1}]}
            """, "unified.json");
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.Equal(count, AppRoleAssignmentActivityQuery.Run(reader, new() { Result = result == null ? null : [result] }).Count());
    }

    private static string Record(string id, string service, string category, string activity, string targets, string reason) => $$$"""
        {"id":"{{{id}}}","category":"{{{category}}}","correlationId":"40000000-0000-4000-8000-00000000000{{{id[^1]}}}","result":"success","resultReason":"{{{reason}}}","activityDisplayName":"{{{activity}}}","activityDateTime":"2026-10-01T08:00:00Z","loggedByService":"{{{service}}}",
         "initiatedBy":{"app":{"displayName":"Azure AD Cloud Sync"}},"targetResources":[{{{targets}}}],"additionalDetails":[]}
        """;
}
