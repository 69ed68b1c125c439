using System.Text;

namespace EntraAuditTools.Core.Tests.Team;

/// <summary>Exports that have a secret in each place that can hold one.</summary>
internal static class SecretExports
{
    /// <summary>Stands in every secret, and nowhere else.</summary>
    public const string Secret = "S3CR3T";

    /// <summary>The places; each secret is called by its own.</summary>
    public static readonly IReadOnlyList<string> Places =
    [
        "KEY", "DETAIL", "INSIDE", "TWICE", "UNIFIED", "PORTAL", "PROVISIONING", "STEP", "USER", "APPLICATION", "PACKAGE", "JOB", "REJECTED",
        "BROKEN",
    ];

    /// <summary>Writes them into a folder.</summary>
    public static string[] Write(string folder) => [.. All().Select(file =>
    {
        var path = Path.Combine(folder, file.Name);
        File.WriteAllText(path, file.Text, new UTF8Encoding(false));
        return path;
    })];

    private static string Activity(int number, string property, string newValue, string details = "[]") => $$$"""
        {"id":"Directory_{{{number}}}","category":"ApplicationManagement","correlationId":"00000000-0000-4000-8000-00000000000{{{number}}}",
        "result":"success","activityDisplayName":"Update application","activityDateTime":"2026-10-0{{{number}}}T10:00:00Z",
        "loggedByService":"Core Directory","operationType":"Update","initiatedBy":{"user":{"id":"u1","userPrincipalName":"ann@contoso.example"}},
        "targetResources":[{"id":"app{{{number}}}","displayName":"App {{{number}}}","type":"Application","modifiedProperties":[
        {"displayName":"{{{property}}}","oldValue":"[]","newValue":{{{Text(newValue)}}}},{"displayName":"DisplayName","newValue":"\"plain {{{number}}}\""}]}],
        "additionalDetails":{{{details}}}}
        """;

    private static string Text(string value) => System.Text.Json.JsonSerializer.Serialize(value);

    private static IEnumerable<(string Name, string Text)> All()
    {
        yield return ("activities.json", "[" + string.Join(",",
            Activity(1, "KeyDescription", "[\"[KeyIdentifier=1,Secret=S3CR3T-KEY]\"]"),
            Activity(2, "Other", "x", """[{"key":"client_secret","value":"S3CR3T-DETAIL"}]"""),
            Activity(3, "Settings", """[{"name":"x","password":"S3CR3T-INSIDE"}]"""),
            // A name twice in one object: hidden as a whole.
            Activity(4, "Settings", "x", """[{"key":"note","value":"y","secret":"S3CR3T-TWICE","secret":"S3CR3T-TWICE"}]"""),
            Activity(5, "DisplayName", "\"no secret\"")) + "]");
        yield return ("unified.json", """
            {"CreationTime":"2026-10-06T10:00:00","Id":"11111111-1111-4111-8111-111111111111","Operation":"Update application.",
            "OrganizationId":"22222222-2222-4222-8222-222222222222","RecordType":8,"ResultStatus":"Success","UserKey":"x","UserType":0,
            "Workload":"AzureActiveDirectory","ObjectId":"x","UserId":"ann@contoso.example","AzureActiveDirectoryEventType":1,
            "ExtendedProperties":[{"Name":"additionalDetails","Value":"{\"ClientSecret\":\"S3CR3T-UNIFIED\"}"}],
            "ModifiedProperties":[{"Name":"KeyDescription","NewValue":"[\"S3CR3T-UNIFIED\"]","OldValue":"[]"}],
            "Actor":[{"ID":"ann@contoso.example","Type":5}],"Target":[{"ID":"App","Type":1}]}
            """);
        yield return ("portal.csv", "Date (UTC),CorrelationId,Service,Category,Activity,Result,ResultReason,ActorType,ActorDisplayName,"
            + "ActorObjectId,ActorUserPrincipalName,IPAddress,Target1Type,Target1DisplayName,Target1ObjectId,"
            + "Target1ModifiedProperty1Name,Target1ModifiedProperty1OldValue,Target1ModifiedProperty1NewValue\r\n"
            + "2026-10-07T10:00:00Z,33333333-3333-4333-8333-333333333333,Core Directory,ApplicationManagement,Update application,success,,User,Ann,"
            + "u1,ann@contoso.example,,Application,App,app7,Credential,,S3CR3T-PORTAL\r\n");
        yield return ("provisioning.json", """
            {"id":"44444444-4444-4444-8444-444444444444","activityDateTime":"2026-10-08T10:00:00Z","jobId":"job1",
            "cycleId":"55555555-5555-4555-8555-555555555555","changeId":"66666666-6666-4666-8666-666666666666","provisioningAction":"create",
            "durationInMilliseconds":5,"servicePrincipal":{"id":"77777777-7777-4777-8777-777777777777","displayName":"App"},
            "sourceSystem":{"id":"a","displayName":"Azure AD","details":{}},
            "targetSystem":{"id":"b","displayName":"App","details":{"SecretToken":"S3CR3T-PROVISIONING"}},
            "sourceIdentity":{"id":"u1","displayName":"Ann","identityType":"User","details":{"password":"S3CR3T-PROVISIONING"}},
            "targetIdentity":{"id":"y","displayName":"Ann","identityType":"User","details":{}},"provisioningStatusInfo":{"status":"success"},
            "modifiedProperties":[{"displayName":"password","newValue":"S3CR3T-PROVISIONING"}],
            "provisioningSteps":[{"name":"EntryExportAdd","provisioningStepType":"export","status":"success","description":"Made",
            "details":{"userPassword":"S3CR3T-STEP"}}]}
            """);
        yield return ("users.json", """
            {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#users","value":[{"id":"88888888-8888-4888-8888-888888888888","displayName":"Ann",
            "userPrincipalName":"ann@contoso.example","passwordProfile":{"password":"S3CR3T-USER"}}]}
            """);
        yield return ("applications.json", """
            {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#applications","value":[{"id":"99999999-9999-4999-8999-999999999999",
            "appId":"99999999-9999-4999-8999-999999999998","displayName":"App","passwordCredentials":[{"secretText":"S3CR3T-APPLICATION"}]}]}
            """);
        yield return ("packages.json", """
            {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#identityGovernance/entitlementManagement/accessPackages","value":[
            {"id":"aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa","displayName":"Package","description":"x","clientSecret":"S3CR3T-PACKAGE"}]}
            """);
        yield return ("jobs.json", """
            {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#servicePrincipals('77777777-7777-4777-8777-777777777777')/synchronization/jobs",
            "value":[
            {"id":"job1","templateId":"t","synchronizationJobSettings":[{"name":"SecretToken","value":"S3CR3T-JOB"}],
            "schedule":{"state":"Active","interval":"PT40M"},"status":{"code":"Active"}}]}
            """);
        yield return ("rejected.jsonl", Activity(9, "DisplayName", "\"y\"").Replace("\n", string.Empty, StringComparison.Ordinal) + "\n"
            + """{"activityDisplayName":"x","activityDateTime":"yesterday","targetResources":[{"modifiedProperties":["""
            + """{"displayName":"KeyDescription","newValue":"S3CR3T-REJECTED"}]}]}"""
            + "\n" + """{"activityDisplayName":"y","clientSecret":"S3CR3T-BROKEN",,}""" + "\n");
    }
}
